"""`history compare`: two answers, two versions, two ratings; what is wrong is told."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Answered, Run


def test_two_answers_are_compared(run: Run, answered: Answered) -> None:
    result = run("history", "compare", answered.poor[:8], answered.good[:8])
    assert (result.code, result.err) == (0, "")
    for part in (
        f"Before: {answered.poor[:8]}, version 2",
        "Gained: You changed (missed before, met now).",
        "Gone: Blame.",
        "strong",
        "Delivery",
        "Length: 0:42 before, 0:42 now.",
    ):
        assert part in result.out
    assert max(map(len, result.out.splitlines())) <= 80


def test_two_versions_of_one_answer(run: Run, answered: Answered) -> None:
    poor = answered.poor
    value = run("history", "compare", f"{poor}@1", f"{poor}@2", "--json").json
    assert value["schema_version"] == 1
    assert (value["before"]["version"], value["after"]["version"]) == (1, 2)
    assert (value["rehearsed"], value["checklists"]) == (False, "same")
    marks = {mark["id"]: (mark["before"], mark["after"]) for mark in value["marks"]}
    assert marks == {"acknowledge": (0, 1), "change": (0, 0)}
    assert value["lines"]


def test_one_rating_beside_itself(run: Run, answered: Answered) -> None:
    good = answered.good
    result = run("history", "compare", good, f"{good}@1.1")
    assert "These are the same words with the same rating." in result.out
    assert "Gained" not in result.out


def test_a_follow_up_has_another_checklist(run: Run, answered: Answered) -> None:
    value = run("history", "compare", answered.poor, answered.follow_up, "--json").json
    assert value["checklists"] == "changed"
    assert [mark["id"] for mark in value["marks"]] == ["change"]
    assert value["only_before"] == ["You name it"]


@pytest.mark.parametrize("suffix", ["@9", "@0", "@1.7", "@x", "@1.", "@", "@1@1"])
def test_versions_and_ratings_that_are_not_there_are_told(
    run: Run, answered: Answered, suffix: str
) -> None:
    result = run("history", "compare", answered.good, f"{answered.good}{suffix}")
    assert (result.code, result.out) == (2, "")
    assert len(result.err.splitlines()) == 2


def test_unknown_answers_are_told(run: Run, answered: Answered) -> None:
    for wrong in ("zzz", "", "\x1b[2J"):
        result = run("history", "compare", answered.good, wrong)
        assert (result.code, result.out) == (2, "")
        assert "\x1b" not in result.err
