"""The whole way by keyboard: first start, practice, report, follow-up, again, history."""

import shutil
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed"),
]

ANSWER = (
    "My Step 1 score was 209, and that is my own result. I read a lot but I hardly tested myself. "
    "Then I did two timed blocks of forty questions every morning, and each Sunday a senior "
    "resident went through my error log with me. My Step 2 CK score was 238."
)


def test_a_whole_practice_and_a_second_start_that_shows_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Terminal(home) as terminal:
        terminal.wait_for("All banks, mixed", "Behavioral stories", "0 answers")
        terminal.press("Enter")
        terminal.wait_for("Question 1 of 5", "Finish")
        terminal.type(ANSWER)
        terminal.wait_for("238.", "Draft saved")
        terminal.press("C-s")
        terminal.wait_for("Report", "Again")
        terminal.press("a")
        terminal.wait_for("Question 1 of 5", "Typing starts the clock")
        terminal.type("The second time I say less.")
        terminal.press("C-s")
        terminal.wait_for("Report")
        terminal.press("Escape")
        terminal.wait_for("2 answers")
        terminal.press("h")
        terminal.wait_for("History", "The second time")
        terminal.press("/")
        terminal.type("forty questions")
        terminal.wait_for("1 answer")
        terminal.press("Enter")
        terminal.press("Enter")
        terminal.wait_for("Report")
        terminal.press("q")
        terminal.wait_for_end()
    with Terminal(home) as terminal:
        terminal.wait_for("2 answers)", "Behavioral stories")


def test_a_chosen_question_its_follow_up_and_the_quote(tmp_path: Path) -> None:
    arguments = ("practice", "--question", "low-score-step1-direct")
    with Terminal(tmp_path / "home", (120, 50), arguments) as terminal:
        terminal.wait_for("Question 1 of 1")
        terminal.type(ANSWER)
        terminal.press("C-s")
        report = terminal.wait_for("Checklist", "● met", "of 100")
        assert "timed blocks of forty questions" in report
        terminal.press("f")
        terminal.wait_for("Follow-up")
        terminal.type("On the wards I keep the same log and I will use it for the boards.")
        terminal.press("C-s")
        terminal.wait_for("Follow-up report")
        terminal.press("C-q")
        terminal.wait_for_end()


@pytest.mark.parametrize(
    "environment",
    [{"TERM": "xterm-16color", "NO_COLOR": "1"}, {"TERM": "linux", "LANG": "C"}],
    ids=["16-colours-and-no-colour", "console-and-c-locale"],
)
def test_plain_terminals(tmp_path: Path, environment: dict[str, str]) -> None:
    with Terminal(tmp_path / "home", environment=environment) as terminal:
        terminal.wait_for("All banks, mixed", "0 answers")
        terminal.press("Enter")
        terminal.wait_for("Question 1 of 5")
        terminal.type("I was on nights.")
        terminal.press("C-s")
        terminal.wait_for("Report")


def test_nothing_typed_before_the_first_paint_is_lost(tmp_path: Path) -> None:
    with Terminal(tmp_path / "home") as terminal:
        terminal.press("Enter")
        terminal.type("quick brown fox")
        terminal.wait_for("Question 1 of 5", "quick brown fox")
