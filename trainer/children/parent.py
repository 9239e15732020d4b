"""The parent's side: starting a child, hearing it, and ending it in time."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any

LONGEST_LOG_LINE = 500
# How long a child may take to obey, before it is killed or its pipes are given up.
GRACE_S = 1.0
# How often somebody is asked who may no longer want to wait.
POLL_S = 0.1

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


class Child:
    """A running `python -m module args`, which is told and tells things as JSON objects.

    `on_message` is called in a thread for each object that the child says, and `on_end` once, in
    the same thread, with its exit code (as in `subprocess`), after the last object.
    """

    def __init__(
        self,
        module: str,
        args: Sequence[str] = (),
        *,
        on_message: Callable[[dict[str, Any]], None],
        on_end: Callable[[int], None] | None = None,
    ) -> None:
        # -P: the folder that the user stands in may hold files named like modules.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", module, *args],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._telling = threading.Lock()
        self._readers = (
            threading.Thread(target=self._read, args=(module, on_message, on_end), daemon=True),
            threading.Thread(target=_log_lines, args=(self._process.stderr, module), daemon=True),
        )
        for reader in self._readers:
            reader.start()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process has not ended."""
        return self._process.poll() is None

    def tell(self, message: Mapping[str, object]) -> bool:
        """Send one JSON object; return False where the child is gone."""
        line = json.dumps(message).encode() + b"\n"
        with self._telling:
            assert self._process.stdin
            try:
                self._process.stdin.write(line)
                self._process.stdin.flush()
            except (OSError, ValueError):
                return False
        return True

    def wait(self, timeout_s: float) -> int | None:
        """Return the exit code once the child has ended and was heard out; None if it runs on."""
        try:
            code = self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return None
        self._close_input()
        for reader in self._readers:  # a grandchild may hold the pipes open: it is not waited for
            reader.join(GRACE_S)
        return code

    def close(self, grace_s: float = GRACE_S) -> int:
        """End the child: by closing its standard input, then by force; return its exit code.

        Takes at most `grace_s` and twice `GRACE_S` more.
        """
        self._close_input()
        code = self.wait(grace_s)
        if code is None:
            _end(self._process)
            code = self.wait(GRACE_S)
        return self._process.returncode if code is None else code

    def _close_input(self) -> None:
        assert self._process.stdin
        with self._telling, suppress(OSError):
            self._process.stdin.close()

    def _read(
        self,
        module: str,
        on_message: Callable[[dict[str, Any]], None],
        on_end: Callable[[int], None] | None,
    ) -> None:
        assert self._process.stdout
        _hear(self._process.stdout, module, on_message)
        if on_end:
            on_end(self._process.wait())


class Stopped(Exception):  # noqa: N818 - somebody asked for it
    """What a child was to do was cancelled; nothing of it is left."""


def run_child(
    module: str,
    args: Sequence[str] = (),
    *,
    timeout_s: float,
    cancelled: Callable[[], bool] | None = None,
    grace_s: float = 0.0,
) -> ChildResult:
    """Run `python -m module args` until it ends, at most `timeout_s` seconds.

    A child that is still there then is asked to end, and killed when it does not obey; so is one
    of which `cancelled` says, when it is asked now and then, that nobody waits for it any more.
    It has `grace_s` seconds to end by itself first: time to take away what it was writing.
    """
    messages: list[dict[str, Any]] = []
    child = Child(module, args, on_message=messages.append)
    timed_out = True
    try:
        timed_out = _wait(child, timeout_s, cancelled) is None
    finally:
        if timed_out:
            _log.info("%s did not end within %.1f s", module, timeout_s)
        exit_code = child.close(grace_s)
    return ChildResult(tuple(messages), exit_code, timed_out)


def _wait(child: Child, timeout_s: float, cancelled: Callable[[], bool] | None) -> int | None:
    if cancelled is None:
        return child.wait(timeout_s)
    deadline = time.monotonic() + timeout_s
    while (left := deadline - time.monotonic()) > 0 and not cancelled():
        code = child.wait(min(left, POLL_S))
        if code is not None:
            return code
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process if it still runs."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _hear(pipe: IO[bytes], module: str, on_message: Callable[[dict[str, Any]], None]) -> None:
    """Hand the JSON objects on; a C library that prints to standard output goes to the log."""
    with pipe:
        for line in pipe:
            try:
                message = json.loads(line)
            except ValueError:
                message = None
            if isinstance(message, dict):
                on_message(message)
            elif line.startswith(b"{"):  # may hold words that were said: they are not logged
                _log.info("%s: a message that broke off", module)
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
