"""How the raters of answers agree: side by side, who is lenient, and where they differ.

Only marks that were given by one form, a version of a rubric, are set beside each other. The marks
of the machine are those before the speaker settled any. Steps are of one mark: missed, partly, met.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Protocol

from trainer.agreement.measures import kappa, mean_row, share, table_row
from trainer.agreement.resampling import Resampler
from trainer.agreement.types import Figure
from trainer.analysis.types import Rater, Span
from trainer.bank.types import Mark, MarkMeanings, Rubric
from trainer.coach.people import name_of
from trainer.review.sides import DecodeRubric
from trainer.store.types import AttemptRecord, StoredRating, StoredTranscript

if TYPE_CHECKING:
    from trainer.agreement.measures import Sums

LEAST_SESSIONS = 5
"""Of fewer no interval is told: drawn again and again, so few would look far too sure."""

MOST_PAIRS = 40
MOST_DISAGREEMENTS = 200
_LONGEST_QUOTE = 30  # words
_ORDER: Mapping[Rater, int] = {"self": 0, "peer": 1, "machine": 2}


@dataclass(frozen=True, slots=True)
class Who:
    """A rater. `name` is a person's, empty for the machine, for the user and where none was given.

    "self" is who gave the answer: the user, unless a name says otherwise.
    """

    rater: Rater
    name: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What one rater gave by the form, and said beside it."""

    who: Who
    marks: Mapping[str, Mark]
    comment: str = ""


class Point(Protocol):
    """A criterion as far as raters need it: of a rubric, or of the form of a shared round."""

    @property
    def id(self) -> str:
        """Its name in the marks."""

    @property
    def title(self) -> str:
        """What to call it."""

    @property
    def asks(self) -> str:
        """What the rater looks for."""

    @property
    def marks(self) -> MarkMeanings:
        """What each mark means."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an answer, and the seconds of its sound where they stand; None without times.

    `words` are their places in the version that the machine rated, the end excluded.
    `is_proof` tells that the machine's mark rests on them; else they only come nearest.
    """

    text: str
    start_s: float | None
    end_s: float | None
    is_proof: bool
    words: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion with the mark of each rater, in the order of those who gave; None: none."""

    criterion: Point
    marks: tuple[Mark | None, ...]
    quote: Quote | None

    @property
    def step(self) -> int:
        """How far the lowest and the highest mark lie apart: 0 to 2."""
        found = [mark for mark in self.marks if mark is not None]
        return max(found) - min(found) if found else 0


@dataclass(frozen=True, slots=True)
class RatedAnswer:
    """An answer that at least two raters have marked by the same form.

    `session_id` is that of the shared session, or else of the practice. `recording` is the name of
    the file with the sound, which may be gone.
    """

    attempt_id: str
    session_id: str
    started_at: str
    prompt: str
    rubric: Rubric
    given: tuple[Given, ...]
    lines: tuple[Line, ...]
    recording: str | None = None


@dataclass(frozen=True, slots=True)
class Leniency:
    """How much more (above 0) or less a rater gives than the others for the same: steps a mark."""

    who: Who
    marks: int
    answers: int
    step: Figure

    @property
    def is_sure(self) -> bool:
        """Whether the interval lies on one side of nought."""
        low, high = self.step.low, self.step.high
        return low is not None and high is not None and (low > 0 or high < 0)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two raters who marked the same: the weighted kappa, and how many marks are equal."""

    one: Who
    other: Who
    marks: int
    answers: int
    sessions: int
    equal: int
    kappa: Figure


@dataclass(frozen=True, slots=True)
class Apart:
    """How far raters lie apart in one criterion: `equal` of `pairs` of marks are the same."""

    rubric_id: str
    criterion_id: str
    title: str
    pairs: int
    equal: int
    step: float


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A criterion of an answer that raters marked differently, with the words to listen to."""

    answer: RatedAnswer
    line: Line


@dataclass(frozen=True, slots=True)
class SessionShare:
    """How many of the `pairs` of marks in one session are `equal`; `began` is its first answer."""

    session_id: str
    began: str
    answers: int
    pairs: int
    equal: int


@dataclass(frozen=True, slots=True)
class RaterAgreement:
    """Everything about all answers. `pairs` beyond `MOST_PAIRS` are left out, those of least marks.

    `disagreements` are the widest first, then the newest; at most `MOST_DISAGREEMENTS`.
    `over_time` has each session, the oldest first.
    """

    answers: int
    sessions: int
    leniency: tuple[Leniency, ...]
    pairs: tuple[Pair, ...]
    criteria: tuple[Apart, ...]
    disagreements: tuple[Disagreement, ...]
    differing: int
    over_time: tuple[SessionShare, ...] = ()


def rated_answer(record: AttemptRecord, decode: DecodeRubric) -> RatedAnswer | None:
    """Return what raters gave an answer side by side; None where fewer than two used one form.

    It is the form that most raters used, the newest of equals. `decode` reads a stored rubric.
    """
    newest = _newest_by_form(record)
    if not newest:
        return None
    form = max(newest, key=lambda one: (len(newest[one]), _last(record, newest[one])))
    ratings = newest[form]
    if len(ratings) < 2:
        return None
    rubric = next(filter(None, (decode(r.rubric_json) for r in ratings.values())), None)
    if rubric is None:
        return None
    given = tuple(
        Given(who, ratings[who].rating.marks, ratings[who].comment)
        for who in sorted(
            ratings, key=lambda who: (_ORDER[who.rater], who.name.casefold(), who.name)
        )
    )
    machine = ratings.get(Who("machine"))
    words = next((t for t in record.transcripts if machine and t.id == machine.transcript_id), None)
    attempt = record.attempt
    return RatedAnswer(
        attempt.id,
        record.shared.session_id if record.shared else attempt.session_id,
        attempt.started_at,
        attempt.prompt,
        rubric,
        given,
        tuple(
            Line(
                criterion,
                tuple(one.marks.get(criterion.id) for one in given),
                quote_for(criterion.id, words, machine),
            )
            for criterion in rubric.criteria
        ),
        attempt.recording,
    )


def find_agreement(
    answers: Iterable[RatedAnswer], resampler: Resampler | None = None
) -> RaterAgreement:
    """Return how raters agree over answers; intervals are those of drawing whole sessions."""
    known = tuple(answers)
    draws = resampler or Resampler()
    apart = sorted(
        (
            Disagreement(answer, line)
            for answer in sorted(known, key=lambda a: a.started_at, reverse=True)
            for line in answer.lines
            if line.step
        ),
        key=lambda one: -one.line.step,
    )
    return RaterAgreement(
        len(known),
        len({answer.session_id for answer in known}),
        tuple(_leniency(known, draws)),
        _pairs(known, draws),
        tuple(_criteria(known)),
        tuple(apart[:MOST_DISAGREEMENTS]),
        len(apart),
        _over_time(known),
    )


def _newest_by_form(record: AttemptRecord) -> dict[tuple[str, str], dict[Who, StoredRating]]:
    found: dict[tuple[str, str], dict[Who, StoredRating]] = defaultdict(dict)
    for stored in record.ratings:
        rating = stored.rating
        if rating.remark is None and not rating.settled and rating.marks:
            who = Who(rating.rater, name_of(record, stored))
            found[rating.rubric_id, rating.rubric_version][who] = stored
    return found


def _last(record: AttemptRecord, ratings: Mapping[Who, StoredRating]) -> int:
    return max(record.ratings.index(stored) for stored in ratings.values())


def quote_for(
    criterion_id: str, words: StoredTranscript | None, machine: StoredRating | None
) -> Quote | None:
    """Return the words that the machine's mark rests on, else the nearest; None without any.

    `words` are those that the machine rated.
    """
    if words is None or machine is None:
        return None
    for kind in ("criterion", "candidate"):
        for span in machine.rating.spans:
            if (span.kind, span.name) == (kind, criterion_id):
                return _quoted(words, span)
    return None


def _quoted(words: StoredTranscript, span: Span) -> Quote | None:
    transcript = words.transcript
    found = transcript.words[span.start : min(span.end, span.start + _LONGEST_QUOTE)]
    if not found:
        return None
    more = " ..." if span.end - span.start > _LONGEST_QUOTE else ""
    return Quote(
        transcript.text[found[0].start : found[-1].end] + more,
        next((word.start_s for word in found if word.start_s is not None), None),
        next((word.end_s for word in reversed(found) if word.end_s is not None), None),
        span.kind == "criterion",
        (span.start, span.start + len(found)),
    )


def _leniency(answers: Sequence[RatedAnswer], draws: Resampler) -> Iterator[Leniency]:
    """Yield for each rater by how much they lie above the mean of all others, the most first."""
    rows: dict[Who, list[tuple[str, list[float]]]] = defaultdict(list)
    times: Counter[Who] = Counter()
    for answer in answers:
        seen = set()
        for line in answer.lines:
            marked = _marked(answer, line)
            for who, mark in marked:
                others = [other for one, other in marked if one != who]
                if others:
                    step = mark - sum(others) / len(others)
                    rows[who].append((answer.session_id, mean_row(step)))
                    seen.add(who)
        times.update(seen)
    found = [
        Leniency(who, len(steps), times[who], _figure(draws, steps, share))
        for who, steps in rows.items()
    ]
    yield from sorted(found, key=lambda one: (-(one.step.value or 0.0), one.who.name))


def _pairs(answers: Sequence[RatedAnswer], draws: Resampler) -> tuple[Pair, ...]:
    marks: dict[tuple[Who, Who], list[tuple[RatedAnswer, Mark, Mark]]] = defaultdict(list)
    for answer in answers:
        for line in answer.lines:
            for (one, given), (other, found) in combinations(_marked(answer, line), 2):
                marks[one, other].append((answer, given, found))
    most = sorted(marks, key=lambda pair: -len(marks[pair]))[:MOST_PAIRS]
    return tuple(_pair(pair, marks[pair], draws) for pair in most)


def _pair(
    pair: tuple[Who, Who], marks: Sequence[tuple[RatedAnswer, Mark, Mark]], draws: Resampler
) -> Pair:
    rows = [(answer.session_id, table_row(given, found)) for answer, given, found in marks]
    return Pair(
        *pair,
        marks=len(marks),
        answers=len({answer.attempt_id for answer, _, _ in marks}),
        sessions=len({answer.session_id for answer, _, _ in marks}),
        equal=sum(given == found for _, given, found in marks),
        kappa=_figure(draws, rows, kappa),
    )


def _criteria(answers: Sequence[RatedAnswer]) -> Iterator[Apart]:
    """Yield the criteria that raters lie apart in, the widest first."""
    titles: dict[tuple[str, str], str] = {}
    steps: dict[tuple[str, str], list[int]] = defaultdict(list)
    for answer in answers:
        for line in answer.lines:
            key = (answer.rubric.id, line.criterion.id)
            titles[key] = line.criterion.title
            marks = [mark for _, mark in _marked(answer, line)]
            steps[key] += [abs(one - other) for one, other in combinations(marks, 2)]
    found = [
        Apart(*key, titles[key], len(apart), apart.count(0), sum(apart) / len(apart))
        for key, apart in steps.items()
        if apart
    ]
    yield from sorted(found, key=lambda one: (-one.step, one.rubric_id, one.title))


def _over_time(answers: Sequence[RatedAnswer]) -> tuple[SessionShare, ...]:
    sessions: dict[str, list[RatedAnswer]] = defaultdict(list)
    for answer in sorted(answers, key=lambda one: one.started_at):
        sessions[answer.session_id].append(answer)
    shares = []
    for session_id, given in sessions.items():
        same = [
            one == other
            for answer in given
            for line in answer.lines
            for (_, one), (_, other) in combinations(_marked(answer, line), 2)
        ]
        shares.append(
            SessionShare(session_id, given[0].started_at, len(given), len(same), sum(same))
        )
    return tuple(shares)


def _marked(answer: RatedAnswer, line: Line) -> list[tuple[Who, Mark]]:
    pairs = zip(answer.given, line.marks, strict=True)
    return [(given.who, mark) for given, mark in pairs if mark is not None]


def _figure(
    draws: Resampler, rows: Sequence[tuple[str, list[float]]], measure: Callable[[Sums], Sums]
) -> Figure:
    figure = draws.figure(rows, measure)
    enough = len({session for session, _ in rows}) >= LEAST_SESSIONS
    return figure if enough else Figure(figure.value)
