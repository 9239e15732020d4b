"""Rows made of whole records, said as plainly as can be: what narrow rows must be the same as."""

from __future__ import annotations

from trainer.analysis.measurable import is_spoken
from trainer.analysis.ranges import measure_figures
from trainer.review.rows import Row
from trainer.review.sides import DecodeRubric, side_of
from trainer.store.types import AttemptRecord, counted_by_ear


def whole_row(record: AttemptRecord, decode: DecodeRubric) -> Row:
    side, attempt = side_of(record, decode), record.attempt
    shown = side.rating if side.is_rated else None
    rubric = side.rubric
    flags = rubric.flags if rubric else ()
    own = [stored.rating for stored in record.ratings if stored.rating.rater == "self"]
    return Row(
        attempt_id=attempt.id,
        started_at=attempt.started_at,
        bank_id=attempt.bank_id,
        question_id=attempt.question_id,
        rubric_id=attempt.rubric_id,
        rubric_title=rubric.title if rubric else "",
        scorer=shown.scorer_version if shown else None,
        is_follow_up=attempt.probe_of is not None,
        score=side.score,
        marks=dict(shown.marks) if shown else {},
        unsure=frozenset(shown.unsure) if shown else frozenset(),
        settled=frozenset(shown.settled) if shown else frozenset(),
        flags=dict(shown.flags) if shown else {},
        titles={one.id: one.title for one in (*(rubric.criteria if rubric else ()), *flags)},
        says={flag.id: flag.says for flag in flags},
        self_marks=dict(own[-1].marks) if own else {},
        figures=measure_figures(
            [(word.start_s, word.end_s) for word in side.transcript.words],
            side.delivery,
            counted_by_ear(side.reviews),
            is_spoken=is_spoken(side.transcript),
        ),
        time_s=side.delivery.answer_s or 0.0,
    )
