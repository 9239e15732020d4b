"""`--why`: each mark explained, in `score` and in `history show`."""

from __future__ import annotations

import sqlite3

import pytest

from tests.cli.conftest import GOOD, POOR, Answered, Run
from trainer.paths import Home

BY_RUBRIC = ("--rubric", "ownership")
SAID = "I half-acknowledge it. A planned-change will come."
EXPLAINED = """\

Why

partly  You name it
        Found: "half-acknowledge" (acknowledge).
        That is enough for partly. It is 50 % of what met needs.

missed  You changed
        Counted little: "planned-change" (change), because it is planned, not
        done.
        That is 30 % of what partly needs.

flags   Not raised, and no words found: Blame.
"""


def test_every_mark_is_explained_below_the_report(run: Run) -> None:
    plain = run("score", "-", *BY_RUBRIC, stdin=SAID)
    told = run("score", "-", *BY_RUBRIC, "--why", stdin=SAID)
    assert (told.code, told.err) == (0, "")
    assert told.out == plain.out + EXPLAINED


def test_one_criterion_or_flag_can_be_asked_for(run: Run) -> None:
    for spelling in (("--why", "change"), ("--why=change",)):
        told = run("score", "-", *BY_RUBRIC, *spelling, stdin=SAID).out
        assert "Counted little" in told
        assert "Found:" not in told
    told = run("score", "-", *BY_RUBRIC, "--why", "blame", stdin=SAID).out
    assert told.endswith(
        "flag    Blame: not raised\n"
        "        None of the words that often sound like this were found.\n"
    )


def test_a_raised_flag_is_explained(run: Run) -> None:
    told = run("score", "-", *BY_RUBRIC, "--why", stdin=POOR).out
    assert 'flag    Blame: raised\n        Found: "unfair." (unfair).\n' in told


def test_the_trained_reader_is_told_where_there_is_one(run: Run) -> None:
    told = run("score", "-", *BY_RUBRIC, "--why=change", stdin="A perhaps-change it was.").out
    assert "The trained reader gives 80 of 100 for at least partly and 30 for met." in told
    assert "Partly needs 50, met needs 55." in told
    assert 'marked: partly, "I studied' in " ".join(told.split())


@pytest.mark.parametrize(
    "arguments",
    [
        ("--why", "-", *BY_RUBRIC),
        (*BY_RUBRIC, "--why", "-"),
        ("--why", "change", "-", *BY_RUBRIC),
    ],
)
def test_the_file_may_stand_behind_the_option(run: Run, arguments: tuple[str, ...]) -> None:
    result = run("score", *arguments, stdin=SAID)
    assert result.code == 0
    assert "Counted little" in result.out


def test_json_has_the_figures_and_the_words(run: Run) -> None:
    value = run("score", "-", *BY_RUBRIC, "--why", "--json", stdin=SAID).json
    first, second, flag = value["why"]
    assert (first["kind"], first["id"], first["mark"], first["now"]) == (
        "criterion",
        "acknowledge",
        1,
        1,
    )
    assert first["reached"] == {"partly": 1.0, "met": 0.5}
    assert first["quotes"] == ["half-acknowledge"]
    assert first["trained"] is first["needed"] is first["example"] is None
    assert second["cues"] == [
        {
            "cue": "change",
            "quote": "planned-change",
            "words": [4, 5],
            "weight": 0.3,
            "general": False,
            "guards": ["planned"],
        }
    ]
    assert second["says"][0].endswith("because it is planned, not done.")
    assert (flag["kind"], flag["mark"], flag["raised"], flag["now"]) == ("flag", None, False, 0)
    assert (value["why_note"], value["why_scorer"]) == (None, "fake-1")


def test_json_has_the_chances_and_the_closest_example(run: Run) -> None:
    text = "A perhaps-change it was."
    (why,) = run("score", "-", *BY_RUBRIC, "--why=change", "--json", stdin=text).json["why"]
    assert why["chances"] == {"partly": 0.9, "met": 0.4}
    assert why["needed"] == {"partly": 0.5, "met": 0.55}
    assert why["example"] == {
        "mark": 1,
        "quote": "I studied with a friend every week",
        "likeness": 0.8,
    }


def test_without_the_option_json_has_no_reasons(run: Run) -> None:
    assert "why" not in run("score", "-", *BY_RUBRIC, "--json", stdin=SAID).json


def test_an_answer_without_marks_has_nothing_to_explain(run: Run) -> None:
    result = run("score", "-", "--question", "small-talk-journey", "--why", stdin="Fine.")
    assert result.code == 0
    assert "nothing to explain" in result.out
    value = run("score", "-", "--question", "small-talk-journey", "--why", "--json", stdin="").json
    assert (value["why"], value["why_scorer"]) == ([], None)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-", *BY_RUBRIC, "--why", "nope"), "There is no point 'nope' in this checklist."),
        (("--batch", "-", "--why"), "A batch is not explained."),
        (("--why",), "Missing argument 'FILE'."),
        ((*BY_RUBRIC,), "Missing argument 'FILE'."),
    ],
)
def test_what_cannot_be_explained_is_told(
    run: Run, arguments: tuple[str, ...], message: str
) -> None:
    result = run("score", *arguments, stdin=GOOD)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


def test_a_stored_answer_is_explained(run: Run, answered: Answered) -> None:
    told = run("history", "show", answered.poor, "--why").out
    assert told.startswith(run("history", "show", answered.poor).out)
    assert 'Found: "half-acknowledge" (acknowledge).' in told
    assert run("history", "show", "--why", answered.poor).out == told
    assert "blame" not in run("history", "show", answered.poor, "--why", "change").out
    (why,) = run("history", "show", answered.poor, "--why=blame", "--json").json["why"]
    assert why["raised"] is True
    assert run("history", "show").code == 2


def test_an_old_rating_is_explained_by_the_present_version(
    run: Run, answered: Answered, home: Home
) -> None:
    with sqlite3.connect(home.database) as opened:
        opened.execute("UPDATE ratings SET rating = json_set(rating, '$.scorer_version', 'old-0')")
    opened.close()
    told = run("history", "show", answered.poor, "--why").out
    assert "This answer was rated by version old-0." in told
    value = run("history", "show", answered.poor, "--why", "--json").json
    assert value["why_note"].endswith("The explanation is of the present version, fake-1.")
