"""What hinders playing is told in plain words, in time, and takes nothing down."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.playback.conftest import Play
from tests.playback.recordings import noise, write_recording
from tests.processes import is_gone, replace_package
from tests.sound import SoundServer
from tests.waiting import wait_until
from trainer.playback import player as player_module
from trainer.playback.player import Player, PlayerPhase

PLENTY_S = 20.0


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return write_recording(tmp_path / "answer.wav", noise(3.0))


@pytest.fixture
def long_recording(tmp_path: Path) -> Path:
    return write_recording(tmp_path / "long.wav", noise(2.0) * 15)


def message(player: Player) -> str:
    """Return what the player says of its end; it has something to say and to do."""
    state = player.wait(PLENTY_S)
    assert state.phase is PlayerPhase.ENDED
    assert state.problem
    assert state.problem.hint
    return state.problem.message


def wait_for_sound(player: Player) -> None:
    wait_until(lambda: player.state().at_s > 0.2, "it plays")


def test_a_missing_file(play: Play, tmp_path: Path) -> None:
    assert message(play(tmp_path / "gone.wav")) == "The recording gone.wav is not there."


def test_a_folder_instead_of_a_file(play: Play, tmp_path: Path) -> None:
    assert "cannot be read: Is a directory" in message(play(tmp_path))


@pytest.mark.parametrize("content", [b"", b"a text", b"OggS" * 100], ids=["nothing", "text", "ogg"])
def test_what_is_no_recording(play: Play, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "odd.wav"
    file.write_bytes(content)
    assert message(play(file)) == "The file odd.wav is not a recording of this program."


@pytest.mark.parametrize("pcm", [b"", b"\0"], ids=["header only", "half a sample"])
def test_an_empty_recording(play: Play, tmp_path: Path, pcm: bytes) -> None:
    file = write_recording(tmp_path / "empty.wav", pcm)
    assert message(play(file)) == "The recording empty.wav is empty."


def test_a_place_behind_the_end(play: Play, recording: Path) -> None:
    assert (
        message(play(recording, 7.0, 8.0))
        == "The recording answer.wav ends at 3.0 s, before this place."
    )


def test_a_name_that_would_draw_on_the_screen(play: Play, tmp_path: Path) -> None:
    assert "\x1b" not in message(play(tmp_path / "\x1b[31mred\n.wav"))


@pytest.mark.audio
def test_no_loudspeaker(no_sound_server: SoundServer, play: Play, recording: Path) -> None:
    assert message(play(recording)) == "No loudspeaker was found."


@pytest.mark.audio
def test_a_loudspeaker_that_is_not_there(
    sound_server: SoundServer, play: Play, recording: Path
) -> None:
    assert message(play(recording, device="headphones")) == (
        "The loudspeaker headphones is not there."
    )
    assert play(recording, 0.0, 0.2, device="default").wait(PLENTY_S).problem is None


@pytest.mark.audio
def test_a_server_that_goes_away(
    sound_server: SoundServer, play: Play, long_recording: Path
) -> None:
    player = play(long_recording)
    wait_for_sound(player)
    sound_server.stop()
    assert "went away while it played" in message(player)
    assert 0.2 < player.state().at_s < 20


@pytest.mark.audio
def test_a_server_that_freezes(sound_server: SoundServer, play: Play, long_recording: Path) -> None:
    player = play(long_recording)
    wait_for_sound(player)
    sound_server.freeze()
    assert message(player) == "The sound server does not answer."
    wait_until(lambda: player.pid is not None and is_gone(player.pid), "the child ends")


@pytest.mark.audio
def test_a_frozen_server(sound_server: SoundServer, play: Play, recording: Path) -> None:
    sound_server.freeze()
    began = time.monotonic()
    player = play(recording)
    assert message(player) == "The sound server does not answer."
    assert time.monotonic() - began < 15
    wait_until(lambda: player.pid is not None and is_gone(player.pid), "the child ends")


@pytest.mark.audio
def test_stopping_and_closing_before_a_frozen_server(
    sound_server: SoundServer, play: Play, recording: Path
) -> None:
    sound_server.freeze()
    player = play(recording)
    player.stop()
    began = time.monotonic()
    state = player.wait(PLENTY_S)
    player.close()
    assert time.monotonic() - began < 10
    assert (state.phase, state.problem) == (PlayerPhase.ENDED, None)
    assert player.pid is not None
    assert is_gone(player.pid)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("raise ImportError('none')", "the package sounddevice is missing"),
        ("raise OSError('PortAudio library not found')", "PortAudio is missing or broken"),
        ("raise RuntimeError('odd')", "The loudspeaker cannot be used: odd."),
        ("import os; os.abort()", "The player ended by itself (exit code -6)."),
    ],
    ids=["package", "portaudio", "exception", "crash"],
)
def test_a_library_that_fails(
    play: Play,
    recording: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: str,
    told: str,
) -> None:
    replace_package(monkeypatch, tmp_path, "sounddevice", code)
    assert told in message(play(recording))


@pytest.mark.audio
def test_a_killed_player(sound_server: SoundServer, play: Play, long_recording: Path) -> None:
    player = play(long_recording)
    wait_for_sound(player)
    assert player.pid
    os.kill(player.pid, signal.SIGKILL)
    assert message(player) == ("The player ended by itself (exit code -9). The recording is kept.")


def test_a_player_that_cannot_be_started(
    play: Play, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(player_module, "Child", refuse)
    player = play(recording)
    assert "Resource temporarily unavailable" in message(player)
    player.stop()


@pytest.mark.audio
def test_the_player_ends_with_its_program(sound_server: SoundServer, long_recording: Path) -> None:
    code = f"""
import pathlib, time
from trainer.playback.player import Player
player = Player(pathlib.Path({str(long_recording)!r}))
while player.state().at_s < 0.2:
    time.sleep(0.01)
print(player.pid, flush=True)
player.wait(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as program:
        assert program.stdout
        pid = int(program.stdout.readline())
        program.kill()
    wait_until(lambda: is_gone(pid), "the child ends")
