"""The child's side: hearing the parent, speaking to it, and ending with it."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Any

_speaking = threading.Lock()


class Problem(Exception):  # noqa: N818 - a word for the parent, not an error of this program
    """What hinders this process: a `kind` that its parent has words for, and a cause."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(kind, detail)
        self.kind = kind
        self.detail = detail

    @property
    def message(self) -> dict[str, Any]:
        """What to say to the parent."""
        return {"problem": self.kind, "detail": self.detail}


def end_with_parent() -> None:
    """End this process as soon as its parent is gone, whatever the main thread is doing."""
    listen(lambda message: None)


def listen(
    on_message: Callable[[dict[str, Any]], None], on_end: Callable[[], None] | None = None
) -> None:
    """Hand each JSON object that the parent sends to `on_message`, in a thread.

    The parent holds the other end of standard input: reading ends when the parent closes it or
    dies, on every system. Then `on_end` may keep what is not kept yet, and the process ends.
    """
    threading.Thread(target=_hear, args=(on_message, on_end), daemon=True).start()


def on_signals(on_end: Callable[[], None]) -> None:
    """Let the parent decide about Ctrl+C, and call `on_end` when the system ends this process.

    A terminal sends its signals to the children too. `on_end` is called in the main thread,
    between two of its steps, so it may only do what is safe there. Call it in that thread.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, lambda *_: on_end())


def say(message: Mapping[str, object]) -> None:
    """Send one JSON object to the parent. Threads may share it."""
    with _speaking:
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()


def leave(exit_code: int = 0) -> None:
    """End this process at once: C libraries may hang in what they do at exit."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(exit_code)


def _hear(on_message: Callable[[dict[str, Any]], None], on_end: Callable[[], None] | None) -> None:
    # Not sys.stdin: a thread inside its buffer at interpreter exit is a fatal error.
    try:
        unread = b""
        while piece := os.read(0, 4096):
            *lines, unread = (unread + piece).split(b"\n")
            for line in lines:
                on_message(json.loads(line))
        if on_end:
            on_end()
    finally:
        os._exit(0)
