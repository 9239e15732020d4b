"""Line by line in a real terminal and over real pipes: nothing is drawn, nothing is lost."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import run_process
from tests.e2e.terminal import Terminal
from tests.processes import programs_of
from tests.sound import SoundServer
from tests.speech.answers import LOW_SCORE
from tests.speech.listening import MODEL
from tests.speech.voices import say_to
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed"),
]
LONG_S = 60.0
QUESTION = ("practice", "--plain", "--question", "low-score-step1-direct")


def drafted(home: Path) -> str:
    """Return the words of the only draft."""
    with closing(sqlite3.connect(home / "trainer.sqlite3")) as found:
        return "".join(*found.execute("SELECT text FROM drafts"))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_an_answer_outlives_the_program_and_is_taken_up(tmp_path: Path, number: int) -> None:
    home = tmp_path / "home"
    with Terminal(home, arguments=QUESTION) as terminal:
        terminal.wait_for("Enter begins your answer")
        terminal.press("Enter")
        terminal.wait_for(".? help.")
        terminal.type("My score was 209.")
        terminal.press("Enter")
        terminal.wait_for("Answer: My score was 209.", "\nAnswer:")
        terminal.type("Then I")
        wait_until(lambda: "Then I" in drafted(home), "the open line is not on disk")
        terminal.kill(number)
    with Terminal(home, arguments=("review", "--plain")) as terminal:
        terminal.wait_for("0 answers", "u unfinished answers")
        for line in ("u", "1", ""):
            terminal.type(line)
            terminal.press("Enter")
        terminal.wait_for("  My score was 209.", "  Then I", ".? help.")
        assert not terminal.draws()
        terminal.press("C-d")
        terminal.wait_for("q back", "(question mark) help.")
        terminal.press("C-c")
        terminal.wait_for_end()


@pytest.mark.audio
def test_a_spoken_answer_outlives_the_program_and_is_ended_by_lines(
    tmp_path: Path, sound_server: SoundServer
) -> None:
    home, clip = tmp_path / "home", tmp_path / "clip.wav"
    home.mkdir()
    (home / "config.json").write_text(json.dumps({"model": str(MODEL)}), encoding="utf-8")
    say_to(clip, LOW_SCORE.sentences[:3])
    with Terminal(
        home, arguments=(*QUESTION, "--voice"), environment=sound_server.environment
    ) as terminal:
        terminal.wait_for("Enter begins your answer")
        terminal.press("Enter")
        terminal.wait_for("Speak now", timeout_s=LONG_S)
        sound_server.play(clip)
        terminal.kill()
        wait_until(lambda: not programs_of(home), "a child is left", 5.0)
    with Terminal(
        home, arguments=("practice", "--plain"), environment=sound_server.environment
    ) as terminal:
        terminal.wait_for("1 answer is unfinished.")
        for line, shown in (("u", "d and a number"), ("1", "goes on"), ("", "ends your answer")):
            terminal.type(line)
            terminal.press("Enter")
            terminal.wait_for(shown, timeout_s=LONG_S)
        terminal.type(".")
        terminal.press("Enter")
        terminal.wait_for("Are these your words?", "failed step 1", timeout_s=LONG_S)
        terminal.press("Enter")
        terminal.wait_for("m ums", "p play", timeout_s=LONG_S)
        assert not terminal.draws()
        terminal.press("C-c")
        terminal.wait_for_end()
    wait_until(lambda: not programs_of(home), "a child is left", 5.0)


def test_a_practice_and_a_review_over_pipes_write_lines_only(tmp_path: Path) -> None:
    surroundings = {"TRAINER_HOME": str(tmp_path / "home"), "TERM": "xterm-256color"}
    answer = b"\nMy score was 209.\nThen I changed my plan.\n.\ny\nq\n"
    practice = run_process(*QUESTION, stdin=answer, env=surroundings)
    assert (practice.code, practice.err) == (0, "")
    assert '"My score was 209."' in practice.out
    review = run_process("review", "--plain", stdin=b"1\nv\nq\nq\n", env=surroundings)
    assert (review.code, review.err) == (0, "")
    assert "Then I changed my plan." in review.out
    for out in (practice.out, review.out):
        assert not set(out) & {"\x1b", "\r", "\b", "\x07"}
        assert max(map(len, out.splitlines())) <= 80
