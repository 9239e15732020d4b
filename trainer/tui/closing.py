"""Ending what runs children, without holding up the screen."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Closing:
    """Closes things in threads. The program's end waits for them: they are no daemons.

    Each `close` that it is given keeps to a limit of some seconds by itself.
    """

    def __init__(self) -> None:
        self._threads: list[threading.Thread] = []

    def add(self, close: Callable[[], object]) -> None:
        """Call `close` in a thread."""
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=close, name="closing")
        thread.start()  # first: nobody can wait for one that has not begun
        self._threads.append(thread)

    def wait(self, timeout_s: float) -> None:
        """Wait until everything is closed, as a microphone must be before it is opened again."""
        deadline = time.monotonic() + timeout_s
        for thread in tuple(self._threads):
            thread.join(max(0.0, deadline - time.monotonic()))
