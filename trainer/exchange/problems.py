"""What is wrong with a file that was to be read: which file, where in it, and what to do."""

from __future__ import annotations

from pathlib import Path

from trainer.display import one_line
from trainer.errors import TrainerError

_LONGEST_NAME = 120


class FileError(TrainerError):
    """A file cannot be read as what it should be. Nothing of it was taken."""

    def __init__(self, file: Path, problem: str, hint: str, place: str = "") -> None:
        name = one_line(file.name, _LONGEST_NAME)
        where = f"{name}, {place}" if place else name
        super().__init__(f"{where}: {problem}", hint)


class FormError(Exception):
    """A line does not fit the form of its file; lines count from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem
