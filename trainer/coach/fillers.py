"""Filled pauses in one line: what people counted by ear goes before what the sound alone tells."""

from __future__ import annotations

from collections.abc import Iterable

from trainer.analysis.types import FillerCount
from trainer.store.types import FillerReview

_BY = {"self": "by your ear", "peer": "by a listener"}


def newest_reviews(reviews: Iterable[FillerReview]) -> tuple[FillerReview, ...]:
    """Return the newest count of the speaker and of a listener, as far as there are any."""
    newest = {review.rater: review for review in reviews}
    return tuple(newest[rater] for rater in _BY if rater in newest)


def describe_um(found: FillerCount | None, reviews: Iterable[FillerReview] = ()) -> str | None:
    """Return how often there was an "um", and who counted; None where nobody has listened.

    `found` is what the sound alone tells, None where it was not searched.
    """
    counted = newest_reviews(reviews)
    if counted:
        first, *others = (f"{_times(one.count, one.count)} {_BY[one.rater]}" for one in counted)
        line = ", ".join((f'"um" {first}', *others))
        return f"{line} (from the sound alone: {_times(found.low, found.high)})" if found else line
    if found is None:
        return None
    if not found.high:
        return 'no "um" found in the sound'
    about = "about " if found.low != found.high else ""
    return f'"um" {about}{_times(found.low, found.high)} (from the sound)'


def _times(low: int, high: int) -> str:
    if low != high:
        return f"{low} to {high} times"
    return "once" if low == 1 else f"{low} times"
