"""How a question was taken in, as a pure state machine: heard how often, and read or not.

While it is read aloud nothing may be recorded, nor for a moment after: what a loudspeaker still
holds would be in the answer. Time is passed in, as to the clock of an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

GAP_S = 0.15
"""From the end of the sound to the first that may be recorded."""


class Sounding(StrEnum):
    """Where the reading of the question stands."""

    NONE = "none"
    COMING = "coming"
    SOUNDING = "sounding"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Hearing:
    """A question as the candidate met it.

    `hidden`: its text is not shown before it is asked for, as in a listening drill. `heard` counts
    the readings that sounded, without those that another one replaced; `looked` says that the text
    was shown. `since_s` is when the reading was over.
    """

    hidden: bool = False
    looked: bool = False
    heard: int = 0
    state: Sounding = Sounding.NONE
    since_s: float = 0.0

    @property
    def shows_text(self) -> bool:
        """Whether the question may be on the screen."""
        return self.looked or not self.hidden

    @property
    def reading(self) -> bool:
        """Whether it is read aloud now, or about to be."""
        return self.state in (Sounding.COMING, Sounding.SOUNDING)

    def lets_record(self, now_s: float) -> bool:
        """Whether a recording that begins now holds nothing of the question."""
        if self.state is Sounding.NONE:
            return True
        return self.state is Sounding.OVER and now_s - self.since_s >= GAP_S

    def read(self) -> Hearing:
        """Return it when a reading begins; one that was under way is replaced."""
        return replace(self, state=Sounding.COMING)

    def sounds(self) -> Hearing:
        """Return it when the voice is heard."""
        return replace(self, state=Sounding.SOUNDING) if self.reading else self

    def end(self, now_s: float) -> Hearing:
        """Return it when the reading is over, at its end or before."""
        if not self.reading:
            return self
        heard = self.heard + (self.state is Sounding.SOUNDING)
        return replace(self, state=Sounding.OVER, since_s=now_s, heard=heard)

    def show(self) -> Hearing:
        """Return it when the text is shown."""
        return replace(self, looked=True)
