"""Nothing that was typed is lost: by kill -9 at any moment, by signals, with two programs."""

import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal
from tests.processes import programs_of
from tests.waiting import wait_until
from trainer.doctor.data import examine_history
from trainer.paths import Home
from trainer.store.database import Store

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed"),
]
MOST_LOST_S = 2.0
TYPING_S = 4.0


def offered(home: Path) -> str:
    """Start the program again, take the unfinished answer up, and return its text."""
    with Terminal(home, (120, 40)) as terminal:
        terminal.wait_for("An answer is not finished")
        terminal.press("u")
        terminal.wait_for("Unfinished answers")
        terminal.press("Enter")
        return terminal.wait_for("Paused", "Finish")


def whole(home: Path) -> bool:
    """Whether the database passes the check of `trainer doctor`."""
    return [check.state for check in examine_history(Home(home))] == ["ok"]


def kept(home: Path) -> tuple[list[str], int]:
    """Return the texts that the next start offers as unfinished, and the number of answers."""
    with Store.open(Home(home)) as store:
        return [draft.text for draft in store.orphaned_drafts()], store.count_library()


def test_kill_while_typing_loses_at_most_two_seconds(tmp_path: Path) -> None:
    home = tmp_path / "home"
    typed: list[tuple[str, float]] = []
    with Terminal(home, (120, 40), ("practice",)) as terminal:
        terminal.wait_for("Question 1 of 5")
        began = time.monotonic()
        while time.monotonic() - began < TYPING_S:
            word = f"word{len(typed)}"
            terminal.type(f"{word} ")
            terminal.wait_for(word)
            typed.append((word, time.monotonic()))
        killed = time.monotonic()
        terminal.kill()
    screen = offered(home)
    for word, at in typed:
        if killed - at > MOST_LOST_S:
            assert word in screen
    assert typed[0][0] in screen
    assert whole(home)


@pytest.mark.parametrize("turn", range(3))
def test_kill_while_rating_and_saving_leaves_the_draft_or_the_attempt(
    tmp_path: Path, turn: int
) -> None:
    home = tmp_path / "home"
    with Terminal(home, (120, 40), ("practice",)) as terminal:
        terminal.wait_for("Question 1 of 5")
        terminal.type("a giraffe on the ward")
        terminal.wait_for("giraffe", "Draft saved")
        terminal.press("C-s")
        # Each turn reads the screen another number of times, and so kills at another moment.
        for _ in range(turn * 8):
            terminal.screen()
        terminal.kill()
    assert whole(home)
    drafts, answers = kept(home)
    assert (drafts, answers) in ((["a giraffe on the ward"], 0), ([], 1))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_saves_every_word(tmp_path: Path, number: int) -> None:
    home = tmp_path / "home"
    with Terminal(home, (120, 40), ("practice",)) as terminal:
        terminal.wait_for("Question 1 of 5")
        terminal.type("the last word is platypus")
        terminal.wait_for("platypus")
        terminal.kill(number)
    assert kept(home) == (["the last word is platypus"], 0)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to find the process")
@pytest.mark.parametrize("prefix", [(), ("setsid", "-w")], ids=["hang-up", "no-hang-up"])
def test_no_program_is_left_where_its_terminal_disappears(
    tmp_path: Path, prefix: tuple[str, ...]
) -> None:
    home = tmp_path / "home"
    with Terminal(home, (120, 40), ("practice",), prefix=prefix) as terminal:
        terminal.wait_for("Question 1 of 5")
        terminal.type("the last word is lemur")
        terminal.wait_for("lemur")
    wait_until(lambda: not programs_of(home), "the program is still there", timeout_s=15)
    assert kept(home) == (["the last word is lemur"], 0)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to find the process")
def test_a_terminal_that_is_closed_at_the_first_paint_leaves_no_program(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for _ in range(2):
        with Terminal(home) as terminal:
            terminal.wait_for("Interview trainer")
        wait_until(lambda: not programs_of(home), "the program is still there", timeout_s=15)


def test_two_programs_keep_their_drafts_apart(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Terminal(home, (120, 40), ("practice",)) as first:
        first.wait_for("Question 1 of 5")
        first.type("mine alone")
        first.wait_for("Draft saved")
        with Terminal(home, (120, 40)) as second:
            second.wait_for("0 answers")
            assert "not finished" not in second.screen()
            second.press("Enter")
            second.wait_for("Question 1 of 5")
            second.type("I was on call.")
            second.press("C-s")
            second.wait_for("Report")
        first.press("C-s")
        first.wait_for("Report")
        first.press("Escape")
        first.wait_for("2 answers")
