"""The doctor tells what stands between the program and a microphone or loudspeaker."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.doctor.conftest import only
from tests.sound import SoundServer
from trainer import system
from trainer.capture.devices import InputDevice, SoundCheck
from trainer.config import Settings, save_settings
from trainer.doctor import sound
from trainer.paths import Home

DEVICE = InputDevice("Built-in", 2, 44100.0, default=True)
OTHER = InputDevice("Headset", 1, 16000.0, default=False)
FINE = SoundCheck("1", "PortAudio 19", (DEVICE, OTHER), output="Speaker")
IDS = ("sounddevice", "portaudio", "sound-server", "microphone", "loudspeaker")


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[SoundCheck]:
    """What the child finds: the last of the list."""
    checks = [FINE]
    monkeypatch.setattr(sound, "check_sound", lambda: checks[-1])
    monkeypatch.setattr(sound, "find_sound_server", lambda: ("a server", True))
    monkeypatch.setattr(sound, "find_library", lambda name: None)
    return checks


@pytest.mark.parametrize(
    ("seen", "states"),
    [
        (FINE, "ok ok ok ok ok"),
        (SoundCheck("1", "PortAudio 19", (DEVICE,)), "ok ok ok ok missing"),
        (SoundCheck("1", "PortAudio 19", (), "no device", "", "out"), "ok ok ok missing ok"),
        (SoundCheck("1", "PortAudio 19", (), "no device"), "ok ok ok missing missing"),
        (SoundCheck("1", "PortAudio 19", (), "failed", "odd"), "ok ok ok broken broken"),
        (SoundCheck("1", None, (), "hanging"), "ok ok broken broken broken"),
        (SoundCheck("1", None, (), "no portaudio", "gone"), "ok missing ok missing missing"),
        (SoundCheck("1", None, (), "failed", "exit -6"), "ok broken ok missing missing"),
        (SoundCheck(problem="no package"), "missing missing ok missing missing"),
    ],
)
@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_each_way_to_have_no_sound(
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    found: list[SoundCheck],
    seen: SoundCheck,
    states: str,
    platform: str,
) -> None:
    found.append(seen)
    monkeypatch.setattr(sys, "platform", platform)
    checks = sound.examine_sound(home)
    assert tuple(check.id for check in checks) == IDS
    assert [check.state for check in checks] == states.split()
    assert {check.group for check in checks} == {"voice"}
    for check in checks:
        assert bool(check.remedy) == (check.state != "ok")
    for check in checks[:4]:
        assert ("Run" in check.remedy) == (check.state != "ok")


def test_the_microphones_are_listed_with_the_default(home: Home, found: list[SoundCheck]) -> None:
    check = only(sound.examine_sound(home), "microphone")
    assert check.detail == "Built-in (the default), Headset"


def test_a_chosen_microphone_that_is_not_there(home: Home, found: list[SoundCheck]) -> None:
    save_settings(home, Settings(device="Headset"))
    assert only(sound.examine_sound(home), "microphone").state == "ok"
    save_settings(home, Settings(device="A lost one"))
    check = only(sound.examine_sound(home), "microphone")
    assert check.state == "missing"
    assert "A lost one" in check.detail
    assert "Headset" in check.detail


@pytest.mark.parametrize(
    ("server", "seen", "state"),
    [
        (("PipeWire", True), FINE, "ok"),
        (("It", False), FINE, "broken"),
        (None, FINE, "ok"),
        (None, SoundCheck("1", "PortAudio 19", (), "no device"), "missing"),
    ],
)
def test_the_sound_server(
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    found: list[SoundCheck],
    server: tuple[str, bool] | None,
    seen: SoundCheck,
    state: str,
) -> None:
    found.append(seen)
    monkeypatch.setattr(sound, "find_sound_server", lambda: server)
    assert only(sound.examine_sound(home), "sound-server").state == state


def test_a_portaudio_that_is_there_and_does_not_load(
    home: Home, monkeypatch: pytest.MonkeyPatch, found: list[SoundCheck]
) -> None:
    found.append(SoundCheck("1", None, (), "no portaudio", "file too short"))
    monkeypatch.setattr(sound, "find_library", lambda name: "libportaudio.so.2")
    check = only(sound.examine_sound(home), "portaudio")
    assert (check.state, check.detail) == ("broken", "file too short")


def test_what_hinders_a_recording_is_one_error_with_its_remedy(found: list[SoundCheck]) -> None:
    assert sound.obstacle() is None
    found.append(SoundCheck("1", None, (), "no portaudio", "PortAudio library not found"))
    problem = sound.obstacle()
    assert problem
    assert problem.exit_code == 3
    assert "PortAudio library not found. " in problem.message
    assert problem.message.endswith("Typed answers work: trainer practice --typed")
    assert problem.hint == only(sound.examine_sound(Home(Path("none"))), "portaudio").remedy


@pytest.mark.audio
def test_a_real_microphone(home: Home, sound_server: SoundServer) -> None:
    checks = sound.examine_sound(home)
    assert {check.state for check in checks} == {"ok"}
    assert only(checks, "microphone").detail.startswith("default (the default)")
    assert only(checks, "loudspeaker").detail == "default"
    assert "pulse" in only(checks, "sound-server").detail.lower()


@pytest.mark.audio
def test_a_frozen_sound_server(
    home: Home, sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound_server.freeze()
    assert system.find_sound_server(0.3) == ("The sound server", False)
    states = [check.state for check in sound.examine_sound(home)]
    assert states == ["ok", "ok", "broken", "broken", "broken"]


@pytest.mark.audio
def test_no_sound_server(home: Home, no_sound_server: SoundServer) -> None:
    checks = sound.examine_sound(home)
    assert only(checks, "sound-server").detail == "None runs."
    assert only(checks, "microphone").state == "missing"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="a server of Linux")
def test_without_pactl_a_server_that_takes_connections_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        path = Path(folder) / "native"
        monkeypatch.setenv("PULSE_SERVER", f"unix:{path}")
        assert system.find_sound_server() is None
        server.bind(str(path))
        server.listen()
        assert system.find_sound_server() == ("The sound server", True)


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_the_sound_server_of_other_systems_is_a_part_of_them(
    monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(subprocess, "run", None)
    server = system.find_sound_server()
    assert server
    assert server[1]
