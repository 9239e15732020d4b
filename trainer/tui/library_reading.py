"""How the history is read: what is asked for, in which course, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer.store.types import LibraryQuery
from trainer.tui.library_lines import Line
from trainer.tui.widgets.library_table import PAGE

if TYPE_CHECKING:
    from trainer.services import Services


@dataclass(frozen=True, slots=True)
class Asked:
    """What is read at once: `pages` of the list of a query.

    `number` tells the lists apart. A list that is `fresh` is counted too; the cursor then goes to
    the attempt `at`, and where that is not in it, to the row `index`.
    """

    number: int
    query: LibraryQuery
    pages: tuple[int, ...] = ()
    fresh: bool = False
    at: str | None = None
    index: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Pages that were read; `total` and the row of the `cursor` are those of a fresh list.

    `is_gone` says that the attempt that the cursor was to go to is not in the list.
    """

    pages: Mapping[int, Sequence[Line]]
    total: int = 0
    cursor: int = 0
    is_gone: bool = False


def read(services: Services, asked: Asked) -> Found:
    """Read what is asked for. Raises `TrainerError` where the history cannot be read."""
    query, pages = asked.query, asked.pages
    total = cursor = 0
    found = None
    if asked.fresh:
        total = services.count_answers(query)
        found = services.position(query, asked.at) if asked.at else None
        cursor = max(0, min(asked.index if found is None else found, total - 1))
        pages = (cursor // PAGE,)
    lines = {
        page: tuple(
            Line.of(row, services.band_word(row))
            for row in services.answers(query, PAGE, page * PAGE)
        )
        for page in pages
    }
    return Found(lines, total, cursor, asked.at is not None and found is None)


class Course:
    """One reading at a time, and of those that are asked for meanwhile the last.

    A search that was typed on is so not carried out. `start` begins a reading; its end is told by
    `end`, whether it succeeded or not.
    """

    def __init__(self, start: Callable[[Asked], object]) -> None:
        self._start = start
        self._newest = 0
        self._listed = 0
        self._is_reading = False
        self._next: Asked | None = None

    @property
    def is_listed(self) -> bool:
        """Whether the newest list is here."""
        return self._listed == self._newest

    @property
    def is_busy(self) -> bool:
        """Whether rows are on their way."""
        return self._is_reading or not self.is_listed

    def ask_anew(self, query: LibraryQuery, at: str | None = None, index: int = 0) -> None:
        """Ask for another list, with the cursor on an attempt, or else in a row."""
        self._newest += 1
        self._ask(Asked(self._newest, query, fresh=True, at=at, index=index))

    def ask_more(self, query: LibraryQuery, pages: tuple[int, ...]) -> None:
        """Ask for pages of the list that is here; one that is about to go needs none."""
        if self.is_listed:
            self._ask(Asked(self._newest, query, pages))

    def end(self, asked: Asked) -> bool:
        """Begin what waits; tell whether what ended belongs to the newest list."""
        is_newest = asked.number == self._newest
        if is_newest:
            self._listed = asked.number
        self._is_reading = False
        waiting, self._next = self._next, None
        if waiting and waiting.number == self._newest:
            self._ask(waiting)
        return is_newest

    def _ask(self, asked: Asked) -> None:
        if not self._is_reading:
            self._is_reading = True
            self._start(asked)
        else:
            self._next = asked
