"""The records of the history: what was asked, said and rated, when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from trainer.analysis.ranges import Figure, FigureName
from trainer.analysis.types import Delivery, Rater, Rating
from trainer.bank.types import Mark
from trainer.transcript.types import Transcript

MOST_TAG_CHARACTERS = 40

MomentKind = Literal["good", "filler", "unclear", "blame", "long", "note"]
SharedRole = Literal["candidate", "interviewer", "observer"]


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer that is not finished, as it was at `updated_at` (ISO 8601, UTC).

    `owner` names the running program that writes it. `prompt` is the wording shown. `probe_of`
    is the attempt that a follow-up belongs to and `criterion_id` what the follow-up asks for.
    `counted_s` is the answer time so far in seconds. A draft that `set_aside` is an older take
    that a redo left behind: it stays until a newer take is saved, and is then kept in the history.
    `corrects` is the attempt whose words the draft is to replace, None for an answer.

    A spoken answer has a `recording`, the name of its file in the home's folder of recordings,
    which may not exist yet, and `heard`, the words as the recogniser gave them so far. `text` is
    what is to be rated: the heard text until the speaker corrects it.
    """

    id: str
    owner: str
    session_id: str
    bank_id: str
    question_id: str
    prompt: str
    text: str
    counted_s: float
    take: int
    started_at: str
    updated_at: str
    probe_of: str | None = None
    criterion_id: str | None = None
    set_aside: bool = False
    corrects: str | None = None
    recording: str | None = None
    heard: Transcript | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer to one question. Times in seconds; `started_at` in ISO 8601, UTC.

    `question_id` and `bank_id` may name something that no longer exists: `prompt` is the wording
    that was asked, `bank_title` its bank's title then, and `lower_s`, `upper_s` its times.
    `rubric_id` is None where only delivery is reported. `take` counts from 1; an attempt with a
    later take of the same answer is `superseded`. `recording` is the name of the file with its
    sound in the home's folder of recordings; the file may be gone. `origin` is the name of the
    sound file that the answer was imported from, None where it was given here. `tags` are the
    user's words for it: sorted, each once, of at most `MOST_TAG_CHARACTERS`.
    """

    id: str
    session_id: str
    bank_id: str
    bank_title: str
    question_id: str
    prompt: str
    rubric_id: str | None
    started_at: str
    lower_s: int
    upper_s: int
    take: int = 1
    superseded: bool = False
    probe_of: str | None = None
    criterion_id: str | None = None
    recording: str | None = None
    origin: str | None = None
    starred: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredTranscript:
    """A version of an attempt's words; `corrects` is the version that it mends."""

    id: str
    attempt_id: str
    created_at: str
    transcript: Transcript
    delivery: Delivery
    corrects: str | None = None


@dataclass(frozen=True, slots=True)
class StoredRating:
    """A rating of one transcript. `score` in 0..100; `rubric_json` is the rubric as it was.

    `rater_name` is what a peer is called, empty for the machine and the speaker, and for a listener
    who gave none. `comment` is what the rater said beside the marks: never to be logged.
    """

    id: str
    attempt_id: str
    transcript_id: str
    created_at: str
    rating: Rating
    score: float
    rubric_json: str
    rater_name: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class FillerReview:
    """What a person made of the filled pauses of an attempt by ear: `count` of them.

    The speaker ("self") goes through the sound and leaves the `moments`, as (start, end) in
    seconds. So may a listener ("peer") who was there; one who only counts leaves None. `rater_name`
    is what a peer is called, empty for the speaker, and for a listener who gave none.
    """

    id: str
    attempt_id: str
    created_at: str
    rater: Literal["self", "peer"]
    count: int
    moments: tuple[tuple[float, float], ...] | None = None
    rater_name: str = ""


def counted_by_ear(reviews: Iterable[FillerReview]) -> int | None:
    """Return the newest count of filled pauses, the speaker's before a listener's; None: no count.

    `reviews` stand in the order in which they were made.
    """
    counts = {review.rater: review.count for review in reviews}
    return counts.get("self", counts.get("peer"))


@dataclass(frozen=True, slots=True)
class SpanNote:
    """What somebody wrote about some words of an answer: the user's words, never to be logged.

    `start` and `end` count the words of one version of the transcript, the end excluded.
    `rater_name` is what a peer is called, empty for the speaker.
    """

    id: str
    attempt_id: str
    transcript_id: str
    start: int
    end: int
    text: str
    created_at: str
    rater: Literal["self", "peer"] = "self"
    rater_name: str = ""


@dataclass(frozen=True, slots=True)
class MarkedMoment:
    """What a listener marked while the answer was given, `at_s` seconds into its clock.

    `text` is theirs, never to be logged; empty for a mark alone.
    """

    id: str
    attempt_id: str
    kind: MomentKind
    at_s: float
    text: str = ""
    rater_name: str = ""


@dataclass(frozen=True, slots=True)
class SharedRound:
    """Where an answer was given while people practised together.

    `session_id` is that of the shared session and `number` counts its rounds from 1. The others
    are what people were called. `role` is what the user of this history was: only a "candidate"
    gave the answer.
    """

    attempt_id: str
    session_id: str
    number: int
    role: SharedRole
    candidate: str
    interviewer: str
    observers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """An attempt with everything kept about it, oldest version first."""

    attempt: Attempt
    transcripts: tuple[StoredTranscript, ...]
    ratings: tuple[StoredRating, ...]
    follow_up_ids: tuple[str, ...] = ()
    filler_reviews: tuple[FillerReview, ...] = ()
    notes: tuple[SpanNote, ...] = ()
    moments: tuple[MarkedMoment, ...] = ()
    shared: SharedRound | None = None

    def ratings_of(self, version: StoredTranscript) -> tuple[StoredRating, ...]:
        """Return all ratings of a version of the words, the oldest first."""
        return tuple(stored for stored in self.ratings if stored.transcript_id == version.id)

    def rating_of(self, version: StoredTranscript, rater: Rater = "machine") -> StoredRating | None:
        """Return a rater's newest rating of a version of the words; None where there is none."""
        return next(
            (
                stored
                for stored in reversed(self.ratings)
                if stored.transcript_id == version.id and stored.rating.rater == rater
            ),
            None,
        )


Sort = Literal["date", "score", "length", "question"]


@dataclass(frozen=True, slots=True)
class LibraryQuery:
    """Which attempts to list, and in which order. What is empty or None chooses nothing.

    `search` finds attempts whose prompt or newest text holds all its words, the last as a
    beginning; one without a letter or digit finds all. `criterion` is a criterion's id with its
    mark, and `flag` one that is raised, both in the newest rating of the machine; `score` is what
    its score lies between, both included, and an attempt that shows no score lies nowhere.
    `rater` has rated the attempt, and somebody called `peer` has rated it or took part in its
    round. `since` and `until` are ISO dates, both included, days of this
    machine's time zone; moments with a time are taken as they are.

    `length` sorts by the answer time. What has no score or no answer time comes last either way;
    equals stand by date, in the same direction.
    """

    search: str = ""
    bank_id: str | None = None
    question_id: str | None = None
    rubric_id: str | None = None
    criterion: tuple[str, Mark] | None = None
    flag: str | None = None
    tag: str | None = None
    starred: bool | None = None
    score: tuple[float, float] | None = None
    since: str | None = None
    until: str | None = None
    session_id: str | None = None
    rater: Rater | None = None
    peer: str | None = None
    spoken: bool | None = None
    sort: Sort = "date"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of an answer that a search found, in context: `text` is one line.

    The found words stand from `start` to `end` in it, the end excluded; what else of the search
    stands behind them in it, at the places in `others`.
    """

    text: str
    start: int
    end: int
    others: tuple[tuple[int, int], ...] = ()

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """All that was found in the text, from left to right."""
        return ((self.start, self.end), *self.others)


Place = tuple[str | float, ...]
"""Where a row stands in the order of its list; the next page begins after that of its last row."""


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """A line of the history: the attempt, its newest text shortened, its newest score.

    `excerpt` shows the first of the `hits` of a search, else the beginning of the answer. `remark`
    says why the newest rating of the machine is not to be shown as a score; None where it is. Where
    the newest words are mostly guessed they are not `measurable`, and have no score to show either.
    `raters` have rated the attempt. `peers` are the names of all others who rated it or took part
    in its round.
    """

    attempt: Attempt
    excerpt: str
    words: int
    answer_s: float | None
    score: float | None
    rubric_json: str | None
    remark: str | None = None
    measurable: bool = True
    spoken: bool = False
    raters: tuple[Rater, ...] = ()
    hits: tuple[Hit, ...] = ()
    place: Place = ()
    peers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """One answer without its words, as progress over time reads it.

    `rating` is the machine's newest of the newest words, without its spans, and `rubric_json` the
    rubric that gave it; both are None where there is none. `own_marks` are those of the speaker's
    newest rating, of whichever version: they came before the reveal. `figures` are of the delivery
    of the newest words, each as far as it was measured. `number` puts outlines in an order.
    """

    number: int
    attempt_id: str
    started_at: str
    bank_id: str
    question_id: str
    rubric_id: str | None
    is_follow_up: bool
    answer_s: float | None
    measurable: bool
    rating: Rating | None = None
    rubric_json: str | None = None
    own_marks: Mapping[str, Mark] = field(default_factory=dict)
    figures: Mapping[FigureName, Figure] = field(default_factory=dict)


AttemptSummary = LibraryRow
"""The name by which screens and commands know a row."""
