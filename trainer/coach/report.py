"""A rating put into words: everything that a view needs to show, and nothing about how."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.analysis.evidence import quotes
from trainer.analysis.types import Delivery, Rating, Remark, Score, Span
from trainer.bank.types import Flag, Mark, Rubric
from trainer.coach.advice import Advice, advise
from trainer.display import clock_time
from trainer.session.answer import AnswerClock, Light, Phase
from trainer.transcript.types import Transcript

METHOD = "Keyword check"
METHOD_NOTE = (
    "This is a keyword check. It looks for words that often carry each point. "
    "It can miss a good answer in other words. Read the quotes and judge for yourself."
)

_REMARKS = {
    Remark.EMPTY: "There are no words to rate here yet.",
    Remark.QUESTION_REPEATED: (
        "This is the question itself, not an answer to it. Answer it in your own words."
    ),
    Remark.OFF_QUESTION: (
        "I could not hear the subject of the question in this answer. "
        "Did you answer another question? Read the question again and begin with its subject."
    ),
    Remark.KEYWORDS: (
        "This reads as a list of words, not as sentences. "
        "An interviewer hears a story, so say who did what, in full sentences."
    ),
}


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One line of the checklist: the mark, what it means, and the words that earned it."""

    id: str
    title: str
    mark: Mark
    meaning: str
    comment: str
    quotes: tuple[str, ...]
    unsure: bool


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A raised flag: what it could sound like, and the words."""

    id: str
    title: str
    says: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is said about one transcript of an attempt.

    Where `remark` is set, it is all that is said: `lines`, `flags` and `advice` are empty and
    `score` is None. `delivery` lines stand beside the rating in any case.
    """

    remark: str | None
    score: Score | None
    lines: tuple[CriterionLine, ...]
    flags: tuple[FlagLine, ...]
    advice: Advice | None
    delivery: tuple[str, ...]
    parts: tuple[Span, ...]
    scorer_version: str | None


def compose(
    transcript: Transcript,
    delivery: Delivery,
    rubric: Rubric | None = None,
    rating: Rating | None = None,
    score: Score | None = None,
) -> Report:
    """Return the report of one transcript; without a rating it holds delivery figures only."""
    figures = describe_delivery(delivery)
    if rubric is None or rating is None:
        return Report(None, None, (), (), None, figures, (), None)
    if rating.remark:
        remark = _REMARKS[rating.remark]
        return Report(remark, None, (), (), None, figures, (), rating.scorer_version)
    return Report(
        None,
        score,
        tuple(_criterion_lines(rubric, transcript, rating)),
        tuple(
            _flag_line(flag, transcript, rating)
            for flag in rubric.flags
            if rating.flags.get(flag.id)
        ),
        advise(rubric, transcript, rating),
        figures,
        tuple(span for span in rating.spans if span.kind == "part"),
        rating.scorer_version,
    )


def describe_delivery(delivery: Delivery) -> tuple[str, ...]:
    """Return the delivery figures as short lines."""
    lines = [_plural(delivery.words, "word")]
    if delivery.answer_s is not None:
        light = length_light(delivery.answer_s, delivery.lower_s, delivery.upper_s)
        aim = f"{clock_time(delivery.lower_s)} to {clock_time(delivery.upper_s)}"
        lines.append(f"{clock_time(delivery.answer_s)} long: {light.value} (aim for {aim})")
    if delivery.pace_wpm is not None:
        lines.append(f"{delivery.pace_wpm:.0f} words a minute (a wide guide is 130 to 160)")
    lines.append(f'"I" {_times(delivery.i_words)}, "we" {_times(delivery.we_words)}')
    return tuple(lines)


def length_light(answer_s: float, lower_s: float, upper_s: float) -> Light:
    """Return the light that a finished answer of this length had."""
    clock = AnswerClock(0, lower_s, upper_s, Phase.FINISHED, 0.0, answer_s)
    return clock.light(0.0)


def _criterion_lines(rubric: Rubric, transcript: Transcript, rating: Rating) -> list[CriterionLine]:
    lines = []
    for criterion in rubric.criteria:
        mark = rating.marks[criterion.id]
        feedback = criterion.feedback
        lines.append(
            CriterionLine(
                criterion.id,
                criterion.title,
                mark,
                criterion.marks.of(mark),
                (feedback.missed, feedback.partly, feedback.met)[mark],
                quotes(transcript, rating, "criterion", criterion.id),
                criterion.id in rating.unsure,
            )
        )
    return lines


def _flag_line(flag: Flag, transcript: Transcript, rating: Rating) -> FlagLine:
    return FlagLine(flag.id, flag.title, flag.says, quotes(transcript, rating, "flag", flag.id))


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
