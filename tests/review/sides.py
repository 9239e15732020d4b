"""Sides to compare and answers over time: only what a test is about needs to be named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests import fakes
from trainer.analysis.delivery import measure
from trainer.analysis.types import Chances, Rating, Span
from trainer.bank.types import Mark, Part, Rubric
from trainer.review.sides import Side
from trainer.transcript.types import HeardWord, Transcript

CLASSES = {
    "nurse": ("nurse", "nurses", "charge nurse"),
    "senior": ("attending", "consultant", "senior resident"),
    "specialist": ("surgeon", "cardiologist"),
    "ward_place": ("ward", "icu", "emergency room"),
}
LONG = (
    "My score was 209 and I own it. I opened the question bank only three weeks before the exam. "
    "Then I did forty questions a day with Petra, a nurse in Omaha, for four months. "
    "The attending on the ward saw it, and I passed the next exam with 226."
)


def rating(
    marks: Mapping[str, Mark], *, flags: Mapping[str, bool] | None = None, **options: Any
) -> Rating:
    made = Rating(
        rater="machine",
        rubric_id="ownership",
        rubric_version="test",
        scorer_version="1",
        marks=dict(marks),
        flags=dict(flags or {}),
        spans=tuple(
            [Span(0, 2, "criterion", name) for name, mark in marks.items() if mark]
            + [Span(1, 3, "flag", name) for name, raised in (flags or {}).items() if raised]
        ),
    )
    return replace(made, **options)


def side(
    text: str | Transcript = LONG,
    marks: Mapping[str, Mark] | None = None,
    *,
    rubric: Rubric | None = None,
    answer_s: float | None = 60.0,
    **options: Any,
) -> Side:
    words = Transcript.typed(text) if isinstance(text, str) else text
    given = rating(marks) if marks is not None else None
    made = Side(
        attempt_id="a",
        started_at="2024-01-01T10:00:00+00:00",
        created_at="2024-01-01T10:02:00+00:00",
        prompt="What about your score?",
        version=1,
        transcript=words,
        delivery=measure(words, answer_s, 30, 60),
        rubric=(rubric or fakes.rubric()) if given else None,
        rating=given,
        rating_number=1 if given else None,
    )
    return replace(made, **options)


def spoken(text: str, word_s: float = 0.3, gap_s: float = 0.1) -> Transcript:
    """Return a text whose words are heard one by one, every fifth with twice the gap."""
    words, at = [], 1.0
    for number, word in enumerate(text.split()):
        words.append(HeardWord(word, at, at + word_s, 1.0))
        at += word_s + (2 * gap_s if number % 5 == 0 else gap_s)
    return Transcript.heard(words, "vosk")


def story(*lengths: int, marks: Mapping[str, Mark] | None = None, text: str = "word") -> Side:
    """Return a story whose situation, action and result have these numbers of words."""
    names: tuple[Part, ...] = ("situation", "action", "result")
    criteria = tuple(replace(fakes.criterion(name, name), part=name) for name in names)
    ends = [sum(lengths[: k + 1]) for k in range(3)]
    spans = tuple(
        Span(end - length, end, "part", name)
        for name, end, length in zip(names, ends, lengths, strict=True)
        if length
    )
    given = rating({**dict.fromkeys(names, Mark.MISSED), **(marks or {})})
    words = spoken(" ".join((text.split() * 40)[:40]))
    return replace(
        side(words),
        rating=replace(given, spans=(*spans, *given.spans)),
        rubric=replace(fakes.rubric(), criteria=criteria),
        rating_number=1,
    )


UNSURE = {"change": Chances(0.6, 0.45)}
