"""The rating of a two-minute answer in a process of its own, which may be held to one core.

Prints one JSON object: the seconds of CPU of every round, by what was done in it. On a free core
that is the time that passes; on a busy one it is the better figure.
"""

from __future__ import annotations

import json
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from trainer.analysis.rating import ChecklistRater
from trainer.catalogue import Catalogue, library_loader, open_catalogue
from trainer.paths import Home

ROUNDS = 20
RUBRIC = "star"
QUESTION = "Tell me about a time you improved a process."
SPLITS = 100
LAYERS, HEADS, SIZE, INNER_SIZE = 6, 12, 384, 1536  # of the encoder
# 323 words: two minutes at 160 words a minute.
ANSWER = """
It was in my second year as a house officer, in a district hospital with one laboratory for
two hundred beds. On the medical ward the morning results came back after the round had ended,
so we changed treatments in the afternoon, a day late for some patients. My consultant asked me
to find out why, and to have an answer before the next month's meeting. I was the junior, but
the task was mine.

First I wrote down, for ten mornings, when each sample was taken, when it left the ward and when
the laboratory received it. The samples were drawn at six, but they waited in a tray until the
porter came at half past eight. I showed this table to the head nurse and to the technician on
duty, and I asked them what would work for them. The nurse said that the night porter was free
at half past six, and the technician could start the machine fifteen minutes earlier if the
samples came together. So I agreed with both of them on one collection at half past six, I wrote
the new time on a card for every station, and I walked the round with the porter for the first
week, because two stations forgot.

After three weeks I measured again. Before, eleven of fifty results were there when the round
began; now it was forty-one of fifty, and the consultant stopped asking for a second round in
the afternoon. One station still came late on weekends, and I did not solve that before I left.

What I learned is to measure before I blame anybody: I had been sure that the laboratory was slow.
Since then, when something takes too long, I follow one sample, or one patient, from the beginning
to the end with a watch in my hand. I did it again last year with discharge letters, and I would
do it in your programme.
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        shipped, alone = open_catalogue(home), Catalogue(library_loader(home), ChecklistRater)
        works: dict[str, Callable[[], object]] = {
            "splits": _split,
            "products": _matrix_products(),
            "alone": lambda: _rate(alone),
            "shipped": lambda: _rate(shipped),
        }
        measured: dict[str, object] = {
            "versions": {"alone": _rate(alone), "shipped": _rate(shipped)},  # and warm
            "words": len(ANSWER.split()),
        }
        times: dict[str, list[float]] = {name: [] for name in works}
        for _ in range(ROUNDS):
            for name, work in works.items():
                began = time.process_time()
                work()
                times[name].append(time.process_time() - began)
    print(json.dumps(measured | times))


def _rate(catalogue: Catalogue) -> str:
    rubric = catalogue.rubric(RUBRIC)
    assert rubric is not None
    return catalogue.rate(ANSWER, rubric, QUESTION)[1].scorer_version


def _split() -> None:
    for _ in range(SPLITS):
        re.findall(r"\w+", ANSWER)


def _matrix_products() -> Callable[[], None]:
    """Return what multiplies matrices as large as those of the encoder, and nothing else."""
    pieces = len(re.findall(r"\w+|[^\w\s]", ANSWER))
    noise = np.random.default_rng(0)

    def matrix(*shape: int) -> np.ndarray:
        return noise.standard_normal(shape, dtype=np.float32)

    words, inner_words = matrix(pieces, SIZE), matrix(pieces, INNER_SIZE)
    square, inner, outer = matrix(SIZE, SIZE), matrix(SIZE, INNER_SIZE), matrix(INNER_SIZE, SIZE)
    queries = matrix(HEADS, pieces, SIZE // HEADS)
    keys = matrix(HEADS, SIZE // HEADS, pieces)

    def multiply() -> None:
        for _ in range(LAYERS):
            for _ in ("query", "key", "value", "output"):
                words @ square
            queries @ keys @ queries
            words @ inner
            inner_words @ outer

    return multiply


if __name__ == "__main__":
    main()
