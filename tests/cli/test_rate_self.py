"""`history rate-self`, and how one's own marks are told beside the machine's."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from tests.cli.conftest import Run
from trainer import services
from trainer.errors import ExitCode

MARKS = ("acknowledge=met", "change=missed")


@pytest.fixture
def answered(run: Run) -> str:
    """The id of a rated answer."""
    with closing(services.open_services()) as opened:
        plan = opened.plan(question_ids=["low-score-direct"])
        draft = replace(opened.new_draft(plan), text="I acknowledge it.")
        return opened.finish(draft, plan.item)


def test_without_marks_the_points_are_told_and_nothing_of_the_rating(
    run: Run, answered: str
) -> None:
    told = run("history", "rate-self", answered[:8]).out
    assert told.startswith("  I acknowledge it.\n\nacknowledge: You name it. Where is the part")
    assert "  partly  You name it: half there.\n" in told
    assert "Score" not in told
    assert "This helps" not in told
    value = run("history", "rate-self", answered, "--json").json
    assert (value["id"], [point["id"] for point in value["points"]]) == (
        answered,
        ["acknowledge", "change"],
    )
    assert not {"marks", "score", "own_marks"} & set(value)


def test_own_marks_are_kept_and_shown_beside(run: Run, answered: str) -> None:
    before = run("history", "show", answered, "--json").json
    assert before["own_marks"] == {}
    told = run("history", "rate-self", answered, "change=met", "acknowledge=partly").out
    assert told.startswith("Your own marks: ")
    assert told in run("history", "show", answered).out
    after = run("history", "show", answered, "--json").json
    assert after == before | {"own_marks": {"acknowledge": 1, "change": 2}, "ratings": 2}
    assert run("history", "rate-self", answered, *MARKS, "--json").json["own_marks"]


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        (("change=met",), "acknowledge"),
        (("change=good", *MARKS), "'change=good' is no mark"),
        (("change",), "'change' is no mark"),
        (("change=met", *MARKS), "'change' has two marks"),
        (("other=met", *MARKS), "no point 'other'"),
    ],
)
def test_marks_that_do_not_fit_are_named_and_nothing_is_stored(
    run: Run, answered: str, marks: tuple[str, ...], said: str
) -> None:
    result = run("history", "rate-self", answered, *marks)
    assert result.code == ExitCode.USAGE
    assert said in result.err
    assert run("history", "show", answered, "--json").json["own_marks"] == {}
