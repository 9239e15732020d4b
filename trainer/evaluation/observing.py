"""The machine's rating of every answer set beside the marks that people gave."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trainer.analysis.evidence import LONGEST_QUOTE_WORDS
from trainer.analysis.types import Rating
from trainer.catalogue import Catalogue
from trainer.evaluation.conditions import Form, Spoiled, Spoiler, without_case_and_punctuation
from trainer.evaluation.quoting import overlap
from trainer.evaluation.types import (
    MarkedAnswer,
    Seen,
    SeenFlag,
    SeenMark,
    SeenQuote,
    SeenScore,
)
from trainer.transcript.types import Transcript


def cluster_numbers(answers: Sequence[MarkedAnswer]) -> tuple[int, ...]:
    """Return the cluster of each answer: its speaker, or itself where no speaker is named."""
    numbers: dict[tuple[str, str | int], int] = {}
    keys = (
        ("speaker", answer.speaker) if answer.speaker else ("answer", index)
        for index, answer in enumerate(answers)
    )
    return tuple(numbers.setdefault(key, len(numbers)) for key in keys)


def observe(
    answers: Sequence[MarkedAnswer],
    form: Form,
    catalogue: Catalogue,
    spoiler: Spoiler,
    on_answer: Callable[[], None] = lambda: None,
) -> tuple[Seen, str]:
    """Rate all answers in one form of their text; return what was seen, and the rater's version.

    `on_answer` is called after each answer.
    """
    marks: list[SeenMark] = []
    flags: list[SeenFlag] = []
    quotes: list[SeenQuote] = []
    scores: list[SeenScore] = []
    scorer = ""
    for answer, cluster in zip(answers, cluster_numbers(answers), strict=True):
        spoiled = spoiler.spoil(answer.text, form.errors, str(answer.id)) if form.errors else None
        transcript, rating, score = catalogue.rate(
            _text(answer, form, spoiled), answer.rubric, answer.question
        )
        scorer = rating.scorer_version
        marks += _marks(answer, cluster, rating)
        quotes += _quotes(answer, cluster, transcript, rating, spoiled)
        flags += [
            SeenFlag(cluster, name, given, rating.flags[name])
            for name, given in answer.flags.items()
            if given is not None
        ]
        if answer.overall is not None:
            scores.append(SeenScore(cluster, answer.overall, score.value))
        on_answer()
    return Seen(tuple(marks), tuple(flags), tuple(quotes), tuple(scores)), scorer


def _text(answer: MarkedAnswer, form: Form, spoiled: Spoiled | None) -> str:
    if spoiled:
        return spoiled.text
    return without_case_and_punctuation(answer.text) if form.plain else answer.text


def _marks(answer: MarkedAnswer, cluster: int, rating: Rating) -> list[SeenMark]:
    return [
        SeenMark(
            cluster,
            answer.rubric.id,
            name,
            int(given),
            int(rating.marks[name]),
            name not in rating.unsure,
            rating.chances[name].of(rating.marks[name]) if name in rating.chances else None,
        )
        for name, given in answer.marks.items()
        if given is not None
    ]


def _quotes(
    answer: MarkedAnswer,
    cluster: int,
    transcript: Transcript,
    rating: Rating,
    spoiled: Spoiled | None,
) -> list[SeenQuote]:
    """Return what the first quotes are worth, where both gave a mark above missed.

    A mark without a quote is no hit. Of a text with wrong words it is the place that counts.
    """
    seen = []
    for name, given in answer.marks.items():
        wanted = answer.quotes.get(name, ())
        if not given or not rating.marks[name] or not wanted:
            continue
        spans = rating.spans_of("criterion", name)
        hit = False
        if spans:
            start, end = spans[0].start, min(spans[0].end, spans[0].start + LONGEST_QUOTE_WORDS)
            quote = spoiled.right_quote if spoiled else transcript.quote
            hit = any(overlap(quote(start, end), other) for other in wanted)
        seen.append(SeenQuote(cluster, hit))
    return seen
