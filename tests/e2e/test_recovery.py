"""Nothing that was typed is lost: by kill -9 at any moment, by signals, with two programs."""

import json
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.e2e.terminal import PROGRAM, Terminal
from tests.processes import programs_of
from tests.waiting import wait_until

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
    """Whether the database passes its check."""
    done = subprocess.run(
        [*PROGRAM, "doctor", "--json"],
        env={"TRAINER_HOME": str(home), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    checks = {check["id"]: check["state"] for check in json.loads(done.stdout)["checks"]}
    return checks["history"] == "ok"


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
    with Terminal(home, (120, 40)) as terminal:
        screen = terminal.wait_for("history (", "answer")
        kept = ("An answer is not finished" in screen) + ("1 answer)" in screen)
        assert kept == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_saves_every_word(tmp_path: Path, number: int) -> None:
    home = tmp_path / "home"
    with Terminal(home, (120, 40), ("practice",)) as terminal:
        terminal.wait_for("Question 1 of 5")
        terminal.type("the last word is platypus")
        terminal.wait_for("platypus")
        terminal.kill(number)
    assert "the last word is platypus" in offered(home)


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
    assert "the last word is lemur" in offered(home)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to find the process")
def test_a_terminal_that_is_closed_at_the_first_paint_leaves_no_program(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for _ in range(4):
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
