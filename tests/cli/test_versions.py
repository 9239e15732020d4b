"""`history versions`, `rate-again`, `note`, and `show --rating`."""

from __future__ import annotations

import pytest

from tests import fakes
from tests.cli.conftest import Answered, Run
from trainer import catalogue, services

OLD, NEW = "fake-1", "fake-2"


@pytest.fixture
def newer(run: Run, answered: Answered, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A history that another version of the rater has rated."""
    for module in (catalogue, services):
        monkeypatch.setattr(module, "make_rater", lambda *_: fakes.FakeRater(version=NEW))
    return run


def test_versions_are_listed_with_their_ratings_the_newest_first(
    run: Run, answered: Answered
) -> None:
    run("history", "settle", answered.poor, "change", "met")
    header, newest, oldest = run("history", "versions", answered.poor).out.splitlines()
    assert header.split() == ["NAME", "WHEN", "SCORE", "RATED", "BY", "WORDS"]
    name = answered.poor[:8]
    assert newest.startswith(f"{name}@2.1")
    assert "2, corrected" in newest
    assert "Keyword check" in newest
    assert oldest.startswith(f"{name}@1.1")
    assert "0-8 not there yet" in oldest
    for line in (newest, oldest):
        assert run("history", "compare", line.split()[0], newest.split()[0]).code == 0


def test_versions_as_json(newer: Run, answered: Answered) -> None:
    newer("history", "rate-again", answered.good)
    value = newer("history", "versions", answered.good, "--json").json
    newest, oldest = value["versions"]
    assert (value["schema_version"], value["outdated"]) == (1, False)
    assert (newest["version"], newest["rating"], newest["newest"]) == (1, 2, True)
    assert (oldest["version"], oldest["rating"], oldest["newest"]) == (1, 1, False)
    assert (newest["scorer"], oldest["scorer"]) == (NEW, OLD)
    assert (newest["rater"], newest["source"], newest["score"]) == ("machine", "typed", 100)
    assert newest["band"]["word"] == "strong"


def test_an_outdated_rating_is_rated_again_once(newer: Run, answered: Answered) -> None:
    assert "rate-again" in newer("history", "versions", answered.good).err
    result = newer("history", "rate-again", answered.good)
    assert (result.code, result.err) == (0, "")
    assert "Only the rating differs." in result.out
    again = newer("history", "rate-again", answered.good)
    assert (again.code, again.out) == (0, "")
    assert "Nothing to do" in again.err
    assert newer("history", "rate-again", answered.good, "--json").json["rated_again"] is False
    assert newer("history", "versions", answered.good).err == ""


def test_the_change_as_json(newer: Run, answered: Answered) -> None:
    value = newer("history", "rate-again", answered.good, "--json").json
    assert (value["rated_again"], value["rerated"], value["other_scorer"]) == (True, True, True)
    assert (value["before"]["scorer"], value["after"]["scorer"]) == (OLD, NEW)


def test_an_older_rating_can_be_shown(newer: Run, answered: Answered) -> None:
    newer("history", "rate-again", answered.good)
    older = newer("history", "show", answered.good, "--rating", "1")
    assert "Rating:    1 of 2" in older.out
    newest = newer("history", "show", answered.good)
    assert "Rating:  " not in newest.out
    shown = newer("history", "show", answered.good, "--rating", "1", "--json").json
    assert (shown["rating"], shown["ratings"], shown["scorer"]) == (1, 2, OLD)
    wrong = newer("history", "show", answered.good, "--rating", "3")
    assert wrong.code == 2
    assert "Ratings: 1 to 2" in wrong.err


def test_a_note_is_added_changed_and_deleted(run: Run, answered: Answered) -> None:
    empty = run("history", "note", answered.good)
    assert (empty.out, empty.code) == ("", 0)
    assert "no notes" in empty.err
    add = ("history", "note", answered.good, "--quote", "came the change", "--say")
    assert run(*add, "Say which.\x1b[2J").out.splitlines() == [
        '1. "came the change."',
        "   Say which.␛[2J",
    ]
    assert run(*add, "Say when.").out.splitlines()[1:] == ["   Say when."]
    run("history", "note", answered.good, "--quote", "acknowledge", "--say", "Good.")
    run("history", "note", answered.good, "--number", "2", "--say", "Say how.")
    value = run("history", "note", answered.good, "--json").json
    told = [(n["number"], n["quote"], n["text"], n["by"]) for n in value["notes"]]
    assert told == [(1, "acknowledge", "Good.", "you"), (2, "came the change.", "Say how.", "you")]
    assert '2. "came the change."' in run("history", "show", answered.good).out
    left = run("history", "note", answered.good, "--delete", "1").out
    assert left.splitlines() == ['1. "came the change."', "   Say how."]


def test_a_note_stands_where_its_words_are_and_is_told_where_they_are_not(
    run: Run, answered: Answered
) -> None:
    note = ("history", "note", answered.poor)
    run(*note, "--version", "1", "--quote", "unfair", "--say", "Too hard.")
    run(*note, "--quote", "nothing more", "--say", "Why?")
    both = ['1. "unfair."', "   Too hard.", '2. "nothing more."', "   Why?"]
    assert run(*note).out.splitlines() == both
    assert run(*note, "--version", "1").out.splitlines() == [
        *both[:2],
        "On words that were changed: --version leads to them.",
        '-  "nothing more.", version 2',
        "   Why?",
    ]
    assert run(*note, "--version", "1", "--json").json["on_other_versions"] == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--say", "Words."), "belong together"),
        (("--quote", "acknowledge"), "belong together"),
        (("--quote", "acknowledge", "--delete", "1"), "Only one of"),
        (("--quote", "never said", "--say", "Words."), "do not stand in the answer"),
        (("--quote", "acknowledge", "--say", " "), "says nothing"),
        (("--number", "1", "--say", "Words."), "There are no notes"),
        (("--delete", "0"), "There are no notes"),
    ],
)
def test_what_makes_no_note_is_told(
    run: Run, answered: Answered, options: tuple[str, ...], told: str
) -> None:
    result = run("history", "note", answered.good, *options)
    assert result.code == 2
    assert told in result.err
    assert run("history", "note", answered.good, "--json").json["notes"] == []
