"""What is closed in threads is waited for."""

from __future__ import annotations

import threading

import pytest

from trainer.tui.closing import Closing


def test_whoever_waits_while_a_closing_begins_is_not_stopped_by_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    closing = Closing()
    start = threading.Thread.start

    def start_late(thread: threading.Thread) -> None:
        closing.wait(0.0)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", start_late)
    closed = threading.Event()
    closing.add(closed.set)
    closing.wait(10.0)
    assert closed.is_set()
