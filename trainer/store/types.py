"""The records of the history: what was asked, said and rated, when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trainer.analysis.types import Delivery, Rating
from trainer.transcript.types import Transcript


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
    sound file that the answer was imported from, None where it was given here.
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
    """A rating of one transcript. `score` in 0..100; `rubric_json` is the rubric as it was."""

    id: str
    attempt_id: str
    transcript_id: str
    created_at: str
    rating: Rating
    score: float
    rubric_json: str


@dataclass(frozen=True, slots=True)
class FillerReview:
    """What a person made of the filled pauses of an attempt by ear: `count` of them.

    The speaker ("self") goes through the sound and leaves the `moments`, as (start, end) in
    seconds; a listener ("peer") only counts, and `moments` is None.
    """

    id: str
    attempt_id: str
    created_at: str
    rater: Literal["self", "peer"]
    count: int
    moments: tuple[tuple[float, float], ...] | None = None


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """An attempt with everything kept about it, oldest version first."""

    attempt: Attempt
    transcripts: tuple[StoredTranscript, ...]
    ratings: tuple[StoredRating, ...]
    follow_up_ids: tuple[str, ...] = ()
    filler_reviews: tuple[FillerReview, ...] = ()

    def rating_of(self, version: StoredTranscript) -> StoredRating | None:
        """Return the newest rating of a version of the words; None where it has none."""
        found = (r for r in reversed(self.ratings) if r.transcript_id == version.id)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class AttemptSummary:
    """A line of the history: the attempt, its newest text shortened, its newest score.

    `excerpt` shows the first hit of a search in context, else the beginning of the answer.
    `remark` says why the newest rating is not to be shown as a score; None where it is. Where the
    newest words are mostly guessed they are not `measurable`, and have no score to show either.
    """

    attempt: Attempt
    excerpt: str
    words: int
    answer_s: float | None
    score: float | None
    rubric_json: str | None
    remark: str | None = None
    measurable: bool = True
