"""Filled pauses: where they may be, and in one line who counted how many.

What people counted by ear goes before what the sound alone tells.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trainer.analysis.types import FillerCount
from trainer.display import one_line
from trainer.store.types import FillerReview
from trainer.transcript.types import FilledPause, Transcript

WORDS_AROUND = 3
REACTION_S = 0.3
"""A key comes this much after what was heard; 0.2 to 0.4 s is usual for a sound that is awaited."""
ADDED_S = 0.4
"""How long a moment is that was added by key: a usual "um"."""
_BY = {"self": "by your ear", "peer": "by a listener"}
MATCH_S = 1.0
"""A mark that came while listening belongs to a sound that was found this near to it."""

_SAME_S = 0.05  # a moment that was stored and one that was found again are one


@dataclass(frozen=True, slots=True)
class Moment:
    """A place that may be a filled pause, in seconds, with the words around it.

    `counted` tells whether it is taken for one; `chance` is the machine's, None where a person
    added the moment.
    """

    start_s: float
    end_s: float
    before: str
    after: str
    counted: bool
    chance: float | None


def list_moments(words: Transcript, reviews: Iterable[FillerReview]) -> tuple[Moment, ...]:
    """Return where filled pauses may be, in order: as the speaker left them, else as found.

    Until somebody says otherwise those that are likely ones are counted.
    """
    from trainer.transcript.filled_pauses import LIKELY  # 10 ms that a report can do without

    around = _Around(words)
    found = (words.sound.filled if words.sound else None) or ()
    kept = next((r.moments for r in newest_reviews(reviews) if r.moments is not None), None)
    if kept is None:
        return tuple(around.moment(p.start_s, p.end_s, p.chance >= LIKELY, p) for p in found)
    left = [p for p in found if not any(_same(p, moment) for moment in kept)]
    named = ((start_s, end_s, True, _pause_at(found, start_s, end_s)) for start_s, end_s in kept)
    dropped = ((p.start_s, p.end_s, False, p) for p in left)
    return tuple(around.moment(*one) for one in sorted((*named, *dropped), key=lambda m: m[:2]))


def heard_moment(words: Transcript, at_s: float) -> Moment:
    """Return the moment that a person heard who pressed a key at this second of the sound."""
    end_s = max(ADDED_S, at_s - REACTION_S)
    return _Around(words).moment(round(end_s - ADDED_S, 2), round(end_s, 2), True, None)


def marked_moments(words: Transcript, at_s: Iterable[float]) -> tuple[tuple[float, float], ...]:
    """Return what a listener heard whose key came at these seconds, as (start, end), in order.

    Marks and sounds that were found are paired, the nearest first, up to `MATCH_S` apart; a mark
    without such a sound stands alone.
    """
    marks = tuple(at_s)
    found = (words.sound.filled if words.sound else None) or ()
    near = sorted(
        (distance, mark, place)
        for mark, at in enumerate(marks)
        for place, pause in enumerate(found)
        if (distance := _distance(pause, max(0.0, at - REACTION_S))) <= MATCH_S
    )
    paired: dict[int, int] = {}
    for _, mark, place in near:
        if mark not in paired and place not in paired.values():
            paired[mark] = place
    heard = [(found[place].start_s, found[place].end_s) for place in paired.values()]
    for mark, at in enumerate(marks):
        if mark not in paired:
            alone = heard_moment(words, at)
            heard.append((alone.start_s, alone.end_s))
    return tuple(sorted(heard))


def _distance(pause: FilledPause, at_s: float) -> float:
    return max(pause.start_s - at_s, at_s - pause.end_s, 0.0)


class _Around:
    """Words by when they are heard, so that each moment finds those around it at once."""

    def __init__(self, words: Transcript) -> None:
        timed = sorted(
            ((w.start_s + w.end_s) / 2, at)
            for at, w in enumerate(words.words)
            if w.start_s is not None and w.end_s is not None
        )
        self._middles_s = [middle_s for middle_s, _ in timed]
        self._texts = [words.quote(at, at + 1) for _, at in timed]

    def moment(
        self, start_s: float, end_s: float, counted: bool, found: FilledPause | None
    ) -> Moment:
        """Return a moment with the words before and after it."""
        at = bisect_left(self._middles_s, (start_s + end_s) / 2)
        return Moment(
            start_s,
            end_s,
            " ".join(self._texts[max(0, at - WORDS_AROUND) : at]),
            " ".join(self._texts[at : at + WORDS_AROUND]),
            counted,
            found.chance if found else None,
        )


def _pause_at(found: Sequence[FilledPause], start_s: float, end_s: float) -> FilledPause | None:
    return next((pause for pause in found if _same(pause, (start_s, end_s))), None)


def _same(pause: FilledPause, moment: tuple[float, float]) -> bool:
    start_s, end_s = moment
    return abs(pause.start_s - start_s) <= _SAME_S and abs(pause.end_s - end_s) <= _SAME_S


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
        first, *others = (f"{_times(one.count, one.count)} {_by(one)}" for one in counted)
        line = ", ".join((f'"um" {first}', *others))
        return f"{line} (from the sound alone: {_times(found.low, found.high)})" if found else line
    if found is None:
        return None
    if not found.high:
        return 'no "um" found in the sound'
    if not found.low:
        return f'"um" at most {_times(found.high, found.high)} (from the sound)'
    about = "about " if found.low != found.high else ""
    return f'"um" {about}{_times(found.low, found.high)} (from the sound)'


def _by(review: FillerReview) -> str:
    return f"by {one_line(review.rater_name)}" if review.rater_name else _BY[review.rater]


def _times(low: int, high: int) -> str:
    if low != high:
        return f"{low} to {high} times"
    return "once" if low == 1 else f"{low} times"
