"""Processes that tests look for in Linux's /proc, or let load another package."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest


def is_gone(pid: int) -> bool:
    """Whether a process has ended, be it a zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


def children_of(pid: int) -> set[int]:
    """Return the ids of all processes that this one started, directly or not."""
    found: set[int] = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            found |= {int(process.name)} | children_of(int(process.name))
    return found


def programs_of(home: Path) -> list[Path]:
    """Return the processes that were started with this home."""
    wanted = f"TRAINER_HOME={home}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if wanted in (process / "environ").read_bytes().split(b"\0"):
                found.append(process)
    return found


def replace_package(monkeypatch: pytest.MonkeyPatch, folder: Path, package: str, code: str) -> None:
    """Let children load this code in the place of an installed package; it stands in `folder`."""
    folder.mkdir(exist_ok=True)
    (folder / f"{package}.py").write_text(code, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))
