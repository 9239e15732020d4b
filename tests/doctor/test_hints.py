"""The commands that the doctor names fit the machine."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from trainer import system

PORTAUDIO = ("libportaudio2", "portaudio-fedora", "portaudio-arch", "portaudio-brew")


@pytest.mark.parametrize(
    ("program", "install", "again"),
    [
        ("apt-get", "apt-get install libportaudio2", "apt-get install --reinstall libportaudio2"),
        ("dnf", "dnf install portaudio-fedora", "dnf reinstall portaudio-fedora"),
        ("pacman", "pacman -S portaudio-arch", "pacman -S portaudio-arch"),
    ],
)
def test_packages_of_the_system(
    monkeypatch: pytest.MonkeyPatch, program: str, install: str, again: str
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda name: name if name == program else None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    assert system.install_hint(*PORTAUDIO) == f"Run: sudo {install}"
    assert system.install_hint(*PORTAUDIO, again=True) == f"Run: sudo {again}"
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert system.install_hint(*PORTAUDIO) == f"Run: {install}"


def test_an_unknown_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "freebsd14")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert "libportaudio2" in system.install_hint(*PORTAUDIO)


def test_packages_of_python(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", "/home/a b/.venv/bin/python")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    hint = system.package_hint("sounddevice")
    assert hint == "Run: '/home/a b/.venv/bin/python' -m pip install sounddevice"
    (tmp_path / "pipx_metadata.json").touch()
    assert system.package_hint("sounddevice") == "Run: pipx inject interview-trainer sounddevice"
