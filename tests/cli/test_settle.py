"""`history settle`, and how what is not sure is told."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from tests.cli.conftest import Run, start
from trainer import services

TEXT = "It was hard for me. It was perhaps-acknowledge. Then came maybe-change."


@pytest.fixture
def doubted(run: Run) -> str:
    """The id of an answer with two marks that are not sure."""
    with closing(services.open_services()) as opened:
        plan = opened.plan(question_ids=["low-score-direct"])
        draft = replace(opened.new_draft(plan), text=TEXT)
        return opened.finish(draft, plan.item)


def test_show_asks_about_every_mark_that_is_not_sure(run: Run, doubted: str) -> None:
    shown = run("history", "show", doubted).out
    assert "partly  You name it (not sure)" in shown
    assert shown.endswith(
        f"""\

Not sure: You name it. Did you say this fully, half or not?
  An interviewer would ask: Where is the part called acknowledge?
  I heard it in: "perhaps-acknowledge."
  Settle it: trainer history settle {doubted[:8]} acknowledge met|partly|missed

Not sure: You changed. Did you say this fully, half or not?
  An interviewer would ask: Where is the part called change?
  The nearest words: "maybe-change."
  Settle it: trainer history settle {doubted[:8]} change met|partly|missed

The interviewer could ask next: What did a study day look like after Step 1?
"""
    )


def test_score_asks_too_and_names_no_command_for_what_is_not_stored(run: Run) -> None:
    told = run("score", "-", "--rubric", "ownership", stdin=TEXT).out
    assert told.count("Not sure: ") == 2
    assert "trainer history settle" not in told


def test_what_is_not_sure_in_json(run: Run, doubted: str) -> None:
    value = run("history", "show", doubted, "--json").json
    assert value["marks"] == {"acknowledge": 1, "change": 0}
    assert (value["unsure"], value["settled"]) == (["acknowledge", "change"], [])
    assert value["chances"] == {
        "acknowledge": {"partly": 0.9, "met": 0.4},
        "change": {"partly": 0.4, "met": 0.2},
    }
    assert value["quotes"]["change"] == []
    named, changed = value["report"]["criteria"]
    assert (named["unsure"], named["nearest"]) == (True, [])
    assert (changed["nearest"], changed["asks"]) == (
        ["maybe-change."],
        "Where is the part called change?",
    )
    # 25 and 75 points; worth .65 and .3 of them, with a standard deviation of .32 and .4
    assert value["score"] == 38.8
    assert (value["band"]["low"], value["band"]["high"]) == (0, 85)


def test_settling_gives_the_mark_its_words_and_a_narrower_band(run: Run, doubted: str) -> None:
    quote = "then came MAYBE-change"
    result = run("history", "settle", doubted[:8], "change", "met", "--quote", quote)
    assert (result.code, result.err) == (0, "")
    assert result.out == (
        'You changed: met, settled by you\n  "Then came maybe-change."\n'
        "Score: strong, 75-100\nStill not sure: acknowledge\n"
    )
    value = run("history", "settle", doubted, "acknowledge", "partly", "--json").json
    assert (value["unsure"], value["settled"]) == ([], ["change", "acknowledge"])
    assert (value["marks"], value["score"]) == ({"acknowledge": 1, "change": 2}, 87.5)
    assert value["quotes"]["acknowledge"] == ["perhaps-acknowledge."]
    assert value["scorer"] == "fake-1"
    shown = run("history", "show", doubted).out
    assert "met     You changed (settled by you)" in shown
    assert "Not sure" not in shown
    again = run("history", "settle", doubted, "change", "missed", "--json").json
    assert (again["marks"]["change"], again["score"]) == (0, 12.5)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("change", "met"), "This mark needs the words that show it.\nAdd them: --quote"),
        (("change", "met"), "such as: maybe-change."),
        (("change", "partly", "--quote", "never"), "do not stand in the answer: never\nCopy them"),
        (("change", "missed", "--quote", "It was"), "no words that show it.\nLeave out --quote"),
        (("blame", "met"), "no point 'blame' in this rating.\nPoints that you can settle: ack"),
        (("change", "well"), "'well' is not one of 'met', 'partly', 'missed'"),
    ],
)
def test_what_cannot_be_settled_is_told_with_a_remedy(
    run: Run, doubted: str, arguments: tuple[str, ...], said: str
) -> None:
    result = run("history", "settle", doubted, *arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert run("history", "show", doubted, "--json").json["settled"] == []


def test_sure_marks_and_unknown_ids_are_told(run: Run, doubted: str) -> None:
    assert run("history", "settle", "zzz", "change", "met").err.endswith("trainer history list\n")
    with closing(services.open_services()) as opened:
        opened.correct(doubted, "I acknowledge it.")
    result = run("history", "settle", doubted, "acknowledge", "missed")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("The mark for 'acknowledge' is sure")
    assert "Nothing in this rating is unsure" in result.err


def test_an_older_version_names_no_command(run: Run, doubted: str) -> None:
    with closing(services.open_services()) as opened:
        opened.correct(doubted, "Then came maybe-change.")
    older = run("history", "show", doubted, "--version", "1").out
    assert older.count("Not sure: ") == 2
    assert "trainer history settle" not in older


def test_two_processes_that_settle_at_once_lose_nothing(run: Run, doubted: str) -> None:
    with (
        start("history", "settle", doubted, "change", "met", "--quote", "maybe-change") as one,
        start("history", "settle", doubted, "acknowledge", "missed") as other,
    ):
        ends = [process.communicate(timeout=60) for process in (one, other)]
    assert [err for _, err in ends] == [b"", b""]
    assert (one.returncode, other.returncode) == (0, 0)
    value = run("history", "show", doubted, "--json").json
    assert sorted(value["settled"]) == ["acknowledge", "change"]
    assert value["marks"] == {"acknowledge": 0, "change": 2}


def test_a_mark_needs_its_words_and_what_is_settled_is_told(run: Run, doubted: str) -> None:
    bad = run("history", "settle", doubted, "change", "met")
    assert (bad.code, bad.out) == (2, "")
    assert bad.err.startswith("This mark needs the words that show it.\n")
    good = run("history", "settle", doubted, "change", "missed", "--json")
    assert (good.code, good.err) == (0, "")
    assert good.json["settled"] == ["change"]
