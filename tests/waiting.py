"""The one way in which tests wait for another process: for an event, with a deadline."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

POLL_S = 0.02


def wait_until(
    condition: Callable[[], bool], what: str, timeout_s: float = 10.0, every_s: float = POLL_S
) -> None:
    """Return as soon as `condition` holds, looked at `every_s` seconds; fail with `what` after
    `timeout_s`."""
    deadline = time.monotonic() + timeout_s
    pause = threading.Event()
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {timeout_s:g} s in vain: {what}")
        pause.wait(every_s)
