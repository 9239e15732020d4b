"""The figures of delivery in words: short, true, and silent about what could not be measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from trainer.analysis.types import PAUSE_S, UM, Delivery, FillerCount
from trainer.calibration.types import Baseline
from trainer.coach.fillers import describe_um
from trainer.display import clock_time
from trainer.session.answer import AnswerClock, Light, Phase
from trainer.store.types import FillerReview

GUESSED = (
    "Not measurable: too many words are unsure, so a score would be a guess. Correct the words, or "
    "accept them if they are right: then there is a score. Next time a quieter room, a microphone "
    "near your mouth or another speech model helps."
)
"""In place of a score, where the words are mostly guessed."""
_NOT_MEASURABLE = "not measurable"
_NOISY = "the room is too noisy. A quieter room or another microphone helps"
_LONGEST_START_S = 5.0  # of silence before the answer
_MOST_NAMED = 4  # spoken fillers in one line
_SHORTEST_ANSWER_S = 30.0  # for a word about fillers a minute


def describe_delivery(
    delivery: Delivery,
    baseline: Baseline | None = None,
    reviews: Iterable[FillerReview] = (),
    *,
    spoken: bool = True,
) -> tuple[str, ...]:
    """Return the delivery figures as short lines.

    `baseline` is the speaker's own pace while reading. What people counted by ear (`reviews`)
    goes before the machine's count of filled pauses. An answer that is not `spoken` was typed: so
    were its fillers.
    """
    heard = delivery.pauses is not None
    worded = delivery.words > 0 or not heard
    lines = [_plural(delivery.words, "word")] if worded else []
    if delivery.answer_s is not None:
        light = length_light(delivery.answer_s, delivery.lower_s, delivery.upper_s)
        aim = f"{clock_time(delivery.lower_s)} to {clock_time(delivery.upper_s)}"
        # The clock on the screen has counted the silence before and after too.
        long = "long" if delivery.first_word_s is None else "from the first word to the last"
        lines.append(f"{clock_time(delivery.answer_s)} {long}: {light.value} (aim for {aim})")
    lines += _pace(delivery, baseline)
    lines += _pauses(delivery)
    lines += _fillers(delivery, reviews, spoken)
    if worded and not is_guessed(delivery):
        lines.append(f'"I" {_times(delivery.i_words)}, "we" {_times(delivery.we_words)}')
    return (*lines, *_missing(delivery))


def is_guessed(delivery: Delivery) -> bool:
    """Whether the words of an answer are too unsure for a score and for figures."""
    return "words" in delivery.unmeasurable


def delivery_json(delivery: Delivery) -> dict[str, object]:
    """Return the figures for JSON: null where they were not, or cannot be, measured."""
    figures = asdict(delivery)
    if is_guessed(delivery):
        figures |= {"i_words": None, "we_words": None}
    # without a question there are no times to aim for
    return figures | {"lower_s": delivery.lower_s or None, "upper_s": delivery.upper_s or None}


def length_light(answer_s: float, lower_s: float, upper_s: float) -> Light:
    """Return the light that a finished answer of this length had."""
    clock = AnswerClock(0, lower_s, upper_s, Phase.FINISHED, 0.0, answer_s)
    return clock.light(0.0)


def _pace(delivery: Delivery, baseline: Baseline | None) -> Iterator[str]:
    pace, articulation = delivery.pace_wpm, delivery.articulation_wpm
    if pace is None:
        return
    if is_guessed(delivery):
        yield f"about {round(pace, -1):.0f} words a minute (rough, as the words are)"
        return
    line = f"{pace:.0f} words a minute"
    if articulation is not None:
        line += f", {articulation:.0f} without pauses"
    if baseline is None:
        yield f"{line} (a wide guide is 130 to 160)"
        return
    own = f"{baseline.pace_wpm:.0f}"
    if articulation is not None:
        own += f" and {baseline.articulation_wpm:.0f}"
    yield f"{line} (when you read aloud: {own})"


def _pauses(delivery: Delivery) -> Iterator[str]:
    if delivery.first_word_s is not None:
        usual = f"up to {_LONGEST_START_S:.0f} s is usual"
        yield f"first word after {delivery.first_word_s:.1f} s ({usual})"
    if delivery.pauses == 0:
        yield f"no pause of {PAUSE_S} s or more"
    elif delivery.pauses:
        count = _plural(delivery.pauses, "pause")
        longest, total = delivery.longest_pause_s or 0.0, delivery.paused_s or 0.0
        extent = f"the longest {longest:.1f} s, together {total:.1f} s"
        if delivery.pauses == 1:
            extent = f"{longest:.1f} s"
        yield f"{count} of {PAUSE_S} s or more: {extent} ({_place(delivery)})"


def _place(delivery: Delivery) -> str:
    inside, between = delivery.pauses_inside, delivery.pauses_between
    if inside is None or between is None:
        return "between sentences they help; inside one they are noticed more"
    if not inside:
        return "between sentences, where they help"
    if not between:
        return "inside sentences, where they are noticed more"
    return f"{inside} inside sentences; {between} between them, where they help"


def _fillers(delivery: Delivery, reviews: Iterable[FillerReview], spoken: bool) -> Iterator[str]:
    counts = delivery.fillers or ()
    um = next((count for count in counts if count.what == UM), None)
    named = [count for count in counts if count.high and (count.what != UM or not spoken)]
    counted = describe_um(um if spoken else None, reviews)
    if counted:
        yield counted
    if named:
        yield ", ".join(
            f'"{_written(count.what)}" {_range(count)}' for count in named[:_MOST_NAMED]
        )


def _missing(delivery: Delivery) -> Iterator[str]:
    """Say what could not be measured, why, and what helps."""
    if is_guessed(delivery):
        pace = "" if delivery.pace_wpm is not None else "pace, "
        yield f'{pace}"I" and "we", spoken fillers: {_NOT_MEASURABLE}, too many words are unsure'
    if "sound" in delivery.unmeasurable:
        yield f'pauses, first word, "um": {_NOT_MEASURABLE}, {_NOISY}'


def _written(what: str) -> str:
    return "I mean" if what == "i mean" else what


def _range(count: FillerCount) -> str:
    if count.low == count.high:
        return _times(count.low)
    return f"{count.low} to {count.high} times" if count.low else f"up to {_times(count.high)}"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
