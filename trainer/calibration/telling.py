"""What a calibration says, in words that screens and commands share."""

from __future__ import annotations

from trainer.calibration.calibrating import FLOOR, is_unsure
from trainer.calibration.ranking import why_first
from trainer.calibration.types import Baseline, Calibration, EngineResult

BUILTIN_NAME = "built-in recogniser"
_BEGINNING = "vosk-model-"  # the makers' models all begin so


def name_of(result: EngineResult) -> str:
    """Return what users call this recogniser; a model's name is text from a folder."""
    if result.engine == "builtin":
        return BUILTIN_NAME
    return result.model.removeprefix(_BEGINNING)


def wrong_of(result: EngineResult) -> str:
    """Return how many words in 100 were wrong, and the range expected later: "12 (8 to 19)".

    Added words are errors too, so a rate can pass 100: that is not spelled out.
    """
    low, high = round(100 * result.low), round(100 * result.high)
    expected = f"{low} to {high}" if high < 100 else f"{low} or more"
    return f"{min(100, round(100 * result.errors))} ({expected})"


def recommendation_of(calibration: Calibration) -> str:
    """Return which recogniser hears this voice best, and why it is that one."""
    first, *others = calibration.results
    best = min(calibration.results, key=lambda result: result.errors)
    name = name_of(first)
    if not others:
        return f"Only one recogniser is here: {name}."
    if first == best:
        return f"{_capital(name)} hears you best."
    why = why_first(first, best)
    return f"{_capital(name)} suits you: it hears you about as well as {name_of(best)}, and {why}."


def warning_of(calibration: Calibration, better: str | None) -> str:
    """Return what to expect where even the best has many words wrong; nothing where it has not.

    `better` is the name of a model that is not installed and may hear this voice better.
    """
    if not is_unsure(calibration):
        return ""
    lines = (
        f"More than {100 * FLOOR:.0f} words in 100 were wrong. Marks of spoken answers will be "
        "unsure. Correct the words before they are rated, or type your answers."
    )
    if better:
        lines += f" Another model may hear you better: {better.removeprefix(_BEGINNING)}."
    return f"{lines} This is about the recogniser and the sound, and not about your English."


def pace_of(baseline: Baseline | None) -> str:
    """Return the reader's own pace."""
    if baseline is None:
        return "Your pace could not be measured."
    return (
        f"Your pace in reading: {baseline.pace_wpm:.0f} words a minute, "
        f"{baseline.articulation_wpm:.0f} without pauses."
    )


def unread_of(unread: int) -> str:
    """Return that words of the text were left out; nothing where they were not."""
    if not unread:
        return ""
    words = "1 word" if unread == 1 else f"{unread} words"
    return f"{words} of the text were not read, and do not count."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:] if text == BUILTIN_NAME else text
