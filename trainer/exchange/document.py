"""The file of a history, as types: what is exported, and what an import is held to.

The schema beside this module is made from them, and `docs/exchange.md` explains them. A change that
readers of older files must know about needs another `SCHEMA_VERSION`. What has a default may be
left out of a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le, Len, MaxLen

from trainer.analysis.types import Note, Rater, Remark, SpanKind, Unmeasurable
from trainer.bank.types import Matching
from trainer.store.types import MomentKind, SharedRole
from trainer.transcript.types import Source

FORMAT = "interview-trainer-history"
SCHEMA_VERSION = 1
MOST_BYTES = 100_000_000
"""An answer of two minutes has some 25 kB: four thousand of them. Python needs eightfold."""

LEAST_ANSWER_BYTES = 100
"""The names of the fields that every answer has are longer."""

MOST_ANSWER_BYTES = 20_000_000
"""Of one answer with all its versions: fifty of a quarter of an hour."""

MOST_PARTS = 500_000
"""Commas in one answer, or in all that is none: each costs more than its text once it is read."""

Identifier = Annotated[str, Len(1, 64), Matching("^[A-Za-z0-9_-]+$")]
Name = Annotated[str, Len(1, 200)]
Line = Annotated[str, MaxLen(10_000)]
Text = Annotated[str, MaxLen(2_000_000)]
Moment = Annotated[
    str,
    Matching(
        r"^(19[7-9]\d|20\d\d|21\d\d)-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d(:[0-5]\d(\.\d{1,6})?)?"
        r"(Z|\+00:00)$"
    ),
]
"""ISO 8601 in UTC, to sort as text."""

Recording = Annotated[str, Matching(r"^[0-9a-f]{32}\.(wav|flac)$")]
RaterName = Annotated[str, MaxLen(200)]
Tag = Annotated[str, Len(1, 40), Matching(r"^\S(.*\S)?$")]
Seconds = Annotated[float, Ge(0), Le(1e7)]
Share = Annotated[float, Ge(0), Le(1)]
Count = Annotated[int, Ge(0), Le(1_000_000_000)]
Figure = Annotated[float, Ge(0), Le(1e9)]


@dataclass(frozen=True, slots=True)
class WordEntry:
    """Characters `start` to `end` (excluded) of the text; seconds of the sound."""

    start: Count
    end: Count
    start_s: Seconds | None = None
    end_s: Seconds | None = None
    confidence: Share | None = None
    said: Line | None = None


@dataclass(frozen=True, slots=True)
class FilledEntry:
    """A filled pause, such as "um", and how likely it is one."""

    start_s: Seconds
    end_s: Seconds
    chance: Share


@dataclass(frozen=True, slots=True)
class SoundEntry:
    """What was measured from the sound itself."""

    voiced: tuple[tuple[Seconds, Seconds], ...] | None = None
    filled: tuple[FilledEntry, ...] | None = None
    snr_db: Annotated[float, Ge(-1000), Le(1000)] | None = None


@dataclass(frozen=True, slots=True)
class FillerEntry:
    """How often a filler was heard: from `low` to `high` times."""

    what: Name
    low: Count
    high: Count


@dataclass(frozen=True, slots=True)
class DeliveryEntry:
    """Figures beside the rating."""

    words: Count
    lower_s: Count
    upper_s: Count
    i_words: Count
    we_words: Count
    answer_s: Seconds | None = None
    pace_wpm: Figure | None = None
    first_word_s: Seconds | None = None
    pauses: Count | None = None
    longest_pause_s: Seconds | None = None
    paused_s: Seconds | None = None
    pauses_inside: Count | None = None
    pauses_between: Count | None = None
    articulation_wpm: Figure | None = None
    fillers: tuple[FillerEntry, ...] | None = None
    unmeasurable: tuple[Unmeasurable, ...] = ()


@dataclass(frozen=True, slots=True)
class TranscriptEntry:
    """A version of an answer's words."""

    id: Identifier
    created_at: Moment
    source: Source
    text: Text
    delivery: DeliveryEntry
    corrects: Identifier | None = None
    words: tuple[WordEntry, ...] | None = None
    sound: SoundEntry | None = None


@dataclass(frozen=True, slots=True)
class SpanEntry:
    """Words `start` to `end` (excluded) of the transcript, and what they show."""

    start: Count
    end: Count
    kind: SpanKind
    name: Name
    reasons: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class ChancesEntry:
    """How likely raters give at least `partly`, and `met`."""

    partly: Share
    met: Share


@dataclass(frozen=True, slots=True)
class RatingEntry:
    """A rater's checklist for one transcript; only a peer has a name."""

    id: Identifier
    transcript_id: Identifier
    created_at: Moment
    rater: Rater
    rubric_id: Name
    rubric_version: Line
    scorer_version: Line
    score: Annotated[float, Ge(0), Le(100)]
    marks: dict[Name, Literal[0, 1, 2]]
    flags: dict[Name, bool]
    spans: tuple[SpanEntry, ...]
    rubric: Name | None = None
    unsure: tuple[Name, ...] = ()
    remark: Remark | None = None
    notes: tuple[Note, ...] = ()
    chances: dict[Name, ChancesEntry] = field(default_factory=dict)
    settled: tuple[Name, ...] = ()
    rater_name: RaterName = ""
    comment: Line = ""


@dataclass(frozen=True, slots=True)
class FillerReviewEntry:
    """What a person counted of the filled pauses; only a peer has a name."""

    id: Identifier
    created_at: Moment
    rater: Literal["self", "peer"]
    count: Count
    moments: tuple[tuple[Seconds, Seconds], ...] | None = None
    rater_name: RaterName = ""


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """What somebody wrote about words `start` to `end` (excluded) of a transcript."""

    id: Identifier
    transcript_id: Identifier
    created_at: Moment
    start: Count
    end: Count
    text: Text
    rater: Literal["self", "peer"] = "self"
    rater_name: RaterName = ""


@dataclass(frozen=True, slots=True)
class MomentEntry:
    """What a listener marked while the answer was given, seconds into its clock."""

    id: Identifier
    kind: MomentKind
    at_s: Seconds
    text: Line = ""
    rater_name: RaterName = ""


@dataclass(frozen=True, slots=True)
class RoundEntry:
    """The round of a shared session; `role` is what the owner of the history was in it."""

    session_id: Identifier
    number: Annotated[int, Ge(1), Le(1_000_000)]
    role: SharedRole
    candidate: RaterName
    interviewer: RaterName
    observers: Annotated[tuple[RaterName, ...], MaxLen(100)] = ()


@dataclass(frozen=True, slots=True)
class AttemptEntry:
    """One answer to one question, with everything kept about it, oldest first."""

    id: Identifier
    session_id: Identifier
    bank_id: Name
    bank_title: Line
    question_id: Name
    prompt: Line
    started_at: Moment
    lower_s: Count
    upper_s: Count
    transcripts: tuple[TranscriptEntry, ...]
    ratings: tuple[RatingEntry, ...] = ()
    rubric_id: Name | None = None
    take: Annotated[int, Ge(1), Le(1_000_000)] = 1
    superseded: bool = False
    probe_of: Identifier | None = None
    criterion_id: Name | None = None
    recording: Recording | None = None
    origin: Line | None = None
    starred: bool = False
    tags: tuple[Tag, ...] = ()
    filler_reviews: tuple[FillerReviewEntry, ...] = ()
    notes: tuple[NoteEntry, ...] = ()
    moments: tuple[MomentEntry, ...] = ()
    shared: RoundEntry | None = None


@dataclass(frozen=True, slots=True)
class HistoryFile:
    """A history, or some answers of one."""

    format: Literal["interview-trainer-history"]
    schema_version: Literal[1]
    exported_at: Moment
    rubrics: dict[Name, Any]
    attempts: tuple[AttemptEntry, ...]
