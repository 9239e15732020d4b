"""The file of one answer that goes to a mentor and comes back, as types.

It holds what somebody needs who rates the answer, and nothing else of the history: no date of the
answer, no bank, no session, no tags or notes, no name of the machine or of a file. The checklist is
text for people: what a rater looks for, without the patterns by which the machine does.
`docs/share.md` explains it. What has a default may be left out of a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Ge, Gt, Le, Len, MaxLen

from trainer.bank.types import SOME_TEXT, Matching, Part
from trainer.bank.types import Identifier as BankName
from trainer.bank.types import Text as BankText
from trainer.exchange.document import (
    Count,
    Identifier,
    Line,
    Moment,
    RatingEntry,
    Seconds,
    SoundEntry,
    WordEntry,
)
from trainer.transcript.types import Source

FORMAT = "interview-trainer-share"
SCHEMA_VERSION = 1
CHECKLIST = "checklist"
"""What a rating of the file says for its rubric: the one that the file has."""

LONGEST_SOUND_S = 20 * 60
"""The recorder ends an answer after a quarter of an hour."""

MOST_SOUND_BYTES = LONGEST_SOUND_S * 32_000
MOST_TEXT_BYTES = 8_000_000
"""Of all but the sound."""

MOST_BYTES = MOST_SOUND_BYTES // 3 * 4 + MOST_TEXT_BYTES
MOST_CHARACTERS = 200_000
MOST_WORDS = 10_000
MOST_PARTS = 120_000
"""Commas outside strings: what each part costs once it is parsed is a hundred times its text."""

MOST_REVIEWS = 50
MOST_COMMENTS = 500
MOST_NAME = 80
MOST_SAID = 4000

Text = Annotated[str, MaxLen(MOST_CHARACTERS)]
Said = Annotated[str, Len(1, MOST_SAID), SOME_TEXT]
PersonName = Annotated[str, Len(1, MOST_NAME), Matching(r"^\S(.*\S)?$")]
Base64 = Annotated[str, MaxLen(MOST_SOUND_BYTES // 3 * 4 + 4), Matching(r"^[A-Za-z0-9+/]+={0,2}$")]


@dataclass(frozen=True, slots=True)
class AskedEntry:
    """What was asked, the time that an answer should take, and why it is asked where known."""

    id: Annotated[str, Len(1, 200)]
    prompt: Line
    lower_s: Count
    upper_s: Count
    intent: Line = ""


@dataclass(frozen=True, slots=True)
class WordsEntry:
    """The words of the answer: the newest version. `sound` is only there with the sound itself."""

    id: Identifier
    source: Source
    text: Text
    words: Annotated[tuple[WordEntry, ...], MaxLen(MOST_WORDS)] | None = None
    answer_s: Seconds | None = None
    sound: SoundEntry | None = None


@dataclass(frozen=True, slots=True)
class CriterionEntry:
    """A point of the checklist: what is asked, what each mark means, what a report says of it."""

    id: BankName
    title: BankText
    asks: BankText
    weight: Annotated[float, Gt(0), Le(10)]
    met: BankText
    partly: BankText
    missed: BankText
    says_met: BankText
    says_partly: BankText
    says_missed: BankText
    opener: BankText
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class FlagEntry:
    """Something that could sound wrong; `penalty` in points of the score."""

    id: BankName
    title: BankText
    says: BankText
    remedy: BankText
    penalty: Annotated[float, Ge(0), Le(50)]


@dataclass(frozen=True, slots=True)
class BandEntry:
    """The word for scores from `from_score` on."""

    from_score: Annotated[float, Ge(0), Le(100)]
    word: BankText


@dataclass(frozen=True, slots=True)
class ChecklistEntry:
    """By what the answer is rated; `values` are what missed, partly and met count."""

    id: BankName
    version: Annotated[str, MaxLen(200)]
    title: BankText
    about: BankText
    formula: BankText
    values: tuple[
        Annotated[float, Ge(0), Le(1)],
        Annotated[float, Ge(0), Le(1)],
        Annotated[float, Ge(0), Le(1)],
    ]
    half_width: Annotated[float, Ge(1), Le(30)]
    bands: Annotated[tuple[BandEntry, ...], Len(1, 20)]
    criteria: Annotated[tuple[CriterionEntry, ...], Len(1, 100)]
    flags: Annotated[tuple[FlagEntry, ...], MaxLen(100)] = ()


@dataclass(frozen=True, slots=True)
class FlacEntry:
    """The sound: FLAC of one channel, 16 bits and 16 kHz without any tags, in base 64."""

    form: Literal["flac"]
    length_s: Seconds
    data: Base64


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """Marks of one person, one for each criterion, or what they say of the whole, or both."""

    id: Identifier
    name: PersonName
    created_at: Moment
    marks: dict[BankName, Annotated[int, Ge(0), Le(2)]] | None = None
    note: Annotated[str, MaxLen(MOST_SAID)] = ""


@dataclass(frozen=True, slots=True)
class CommentEntry:
    """What one person says about words `start` to `end` (excluded)."""

    id: Identifier
    name: PersonName
    created_at: Moment
    start: Count
    end: Count
    text: Said


@dataclass(frozen=True, slots=True)
class ShareFile:
    """One answer, and what others have said of it."""

    format: Literal["interview-trainer-share"]
    schema_version: Literal[1]
    shared_at: Moment
    attempt_id: Identifier
    asked: AskedEntry
    words: WordsEntry
    checklist: ChecklistEntry | None = None
    ratings: Annotated[tuple[RatingEntry, ...], MaxLen(10)] = ()
    sound: FlacEntry | None = None
    reviews: Annotated[tuple[ReviewEntry, ...], MaxLen(MOST_REVIEWS)] = ()
    comments: Annotated[tuple[CommentEntry, ...], MaxLen(MOST_COMMENTS)] = ()
