"""A session that people share, as plain immutable values, and what each of them may see of it.

These classes are also the schema of what is written to the journal and sent to participants:
`trainer.peer.encoding` validates against them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from annotated_types import Ge, Le, Len, MaxLen

from trainer.bank.types import SOME_TEXT, Mark, MarkMeanings, Matching
from trainer.exchange import document
from trainer.exchange.document import AttemptEntry, RatingEntry

MACHINE = "machine"
"""Stands in the place of a participant's id where the machine rated."""

MOST_OBSERVERS = 20
MOST_PARTICIPANTS = 100
"""Who ever joined one session, so that coming and going cannot fill the memory of the host."""

MOST_PLANNED = 40
MOST_ROUNDS = 40
MOST_PROBES = 30
MOST_MOMENTS = 100
"""Of one person in one round."""

# Bytes of JSON, far below what the wire carries at once.
MOST_ASKED = 40_000
MOST_DOCUMENT = 400_000
"""Of the words of an answer; a quarter of an hour spoken has half of that."""

MOST_ENTRY = 60_000
"""Of the machine's rating."""

MOST_MARKED = 20_000
"""Of the moments of one person in one round: nobody uses up the room of another."""

MOST_NOTE = 1_000
"""Of the note of a rating."""

LONGEST_NAME = 40
"""Characters of the name of somebody."""

SHOWN_PROMPT = 120
"""Characters of a question that is named in a list."""

Instant = document.Moment
"""A moment of the day; `Moment` here is one of an answer."""

PersonId = Annotated[str, Len(1, 40), Matching("^[A-Za-z0-9_-]+$")]
EntryId = PersonId
PersonName = Annotated[str, Len(1, LONGEST_NAME), SOME_TEXT]
Said = Annotated[str, MaxLen(500)]
Shown = Annotated[str, MaxLen(2000)]
ShortName = Annotated[str, MaxLen(200)]
Digest = Annotated[str, MaxLen(64), Matching("^[0-9a-f]*$")]
AnswerSeconds = Annotated[float, Ge(0), Le(36_000)]
PlannedSeconds = Annotated[int, Ge(0), Le(900)]

Role = Literal["candidate", "interviewer", "observer"]
Seat = Literal["candidate", "interviewer"]
MomentKind = Literal["good", "filler", "unclear", "blame", "long", "note"]


class Phase(StrEnum):
    """Where a round stands.

    PLANNED: it is known who asks and who answers, and the candidate has not met the question yet.
    ANSWERED: the answer is over and its words are awaited.
    """

    PLANNED = "planned"
    ASKING = "asking"
    ANSWERING = "answering"
    PAUSED = "paused"
    ANSWERED = "answered"
    RATING = "rating"
    REVEALED = "revealed"
    SKIPPED = "skipped"

    @property
    def is_over(self) -> bool:
        """Whether the next round may begin without giving this one up."""
        return self in (Phase.REVEALED, Phase.SKIPPED)


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who joined; `here` says whether their program is connected."""

    id: PersonId
    name: PersonName
    here: bool


@dataclass(frozen=True, slots=True)
class FormLine:
    """A criterion of the rating form, with all that a stranger to the rubric needs for it."""

    id: ShortName
    title: Shown
    asks: Shown
    marks: MarkMeanings


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what the interviewer needs to ask it, and the form to rate its answer.

    It carries the form along, because the banks of who rates may be other ones. `probes` are the
    follow-ups by the criterion that each asks for. An improvised question has no bank of its own;
    `rubric_id` is None, and `form` empty, where only notes are asked for.
    """

    bank_id: ShortName
    question_id: ShortName
    prompt: Shown
    rubric_id: ShortName | None
    improvised: bool = False
    bank_title: ShortName = ""
    rubric_version: ShortName = ""
    prepare_s: PlannedSeconds = 0
    answer_s: tuple[PlannedSeconds, PlannedSeconds] = (0, 0)
    intent: Shown = ""
    pitfalls: Annotated[tuple[Shown, ...], MaxLen(10)] = ()
    probes: Mapping[ShortName, Shown] = field(default_factory=dict)
    form: Annotated[tuple[FormLine, ...], MaxLen(30)] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A round to come. None in a seat means whoever sits there when its turn comes.

    `asked` is None where the interviewer chooses the question then; in a view also where the
    candidate may not know it yet. `about` is what all may know, such as the title of its bank.
    """

    id: EntryId
    candidate_id: PersonId | None = None
    interviewer_id: PersonId | None = None
    asked: Asked | None = None
    about: ShortName = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A mark in time or a note of somebody who listens. `at_s`: seconds of the answer's clock."""

    id: EntryId
    participant_id: PersonId
    kind: MomentKind
    at_s: AnswerSeconds
    text: Said = ""


@dataclass(frozen=True, slots=True)
class FormRating:
    """What a participant, or the machine (`MACHINE`), gave each criterion of the form.

    `entry` is the machine's whole rating as a history's file has it, with the words that it rests
    on; people have none.
    """

    participant_id: PersonId
    marks: Mapping[ShortName, Mark]
    note: Said
    created_at: Instant
    entry: RatingEntry | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the candidate said: the attempt as a history's file has it, without ratings and notes.

    `document` is None in a view of a round that is not shown whole. `answer_s` in seconds.
    """

    attempt_id: Annotated[str, Len(1, 64), Matching("^[A-Za-z0-9_-]+$")]
    answer_s: AnswerSeconds
    document: AttemptEntry | None


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of an answer as the host counts it.

    `counted_s` was gathered before `since`; None while the clock stands still.
    """

    counted_s: AnswerSeconds = 0.0
    since: Instant | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One question put to one candidate.

    `was_asked` tells that the candidate met the question, also in a round that was skipped then.
    `probes` were asked, in this order. `listeners` were here at some time of the answer: a reveal
    waits for those of them who are here and have not `abstained` from rating; so may `MACHINE`.
    `kept_by` have all of it in their history as it is now.
    """

    number: Annotated[int, Ge(1), Le(MOST_ROUNDS)]
    asked: Asked | None
    candidate_id: PersonId
    interviewer_id: PersonId
    phase: Phase = Phase.PLANNED
    about: ShortName = ""
    was_asked: bool = False
    probes: tuple[Shown, ...] = ()
    moments: tuple[Moment, ...] = ()
    answer: Answer | None = None
    ratings: tuple[FormRating, ...] = ()
    clock: Clock = Clock()
    listeners: tuple[PersonId, ...] = ()
    abstained: tuple[PersonId, ...] = ()
    kept_by: tuple[PersonId, ...] = ()

    def rating_of(self, participant_id: str) -> FormRating | None:
        """Return what they, or `MACHINE`, gave; None if they have not rated."""
        return next((one for one in self.ratings if one.participant_id == participant_id), None)


@dataclass(frozen=True, slots=True)
class Session:
    """All that the host knows. Only `trainer.peer.applying` makes another one of it.

    `host_id` is who joined first: through the door of the wire that is the host's own program.
    `version` grows by one with each event. `at` is the index of the round that is shown, -1 before
    the first. `candidate_id` and `interviewer_id` sit in the seats from the next round on; whoever
    is here and sits in neither observes. `tokens` proves who comes back: digests by participant.
    """

    id: EntryId
    created_at: Instant
    host_id: PersonId
    title: ShortName = ""
    version: int = 0
    participants: tuple[Participant, ...] = ()
    rounds: tuple[Round, ...] = ()
    at: int = -1
    plan: tuple[Planned, ...] = ()
    ended: bool = False
    candidate_id: PersonId | None = None
    interviewer_id: PersonId | None = None
    tokens: Mapping[str, str] = field(default_factory=dict)

    @property
    def round(self) -> Round | None:
        """The round that is under way or was the last one."""
        return self.rounds[self.at] if self.at >= 0 else None

    def participant(self, participant_id: str) -> Participant | None:
        """Return who has this id, or None."""
        return next((one for one in self.participants if one.id == participant_id), None)


@dataclass(frozen=True, slots=True)
class RoundView:
    """What one participant may see of a round; the fields are those of `Round`.

    `ratings` are one's own before the reveal and all after it. `done` names who has rated,
    `waiting` whom the reveal waits for; both may hold `MACHINE`.
    """

    number: Annotated[int, Ge(1), Le(MOST_ROUNDS)]
    asked: Asked | None
    candidate_id: PersonId
    interviewer_id: PersonId
    phase: Phase
    about: ShortName
    probes: tuple[Shown, ...]
    moments: tuple[Moment, ...]
    answer: Answer | None
    ratings: tuple[FormRating, ...]
    clock: Clock
    done: tuple[PersonId, ...]
    waiting: tuple[PersonId, ...]
    listeners: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionView:
    """What participant `you` may see of a session; `role` is theirs in the round shown.

    `whole` is the index of the round that is there with everything, and `unkept_at` of one more,
    -1 for none; of the others only the words of the question, the seats and the phase are, so that
    a view stays small.
    """

    session_id: EntryId
    created_at: Instant
    title: ShortName
    you: PersonId
    role: Role
    host_id: PersonId
    participants: tuple[Participant, ...]
    rounds: tuple[RoundView, ...]
    at: int
    whole: int
    plan: tuple[Planned, ...]
    ended: bool
    candidate_id: PersonId | None
    interviewer_id: PersonId | None
    unkept_at: int = -1

    @property
    def round(self) -> RoundView | None:
        """The round that is under way or was the last one."""
        return self.rounds[self.at] if self.at >= 0 else None

    @property
    def unkept(self) -> RoundView | None:
        """The first revealed round, in full, that this participant is to keep and has not kept."""
        return self.rounds[self.unkept_at] if self.unkept_at >= 0 else None
