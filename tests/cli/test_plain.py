"""`practice --plain` and `review`: what each opens, and how each ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli.conftest import Answered, Run
from tests.fakes import FakeApp
from trainer.capture.devices import SoundCheck
from trainer.doctor import sound
from trainer.tui import app as tui
from trainer.tui.screens.library import LibraryScreen
from trainer.tui.screens.report import ReportScreen


@pytest.fixture(autouse=True)
def app(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[FakeApp]]:
    monkeypatch.setattr(tui, "TrainerApp", FakeApp)
    monkeypatch.setattr(FakeApp, "opened", None)
    monkeypatch.setattr(FakeApp, "shown", None)
    monkeypatch.setattr(FakeApp, "count", 0)
    yield FakeApp


def test_plain_practice_asks_for_a_bank_and_opens_no_screen(run: Run) -> None:
    result = run("practice", "--plain", stdin="1\n\nI acknowledge it.\n.\nq\nq\n")
    assert (result.code, result.err, FakeApp.count) == (0, "", 0)
    assert "Give the number of a bank." in result.out
    assert "Score: " in result.out


def test_plain_practice_begins_with_what_is_named(run: Run) -> None:
    result = run("practice", "--plain", "--question", "low-score-direct", stdin="q\n")
    assert result.code == 0
    assert result.out.startswith("\nQuestion 1 of 1.")


@pytest.mark.parametrize("what", [["--bank", "nope"], ["--question", "nope"]])
def test_what_is_not_there_is_told(run: Run, what: list[str]) -> None:
    result = run("practice", "--plain", *what)
    assert (result.code, result.out) == (2, "")
    assert "nope" in result.err


@pytest.mark.parametrize("command", [("practice", "--plain"), ("review", "--plain")])
def test_the_end_of_the_input_is_no_failure(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command)
    assert (result.code, result.err) == (0, "")
    assert result.out.endswith("The input has ended. All that you answered is kept.\n")


def test_voice_that_cannot_be_recorded_is_told_at_once(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sound, "check_sound", lambda: SoundCheck(problem="no package"))
    result = run("practice", "--plain", "--voice")
    assert (result.code, result.out) == (3, "")


@pytest.mark.parametrize("command", ["practice", "review"])
def test_without_a_terminal_the_plain_way_of_the_same_command_is_named(
    run: Run, command: str
) -> None:
    result = run(command)
    assert result.code == 2
    assert f"trainer {command} --plain" in result.err


def test_review_opens_on_the_history_or_an_answer(run: Run, answered: Answered) -> None:
    assert run("review", terminal=True).code == 0
    assert isinstance(FakeApp.shown, LibraryScreen)
    assert run("review", answered.good[:10], terminal=True).code == 0
    assert isinstance(FakeApp.shown, ReportScreen)
    assert FakeApp.shown.shown_view.record.attempt.id == answered.good


@pytest.mark.parametrize("plain", [(), ("--plain",)])
def test_an_answer_that_is_not_there_is_told(run: Run, plain: tuple[str, ...]) -> None:
    result = run("review", "nope", *plain, terminal=True)
    assert (result.code, result.out, FakeApp.count) == (2, "", 0)
    assert "There is no attempt 'nope'." in result.err


def test_plain_review_begins_with_the_answer_that_is_named(run: Run, answered: Answered) -> None:
    result = run("review", "--plain", answered.poor, stdin="q\nq\n")
    assert (result.code, result.err) == (0, "")
    assert result.out.index("half-acknowledge") < result.out.index("3 answers.")
