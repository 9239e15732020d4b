"""Recordings that a screen shows: nobody may delete or change them while they can be heard."""

from __future__ import annotations

from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING

from trainer.errors import TrainerError

if TYPE_CHECKING:
    from trainer.keeping.keeping import Keeping


class Holding:
    """Holds recordings in a thread, and gives all of them back when their screen has gone."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: list[tuple[Keeping, str]] = []
        self._gone = False

    def hold(self, sounds: Keeping, recording: str) -> None:
        """Hold a recording; call it in a thread, as another program may have the history.

        One that cannot be held is played all the same: it may be gone a little earlier.
        """
        with self._lock:
            if self._gone:
                return
        with suppress(TrainerError):
            sounds.hold(recording)
            with self._lock:
                gone = self._gone
                if not gone:
                    self._held.append((sounds, recording))
            if gone:
                sounds.release(recording)

    def let_go(self) -> None:
        """Give everything back, also what is being held just now."""
        with self._lock:
            held, self._held, self._gone = self._held, [], True
        for sounds, recording in held:
            sounds.release(recording)
