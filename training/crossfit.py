"""Fit the network again and again with authors left out, and write what it says of their answers.

    python -m training.crossfit --base FOLDER --out odds.jsonl

Each line of the result has an answer's id and author, the form it was seen in and its text in
that form, and the log-odds that each head gave (at least partly, met) without having learned from
that author. `training.weigh` fits the rater's weights on it. A run that was broken off goes on
where it stopped.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from training import base
from training.agreement import describe
from training.corpus import CORPUS, KINDS, Answer, Head, by_others, find_heads, read_answers
from training.fitting import Told, ask, fit
from training.forms import PLAIN, TYPED, Form, Hearing
from training.settings import Settings, add_settings, read_settings

FORMS = {"typed": TYPED, "plain": PLAIN, "errors_15": Form(plain=True, errors=0.15)}
_SEED = 7  # of the wrong words, which are the same for every fold


def main() -> None:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(prog="python -m training.crossfit", description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="all-MiniLM-L6-v2, unpacked")
    parser.add_argument("--out", type=Path, required=True, help="JSON lines, written fold by fold")
    parser.add_argument("--corpus", type=Path, nargs="+", default=[CORPUS])
    parser.add_argument(
        "--fold",
        action="append",
        metavar="AUTHORS",
        help="authors to leave out together, such as a3,a8; without it, each by himself",
    )
    add_settings(parser)
    options = parser.parse_args()
    try:
        settings = read_settings(options.set)
        base.check_base(options.base)
    except ValueError as error:
        parser.error(str(error))
    answers = read_answers(*options.corpus)
    folds = options.fold or sorted({answer.author for answer in answers})
    for fold in _left_to_do([fold.split(",") for fold in folds], options.out):
        lines = _leave_out(fold, answers, options.base, settings)
        with options.out.open("a", encoding="utf-8") as out:
            out.writelines(lines)


def heard_as(answers: Sequence[Answer]) -> dict[str, list[Answer]]:
    """Return the answers with their texts in each form."""
    hearing = Hearing(answers, Random(_SEED))
    return {
        name: [
            replace(answer, text=" ".join(word.text for word in hearing.words(answer.text, form)))
            if form.plain
            else answer
            for answer in answers
        ]
        for name, form in FORMS.items()
    }


def _left_to_do(folds: Sequence[list[str]], out: Path) -> Iterator[list[str]]:
    lines = out.read_text(encoding="utf-8").splitlines() if out.exists() else []
    done = {json.loads(line)["author"] for line in lines}
    return (fold for fold in folds if not done.issuperset(fold))


def _leave_out(
    fold: Sequence[str], answers: Sequence[Answer], folder: Path, settings: Settings
) -> list[str]:
    """Return the lines for the answers of the authors in `fold`."""
    began, heads = time.monotonic(), find_heads(answers)
    others, own = by_others(answers, fold)
    print(f"without {', '.join(fold)}: {len(others)} answers, {settings}", flush=True)
    fitted = fit(others, heads, folder, settings, lambda line: print(line, flush=True))
    lines = []
    for name, heard in heard_as(answers).items():
        asked = [answer for answer in heard if answer.author in fold]
        told = ask(fitted, asked)
        print(f"{name}: {describe(own, heads, [each.log_odds for each in told])}", flush=True)
        lines += [
            _line(answer, name, heads, each) for answer, each in zip(asked, told, strict=True)
        ]
    print(f"{time.monotonic() - began:.0f} s", flush=True)
    return lines


def _line(answer: Answer, form: str, heads: Sequence[Head], told: Told) -> str:
    odds = {
        head.name: [round(float(value), 4) for value in told.log_odds[row]]
        for row, head in enumerate(heads)
        if head.family == answer.family
    }
    kinds = {kind: round(float(share), 4) for kind, share in zip(KINDS, told.kinds, strict=True)}
    fields = {"id": answer.id, "author": answer.author, "form": form, "text": answer.text}
    return json.dumps({**fields, "log_odds": odds, "kinds": kinds}, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
