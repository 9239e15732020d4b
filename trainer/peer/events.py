"""What can happen in a shared session: `by` is who did it, `at` when, by the clock of the host.

The host fills in both: `by` from the connection that an event came from. What an event means, and
who may cause it in which phase, stands in `trainer.peer.applying`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from annotated_types import Ge, Le, MaxLen, MinLen

from trainer.bank.types import SOME_TEXT, Mark
from trainer.exchange.document import RatingEntry
from trainer.peer.types import (
    MOST_PLANNED,
    MOST_ROUNDS,
    Answer,
    AnswerSeconds,
    Asked,
    Digest,
    EntryId,
    Instant,
    MomentKind,
    PersonId,
    PersonName,
    Planned,
    Role,
    Said,
    Seat,
    ShortName,
    Shown,
)


@dataclass(frozen=True, slots=True)
class _Event:
    by: PersonId
    at: Instant


@dataclass(frozen=True, slots=True)
class Opened(_Event):
    """A session began. It stands first in a journal, and only there.

    `by` hosts it until somebody has joined: the first who does is the host.
    """

    session_id: EntryId
    title: ShortName = ""


@dataclass(frozen=True, slots=True)
class Resumed(_Event):
    """The host came back with the session of a journal: nobody is connected now."""


@dataclass(frozen=True, slots=True)
class Joined(_Event):
    """Somebody came, or came back with the same token; then name and wish change nothing.

    `role` is a wish: who finds the seat taken observes. `token_digest` is what the host keeps of
    the token; empty where participants share one program.
    """

    name: PersonName
    role: Role = "observer"
    token_digest: Digest = ""


@dataclass(frozen=True, slots=True)
class Left(_Event):
    """Their program is gone, or they left. Their seat waits for them."""


@dataclass(frozen=True, slots=True)
class SeatTaken(_Event):
    """Somebody sits down in a seat that is free, or whose holder is not here."""

    seat: Seat


@dataclass(frozen=True, slots=True)
class SeatsSet(_Event):
    """Who answers and who asks from the next round on; to swap is to set them the other way."""

    candidate_id: PersonId
    interviewer_id: PersonId


@dataclass(frozen=True, slots=True)
class PlanAdded(_Event):
    """Rounds to come, put before position `before` of the plan; None: at its end."""

    entries: Annotated[tuple[Planned, ...], MinLen(1), MaxLen(MOST_PLANNED)]
    before: Annotated[int, Ge(0), Le(MOST_PLANNED)] | None = None


@dataclass(frozen=True, slots=True)
class PlanMoved(_Event):
    """An entry of the plan goes to another position, counted without it."""

    entry_id: EntryId
    position: Annotated[int, Ge(0), Le(MOST_PLANNED)]


@dataclass(frozen=True, slots=True)
class PlanDropped(_Event):
    """An entry of the plan is not wanted any more."""

    entry_id: EntryId


@dataclass(frozen=True, slots=True)
class RoundBegun(_Event):
    """The next round begins: the plan's first entry, or one without a question if there is none.

    The seats are from now on those of the round.
    """


@dataclass(frozen=True, slots=True)
class QuestionChosen(_Event):
    """The interviewer takes this question, from a bank or improvised, before any was asked."""

    asked: Asked


@dataclass(frozen=True, slots=True)
class QuestionAsked(_Event):
    """The question is put; from now on the candidate sees its words."""


@dataclass(frozen=True, slots=True)
class ProbeAsked(_Event):
    """The interviewer asked further, in these words."""

    text: Annotated[Shown, SOME_TEXT]


@dataclass(frozen=True, slots=True)
class AnswerBegun(_Event):
    """The candidate speaks; the clock runs."""


@dataclass(frozen=True, slots=True)
class AnswerPaused(_Event):
    """The clock stands still."""


@dataclass(frozen=True, slots=True)
class AnswerResumed(_Event):
    """The clock runs on."""


@dataclass(frozen=True, slots=True)
class AnswerRestarted(_Event):
    """The candidate begins again: marks and probes of the answer so far go."""


@dataclass(frozen=True, slots=True)
class AnswerEnded(_Event):
    """The answer is over after `answer_s`, by the sound where there is one."""

    answer_s: AnswerSeconds


@dataclass(frozen=True, slots=True)
class AnswerGiven(_Event):
    """The words are there, and those who listened rate."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class RatingBegun(_Event):
    """The interviewer does not wait for the words, which may still come."""


@dataclass(frozen=True, slots=True)
class RoundSkipped(_Event):
    """This round is given up; nothing of it is revealed."""


@dataclass(frozen=True, slots=True)
class MomentMarked(_Event):
    """A listener marked a moment or wrote a note; `moment_id` is new in the session."""

    moment_id: EntryId
    kind: MomentKind
    at_s: AnswerSeconds
    text: Said = ""


@dataclass(frozen=True, slots=True)
class MomentTakenBack(_Event):
    """A listener takes a mark or note of their own away."""

    moment_id: EntryId


@dataclass(frozen=True, slots=True)
class MomentReworded(_Event):
    """A listener writes other words to a mark or note of their own."""

    moment_id: EntryId
    text: Said


@dataclass(frozen=True, slots=True)
class Rated(_Event):
    """Somebody rated, or rated anew in the place of what they gave before; nobody else sees it."""

    marks: Mapping[ShortName, Mark]
    note: Said = ""


@dataclass(frozen=True, slots=True)
class MachineRated(_Event):
    """The candidate's program hands in what the machine gave; None: it gives nothing here."""

    entry: RatingEntry | None = None


@dataclass(frozen=True, slots=True)
class Abstained(_Event):
    """Somebody only watches this round: the reveal does not wait for them."""


@dataclass(frozen=True, slots=True)
class Revealed(_Event):
    """All see all ratings, marks and notes of the round.

    Before all have rated only the interviewer may, or the host where the interviewer is gone.
    """


@dataclass(frozen=True, slots=True)
class RoundKept(_Event):
    """Somebody has all that was revealed of a round in their history; also after the end."""

    number: Annotated[int, Ge(1), Le(MOST_ROUNDS)]


@dataclass(frozen=True, slots=True)
class Ended(_Event):
    """The session is over: what is being rated is revealed, what is not answered is skipped."""


Event = (
    Opened
    | Resumed
    | Joined
    | Left
    | SeatTaken
    | SeatsSet
    | PlanAdded
    | PlanMoved
    | PlanDropped
    | RoundBegun
    | QuestionChosen
    | QuestionAsked
    | ProbeAsked
    | AnswerBegun
    | AnswerPaused
    | AnswerResumed
    | AnswerRestarted
    | AnswerEnded
    | AnswerGiven
    | RatingBegun
    | RoundSkipped
    | MomentMarked
    | MomentTakenBack
    | MomentReworded
    | Rated
    | MachineRated
    | Abstained
    | Revealed
    | RoundKept
    | Ended
)
