"""`history progress`: tables and bars in 80 columns, plain lists, JSON, and what is wrong."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Answered, Run
from trainer.lines.progress import can_draw


def test_progress_fits_and_names_its_points(run: Run, answered: Answered) -> None:
    result = run("history", "progress")
    assert (result.code, result.err) == (0, "")
    assert max(map(len, result.out.splitlines())) <= 80
    for part in (
        "3 answers in 1 week",
        "Owning a weak point (2 answers)",
        "POINT",
        "You changed",
        "1 of 2",
        "too few answers to tell",
        "Time spent",
    ):
        assert part in result.out
    assert "\x1b" not in result.out


def test_plain_has_no_plots(run: Run, answered: Answered) -> None:
    result = run("history", "progress", "--plain")
    assert "You changed: met 1 of 2, too few answers to tell." in result.out
    assert set("█·●│┤") & set(result.out) == set()


def test_progress_as_json(run: Run, answered: Answered) -> None:
    value = run("history", "progress", "--json").json
    assert (value["schema_version"], value["answers"]) == (1, 3)
    (rubric,) = value["rubrics"]
    marks = {c["id"]: [m["mark"] for m in c["marks"]] for c in rubric["criteria"]}
    assert marks == {"acknowledge": [2, 1], "change": [2, 0]}
    assert [p["id"] for p in rubric["scores"]] == [answered.good, answered.poor]
    assert rubric["trend"]["direction"] == "too few"
    assert value["spent"][0]["seconds"] == 3 * 42.0


def test_progress_can_be_narrowed(run: Run, answered: Answered) -> None:
    def answers(*options: str) -> int:
        return int(run("history", "progress", "--json", *options).json["answers"])

    assert answers("--bank", "low-score", "--rubric", "ownership") == 3
    assert answers("--since", "2999-01-01") == 0
    assert answers("--bank", "small-talk") == 0


@pytest.mark.parametrize("options", [("--bank", "nope"), ("--rubric", "nope"), ("--since", "soon")])
def test_what_does_not_exist_is_told(
    run: Run, answered: Answered, options: tuple[str, ...]
) -> None:
    result = run("history", "progress", *options)
    assert (result.code, result.out) == (2, "")
    assert result.err


def test_an_empty_history_is_no_error(run: Run) -> None:
    result = run("history", "progress")
    assert (result.code, result.out) == (0, "")
    assert "No answers yet" in result.err


@pytest.mark.parametrize(
    ("encoding", "drawn"), [("utf-8", True), ("ascii", False), ("cp1252", False), (None, False)]
)
def test_a_terminal_without_the_signs_gets_lists(encoding: str | None, drawn: bool) -> None:
    assert can_draw(encoding) is drawn
