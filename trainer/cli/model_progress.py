"""How far an installation is, on stderr: one line that changes on a terminal, else a few lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from trainer.cli.output import draw, is_terminal, note
from trainer.lines.models import PHASES, begun_line

if TYPE_CHECKING:
    from trainer.installing.types import Phase, Progress


class ProgressLines:
    """Shows `Progress`. As a context its changing line is gone at the end."""

    def __init__(self) -> None:
        self._phase: Phase | None = None
        self._line = ""

    def show(self, progress: Progress) -> None:
        """Show how far it is."""
        if is_terminal(sys.stderr):
            self._draw(_line(progress))
        elif progress.phase != self._phase:
            note(begun_line(progress))
        self._phase = progress.phase

    def __enter__(self) -> ProgressLines:
        return self

    def __exit__(self, *_: object) -> None:
        if self._line:
            draw(f"\r{' ' * len(self._line)}\r")

    def _draw(self, line: str) -> None:
        if line != self._line:
            draw(f"\r{line.ljust(len(self._line))}")
            self._line = line


def _line(progress: Progress) -> str:
    line = PHASES[progress.phase]
    if progress.whole is None:
        return line
    done, whole = progress.done / 1e6, progress.whole / 1e6
    share = progress.done / progress.whole if progress.whole else 1.0
    return f"{line}: {done:.1f} of {whole:.1f} MB ({share:.0%})"
