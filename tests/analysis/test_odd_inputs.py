"""What is no answer, in all the ways in which people type or say it, and what only looks so.

`odd_inputs.jsonl` holds texts made up for this: `expects` is the remark or note, null where there
must be none. Limits were set on those of part "tuned" and adjusted after a first look at "apart"
(49 of 53 found there, 2 false alarms in 13); "last" was written after that and read once (18 of 19
found, 1 false alarm in 5). Where `found` is false, the rater still errs: a limerick without lines
is heard as off the question, and so is a story of feedback that names neither ward nor feedback.
"""

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from trainer.analysis.rating import ChecklistRater
from trainer.analysis.scoring import score
from trainer.analysis.tokens import MOST_WORDS
from trainer.analysis.types import Note, Rating, Remark, Score
from trainer.bank.types import Library, Mark
from trainer.transcript.types import Transcript

HERE = Path(__file__).parent
CORPUS = HERE.parents[1] / "corpus" / "development.jsonl"
ODD = [json.loads(line) for line in (HERE / "odd_inputs.jsonl").read_text("utf-8").splitlines()]
PRAISE_FROM = 40.0  # the shipped rubrics call it "partly there"
KEPT_MARKS = {"pasted_twice", "too_short"}


def named(row: dict[str, Any]) -> str:
    return f"{row['id']}-{row['kind']}"


def rated(
    rater: ChecklistRater, library: Library, row: dict[str, Any], text: str | None = None
) -> tuple[Rating, Score]:
    rubric = library.rubrics[row["rubric"]]
    said = Transcript.typed(row["text"] if text is None else text)
    rating = rater.rate(said, rubric, row["question"])
    return rating, score(rating, rubric)


@pytest.mark.parametrize("row", [r for r in ODD if r.get("found", True)], ids=named)
def test_what_is_odd_is_told_and_what_only_looks_so_is_not(
    rater: ChecklistRater, library: Library, row: dict[str, Any]
) -> None:
    rating, _ = rated(rater, library, row)
    expected = row["expects"]
    if expected is None:
        assert rating.remark is None
        assert set(rating.notes) <= {Note.TOO_SHORT}
    elif expected in set(Remark):
        assert rating.remark == expected
    else:
        assert (rating.remark, expected in rating.notes) == (None, True)


@pytest.mark.parametrize(
    "row", [r for r in ODD if r["expects"] and r["expects"] not in KEPT_MARKS], ids=named
)
def test_nothing_odd_is_praised(
    rater: ChecklistRater, library: Library, row: dict[str, Any]
) -> None:
    assert rated(rater, library, row)[1].value < PRAISE_FROM


@pytest.mark.parametrize("row", [r for r in ODD if "once" in r], ids=named)
def test_an_answer_pasted_twice_is_rated_as_one_copy(
    rater: ChecklistRater, library: Library, row: dict[str, Any]
) -> None:
    twice, _ = rated(rater, library, row)
    once, _ = rated(rater, library, row, row["once"])
    assert (twice.marks, twice.flags, twice.spans) == (once.marks, once.flags, once.spans)
    assert (twice.unsure, twice.chances) == (once.unsure, once.chances)


@pytest.mark.parametrize("text", ["Patients.", "I led.", "My score, yes.", "She was discharged."])
@pytest.mark.parametrize("family", ["ownership", "star", "case", "closing"])
def test_three_words_earn_nothing(
    rater: ChecklistRater, library: Library, family: str, text: str
) -> None:
    row = {"rubric": family, "question": "What happened?"}
    rating, value = rated(rater, library, row, text)
    assert set(rating.marks.values()) == {Mark.MISSED}
    assert Note.TOO_SHORT in rating.notes
    assert value.value == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x" * 1_000_000, Note.TOO_SHORT),
        ("医" * 1_000_000, Remark.OTHER_LANGUAGE),
        ("la " * 10_000, Remark.RECITED),
        ("a\n" * 10_000, Remark.RECITED),
    ],
    ids=["one word", "one word of another script", "la", "a"],
)
def test_enormous_nothing_is_nothing(
    rater: ChecklistRater, library: Library, text: str, expected: Remark | Note
) -> None:
    rating, value = rated(rater, library, {"rubric": "star", "question": "Why?"}, text)
    assert expected == rating.remark or expected in rating.notes
    assert value.value == 0


def test_of_an_enormous_answer_the_first_words_are_rated_and_it_is_not_praised(
    rater: ChecklistRater, library: Library
) -> None:
    shuffled = random.Random(4)
    words = [word for row in ODD if row["expects"] is None for word in row["text"].split()]
    text = " ".join(shuffled.choice(words) for _ in range(10_000))
    rating, value = rated(rater, library, {"rubric": "star", "question": "Why?"}, text)
    assert rating.notes == (Note.CUT,)
    assert value.value < PRAISE_FROM
    cut = " ".join(text.split()[:MOST_WORDS])
    assert rated(rater, library, {"rubric": "star", "question": "Why?"}, cut)[0].marks == (
        rating.marks
    )


def test_plain_marked_answers_raise_no_false_alarm(rater: ChecklistRater, library: Library) -> None:
    """Every sixth plain answer of the corpus, so that this stays quick."""
    rows = [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines()]
    plain = [row for row in rows if row["kind"] == "plain"][::6]
    found: Counter[str] = Counter()
    for row in plain:
        rating, _ = rated(rater, library, row)
        found.update([rating.remark or "none", *rating.notes])
        if Note.CONDITIONAL in rating.notes:  # then the raters heard it too
            assert row["flags"].get("hypothetical"), row["id"]
    assert len(plain) > 100
    for remark in (Remark.OTHER_LANGUAGE, Remark.RECITED, Remark.CHECKLIST_READ):
        assert found[remark] == 0
    for note in (Note.PASTED_TWICE, Note.CUT):
        assert found[note] == 0
    assert found[Note.SOMEBODY_ELSE] <= 1
