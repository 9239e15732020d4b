"""What the screen of a reading says: the text, what to do, and what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from trainer.capture.types import RecorderPhase
from trainer.display import clock_time, one_line, visible
from trainer.voice import engine_name

if TYPE_CHECKING:
    from trainer.calibration.calibrating import Measured, Progress
    from trainer.calibration.readings import Reading
    from trainer.calibration.types import Calibration
    from trainer.capture.types import RecorderState
    from trainer.errors import TrainerError

SENTENCES_TOGETHER = 3
_NAME_CELLS = 34
_Pieces = list[str | tuple[str, str]]


def text_of(reading: Reading, *, roomy: bool) -> Content:
    """Return the text in short paragraphs; where there is room each sentence is one."""
    size = 1 if roomy else SENTENCES_TOGETHER
    parts = [reading.sentences[at : at + size] for at in range(0, len(reading.sentences), size)]
    return Content("\n\n".join(" ".join(visible(one) for one in part) for part in parts))


def cue(state: RecorderState | None) -> str:
    """Return what to do now."""
    phase = state.phase if state else RecorderPhase.OPENING
    if phase is RecorderPhase.OPENING:
        return "The microphone is being opened …"
    if phase is RecorderPhase.RECORDING:
        assert state
        return f"Read aloud now: {clock_time(state.length_s)}. Space when you have finished."
    if phase is RecorderPhase.READY:
        return "Press Space, then read this text aloud, as fast as you usually speak."
    return "Keeping the last half second …"


def remark(calibration: Calibration | None) -> str:
    """Return what becomes of the sound, and what was measured last."""
    kept = "Only figures are kept. The sound is deleted as soon as it was measured."
    if calibration is None or not calibration.results:
        return kept
    from trainer.calibration.telling import name_of

    first = calibration.results[0]
    wrong, when = round(100 * first.errors), one_line(calibration.read_at[:10])
    return f"{kept}\nLast time ({when}): {wrong} of 100 words wrong with {_name(name_of(first))}."


def progress_line(progress: Progress) -> str:
    """Return which recogniser hears the reading now, and how far it is."""
    name = engine_name(progress.engine).partition(":")[0]
    return f"Recogniser {progress.number} of {progress.of}, {name}: {progress.share:.0%}"


def results_of(measured: Measured, used: str | None, better: str | None) -> Content:
    """Return the table, what it means, and the pace. `used` is the model in use.

    `better` is a model that is not here and may hear this voice better.
    """
    from trainer.calibration.telling import (
        name_of,
        pace_of,
        recommendation_of,
        unread_of,
        warning_of,
        wrong_of,
    )

    calibration = measured.calibration
    pieces: _Pieces = [
        ("How well each recogniser hears you\n", "bold $primary"),
        (f"{'Recogniser':{_NAME_CELLS}}  Words wrong in 100\n", "bold"),
    ]
    for at, result in enumerate(calibration.results):
        line = f"{_name(name_of(result)):{_NAME_CELLS}}  {wrong_of(result)}"
        note = "  recommended" if at == 0 and len(calibration.results) > 1 else ""
        note += "  used now" if result.model == used else ""
        pieces += [(line, "bold" if at == 0 else ""), (f"{note}\n", "$success")]
    pieces.append(
        ("In brackets: what to expect when you speak as long again, 9 times in 10.\n\n", "$quiet")
    )
    pieces.append((f"{visible(recommendation_of(calibration))}\n", "bold"))
    if warning := warning_of(calibration, better):
        pieces.append((f"{visible(warning)}\n", "$warning"))
    pieces.append(f"{pace_of(calibration.baseline)}\n")
    if unread := unread_of(measured.unread):
        pieces.append(f"{unread}\n")
    for failure in measured.failures:
        name = engine_name(failure.engine).partition(":")[0]
        pieces.append((f"{name} was left out. {visible(failure.problem.message)}\n", "$warning"))
    return Content.assemble(*pieces)


def trouble(error: TrainerError) -> Content:
    """Return what went wrong, and what to do."""
    return Content.assemble((visible(error.message), "bold"), f" {visible(error.hint)}")


def _name(name: str) -> str:
    return one_line(name, _NAME_CELLS)
