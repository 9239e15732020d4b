"""However recording fails, what came is kept, and the words say what happened and how much."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.capture.steps import (
    bend_sounddevice,
    ended,
    heard_by_others,
    noise,
    record,
    recorder,
    seconds,
    wav,
    words,
)
from tests.processes import replace_package
from tests.sound import SoundServer
from tests.waiting import wait_until
from trainer.capture.files import length_s, read_notes
from trainer.capture.recorder import Recorder
from trainer.capture.types import RecorderPhase, RecorderState
from trainer.system import microphone_hint, package_hint, portaudio_hint, sound_server_hint

pytestmark = pytest.mark.audio


def check_nothing_kept(file: Path, state: RecorderState, message: str) -> None:
    assert words(state)[0] == f"{message} Nothing was recorded."
    assert not file.parent.exists()


def check_kept(file: Path, state: RecorderState, message: str) -> None:
    """At least one second is on disk, in a file that is whole, and the words say so."""
    whole = int(seconds(heard_by_others(file)))
    assert whole >= 1
    is_kept = "1 second of your answer is" if whole == 1 else f"{whole} seconds of your answer are"
    assert words(state)[0] == f"{message} {is_kept} kept."
    assert state.length_s == length_s(file)


def test_portaudio_missing_or_broken(
    no_sound_server: SoundServer, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "libportaudio.so.2").write_bytes(b"not a library")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    with recorder(file) as taking:
        message, hint = words(ended(taking))
    assert message.startswith("The library PortAudio cannot be used: ")
    assert "libportaudio.so.2" in message
    assert message.endswith("Nothing was recorded.")
    assert hint == portaudio_hint()
    assert not file.parent.exists()


def test_the_package_is_missing(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_package(monkeypatch, tmp_path, "sounddevice", "raise ImportError('none')")
    with recorder(file) as taking:
        state = ended(taking)
    check_nothing_kept(file, state, "The package sounddevice cannot be used.")
    assert words(state)[1] == package_hint("sounddevice")


def test_no_sound_server_means_no_device(no_sound_server: SoundServer, file: Path) -> None:
    with recorder(file) as taking:
        state = ended(taking)
    check_nothing_kept(file, state, "There is no microphone.")
    assert words(state)[1] == microphone_hint()


def test_an_unknown_device(sound_server: SoundServer, file: Path) -> None:
    with recorder(file, "Fancy \x1b[31mmic") as taking:
        state = ended(taking)
    check_nothing_kept(file, state, "The microphone Fancy ␛[31mmic is not there.")
    assert words(state)[1] == "Connect it, or choose another microphone."


def test_the_server_is_gone_when_the_microphone_is_opened(
    sound_server: SoundServer, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = f"""
def late(**options):
    os.kill({sound_server.pid}, 9)
    return Real(**options)
sounddevice.RawInputStream = late
"""
    bend_sounddevice(monkeypatch, tmp_path / "bent", code)
    with recorder(file) as taking:
        state = ended(taking)
    check_nothing_kept(file, state, "The sound server does not answer.")
    assert words(state)[1] == sound_server_hint()


def test_the_server_is_frozen_when_the_microphone_is_opened(
    sound_server: SoundServer, file: Path
) -> None:
    sound_server.freeze()
    with recorder(file) as taking:
        taking.record()
        state = ended(taking)
    check_nothing_kept(file, state, "The sound server does not answer.")


def test_stopping_and_closing_wait_for_no_frozen_server(
    sound_server: SoundServer, file: Path
) -> None:
    sound_server.freeze()
    began = time.monotonic()
    with recorder(file) as taking:
        taking.stop()
        assert ended(taking).problem is None
    with recorder(file) as taking:
        taking.close()
        assert taking.state().phase is RecorderPhase.ENDED
        assert taking.state().problem is None
    assert time.monotonic() - began < 4.0  # opening alone would take 5


def test_the_server_freezes_while_recording(sound_server: SoundServer, file: Path) -> None:
    with recorder(file) as taking:
        record(taking, at_least_s=1.0)
        sound_server.freeze()
        state = ended(taking)
    check_kept(file, state, "The microphone sends no more sound.")
    assert words(state)[1].endswith(sound_server_hint())
    assert [event.kind for event in read_notes(file).events] == ["stalled"]


def test_the_server_is_frozen_when_the_microphone_is_closed(
    sound_server: SoundServer, file: Path
) -> None:
    with recorder(file) as taking:
        record(taking, at_least_s=1.0)
        sound_server.freeze()
        taking.stop()
        state = ended(taking)
    assert state.problem is None
    assert seconds(heard_by_others(file)) >= 1.0


def test_the_server_is_killed_while_recording(sound_server: SoundServer, file: Path) -> None:
    with recorder(file) as taking:
        record(taking, at_least_s=1.0)
        sound_server.stop()
        state = ended(taking)
    check_kept(file, state, "The microphone is gone.")
    assert "Connect it again" in words(state)[1]
    assert [event.kind for event in read_notes(file).events] == ["lost"]


def test_the_microphone_is_unplugged_and_comes_back(
    sound_server: SoundServer, file: Path, tmp_path: Path
) -> None:
    before, after = noise(1.0, 1), noise(0.5, 2)
    with recorder(file) as taking:
        record(taking)
        sound_server.play(wav(tmp_path / "before.wav", before))
        sound_server.unplug()
        check_kept(file, ended(taking), "The microphone is gone.")
    sound_server.plug_in()
    with recorder(file) as taking:
        record(taking)
        sound_server.play(wav(tmp_path / "after.wav", after))
        taking.stop()
        assert ended(taking).problem is None
    pcm = heard_by_others(file)
    assert before in pcm
    assert after in pcm.partition(before)[2]


def test_the_microphone_is_suspended(sound_server: SoundServer, file: Path) -> None:
    with recorder(file) as taking:
        record(taking, at_least_s=1.0)
        sound_server.suspend_microphone()
        state = ended(taking)
    check_kept(file, state, "The microphone sends no more sound.")


def test_a_device_that_is_in_use(
    sound_server: SoundServer, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PulseAudio shares its devices: the refusal is PortAudio's for one that is not shared."""
    code = """
def busy(**options):
    raise sounddevice.PortAudioError("Error opening RawInputStream: Device unavailable", -9985)
sounddevice.RawInputStream = busy
"""
    bend_sounddevice(monkeypatch, tmp_path / "bent", code)
    with recorder(file, "default") as taking:
        state = ended(taking)
    check_nothing_kept(file, state, "The microphone default is in use by another program.")
    assert "Close the other program" in words(state)[1]


def test_a_rate_that_is_refused_without_another(
    sound_server: SoundServer, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal is PortAudio's own, of a device that lies about the rate it likes."""
    code = """
real = sounddevice.query_devices
def lying(*which, **options):
    found = real(*which, **options)
    return found if which else [{**device, "default_samplerate": 16000.0} for device in found]
sounddevice.query_devices = lying
"""
    # PortAudio 19.6 damages its memory where ALSA refuses; whether that ends the child before it
    # has told why depends on where things lie. With one arena it does not.
    monkeypatch.setenv("MALLOC_ARENA_MAX", "1")
    bend_sounddevice(monkeypatch, tmp_path / "bent", code)
    sound_server.add_strict_device("strict")
    with recorder(file, "strict") as taking:
        message, hint = words(ended(taking))
    assert message.startswith("The microphone strict does not give sound that can be used: ")
    assert "Invalid sample rate" in message
    assert hint == "Choose another one."
    assert not file.parent.exists()


def test_a_crash_in_a_library_of_sound(
    sound_server: SoundServer, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = """
def crashing(**options):
    os.abort()
sounddevice.RawInputStream = crashing
"""
    bend_sounddevice(monkeypatch, tmp_path / "bent", code)
    with recorder(file) as taking:
        taking.record()
        state = ended(taking)
    check_nothing_kept(file, state, "The recorder broke off.")


def test_a_slow_consumer_is_told_and_loses_nothing(
    sound_server: SoundServer, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = """
import time
def slow(callback, **options):
    def late(*args):
        time.sleep(0.08)
        callback(*args)
    return Real(callback=late, **options)
sounddevice.RawInputStream = slow
"""
    bend_sounddevice(monkeypatch, tmp_path / "bent", code)
    played = noise(2.0)
    with recorder(file) as taking:
        record(taking)
        sound_server.play(wav(tmp_path / "clip.wav", played))
        wait_until(lambda: taking.state().behind_s > 0.5, "it says that it is behind")
        taking.stop()
        assert ended(taking).problem is None
    assert played in heard_by_others(file)


def test_a_recorder_that_stood_still_catches_up(
    sound_server: SoundServer, file: Path, tmp_path: Path
) -> None:
    played = noise(4.0)
    with recorder(file) as taking:
        record(taking)
        with sound_server.playing(wav(tmp_path / "clip.wav", played)) as player:
            wait_until(lambda: taking.state().length_s > 0.5, "it records")
            os.kill(child(taking), signal.SIGSTOP)
            with pytest.raises(subprocess.TimeoutExpired):
                player.wait(2.0)
            os.kill(child(taking), signal.SIGCONT)
            assert player.wait(20.0) == 0
        taking.stop()
        assert ended(taking).problem is None
    assert played in heard_by_others(file)
    assert [event.kind for event in read_notes(file).events] == ["behind"]


def test_sound_that_the_system_dropped_is_written_down(
    sound_server: SoundServer, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = """
class Overflow:
    input_overflow = True
def dropping(callback, **options):
    def overflowing(pcm, frames, clock, status):
        callback(pcm, frames, clock, Overflow)
    return Real(callback=overflowing, **options)
sounddevice.RawInputStream = dropping
"""
    bend_sounddevice(monkeypatch, tmp_path / "bent", code)
    with recorder(file) as taking:
        record(taking, at_least_s=0.3)
        taking.stop()
        ended(taking)
    assert {event.kind for event in read_notes(file).events} == {"overflow"}


@pytest.fixture
def small_disk() -> Iterator[Path | None]:
    """A disk of 128 KiB, where this user may mount one."""
    with tempfile.TemporaryDirectory() as folder:
        mount = ["mount", "-t", "tmpfs", "-o", "size=128k", "none", folder]
        try:
            subprocess.run(mount, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            yield None
        else:
            yield Path(folder)
            subprocess.run(["umount", folder], check=True)


def test_a_full_disk(
    sound_server: SoundServer, file: Path, tmp_path: Path, small_disk: Path | None
) -> None:
    """Where no small disk can be had, the system's limit of a file's size takes its place."""
    file = small_disk / "take.wav" if small_disk else file
    played = noise(5.0)
    with recorder(file) as taking:
        if not small_disk:
            resource.prlimit(child(taking), resource.RLIMIT_FSIZE, (123_457, 123_457))
        record(taking)
        with sound_server.playing(wav(tmp_path / "clip.wav", played)):
            state = ended(taking)
        reason = "No space left on device" if small_disk else "File too large"
    check_kept(file, state, f"The disk takes no more sound: {reason}.")
    pcm = heard_by_others(file)
    assert len(pcm) > 100_000
    assert pcm.lstrip(b"\0")[:64_000] in played
    assert "TRAINER_HOME" in words(state)[1]


def test_a_disk_that_is_nearly_full_is_left_its_reserve(
    sound_server: SoundServer, file: Path
) -> None:
    with recorder(file, reserve_bytes=1 << 60) as taking:
        taking.record()
        state = ended(taking)
    check_nothing_kept(file, state, "The disk is nearly full.")
    assert words(state)[1].startswith("Free some space on its disk")


def test_a_folder_that_is_a_file(sound_server: SoundServer, tmp_path: Path) -> None:
    (tmp_path / "recordings").write_bytes(b"")
    with recorder(tmp_path / "recordings" / "take.wav") as taking:
        taking.record()
        message, hint = words(ended(taking))
    assert message.startswith("The disk takes no more sound: ")
    assert message.endswith("Nothing was recorded.")
    assert hint.startswith(f"Move {tmp_path / 'recordings'} away")


def test_a_program_that_cannot_be_started(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    with recorder(file) as taking:
        message, _ = words(ended(taking))
        taking.record()
        taking.stop()
    assert message.endswith("No such file or directory. Nothing was recorded.")


def child(taking: Recorder) -> int:
    assert taking._child
    return taking._child.pid
