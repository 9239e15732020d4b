"""A text that was rated and not stored, as JSON and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from trainer.lines.ratings import NO_RATING, rating_json, report_json, report_lines
from trainer.lines.text import wrapped

if TYPE_CHECKING:
    from trainer.bank.types import Question
    from trainer.catalogue import Assessment


def assessment_json(assessment: Assessment, question: Question | None) -> dict[str, object]:
    """Return the rating with its report; `question` is what was answered, if that is known."""
    transcript, rating, score = assessment.transcript, assessment.rating, assessment.score
    return {
        "question": {"id": question.id, "prompt": question.prompt} if question else None,
        **(
            rating_json(transcript, rating, score.value if score else None) if rating else NO_RATING
        ),
        **report_json(assessment.report, transcript, assessment.delivery),
    }


def assessment_lines(assessment: Assessment, question: Question | None) -> Iterator[str]:
    """Yield the same as lines for people."""
    if question:
        yield from wrapped(question.prompt, "Question: ")
    if assessment.rubric:
        yield from wrapped(assessment.rubric.title, "Rubric:   ")
    else:
        yield "This question has no rubric. Only the delivery is reported."
    yield ""
    yield from report_lines(assessment.report)
