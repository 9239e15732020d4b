"""Fit how the rater weighs trained heads against cues, and show what each is worth alone.

    python -m training.weigh odds.jsonl

Reads what `training.crossfit` wrote, rates the same texts by cues alone, and prints the weights
and thresholds that `trainer/analysis/judging.py` holds. Runs in the project's own environment.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from trainer.analysis.explaining import Why
from trainer.analysis.judging import MOST_REACHED
from trainer.analysis.rating import ChecklistRater
from trainer.catalogue import open_catalogue
from trainer.paths import Home
from trainer.transcript.types import Transcript
from training.agreement import MET, MISSED, kappa, read_as
from training.corpus import CORPUS, Answer, Head, find_heads, read_answers
from training.weighing import (
    PARTS,
    SUREST,
    Case,
    chance_of_given,
    evidence,
    find_needed,
    fit_weights,
    give_marks,
    sure_from,
    without_own,
)

WROTE_CUES_ON = "a0,a1"
"""Authors on whose answers cues were written: there cues look better than they are."""

FORMS = ("typed", "plain", "errors_15")
_FLAG_CHANCES = (0.25, 0.30, 0.35, 0.40, 0.45, 0.50)


def main() -> None:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(prog="python -m training.weigh", description=__doc__)
    parser.add_argument("odds", type=Path, help="what python -m training.crossfit wrote")
    parser.add_argument("--corpus", type=Path, nargs="+", default=[CORPUS])
    parser.add_argument("--without", default=WROTE_CUES_ON, help="authors to leave out")
    options = parser.parse_args()
    answers = {answer.id: answer for answer in read_answers(*options.corpus)}
    left_out = set(options.without.split(","))
    lines = options.odds.read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["author"] not in left_out]
    marks: list[Case] = []
    flags: list[Case] = []
    for head, case in _cases(answers, rows):
        (flags if head.is_flag else marks).append(case)
    _show_marks(marks)
    _show_flags(flags)


def _cases(
    answers: dict[str, Answer], rows: Sequence[dict[str, object]]
) -> Iterator[tuple[Head, Case]]:
    heads = find_heads(answers.values())
    with tempfile.TemporaryDirectory() as folder:
        library = open_catalogue(Home(Path(folder))).library()
    rater = ChecklistRater(library.word_classes)
    for row in rows:
        answer = answers[str(row["id"])]
        said = Transcript.typed(str(row["text"]))
        rubric = library.rubrics[answer.rubric]
        found = rater.explain(said, rubric, answer.question)
        whys = {(why.kind == "flag", why.name): why for why in found}
        odds: dict[str, list[float]] = row["log_odds"]  # type: ignore[assignment]
        for head in heads:
            mark = head.mark(answer)
            if mark is None:
                continue
            partly, met = odds[head.name]
            why = whys.get((head.is_flag, head.id))
            yield (
                head,
                Case(
                    author=answer.author,
                    form=str(row["form"]),
                    name=head.name,
                    mark=int(mark > 0) if head.is_flag else mark,
                    head=(partly,) if head.is_flag else (partly, met),
                    cues=_by_cues(head, why),
                    empty=why is None,
                ),
            )


def _by_cues(head: Head, why: Why | None) -> tuple[float, ...]:
    """Return what the cues say; nothing where a remark stands in the place of a rating."""
    if why is None:
        return (0.0,) * (2 if head.is_flag else 4)
    partly, met = (min(share, MOST_REACHED) for share in why.reached)
    if head.is_flag:
        return partly, float(bool(why.raised))
    assert why.mark is not None
    return partly, met, float(why.mark > MISSED), float(why.mark == MET)


def _show_marks(cases: Sequence[Case]) -> None:
    authors = sorted({case.author for case in cases})
    print(f"{len(cases)} marks of answers by {', '.join(authors)}")
    for part in PARTS:
        partly = without_own(cases, 1, part)
        met = np.minimum(partly, without_own(cases, 2, part))
        needed = find_needed(cases, partly, met)
        marks = give_marks(partly, met, needed)
        sureness = chance_of_given(partly, met, marks)
        print(f"{part}: partly from {needed.partly:.2f}, met from {needed.met:.2f}")
        for form in FORMS:
            here = np.array([case.form == form for case in cases])
            given = [case.mark for case in cases if case.form == form]
            sure = sureness[here] >= sure_from(sureness[here])
            print(f"  {form}: {_agreement(given, marks[here].tolist())}, ", end="")
            surest = _agreement(np.array(given)[sure].tolist(), marks[here][sure].tolist())
            print(f"the surest {SUREST:.0%} {surest}")
        print(f"  sure from {sure_from(sureness):.3f}")
    typed = np.array([case.form == "typed" for case in cases])
    for name in sorted({case.name for case in cases}):
        own = typed & np.array([case.name == name for case in cases])
        given = [case.mark for case, is_own in zip(cases, own, strict=True) if is_own]
        print(f"  {name}: {_agreement(given, marks[own].tolist())}")
    for name, least in (("_PARTLY_WEIGHTS", 1), ("_MET_WEIGHTS", 2)):
        _show_weights(name, cases, least)


def _show_flags(cases: Sequence[Case]) -> None:
    raised = np.array([case.mark > 0 for case in cases])
    print(f"{len(cases)} flags, {raised.sum()} raised")
    for part in PARTS:
        chances = without_own(cases, 1, part)
        for form in FORMS:
            here = np.array([case.form == form for case in cases])
            figures = []
            for least in _FLAG_CHANCES:
                told = here & (chances >= least)
                right = (told & raised).sum()
                wanted = (here & raised).sum()
                figures.append(f"from {least:.2f} right {right}/{told.sum()} of {wanted}")
            print(f"  {part}, {form}: {'; '.join(figures)}")
    _show_weights("_FLAG_WEIGHTS", cases, 1)


def _show_weights(name: str, cases: Sequence[Case], least: int) -> None:
    truths = np.array([case.mark >= least for case in cases])
    weights = fit_weights(evidence(cases), truths)
    print(f"{name} = ({', '.join(f'{weight:.3f}' for weight in weights)})")


def _agreement(given: Sequence[int], found: Sequence[int]) -> str:
    return (
        f"kappa {kappa(given, found):.3f}, missed as met {read_as(given, found, MISSED, MET):.3f}, "
        f"met as missed {read_as(given, found, MET, MISSED):.3f}"
    )


if __name__ == "__main__":
    main()
