"""What stands between the user and a microphone is told apart, and never hangs the program."""

from __future__ import annotations

import time
from importlib import metadata
from pathlib import Path

import pytest

from tests.processes import replace_package
from tests.sound import SoundServer
from trainer.capture import devices
from trainer.capture.devices import check_sound

# Long enough for a busy machine to start Python, short enough to wait for in a test.
SHORT_S = 2.0


@pytest.mark.audio
def test_a_microphone_is_found(sound_server: SoundServer) -> None:
    check = check_sound()
    assert check.problem is None
    assert check.package == metadata.version("sounddevice")
    assert check.portaudio
    assert check.portaudio.startswith("PortAudio")
    assert check.default in check.devices
    assert check.default
    assert check.default.name == "default"
    assert check.default.channels >= 1
    assert check.output == "default"


@pytest.mark.audio
def test_without_a_sound_server_there_is_no_device(no_sound_server: SoundServer) -> None:
    check = check_sound()
    assert check.problem == "no device"
    assert check.portaudio
    assert check.devices == ()


@pytest.mark.audio
def test_a_frozen_sound_server_is_told_and_not_waited_for(sound_server: SoundServer) -> None:
    sound_server.freeze()
    began = time.monotonic()
    check = check_sound(timeout_s=SHORT_S)
    assert check.problem == "hanging"
    assert time.monotonic() - began < SHORT_S + 3


@pytest.mark.audio
def test_a_broken_portaudio_is_told(
    no_sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "libportaudio.so.2").write_bytes(b"not a library")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    check = check_sound()
    assert check.problem == "no portaudio"
    assert "libportaudio.so.2" in check.detail


def test_a_missing_portaudio_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    replace_package(
        monkeypatch, tmp_path, "sounddevice", "raise OSError('PortAudio library not found')"
    )
    check = check_sound()
    assert check.problem == "no portaudio"
    assert check.detail == "PortAudio library not found"


def test_a_package_that_cannot_be_imported_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    replace_package(monkeypatch, tmp_path, "sounddevice", "import no_such_module_of_this_name")
    check = check_sound()
    assert check.problem == "no package"
    assert "no_such_module_of_this_name" in check.detail


def test_a_missing_package_needs_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(devices.metadata, "version", absent)
    monkeypatch.setattr(devices, "run_child", None)
    assert check_sound().problem == "no package"


@pytest.mark.parametrize(
    "code", ["import os; os.abort()", "raise RuntimeError('odd')"], ids=["crash", "exception"]
)
def test_a_package_that_fails_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str
) -> None:
    replace_package(monkeypatch, tmp_path, "sounddevice", code)
    check = check_sound()
    assert check.problem == "failed"
    assert check.detail
