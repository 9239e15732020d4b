"""The terminal that the program was started in: whether it is there, and its keys one by one.

Windows has neither of the two, and is asked for nothing.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
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


@dataclass(slots=True)
class Keys:
    """A terminal that hands over each key. `is_back`: it came back to us, as by fg after Ctrl+Z.

    Who has shown again what stood there sets it False.
    """

    is_back: bool = False


@contextlib.contextmanager
def taking_keys(stream: TextIO | None) -> Iterator[Keys | None]:
    """Let a terminal hand over each key at once, and show none; yield None where it does not.

    Whoever reads shows them, by writing to the same terminal. Ctrl+C and Ctrl+Z do what they always
    do. Where it is no terminal, or one that cannot be written to, and on Windows nothing changes.
    The terminal is afterwards as it was before.
    """
    fd = _open_terminal(stream)
    if fd is None:
        yield None
        return
    import termios

    before = termios.tcgetattr(fd)
    keys = Keys()

    def take() -> None:
        with contextlib.suppress(termios.error):  # it is gone: reading says so
            now = termios.tcgetattr(fd)
            now[3] &= ~(termios.ICANON | termios.ECHO)
            now[6][termios.VMIN], now[6][termios.VTIME] = 1, 0
            termios.tcsetattr(fd, termios.TCSANOW, now)

    def take_again(*_: object) -> None:
        take()
        keys.is_back = True

    continued: Any = None
    with contextlib.suppress(ValueError):  # only the main thread hears signals
        continued = signal.signal(signal.SIGCONT, take_again)  # a shell has it until fg
    try:
        take()
        yield keys
    finally:
        if continued is not None:
            signal.signal(signal.SIGCONT, continued)
        with contextlib.suppress(termios.error):
            termios.tcsetattr(fd, termios.TCSANOW, before)


def _open_terminal(stream: TextIO | None) -> int | None:
    """Return the number of a terminal that can be read and written by it; None for all else."""
    try:
        import fcntl

        fd = stream.fileno() if stream and stream.isatty() else None
        if fd is None or fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_ACCMODE != os.O_RDWR:
            return None
    except (ImportError, OSError, ValueError):  # Windows, gone, or closed
        return None
    return fd
