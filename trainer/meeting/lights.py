"""The timing light that listeners see: its colour, a sign and a word, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trainer.display import clock_time
from trainer.meeting.asking import USUAL_ANSWER_S
from trainer.peer.types import Asked
from trainer.session.answer import GRACE_S, Light, light_at, yellow_from_s

Colour = Literal["off", "green", "yellow", "red"]


@dataclass(frozen=True, slots=True)
class Signal:
    """What a light shows. The `sign` has one or two cells; `says` tells what the colour means.

    `follows` says when the light changes; empty where it does not any more.
    """

    colour: Colour
    sign: str
    says: str
    follows: str = ""


def length_of(asked: Asked) -> tuple[int, int]:
    """Return how long the answer to a question should be: the usual where nobody has said it."""
    lower_s, upper_s = asked.answer_s
    return (lower_s, upper_s) if 1 <= lower_s <= upper_s else USUAL_ANSWER_S


def signal_at(elapsed_s: float, answer_s: tuple[float, float]) -> Signal:
    """Return the light of an answer after so many seconds; `answer_s` is how long it should be."""
    lower_s, upper_s = answer_s
    yellow_s = yellow_from_s(lower_s, upper_s)
    green = f"green at {clock_time(lower_s)}"
    yellow = f"yellow at {clock_time(yellow_s)}"
    red = f"red at {clock_time(upper_s)}"
    signals = {
        Light.TOO_SHORT: Signal("off", "·", "still short", green),
        Light.GOOD: Signal("green", "●", "a good length", yellow),
        Light.NEAR_END: Signal("yellow", "▲", "should come to an end", red),
        Light.LONG: Signal("red", "■", "long", f"far too long at {clock_time(upper_s + GRACE_S)}"),
        Light.TOO_LONG: Signal("red", "■■", "far too long"),
    }
    return signals[light_at(elapsed_s, lower_s, upper_s)]
