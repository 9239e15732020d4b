"""The one seam for what differs between Linux, macOS and Windows."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable


def on_termination(callback: Callable[[], None]) -> None:
    """Call `callback` on the running event loop when the system asks the program to end.

    SIGTERM and, where a terminal can hang up, SIGHUP. Windows delivers neither to a console
    program; there a closed window ends the program at once, and drafts are what was saved last.
    """
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            with contextlib.suppress(NotImplementedError):  # Windows' event loops
                loop.add_signal_handler(number, callback)


def install_hint(debian: str, fedora: str, arch: str, brew: str) -> str:
    """Return the command that installs a system package here."""
    if sys.platform == "darwin":
        return f"brew install {brew}"
    if sys.platform == "win32":
        return "nothing to install: the Windows package brings it along"
    import shutil

    for program, package in (("apt-get", debian), ("dnf", fedora), ("pacman", arch)):
        if shutil.which(program):
            verb = "-S" if program == "pacman" else "install"
            return f"sudo {program} {verb} {package}"
    return f"install {debian} with your system's package manager"
