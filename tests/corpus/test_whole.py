"""The corpus as a whole: large and mixed enough, unchanged, and written by separate hands."""

from __future__ import annotations

from collections import Counter

from tests.corpus.files import CORPUS, HASHES, every_row, known_runs, rows, shared_runs, splits
from tests.corpus.sums import hashes
from trainer.catalogue import open_catalogue
from trainer.paths import Home

LEAST_ANSWERS, LEAST_VOICES, LEAST_ADVERSARIAL = 600, 60, 60
LEAST_RAISED = 25
LEAST_TWICE = 0.2
ALL_BY_TWO = {"a1", "a2"}  # authors all of whose answers two raters marked, before it was noted
LONGEST_SAYING = 13  # words: proverbs have up to 12, a clause of the checklist read back 13
SHARES_NOTHING = {"person"}  # a rubric without answers of its own: its marks are those of fit


def test_it_is_large_enough() -> None:
    answers = every_row()
    assert len(answers) >= LEAST_ANSWERS
    assert len({row["speaker"] for row in answers}) >= LEAST_VOICES
    assert sum(row["kind"] == "adversarial" for row in answers) >= LEAST_ADVERSARIAL


def test_every_rubric_has_answers() -> None:
    rubrics = set(open_catalogue(Home(CORPUS)).library().rubrics)
    assert {row["rubric"] for row in every_row()} == rubrics - SHARES_NOTHING


def test_every_flag_is_raised_often_enough_to_be_measured() -> None:
    raised = Counter({flag: 0 for row in every_row() for flag in row["flags"]})
    for row in every_row():
        raised.update(flag for flag, value in row["flags"].items() if value)
    assert {flag: count for flag, count in raised.items() if count < LEAST_RAISED} == {}


def test_a_fifth_was_marked_twice() -> None:
    answers = every_row()
    twice = [row for row in answers if row.get("raters") == 2 or row["author"] in ALL_BY_TWO]
    assert len(twice) >= LEAST_TWICE * len(answers)


def test_the_files_are_those_that_were_measured_on() -> None:
    kept = (CORPUS / HASHES).read_text(encoding="utf-8")
    assert kept == hashes(), "run: python -m tests.corpus.sums --write"


def test_no_author_copied_from_another() -> None:
    found = set(shared_runs(every_row()))
    assert found - set(known_runs()) == set(), "look at them: python -m tests.corpus.sums"
    assert [pair for pair in found if pair.words > LONGEST_SAYING] == []


def test_no_file_is_empty() -> None:
    assert [file.name for file in splits() if not rows(file)] == []
