"""What a rater gives: marks, flags and the words that show them; and figures of delivery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from trainer.bank.types import Mark

Rater = Literal["machine", "self", "peer"]
SpanKind = Literal["criterion", "flag", "part", "candidate"]


class Remark(StrEnum):
    """Why an answer is not coached mark by mark: the report then says only this."""

    EMPTY = "empty"
    QUESTION_REPEATED = "question_repeated"
    OFF_QUESTION = "off_question"
    KEYWORDS = "keywords"
    OTHER_LANGUAGE = "other_language"
    RECITED = "recited"
    CHECKLIST_READ = "checklist_read"


class Note(StrEnum):
    """What a listener should know about the whole answer; it stands beside the marks."""

    PASTED_TWICE = "pasted_twice"
    SOMEBODY_ELSE = "somebody_else"
    CONDITIONAL = "conditional"
    TOO_SHORT = "too_short"
    CUT = "cut"
    NOTHING_HEARD = "nothing_heard"


@dataclass(frozen=True, slots=True)
class Span:
    """Words `start` to `end` (half-open indices into the transcript's words) and what they show.

    `name` is the id of a criterion or flag, or the name of a story part; `reasons` are the ids
    of the cues that were found there, strongest first. A span of kind "candidate" shows the words
    that come nearest to a criterion that is marked missed and not sure.
    """

    start: int
    end: int
    kind: SpanKind
    name: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely raters are to give at least `partly`, and `met`, each 0..1; `met` <= `partly`."""

    partly: float
    met: float

    def of(self, mark: Mark) -> float:
        """Return the chance (0..1) of this very mark."""
        return (1.0 - self.partly, self.partly - self.met, self.met)[mark]


@dataclass(frozen=True, slots=True)
class Rating:
    """One rater's checklist for one transcript.

    Every criterion of the rubric has a mark. From the machine every flag has a value, and a
    criterion marked above missed, and a flag that is raised, has at least one span; people are
    asked for neither. Criterion spans stand in order of
    strength: the first is the one to quote. `unsure` lists criteria whose mark is a guess; of
    those the speaker has since settled `settled`, and they are unsure no more. `chances` holds
    what the machine makes of the criteria that it can weigh, empty for people.
    """

    rater: Rater
    rubric_id: str
    rubric_version: str
    scorer_version: str
    marks: Mapping[str, Mark]
    flags: Mapping[str, bool]
    spans: tuple[Span, ...]
    unsure: tuple[str, ...] = ()
    remark: Remark | None = None
    notes: tuple[Note, ...] = ()
    chances: Mapping[str, Chances] = field(default_factory=dict)
    settled: tuple[str, ...] = ()

    def spans_of(self, kind: SpanKind, name: str) -> tuple[Span, ...]:
        """Return the spans of one criterion, flag or part, strongest first."""
        return tuple(s for s in self.spans if s.kind == kind and s.name == name)


MOST_CANDIDATES = 3
"""Nearest words that are given for a missed criterion: more are hardly read."""

PAUSE_S = 0.4
"""The shortest silence that is called a pause: what a voice detector can be trusted with."""


UM = "um"
"""What every filled pause is counted as, however it sounded or is written."""

Unmeasurable = Literal["words", "sound"]
"""What of an answer is too unclear for its figures: its words, or the sound around the voice."""


@dataclass(frozen=True, slots=True)
class FillerCount:
    """How often a filler was heard: at least `low` times, at most `high`.

    `what` is a spoken filler such as "like", or "um" for every filled pause, however it sounded.
    """

    what: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """Figures beside the rating, never part of it.

    `answer_s` is the time from the first word to the last, of a typed answer the time without
    pauses of the clock, None where it was not measured; `pace_wpm` is words a minute in that
    time, without "um" and its like, None for typed answers. `lower_s` and `upper_s` are the
    question's band. Counts of "I" and "we" include their forms (me, my, us, our).

    Where the sound was measured, `first_word_s` is the time from the key to the first word, and
    between the first word and the last there are `pauses` of at least `PAUSE_S` seconds: the
    longest of `longest_pause_s`, all together `paused_s`. Else all four are None. Where the words
    have times too, `pauses_inside` of them lie inside a clause and `pauses_between` between two;
    `articulation_wpm` is words a minute without the time of those pauses. `fillers` is None where
    nobody has listened for any. What is `unmeasurable` was too unclear: figures that need it are
    None, but for a rough pace by the words of the built-in recogniser; the counts of "I" and "we"
    are then of guessed words, and not to be shown.
    """

    words: int
    answer_s: float | None
    pace_wpm: float | None
    lower_s: int
    upper_s: int
    i_words: int
    we_words: int
    first_word_s: float | None = None
    pauses: int | None = None
    longest_pause_s: float | None = None
    paused_s: float | None = None
    pauses_inside: int | None = None
    pauses_between: int | None = None
    articulation_wpm: float | None = None
    fillers: tuple[FillerCount, ...] | None = None
    unmeasurable: tuple[Unmeasurable, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """A score and its band, all in 0..100. Screens show `low` to `high` and `word` only."""

    value: float
    low: int
    high: int
    word: str
