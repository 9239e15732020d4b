"""Filled pauses of a stored answer as JSON and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from trainer.display import clock_time, one_line
from trainer.lines.text import table, wrapped

if TYPE_CHECKING:
    from trainer.coach.fillers import Moment
    from trainer.recall import AttemptView

_BY = {"self": "you", "peer": "listener"}


def fillers_json(view: AttemptView, moments: Sequence[Moment]) -> dict[str, object]:
    """Return the moments and every count, as `trainer history fillers --help` tells."""
    return {
        "moments": [
            {
                "start_s": moment.start_s,
                "end_s": moment.end_s,
                "chance": moment.chance,
                "counted": moment.counted,
                "before": moment.before,
                "after": moment.after,
            }
            for moment in moments
        ],
        "counts": [
            {
                "by": _BY[review.rater],
                "name": review.rater_name,
                "count": review.count,
                "created_at": review.created_at,
            }
            for review in view.record.filler_reviews
        ],
    }


def filler_lines(view: AttemptView, moments: Sequence[Moment]) -> Iterator[str]:
    """Yield the moments as a table, then who counted how many."""
    sound = view.transcript.transcript.sound
    if sound is None or sound.filled is None:
        yield "Nobody has listened for an um in this answer: its sound was not searched."
    elif not moments:
        yield "No um was found in the sound."
    else:
        yield from table(("At", "Long", "Counted", "Words around it"), [*map(_row, moments)])
    for review in view.record.filler_reviews:
        name = one_line(review.rater_name) or "A listener"
        who = "You" if review.rater == "self" else name
        yield from wrapped(f"{who} counted {review.count}.")


def _row(moment: Moment) -> tuple[str, ...]:
    words = one_line(f"{moment.before} ... {moment.after}", 50)
    length = f"{moment.end_s - moment.start_s:.1f} s"
    return clock_time(moment.start_s), length, "yes" if moment.counted else "no", words
