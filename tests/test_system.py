"""How much memory a machine has, on the three systems."""

from __future__ import annotations

import ctypes
import os
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from trainer.system import memory_bytes


def test_this_machine_tells_its_memory() -> None:
    found = memory_bytes()
    assert found is not None
    assert found > 10**8


@pytest.mark.parametrize("error", [ValueError("unrecognized name"), OSError(22, "no")])
def test_a_system_that_does_not_tell(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def refuse(name: str) -> int:
        raise error

    monkeypatch.setattr(os, "sysconf", refuse)
    assert memory_bytes() is None


def test_a_number_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sysconf", lambda name: -1 if name == "SC_PHYS_PAGES" else 4096)
    assert memory_bytes() is None


@pytest.mark.parametrize(("works", "found"), [(1, 8 * 2**30), (0, None)])
def test_windows_is_asked_by_its_own_call(
    monkeypatch: pytest.MonkeyPatch, works: int, found: int | None
) -> None:
    def ask(status: Any) -> int:
        filled = status._obj
        assert filled.length == ctypes.sizeof(filled)
        assert (type(filled).total.offset, type(filled).total.size) == (
            2 * ctypes.sizeof(ctypes.c_ulong),
            8,
        )
        filled.total = 8 * 2**30
        return works

    kernel = SimpleNamespace(GlobalMemoryStatusEx=ask)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert memory_bytes() == found
