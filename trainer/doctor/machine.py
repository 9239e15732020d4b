"""Python and the terminal."""

from __future__ import annotations

import os
import platform
import sys

from trainer.doctor.types import Check
from trainer.paths import Home
from trainer.system import utf8_hint

SMALLEST_TERMINAL = (80, 24)


def examine(_home: Home) -> tuple[Check, ...]:
    """Look at Python and the terminal."""
    return (_python(), _size(), _colours(), _characters())


def _python() -> Check:
    detail = f"{platform.python_implementation()} {platform.python_version()} in {sys.prefix}"
    return Check("python", "Python", "ok", detail)


def _size() -> Check:
    title = "Terminal size"
    size = _terminal_size()
    if size is None:
        return Check("terminal-size", title, "ok", "This command does not run in a terminal.")
    detail = f"{size[0]} columns, {size[1]} lines"
    if size[0] >= SMALLEST_TERMINAL[0] and size[1] >= SMALLEST_TERMINAL[1]:
        return Check("terminal-size", title, "ok", detail)
    remedy = "Enlarge the window to at least 80 columns and 24 lines, or use a smaller font."
    return Check("terminal-size", title, "broken", detail, remedy)


def _terminal_size() -> tuple[int, int] | None:
    for descriptor in (1, 2, 0):  # standard output first: the screen is drawn there
        try:
            size = os.get_terminal_size(descriptor)
        except OSError:
            continue
        if size.columns and size.lines:
            return size.columns, size.lines
    return None


def _colours() -> Check:
    title = "Terminal colours"
    terminal = os.environ.get("TERM", "")
    notes = [f"TERM is {terminal or 'not set'}"]
    if os.environ.get("TMUX"):
        notes.append("inside tmux")
    if os.environ.get("NO_COLOR"):
        notes.append("NO_COLOR is set: no colours are shown")
    if terminal in ("", "dumb") and sys.platform != "win32":
        remedy = "Start the trainer in a terminal window, or run: export TERM=xterm-256color"
        return Check("terminal-colours", title, "missing", "; ".join(notes), remedy)
    if os.environ.get("COLORTERM") in ("truecolor", "24bit") or sys.platform == "win32":
        number = "16 million colours"
    else:
        number = "256 colours" if "256color" in terminal else "16 colours"
    return Check("terminal-colours", title, "ok", "; ".join([number, *notes]))


def _characters() -> Check:
    encoding = getattr(sys.__stdout__, "encoding", None) or "none"
    if encoding.lower().replace("-", "") == "utf8":
        return Check("terminal-text", "Terminal characters", "ok", "UTF-8")
    detail = f"Text is written as {encoding}, not as UTF-8."
    return Check("terminal-text", "Terminal characters", "broken", detail, utf8_hint())
