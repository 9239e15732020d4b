"""Playing a recording: the parent's side."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from trainer.children.parent import GRACE_S, Child
from trainer.errors import SoundError
from trainer.playback.problems import explain
from trainer.playback.speeds import SPEEDS

# The child gives up opening after 4 s and tells its position ten times a second.
SILENCE_LIMIT_S = 7.0
STOP_LIMIT_S = 1.0


class PlayerPhase(StrEnum):
    """Where a player stands."""

    OPENING = "opening"
    PLAYING = "playing"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class PlayerState:
    """A player as it was a moment ago.

    `at_s` is what is heard now, in seconds of the recording whatever the speed. A player that
    `ENDED` with a `problem` ended by itself: the problem says what happened.
    """

    phase: PlayerPhase
    at_s: float
    problem: SoundError | None = None


class Player:
    """Plays `file` from one second to another (None: its end) in a child process.

    It starts at once and returns at once; it ends by itself. `speed` is one of `SPEEDS`
    or between them. `device` is the loudspeaker's name, None for the system's own.
    Nothing is raised for what the sound system does: `state` tells it.
    """

    def __init__(
        self,
        file: Path,
        from_s: float = 0.0,
        to_s: float | None = None,
        speed: float = 1.0,
        device: str | None = None,
    ) -> None:
        if not SPEEDS[0] <= speed <= SPEEDS[-1]:
            raise ValueError(f"speed {speed}")
        self._file = file
        self._changed = threading.Condition()
        self._state = PlayerState(PlayerPhase.OPENING, max(0.0, from_s))
        self._heard_of_at = time.monotonic()
        self._stopping = False
        order = {"file": str(file), "from_s": from_s, "to_s": to_s}
        order |= {"speed": speed, "device": device}
        self._child: Child | None = None
        try:
            self._child = Child(
                "trainer.playback.playing",
                [json.dumps(order)],
                on_message=self._hear,
                on_end=self._end,
            )
        except OSError as error:  # no more processes, no more memory
            self._end(error.strerror or str(error))

    @property
    def pid(self) -> int | None:
        """The child's process id, None where none could be started."""
        return self._child.pid if self._child else None

    def state(self) -> PlayerState:
        """Return where it stands. Cheap: may be asked many times a second."""
        with self._changed:
            silent_s = time.monotonic() - self._heard_of_at
            limit_s = STOP_LIMIT_S if self._stopping else SILENCE_LIMIT_S
            if self._state.phase is not PlayerPhase.ENDED and silent_s > limit_s:
                self._finish(None if self._stopping else "hanging")
                threading.Thread(target=self._end_child, args=(0.0,), daemon=True).start()
            return self._state

    def stop(self) -> None:
        """End the sound at once; `state` says `ENDED` a moment later, without a problem."""
        with self._changed:
            if not self._stopping:
                self._stopping, self._heard_of_at = True, time.monotonic()
        if self._child:
            self._child.tell({"stop": True})

    def wait(self, timeout_s: float) -> PlayerState:
        """Return the state as soon as it ended, or after `timeout_s` seconds."""
        deadline = time.monotonic() + timeout_s
        with self._changed:
            while self.state().phase is not PlayerPhase.ENDED:
                left_s = deadline - time.monotonic()
                if left_s <= 0:
                    break
                self._changed.wait(min(left_s, 1.0))
            return self._state

    def close(self) -> None:
        """End the sound and the child, whatever it does; at most 3 s. May be called twice."""
        self.stop()
        self._end_child(GRACE_S)

    def _hear(self, message: dict[str, Any]) -> None:
        with self._changed:
            if not self._stopping:
                self._heard_of_at = time.monotonic()
            if self._state.phase is PlayerPhase.ENDED:
                return
            if "at_s" in message:
                self._state = PlayerState(PlayerPhase.PLAYING, message["at_s"])
            elif "problem" in message:
                self._finish(message["problem"], message["detail"])
            elif "ended" in message:
                self._finish()

    def _end(self, reason: int | str) -> None:
        """Take note that there is no child: an exit code, or why it could not be started."""
        detail = f"exit code {reason}" if isinstance(reason, int) else reason
        with self._changed:
            if self._state.phase is not PlayerPhase.ENDED:
                self._finish(None if self._stopping else "died", detail)

    def _end_child(self, grace_s: float) -> None:
        if self._child:
            self._child.close(grace_s)

    def _finish(self, problem: str | None = None, detail: str = "") -> None:
        told = explain(problem, detail, self._file) if problem else None
        self._state = replace(self._state, phase=PlayerPhase.ENDED, problem=told)
        self._changed.notify_all()
