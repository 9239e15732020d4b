"""The rating of a two-minute answer, against splitting the same text into words."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

from benchmarks.ratio import Ratio
from trainer.catalogue import open_catalogue

ROUNDS = 20
RUBRIC = "star"
QUESTION = "Tell me about a time you improved a process."
SPLITS = 100
# 290 words: two minutes at 145 words a minute.
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


def measure() -> Iterator[Ratio]:
    """Rate the answer again and again, in turn with the reference."""
    catalogue = open_catalogue()
    rubric = catalogue.rubric(RUBRIC)
    assert rubric is not None
    reference: list[float] = []
    rating: list[float] = []
    for _ in range(ROUNDS + 1):
        reference.append(_seconds(_split))
        rating.append(_seconds(lambda: catalogue.rate(ANSWER, rubric, QUESTION)))
    words = len(ANSWER.split())
    yield Ratio.of(
        f"rating of {words} words",
        rating[1:],  # the first one compiles the patterns
        f"{SPLITS} splits into words with re",
        reference[1:],
    )


def _split() -> None:
    for _ in range(SPLITS):
        re.findall(r"\w+", ANSWER)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
