"""A YAML file as it was read: its data, where each value stands, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import get_close_matches

from trainer.bank.types import Complaint
from trainer.display import one_line

Place = tuple[str | int, ...]
"""The way from the top of a file to a value: keys, and indices from 0."""

MOST_COMPLAINTS = 100  # a hostile file must not fill the memory, nor the screen
_SHOWN = 60  # characters of a value that a complaint quotes


@dataclass(slots=True, eq=False)
class Document:
    """One file and the complaints about it, which gather here from reading to cross-checking.

    `data` is plain data (dicts with text keys, lists, text, numbers, bools, None) and can be
    trusted to be the whole file only when `whole` is set. `lines` holds the line (from 1) of each
    value by (id of its container, key or index), so that a line is looked up only when needed.
    """

    file: str
    data: object = None
    whole: bool = False
    lines: dict[tuple[int, str | int], int] = field(default_factory=dict)
    _found: list[Complaint] = field(default_factory=list)
    _more: bool = False
    _spoilt: set[Place] = field(default_factory=set)

    @property
    def complaints(self) -> tuple[Complaint, ...]:
        """All complaints in the order of their lines, at most `MOST_COMPLAINTS` and one more."""
        listed = sorted(self._found, key=lambda complaint: complaint.line)
        if self._more:
            last = listed[-1].line
            listed.append(Complaint(self.file, last, "", "has more mistakes", "mend these first"))
        return tuple(listed)

    @property
    def bad(self) -> bool:
        """Whether anything is wrong with the file."""
        return bool(self._found)

    def complain(self, place: Place, problem: str, remedy: str) -> None:
        """Add a complaint about the value at `place`; its line is looked up.

        Nothing is added where the value there was never understood: that was said already.
        """
        if not (self._spoilt and any(place[:n] in self._spoilt for n in range(len(place) + 1))):
            self.complain_at(self.line(place), problem, remedy, place)

    def complain_at(self, line: int, problem: str, remedy: str, place: Place = ()) -> None:
        """Add a complaint about `line` (from 1)."""
        if len(self._found) < MOST_COMPLAINTS:
            self._found.append(Complaint(self.file, line, show_place(place), problem, remedy))
        else:
            self._more = True

    def spoil(self, place: Place) -> None:
        """Note that the value at `place` was not understood: later checks are to leave it."""
        self._spoilt.add(place)

    def line(self, place: Place) -> int:
        """Return the line (from 1) of the value at `place`, or of what stands nearest above it."""
        container, line = self.data, 1
        for step in place:
            if (id(container), step) not in self.lines:
                break
            line = self.lines[id(container), step]
            container = container[step]  # type: ignore[index]  # only containers have lines in them
        return line


def show_place(place: Place) -> str:
    """Return a place in the words of a complaint: `questions[2].prompt`, counted from 1."""
    shown = ""
    for step in place:
        if isinstance(step, int):
            shown += f"[{step + 1}]"
        elif step:
            shown += "." * bool(shown) + one_line(step, _SHOWN)
    return shown


def quote(text: str) -> str:
    """Return `text` in quotes, safe to show and shortened."""
    return f'"{one_line(text, _SHOWN)}"'


def closest(name: str, known: Collection[str]) -> str:
    """Return the one of `known` that `name` was probably meant to be, or nothing."""
    return next(iter(get_close_matches(name[:_SHOWN], known, n=1)), "")


def suggest(name: str, known: Collection[str]) -> str:
    """Return the remedy for a name that is not among `known`."""
    meant = closest(name, known)
    if meant:
        return f"did you mean {one_line(meant)}?"
    return f"known are: {one_line(', '.join(known), 200)}" if known else "remove it"


class Claims:
    """Who was the first to use a name, so that whoever comes second learns where that was."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[Document, Place]] = {}

    def claim(self, name: str, document: Document, place: Place, what: str) -> None:
        """Take `name` for `place`; where it is taken, complain that `what` stands elsewhere."""
        holder, held = self._first.setdefault(name, (document, place))
        if (holder, held) != (document, place):
            there = f"{holder.file}:{holder.line(held)}"
            document.complain(place, f"{what} is already at {there}", "change one of the two")
