"""A question read aloud into the very microphone that records the answer: it is never in it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.capture.steps import pcm_of
from tests.e2e.terminal import Terminal
from tests.playback.recordings import heard
from tests.processes import children_of, is_gone, programs_of
from tests.sound import SoundServer
from tests.waiting import wait_until
from trainer.audio.format import RATE_HZ
from trainer.capture.files import length_s

pytestmark = [
    pytest.mark.audio,
    pytest.mark.e2e,
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed"),
    pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed"),
]
QUESTION = ("practice", "--voice", "--question", "low-score-step1-direct")
SIZE = (120, 40)
# Slowly the question takes 6.5 s.
SETTINGS = {"model": "builtin", "model_offered": True, "reading_speed": "slow"}
LONG_S = 30.0
LOUD = 200  # of 32768; espeak-ng speaks with some thousands, and the silent server with none


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
    return folder


def loudest(pcm: bytes) -> int:
    samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2")
    return max(int(samples.max()), -int(samples.min())) if len(samples) else 0


@pytest.mark.parametrize("meanwhile", [True, False], ids=["space-while-it-is-read", "after-it"])
def test_the_recording_holds_nothing_of_the_question(
    home: Path, sound_server: SoundServer, meanwhile: bool
) -> None:
    arguments = (*QUESTION, "--read-aloud")
    with (
        sound_server.captured() as captured,
        Terminal(home, SIZE, arguments, environment=sound_server.environment) as terminal,
    ):
        terminal.wait_for("The question is read to you", timeout_s=LONG_S)
        wait_until(lambda: loudest(captured.pcm) > LOUD, "the question is heard", LONG_S)
        if not meanwhile:
            terminal.wait_for("Nothing is kept until you press Space", timeout_s=LONG_S)
        terminal.press("Space")
        terminal.wait_for("Speak now", timeout_s=LONG_S)
        (file,) = (home / "recordings").glob("*.wav")
        wait_until(lambda: length_s(file) > 2.0, "silence is recorded", LONG_S)
        terminal.press("C-q")
        terminal.wait_for_end()
    assert loudest(pcm_of(file)) < LOUD
    if meanwhile:
        assert len(heard(captured.pcm)) / 2 / RATE_HZ < 4.0


@pytest.mark.parametrize("way", ["kill", "C-q", "Escape"])
def test_the_voice_ends_with_the_screen_and_with_the_program(
    home: Path, sound_server: SoundServer, way: str
) -> None:
    arguments = (*QUESTION, "--drill")
    with (
        sound_server.captured() as captured,
        Terminal(home, SIZE, arguments, environment=sound_server.environment) as terminal,
    ):
        screen = terminal.wait_for("T shows it, L reads it again", timeout_s=LONG_S)
        assert "Step 1" not in screen
        wait_until(lambda: loudest(captured.pcm) > LOUD, "the question is heard", LONG_S)
        programs = {int(process.name) for process in programs_of(home)}
        children = set().union(*(children_of(pid) for pid in programs))
        before = len(captured.pcm)
        if way == "kill":
            terminal.kill()
        else:
            terminal.press(way)
        if way == "Escape":
            terminal.wait_for("Interview trainer")
        else:
            terminal.wait_for_end()
        wait_until(lambda: all(map(is_gone, children)), "no child is left", 5.0)
    late_s = len(captured.pcm[before:].rstrip(b"\0")) / 2 / RATE_HZ
    assert late_s < 3.0
