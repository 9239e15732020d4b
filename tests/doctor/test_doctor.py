"""The doctor finds what is wrong, names what mends it, and never fails itself."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.doctor.conftest import only
from trainer import doctor
from trainer.capture.devices import SoundCheck
from trainer.doctor import data, examine, machine, sound
from trainer.paths import Home

posix = pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")


def test_a_first_look_changes_nothing(home: Home) -> None:
    checks = examine(home)
    assert not home.root.exists()
    assert len({check.id for check in checks}) == len(checks)
    assert [g for g in doctor.GROUPS for c in checks if c.group == g] == [c.group for c in checks]
    assert {check.group for check in checks} == set(doctor.GROUPS)
    for check in checks:
        assert check.title
        assert check.detail
        assert bool(check.remedy) == (check.state != "ok"), check
    for check_id in ("python", "home", "space", "settings", "history", "banks", "own-banks"):
        assert only(checks, check_id).state == "ok"
    json.dumps([dataclasses.asdict(check) for check in checks])


def test_an_examination_that_fails_is_a_finding(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> SoundCheck:
        raise RuntimeError("what somebody said")

    monkeypatch.setattr(sound, "check_sound", fail)
    quick = {name: doctor._EXAMINERS[name] for name in ("home", "sound", "history")}
    monkeypatch.setattr(doctor, "_EXAMINERS", quick)
    checks = examine(home)
    assert {"home", "history"} <= {check.id for check in checks if check.state == "ok"}
    check = only(checks, "sound")
    assert (check.state, check.group) == ("broken", "voice")
    assert "RuntimeError" in check.detail
    assert "somebody" not in check.detail


# The user's data


def test_a_file_in_place_of_the_home(home: Home) -> None:
    home.root.write_text("", encoding="utf-8")
    check = only(data.examine_home(home), "home")
    assert check.state == "broken"
    assert "TRAINER_HOME" in check.remedy


def test_a_home_that_cannot_be_written_to(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write everywhere
    check = only(data.examine_home(home), "home")
    assert check.state == "broken"
    assert str(home.root.parent) in check.detail


@posix
def test_the_remedy_for_an_open_home_mends_it(home: Home) -> None:
    home.prepare()
    home.root.chmod(0o755)
    check = only(data.examine_home(home), "home")
    assert check.state == "broken"
    assert "0755" in check.detail
    subprocess.run(check.remedy.removeprefix("Run: "), shell=True, check=True)
    assert only(data.examine_home(home), "home").state == "ok"


def test_a_full_disk(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, state in ((100_000_000, "ok"), (1_000_000, "broken")):
        usage = SimpleNamespace(free=free)
        monkeypatch.setattr(shutil, "disk_usage", lambda path, usage=usage: usage)
        assert only(data.examine_home(home), "space").state == state


def test_settings_that_are_not_json(home: Home) -> None:
    home.prepare()
    home.config_file.write_text("{", encoding="utf-8")
    check = only(data.examine_home(home), "settings")
    assert check.state == "broken"
    assert str(home.config_file) in check.remedy


def test_a_history_is_counted(home: Home) -> None:
    from trainer.store.database import Store

    home.prepare()
    Store.open(home).close()
    (check,) = data.examine_history(home)
    assert check.state == "ok"
    assert check.detail.startswith("0 answers")


def test_a_history_that_cannot_be_written(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    from trainer.store.connection import Connection
    from trainer.store.database import Store

    def read_only(path: Path) -> sqlite3.Connection:
        return sqlite3.connect(
            f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None, factory=Connection
        )

    Store.open(home).close()
    monkeypatch.setattr(data, "connect", read_only)  # root may write everywhere
    (check,) = data.examine_history(home)
    assert (check.state, "cannot be opened or written" in check.detail) == ("broken", True)


def test_a_damaged_history_that_was_set_aside(home: Home) -> None:
    from trainer.store.database import Store

    home.prepare()
    home.database.write_bytes(b"this is no database" * 100)
    Store.open(home).close()
    (kept,) = home.root.glob("*.damaged-*")
    check = only(data.examine_history(home), "history-damaged")
    assert check.state == "ok"
    assert str(kept) in check.detail
    assert "Delete" in check.detail
    kept.unlink()
    assert len(data.examine_history(home)) == 1


def test_a_damaged_history(home: Home) -> None:
    home.prepare()
    home.database.write_bytes(b"this is no database" * 100)
    before = home.database.read_bytes()
    (check,) = data.examine_history(home)
    assert check.state == "broken"
    assert home.database.read_bytes() == before


def test_a_history_with_a_damaged_page(home: Home) -> None:
    from trainer.store.database import Store

    home.prepare()
    Store.open(home).close()
    with home.database.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096)
    (check,) = data.examine_history(home)
    assert check.state == "broken"
    assert "rescue" in check.remedy


def test_a_history_of_a_newer_version(home: Home) -> None:
    from trainer.store.database import Store

    home.prepare()
    Store.open(home).close()
    with sqlite3.connect(home.database) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    (check,) = data.examine_history(home)
    assert check.state == "broken"
    assert "newer" in check.detail


def test_a_mistake_in_the_users_bank(home: Home) -> None:
    home.prepare()
    (home.banks / "mine.yaml").write_text("schema: 1\nid: mine\n", encoding="utf-8")
    checks = data.examine_banks(home)
    check = only(checks, "own-banks")
    assert check.state == "broken"
    assert "mine.yaml:" in check.detail
    assert check.remedy == "Run: trainer banks check"
    assert only(checks, "banks").state == "ok"


# The terminal


@pytest.mark.parametrize(("columns", "lines", "state"), [(80, 24, "ok"), (79, 24, "broken")])
def test_the_size_of_the_terminal(
    home: Home, monkeypatch: pytest.MonkeyPatch, columns: int, lines: int, state: str
) -> None:
    size = os.terminal_size((columns, lines))
    monkeypatch.setattr(os, "get_terminal_size", lambda descriptor: size)
    check = only(machine.examine(home), "terminal-size")
    assert check.state == state
    assert f"{columns} columns, {lines} lines" in check.detail


@posix
@pytest.mark.parametrize(
    ("environment", "state", "detail"),
    [
        ({"TERM": "xterm"}, "ok", "16 colours"),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/tmux"}, "ok", "256 colours; TERM is tmux-256"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "ok", "16 million colours"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "ok", "NO_COLOR"),
        ({"TERM": "dumb"}, "missing", "dumb"),
        ({}, "missing", "not set"),
    ],
)
def test_the_colours_of_the_terminal(
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    state: str,
    detail: str,
) -> None:
    for name in ("TERM", "COLORTERM", "TMUX", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    check = only(machine.examine(home), "terminal-colours")
    assert check.state == state
    assert detail in check.detail
    assert ("inside tmux" in check.detail) == ("TMUX" in environment)


def test_a_terminal_without_unicode(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "__stdout__", SimpleNamespace(encoding="ISO-8859-1"))
    check = only(machine.examine(home), "terminal-text")
    assert check.state == "broken"
    assert "UTF" in check.remedy
