"""Somebody's own marks of a round as they stand, those under way to the host among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from trainer.peer.types import Moment, RoundView


@dataclass(frozen=True, slots=True)
class MarkSheet:
    """The marks of one participant in one round.

    `kept` are those that the host has shown, `waiting` were made here and are under way, with
    `confirmed` the ids of those that the host kept: the next view has them, unless the answer began
    anew. `going` are the ids of those that are being taken back.
    """

    round_number: int = 0
    kept: tuple[Moment, ...] = ()
    waiting: tuple[Moment, ...] = ()
    confirmed: frozenset[str] = frozenset()
    going: frozenset[str] = frozenset()

    def see(self, current: RoundView, you: str) -> Self:
        """Return the sheet as a view shows it; what is under way stays until it has come."""
        own = tuple(one for one in current.moments if one.participant_id == you)
        if current.number != self.round_number:
            return type(self)(current.number, own)
        there = {one.id for one in own}
        gone = {one.id for one in self.kept} - there
        settled = there | self.confirmed
        return replace(
            self,
            kept=own,
            waiting=tuple(one for one in self.waiting if one.id not in settled),
            confirmed=frozenset(),
            going=self.going - gone,
        )

    def mark(self, moment: Moment) -> Self:
        """Return the sheet with a mark that was just made."""
        return replace(self, waiting=(*self.waiting, moment))

    def take_back(self, moment_id: str) -> Self:
        """Return the sheet without a mark; the host is still to be told."""
        return replace(self, going=self.going | {moment_id})

    def confirm(self, moment_id: str) -> Self:
        """Return the sheet after the host kept a mark: it stands until the next view tells."""
        return replace(self, confirmed=self.confirmed | {moment_id})

    def refuse(self, moment_id: str) -> Self:
        """Return the sheet after the host refused a mark, or to let it go."""
        waiting = tuple(one for one in self.waiting if one.id != moment_id)
        return replace(self, waiting=waiting, going=self.going - {moment_id})

    @property
    def shown(self) -> tuple[Moment, ...]:
        """The marks in the order in which they were made."""
        return tuple(one for one in (*self.kept, *self.waiting) if one.id not in self.going)

    @property
    def last(self) -> Moment | None:
        """The mark that was made last, which is taken back first."""
        return self.shown[-1] if self.shown else None

    def is_waiting(self, moment: Moment) -> bool:
        """Whether the host has not said yet that it kept this mark."""
        return moment in self.waiting


def count(moments: Iterable[Moment], kind: str) -> int:
    """Return how many marks are of a kind."""
    return sum(one.kind == kind for one in moments)
