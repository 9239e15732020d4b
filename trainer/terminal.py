"""The terminal that the program was started in: whether it is there, and its half-typed line.

Windows has neither of the two, and is asked for nothing.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any, TextIO


def terminal_is_gone() -> bool:
    """Whether the terminal that the program was started in has disappeared.

    A terminal can go without a signal, for instance when the program leads no session. Asking for
    its attributes then fails. Always False on Windows, which ends the program with its window.
    """
    try:
        import termios
    except ImportError:
        return False
    try:
        termios.tcgetattr(sys.__stdin__.fileno() if sys.__stdin__ else 0)
    except (termios.error, OSError, ValueError):
        return True
    return False


def watch_terminal(when_gone: Callable[[], object], leave_s: float) -> None:
    """Call `when_gone` once the terminal has disappeared, and end the process after `leave_s`.

    A thread watches, because the event loop may itself wait for ever to write to that terminal.
    Without a terminal to begin with nothing is watched.
    """
    if terminal_is_gone():
        return

    def watch() -> None:
        pause = threading.Event()
        while not terminal_is_gone():
            pause.wait(1.0)
        when_gone()
        pause.wait(leave_s)
        os._exit(1)

    threading.Thread(target=watch, name="terminal", daemon=True).start()


@contextlib.contextmanager
def keeping_open_line(stream: TextIO | None) -> Iterator[None]:
    """Let a terminal keep what is typed of a line when Ctrl+C comes, for `hand_over_line`.

    Nothing changes where it is no terminal, and on Windows, which has no such mode. The terminal
    is afterwards as it was before.
    """
    before = _change_terminal(stream, lambda local, modes: local | modes.NOFLSH)
    try:
        yield
    finally:
        if before is not None:
            _change_terminal(stream, lambda _, __: before)


def hand_over_line(stream: TextIO) -> bool:
    """Let a terminal hand over what is typed of a line, before Enter; return whether it can.

    From then on it hands over every key: `keeping_open_line` puts that right at its end.
    """
    return _change_terminal(stream, lambda local, modes: local & ~modes.ICANON) is not None


def _change_terminal(stream: TextIO | None, change: Callable[[int, Any], int]) -> int | None:
    """Change the local modes of a terminal; return what they were, None where there is none."""
    try:
        import termios
    except ImportError:
        return None
    try:
        attributes = termios.tcgetattr(stream)  # type: ignore[arg-type]
        before: int = attributes[3]
        attributes[3] = change(before, termios)
        termios.tcsetattr(stream, termios.TCSANOW, attributes)  # type: ignore[arg-type]
    except (termios.error, OSError, ValueError, TypeError):  # no terminal, or gone, or closed
        return None
    return before
