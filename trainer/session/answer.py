"""The course of one answer as a pure state machine: `AnswerClock.on(event, now_s)`.

Time is passed in (any steadily growing seconds), so the same states serve a screen, a test and
a recovered draft.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

GRACE_S = 30.0
NEAR_END_SHARE = 0.85


class Phase(StrEnum):
    """Where an answer stands."""

    PREPARING = "preparing"
    ANSWERING = "answering"
    PAUSED = "paused"
    FINISHED = "finished"
    SKIPPED = "skipped"


class Event(StrEnum):
    """What can happen to an answer."""

    BEGIN = "begin"
    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"
    SKIP = "skip"
    REDO = "redo"


class Light(StrEnum):
    """The timing light of an answer: words first, colour is added by the screen."""

    TOO_SHORT = "too short"
    GOOD = "good"
    NEAR_END = "near the end"
    LONG = "long"
    TOO_LONG = "too long"


_NEXT: dict[tuple[Phase, Event], Phase] = {
    (Phase.PREPARING, Event.BEGIN): Phase.ANSWERING,
    (Phase.PREPARING, Event.SKIP): Phase.SKIPPED,
    (Phase.ANSWERING, Event.PAUSE): Phase.PAUSED,
    (Phase.ANSWERING, Event.FINISH): Phase.FINISHED,
    (Phase.ANSWERING, Event.SKIP): Phase.SKIPPED,
    (Phase.ANSWERING, Event.REDO): Phase.PREPARING,
    (Phase.PAUSED, Event.RESUME): Phase.ANSWERING,
    (Phase.PAUSED, Event.FINISH): Phase.FINISHED,
    (Phase.PAUSED, Event.SKIP): Phase.SKIPPED,
    (Phase.PAUSED, Event.REDO): Phase.PREPARING,
}


@dataclass(frozen=True, slots=True)
class AnswerClock:
    """Phase and times of one answer. All times in seconds.

    `counted_s` is the time gathered before `since_s`, the moment at which the present phase
    began to count.
    """

    prepare_s: float
    lower_s: float
    upper_s: float
    phase: Phase
    since_s: float
    counted_s: float = 0.0

    @classmethod
    def start(cls, prepare_s: float, answer_s: tuple[float, float], now_s: float) -> Self:
        """Return the clock of a question that is shown at `now_s`."""
        return cls(prepare_s, answer_s[0], answer_s[1], Phase.PREPARING, now_s)

    @classmethod
    def resumed(
        cls, prepare_s: float, answer_s: tuple[float, float], counted_s: float, now_s: float
    ) -> Self:
        """Return the paused clock of a draft that already took `counted_s`."""
        return cls(prepare_s, answer_s[0], answer_s[1], Phase.PAUSED, now_s, counted_s)

    def held(self, now_s: float) -> Self:
        """Return the clock with its whole preparation time ahead, as while the question is read."""
        return replace(self, since_s=now_s) if self.phase is Phase.PREPARING else self

    def allows(self, event: Event) -> bool:
        """Tell whether `event` means anything in this phase."""
        return (self.phase, event) in _NEXT

    def on(self, event: Event, now_s: float) -> Self:
        """Return the clock after `event`; an event that means nothing here changes nothing."""
        phase = _NEXT.get((self.phase, event))
        if phase is None:
            return self
        counted_s = self.answer_elapsed_s(now_s)
        if event is Event.REDO:
            counted_s = 0.0
        return replace(self, phase=phase, since_s=now_s, counted_s=counted_s)

    def answer_elapsed_s(self, now_s: float) -> float:
        """Return the answer time so far, without preparation and pauses."""
        running = now_s - self.since_s if self.phase is Phase.ANSWERING else 0.0
        return self.counted_s + max(0.0, running)

    def preparation_left_s(self, now_s: float) -> float:
        """Return what is left of the preparation time; 0 once it is over. Nothing starts by it."""
        if self.phase is not Phase.PREPARING:
            return 0.0
        return max(0.0, self.prepare_s - (now_s - self.since_s))

    def light(self, now_s: float) -> Light:
        """Return the light for the time answered so far."""
        return light_at(self.answer_elapsed_s(now_s), self.lower_s, self.upper_s)


def yellow_from_s(lower_s: float, upper_s: float) -> float:
    """Return the second from which an answer is near its end."""
    return max(lower_s, NEAR_END_SHARE * upper_s)


def light_at(elapsed_s: float, lower_s: float, upper_s: float) -> Light:
    """Return the light of an answer that has taken so many seconds.

    Green from the lower length, yellow near the upper, red at the upper with 30 s of grace
    (the habit of public-speaking clubs).
    """
    if elapsed_s < lower_s:
        return Light.TOO_SHORT
    if elapsed_s < yellow_from_s(lower_s, upper_s):
        return Light.GOOD
    if elapsed_s < upper_s:
        return Light.NEAR_END
    return Light.LONG if elapsed_s < upper_s + GRACE_S else Light.TOO_LONG
