"""The one way in which tests wait for another process: for an event, with a deadline."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

POLL_S = 0.02


def wait_until(condition: Callable[[], bool], what: str, timeout_s: float = 10.0) -> None:
    """Return as soon as `condition` holds; fail with `what` after `timeout_s` seconds."""
    deadline = time.monotonic() + timeout_s
    pause = threading.Event()
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {timeout_s:g} s in vain: {what}")
        pause.wait(POLL_S)
