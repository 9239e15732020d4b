"""The child's side: speaking to the parent, and ending with it."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Mapping


def end_with_parent() -> None:
    """End this process as soon as its parent is gone, whatever the main thread is doing.

    The parent holds the other end of standard input and never writes to it: a read returns when
    the parent closes it or dies, on every system.
    """
    threading.Thread(target=_wait_for_the_end, daemon=True).start()


def say(message: Mapping[str, object]) -> None:
    """Send one JSON object to the parent."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def leave(exit_code: int = 0) -> None:
    """End this process at once: C libraries may hang in what they do at exit."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(exit_code)


def _wait_for_the_end() -> None:
    # Not sys.stdin: a thread inside its buffer at interpreter exit is a fatal error.
    while os.read(0, 1024):
        pass
    os._exit(0)
