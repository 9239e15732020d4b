"""Marked answers, what was seen of them, and the figures of an evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.agreement.types import Figure, Share
from trainer.bank.types import Mark, Rubric


@dataclass(frozen=True, slots=True)
class MarkedAnswer:
    """One line of a file of marked answers: what was said, and what people made of it.

    A mark or flag that is None, or not there, is not measured. `quotes` are words that a person
    would give as proof of a mark; `overall` is an impression in 1..5.
    """

    id: str | int
    speaker: str | None
    rubric: Rubric
    question: str
    text: str
    marks: Mapping[str, Mark | None]
    flags: Mapping[str, bool | None]
    quotes: Mapping[str, tuple[str, ...]]
    overall: float | None


@dataclass(frozen=True, slots=True)
class SeenMark:
    """A person's mark beside the machine's. `confidence` in 0..1, None where none is given."""

    cluster: int
    rubric: str
    criterion: str
    given: int
    found: int
    sure: bool = True
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class SeenFlag:
    """Whether a person raised a flag, and whether the machine did."""

    cluster: int
    flag: str
    given: bool
    found: bool


@dataclass(frozen=True, slots=True)
class SeenQuote:
    """Whether the machine's first quote shares words with one of a person's."""

    cluster: int
    hit: bool


@dataclass(frozen=True, slots=True)
class SeenScore:
    """A person's impression of an answer (1..5) beside the machine's score (0..100)."""

    cluster: int
    overall: float
    score: float


@dataclass(frozen=True, slots=True)
class Seen:
    """All that one rater gave for all answers, beside what people gave.

    Clusters are numbers from 0: the speakers, or the answer itself where no speaker is named.
    """

    marks: tuple[SeenMark, ...]
    flags: tuple[SeenFlag, ...] = ()
    quotes: tuple[SeenQuote, ...] = ()
    scores: tuple[SeenScore, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well marks agree. The shares are of the marks that people gave."""

    marks: int
    kappa: Figure
    missed_as_met: Share
    met_as_missed: Share


@dataclass(frozen=True, slots=True)
class FlagFigures:
    """Flags: of those that the machine raised, how many people raised; and the other way round."""

    name: str
    precision: Share
    recall: Share


@dataclass(frozen=True, slots=True)
class Condition:
    """The figures over the whole file for one form of its text."""

    name: str
    marks: Agreement
    flags: FlagFigures
    evidence: Share
    overall: Figure


@dataclass(frozen=True, slots=True)
class Part:
    """The agreement on a part of the marks: a rubric, a criterion of one, or a speaker."""

    name: str
    answers: int
    marks: Agreement
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Agreement on the surest marks. `kept` is the share of all marks that was asked for.

    The kappa is None where marks are equally sure, so that nothing tells which of them to keep.
    """

    kept: float
    kappa: Figure


@dataclass(frozen=True, slots=True)
class Sureness:
    """What "not sure" is worth.

    `sure` are the marks that are not called unsure, and `unsure` the others; the curves go from
    all marks to the surest half. `by_confidence` is empty for a rater that gives no confidence.
    """

    sure: Agreement
    unsure: Agreement
    by_unsure: tuple[Coverage, ...]
    by_confidence: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The report on one file. Parts, flags and sureness are of the text as typed."""

    scorer: str
    answers: int
    speakers: int
    clusters: int
    resamples: int
    seed: int
    conditions: tuple[Condition, ...]
    baselines: tuple[Part, ...]
    rubrics: tuple[Part, ...]
    flags: tuple[FlagFigures, ...]
    sureness: Sureness
    by_speaker: tuple[Part, ...]
