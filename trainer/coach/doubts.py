"""Marks that are not sure, as questions to the speaker with the words to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trainer.analysis.evidence import doubts as unsure_in
from trainer.analysis.settling import other_words
from trainer.analysis.types import Rating, SpanKind
from trainer.bank.types import Criterion, Mark, MarkMeanings, Rubric
from trainer.coach.people import listed
from trainer.display import one_line
from trainer.store.types import AttemptRecord, StoredTranscript
from trainer.transcript.types import Transcript


@dataclass(frozen=True, slots=True)
class Choice:
    """Words `start` to `end` of the transcript, their text, and the unsure ones among them."""

    start: int
    end: int
    quote: str
    unsure: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is asked about one criterion.

    `mark` is the machine's best guess, or the speaker's decision where it is `settled`. `found`
    are the words of that mark, strongest first; of a missed one the words that come nearest.
    `others` are the other clauses of the answer, in order.
    """

    criterion_id: str
    title: str
    asks: str
    meanings: MarkMeanings
    mark: Mark
    settled: bool
    found: tuple[Choice, ...]
    others: tuple[Choice, ...]


def doubts(
    rubric: Rubric, transcript: Transcript, rating: Rating, *, settled: bool = False
) -> tuple[Doubt, ...]:
    """Return the questions about what is not sure, in the order of the rubric.

    With `settled` those about what the speaker has settled already. None where a remark stands in
    place of marks.
    """
    names = () if rating.remark else rating.settled if settled else rating.unsure
    asked = (criterion for criterion in rubric.criteria if criterion.id in names)
    return tuple(_doubt(criterion, transcript, rating) for criterion in asked)


def tell_reopened(
    record: AttemptRecord, words: StoredTranscript, rating: Rating, rubric: Rubric
) -> str | None:
    """Say which points the speaker had settled, and no longer has since the words were changed.

    None where there are none. `rating` is the newest one of these `words`.
    """
    earlier = record.transcripts[: record.transcripts.index(words)]
    ratings = (record.rating_of(version) for version in earlier)
    had = {name for stored in ratings if stored for name in stored.rating.settled}
    lost = [one for one in rubric.criteria if one.id in had.difference(rating.settled)]
    if not lost:
        return None
    titles = listed([f"“{one_line(criterion.title)}”" for criterion in lost])
    them = "it" if len(lost) == 1 else "them"
    return (
        f"Before the words were changed you had settled {titles}. The machine marks {them} again."
    )


def _doubt(criterion: Criterion, transcript: Transcript, rating: Rating) -> Doubt:
    mark = rating.marks[criterion.id]
    kind: SpanKind = "candidate" if mark is Mark.MISSED else "criterion"
    spans = rating.spans_of(kind, criterion.id)
    return Doubt(
        criterion.id,
        criterion.title,
        criterion.asks,
        criterion.marks,
        mark,
        criterion.id in rating.settled,
        _choices(transcript, ((span.start, span.end) for span in spans)),
        _choices(transcript, other_words(transcript, spans)),
    )


def _choices(transcript: Transcript, places: Iterable[tuple[int, int]]) -> tuple[Choice, ...]:
    return tuple(
        Choice(start, end, quote, unsure_in(transcript, quote))
        for start, end in places
        for quote in (transcript.quote(start, end),)
    )
