"""By voice, the whole way: an answer into a virtual microphone, real Vosk, the sound back.

And whatever is killed at whatever moment: the answer is offered again, and no child is left.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.capture.steps import pcm_of
from tests.e2e.terminal import PROGRAM, Terminal, told
from tests.e2e.test_recovery import whole
from tests.processes import programs_of
from tests.sound import SoundServer
from tests.speech.answers import LOW_SCORE
from tests.speech.listening import MODEL
from tests.speech.voices import say_to
from tests.waiting import wait_until
from trainer.audio.format import RATE_HZ, SAMPLE_BYTES
from trainer.calibration.word_errors import word_error_rate
from trainer.capture.files import length_s

pytestmark = [
    pytest.mark.audio,
    pytest.mark.e2e,
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed"),
]
QUESTION = ("practice", "--voice", "--question", "low-score-step1-direct")
SIZE = (120, 40)
SENTENCES = tuple(LOW_SCORE.sentences[at] for at in (0, 5, 8))
LONG_S = 60.0
MOST_LOST_S = 0.5
RECORDER = "trainer.capture.recording"
RECOGNISER = "trainer.transcript.recognising"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    choose(folder, str(MODEL))
    return folder


def choose(home: Path, model: str) -> None:
    (home / "config.json").write_text(json.dumps({"model": model}), encoding="utf-8")


def begin(terminal: Terminal) -> None:
    terminal.wait_for("Nothing is kept until you press Space", timeout_s=LONG_S)
    terminal.press("Space")
    terminal.wait_for("Speak now")


def only_recording(home: Path) -> Path:
    (file,) = (home / "recordings").glob("*.wav")
    return file


def test_an_answer_is_spoken_corrected_rated_stored_and_heard_again(
    tmp_path: Path, home: Path, sound_server: SoundServer
) -> None:
    clip = tmp_path / "clip.wav"
    speech = say_to(clip, SENTENCES)
    with Terminal(home, SIZE, QUESTION, environment=sound_server.environment) as terminal:
        begin(terminal)
        with sound_server.playing(clip) as player:
            terminal.wait_for("failed step one", timeout_s=LONG_S)
            assert player.poll() is None, "the words came only after the speech"
            player.wait()
        terminal.press("Enter")
        terminal.wait_for("Are these your words?", "249", timeout_s=LONG_S)
        terminal.type("Well ")
        terminal.press("Enter")
        terminal.wait_for("Report", "Checklist", "yes i failed", timeout_s=LONG_S)

        recording = only_recording(home)
        recorded = pcm_of(recording)
        with sound_server.captured() as captured:
            terminal.press("p")  # from the chosen quote
            terminal.wait_for("▶")
            wait_until(lambda: len(captured.pcm.strip(b"\0")) > RATE_HZ, "sound comes")
            terminal.press("s")
            terminal.wait_for("■")
        played = captured.pcm.strip(b"\0")
        assert len(played) > RATE_HZ * SAMPLE_BYTES // 10
        assert played[: RATE_HZ // 5] in recorded

        terminal.press("C-q")
        terminal.wait_for_end()
    with Terminal(home, SIZE) as terminal:
        terminal.wait_for("1 answer)")
        terminal.press("h")
        terminal.wait_for("History", "i failed step 1")
    wait_until(lambda: not programs_of(home), "a child is left")

    (line,) = told(home, "history", "list")["attempts"]
    heard = told(home, "transcribe", str(recording))
    assert heard["engine"] == "vosk"
    assert word_error_rate(speech.text, str(heard["text"])) <= 0.1
    shown = told(home, "history", "show", line["id"])
    assert str(recording) in json.dumps(shown)


def test_the_built_in_recogniser_is_honest_about_its_words(
    tmp_path: Path, home: Path, sound_server: SoundServer
) -> None:
    choose(home, "builtin")
    clip = tmp_path / "clip.wav"
    say_to(clip, LOW_SCORE.sentences[4:7])
    with Terminal(home, SIZE, QUESTION, environment=sound_server.environment) as terminal:
        terminal.wait_for("Before you speak", "Recommended for you", timeout_s=LONG_S)
        terminal.press("n")  # without a speech model
        begin(terminal)
        assert "built-in recogniser: rough words" in terminal.screen()
        sound_server.play(clip)
        terminal.press("Enter")
        terminal.wait_for("rough draft by the built-in recogniser", timeout_s=LONG_S)
        terminal.press("C-o")
        report = terminal.wait_for("too rough to rate yet", timeout_s=LONG_S)
        assert "● met" not in report and "○ missed" not in report
        terminal.press("C-q")
        terminal.wait_for_end()
    (line,) = told(home, "history", "list")["attempts"]
    assert line["score"] is None


@pytest.mark.parametrize("spoken_s", [0.0, 2.6])
def test_a_killed_program_leaves_the_answer_and_no_child(
    tmp_path: Path, home: Path, sound_server: SoundServer, spoken_s: float
) -> None:
    clip = tmp_path / "clip.wav"
    say_to(clip, LOW_SCORE.sentences[:3])
    with Terminal(home, SIZE, QUESTION, environment=sound_server.environment) as terminal:
        begin(terminal)
        file = only_recording(home)
        with sound_server.playing(clip):
            wait_until(lambda: length_s(file) >= spoken_s, "sound comes", LONG_S)
            before_s = length_s(file)
            terminal.kill()
        wait_until(lambda: not programs_of(home), "a child is left", 5.0)
    assert length_s(file) >= before_s
    assert whole(home)
    with Terminal(home, SIZE, environment=sound_server.environment) as terminal:
        terminal.wait_for("An answer is not finished")
        terminal.press("u")
        terminal.wait_for("Unfinished answers")
        terminal.press("Enter")
        terminal.wait_for("on disk", "Paused", timeout_s=LONG_S)
        terminal.press("Space")
        terminal.wait_for("Speak now")
        with sound_server.playing(clip):
            wait_until(lambda: length_s(file) > before_s + 2.5, "it is recorded on", LONG_S)
        terminal.press("Enter")
        terminal.wait_for("Are these your words?", "step 1", timeout_s=LONG_S)


@pytest.mark.parametrize("child", [RECORDER, RECOGNISER])
def test_a_killed_child_costs_at_most_half_a_second(
    tmp_path: Path, home: Path, sound_server: SoundServer, child: str
) -> None:
    clip = tmp_path / "clip.wav"
    say_to(clip, LOW_SCORE.sentences[:3])
    with Terminal(home, SIZE, QUESTION, environment=sound_server.environment) as terminal:
        begin(terminal)
        file = only_recording(home)
        with sound_server.playing(clip) as player:
            terminal.wait_for("step one", timeout_s=LONG_S)
            (process,) = (p for p in programs_of(home) if child in command(p))
            before_s = length_s(file)
            os.kill(int(process.name), signal.SIGKILL)
            if child == RECORDER:
                terminal.wait_for("of your answer", "Space records on", timeout_s=LONG_S)
                assert length_s(file) >= before_s - MOST_LOST_S
                terminal.press("Space")
                terminal.wait_for("Speak now", timeout_s=LONG_S)
            player.wait()
        terminal.press("Enter")
        lines = ("failed step 1", "i did very few")  # the editor shows all of its lines
        screen = terminal.wait_for("Are these your words?", *lines, timeout_s=LONG_S)
        assert child == RECORDER or "on my first attempt" in screen
        terminal.press("C-q")
        terminal.wait_for_end()
    wait_until(lambda: not programs_of(home), "a child is left", 5.0)


def test_typing_needs_no_sound_and_one_line_says_what_to_install(home: Path) -> None:
    """A sound library that cannot be loaded stands for one that is not there."""
    broken = home.parent / "broken"
    broken.mkdir()
    (broken / "sounddevice.py").write_text(
        "raise OSError('PortAudio library not found')", encoding="utf-8"
    )
    environment = {"PYTHONPATH": str(broken)}
    arguments = ("practice", "--typed", "--question", "low-score-step1-direct")
    with Terminal(home, SIZE, arguments, environment=environment) as terminal:
        terminal.wait_for("Question 1 of 1")
        terminal.type("I failed, and I changed my plan.")
        terminal.press("C-s")
        terminal.wait_for("Report")
    done = subprocess.run(
        [*PROGRAM, *QUESTION],
        env={**os.environ, **environment, "TRAINER_HOME": str(home)},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 3
    assert "PortAudio" in done.stderr and "portaudio" in done.stderr.lower().partition("run:")[2]


def command(process: Path) -> str:
    return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
