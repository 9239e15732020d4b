"""The clock of an answer in sentences that can be read aloud."""

from __future__ import annotations

from trainer.session.answer import AnswerClock, Light
from trainer.session.plan import Item

_LIGHTS = {
    Light.TOO_SHORT: "That is short.",
    Light.GOOD: "That is a good length.",
    Light.NEAR_END: "Come to the end soon.",
    Light.LONG: "The time is over. Finish your sentence.",
    Light.TOO_LONG: "That is too long.",
}


def tell_span(seconds: float) -> str:
    """Return a time in words: 75 is "1 minute 15 seconds"."""
    minutes, rest = divmod(int(seconds), 60)
    pieces = [_counted(minutes, "minute")] if minutes else []
    if rest or not minutes:
        pieces.append(_counted(rest, "second"))
    return " ".join(pieces)


def tell_times(item: Item, prepare_s: int) -> str:
    """Return how long there is to prepare, and how long the answer should be."""
    lower, upper = map(tell_span, item.answer_s)
    answer = f"Answer for {lower} to {upper}."
    return f"You have {tell_span(prepare_s)} to prepare. {answer}" if prepare_s else answer


def tell_prepared(taken_s: float, prepare_s: int) -> str:
    """Return how much of the preparation time was taken; nothing where there was none."""
    if not prepare_s:
        return ""
    over = " That is more than an interview gives you." if taken_s > prepare_s else ""
    return f"You prepared for {tell_span(taken_s)} of {tell_span(prepare_s)}.{over}"


def tell_light(clock: AnswerClock, now_s: float) -> str:
    """Return how long the answer is so far, and what that means."""
    elapsed = tell_span(clock.answer_elapsed_s(now_s))
    lower, upper = tell_span(clock.lower_s), tell_span(clock.upper_s)
    return f"{elapsed} so far. {_LIGHTS[clock.light(now_s)]} Aim for {lower} to {upper}."


def _counted(count: int, unit: str) -> str:
    return f"1 {unit}" if count == 1 else f"{count} {unit}s"
