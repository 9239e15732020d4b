"""The parent's side: starting a child, hearing it, and ending it in time."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

LONGEST_LOG_LINE = 500
# How long a child may take to obey, before it is killed or its pipes are given up.
GRACE_S = 1.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ChildResult:
    """What a child said, and how it ended.

    `exit_code` is as in `subprocess` (negative: the signal that ended it); `timed_out` says that
    it had to be ended.
    """

    messages: tuple[dict[str, Any], ...]
    exit_code: int
    timed_out: bool


def run_child(module: str, args: Sequence[str] = (), *, timeout_s: float) -> ChildResult:
    """Run `python -m module args` until it ends, at most `timeout_s` seconds.

    A child that is still there then is asked to end, and killed when it does not obey.
    """
    # -P: the folder that the user stands in may hold files named like modules.
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", module, *args],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    messages: list[dict[str, Any]] = []
    readers = [
        threading.Thread(target=_hear, args=(process.stdout, module, messages), daemon=True),
        threading.Thread(target=_log_lines, args=(process.stderr, module), daemon=True),
    ]
    timed_out = False
    try:
        for reader in readers:
            reader.start()
        process.wait(timeout_s)
    except subprocess.TimeoutExpired:
        timed_out = True
        _log.info("%s did not end within %.1f s", module, timeout_s)
    finally:
        _end(process)
    for reader in readers:  # a grandchild may hold the pipes open: it is not waited for
        reader.join(GRACE_S)
    return ChildResult(tuple(messages), process.returncode, timed_out)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process if it still runs, and close its standard input."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process.stdin:
        process.stdin.close()


def _hear(pipe: IO[bytes], module: str, messages: list[dict[str, Any]]) -> None:
    """Collect the JSON objects; a C library that prints to standard output goes to the log."""
    with pipe:
        for line in pipe:
            try:
                message = json.loads(line)
            except ValueError:
                message = None
            if isinstance(message, dict):
                messages.append(message)
            else:
                _log_line(module, line)


def _log_lines(pipe: IO[bytes], module: str) -> None:
    with pipe:
        for line in pipe:
            _log_line(module, line)


def _log_line(module: str, line: bytes) -> None:
    text = line.decode("utf-8", "replace").rstrip()
    if text:
        _log.info("%s: %s", module, text[:LONGEST_LOG_LINE])
