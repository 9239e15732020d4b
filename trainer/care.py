"""Care of the user's data: what is stored and where, and deleting it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.holdings import KINDS, Holding, Kind, holdings

if TYPE_CHECKING:
    from trainer.erasing import Erased
    from trainer.keeping.types import Count
    from trainer.paths import Home
    from trainer.store.database import Store


@dataclass(frozen=True, slots=True)
class Share:
    """One kind of what is stored: `files` and `bytes` as they lie on the disk."""

    kind: Kind
    files: int
    bytes: int
    links: tuple[Holding, ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """What is stored in a data folder.

    `private` tells whether only its owner may look into it. `shares` are in the order of `KINDS`,
    without kinds of which there is nothing. `own` is the user's: it stays when everything is
    deleted. `answers` and `unfinished` count what the history holds, `sound` the recordings.
    """

    folder: Path
    private: bool
    answers: int
    unfinished: int
    sound: Count
    shares: tuple[Share, ...]
    copies: tuple[Holding, ...]
    own: tuple[Holding, ...]

    @property
    def bytes(self) -> int:
        """What all of it takes."""
        return sum(share.bytes for share in self.shares)

    @property
    def links(self) -> tuple[Holding, ...]:
        """Links with a name of ours: they go with everything, what they point to stays."""
        return tuple(link for share in self.shares for link in share.links)

    def share(self, kind: Kind) -> Share:
        """Return the share of a kind; an empty one where there is nothing of it."""
        return next((one for one in self.shares if one.kind == kind), Share(kind, 0, 0))


class Care:
    """What is asked and done about all that is stored. Methods may take a while."""

    def __init__(
        self,
        home: Home,
        store: Store,
        count_sound: Callable[[], Count],
        count_unfinished: Callable[[], int],
    ) -> None:
        self._home = home
        self._store = store
        self._count_sound = count_sound
        self._count_unfinished = count_unfinished
        self.interrupted: str | None = None
        """What was deleted at the start, as a deletion of everything had been interrupted."""
        self.is_gone = False
        """Whether everything was deleted: then this program has to end, and to write nothing."""

    def survey(self) -> Survey:
        """Return what is stored. Raises `TrainerError`."""
        answers, unfinished = self._store.count_library(), self._count_unfinished()
        sound = self._count_sound()
        found = holdings(self._home)
        return Survey(
            self._home.root,
            os.name != "posix" or not self._home.root.stat().st_mode & 0o077,
            answers,
            unfinished,
            sound,
            tuple(_shares(found)),
            tuple(one for one in found if one.kind == "copies"),
            tuple(one for one in found if one.stays),
        )

    def delete_copies(self) -> Erased:
        """Delete the backups and the damaged files of the history, for good."""
        from trainer.erasing import erase

        return erase([one for one in holdings(self._home) if one.kind == "copies"])

    def delete_everything(self) -> Erased:
        """Delete everything that the program keeps, for good; afterwards only to end is left.

        Raises `TrainerError` where another program runs or a folder may not be changed: then
        nothing was deleted, and all goes on.
        """
        from trainer.erasing import erase_everything

        done = erase_everything(self._home, self._store)
        self.is_gone = True
        return done


def _shares(found: Sequence[Holding]) -> list[Share]:
    parts = ((kind, [one for one in found if one.kind == kind]) for kind in KINDS)
    return [
        Share(
            kind,
            len(part),
            sum(one.bytes for one in part),
            tuple(one for one in part if one.target is not None and not one.stays),
        )
        for kind, part in parts
        if part
    ]
