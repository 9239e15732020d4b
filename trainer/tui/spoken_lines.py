"""What the screen says about a spoken answer: from what recorder and recogniser tell to words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from trainer.capture.types import RecorderPhase, RecorderState
from trainer.config import Settings
from trainer.display import clock_time, one_line, visible
from trainer.errors import TrainerError
from trainer.transcript.engines import RecogniserPhase, RecogniserState
from trainer.voice import engine_name

if TYPE_CHECKING:
    from trainer.spoken import SpokenState

LATE_S = 1.0
BEHIND_S = 4.0
"""Words that come this much after the sound are said to; a phrase alone takes a second or two."""

OVER = "Your answer is over. Enter shows its words."


def cue(
    recorder: RecorderState | None, asked: bool, failed: bool = False, reading: bool = False
) -> str:
    """Return what to do now. `asked`: Space was pressed, and nothing is on disk yet.

    `failed`: no recorder could be started. `reading`: the question is being read aloud.
    """
    phase = recorder.phase if recorder else None
    if phase is RecorderPhase.RECORDING:
        return "Speak now. Space pauses, Enter finishes."
    if phase is RecorderPhase.STOPPING:
        return "Keeping the last half second …"
    if asked:
        return "One moment. Speak when it says so here."
    if recorder is None and failed:
        return "Nothing is recorded."
    if reading:
        return "The question is read to you. Space stops the reading and records."
    if recorder is None or phase is RecorderPhase.OPENING:
        return "The microphone is being opened …"
    kept = recorder.length_s > 0
    if recorder.problem:
        return "The recording has stopped." if kept else "Nothing is recorded."
    if phase is RecorderPhase.ENDED:
        return "Stopped. Space records on, Enter finishes." if kept else "Nothing was recorded."
    if kept:
        return "Paused: nothing more is kept. Space records on, Enter finishes."
    return "Your microphone is on. Nothing is kept until you press Space."


def progress(hearing: SpokenState) -> str:
    """Return how far the recogniser is while the last words are waited for."""
    recorder, recogniser = hearing.recorder, hearing.recogniser
    if recorder.phase is not RecorderPhase.ENDED:
        return "Keeping the last half second …"
    if recogniser is None or recorder.length_s - recogniser.read_s < LATE_S:
        return "Waiting for the last words …"
    read, length = clock_time(recogniser.read_s), clock_time(recorder.length_s)
    return f"Reading your words: {read} of {length}. Esc leaves, and keeps all."


def surroundings(hearing: SpokenState) -> Content:
    """Return the microphone and the recogniser, with what is wrong between them."""
    recorder, recogniser = hearing.recorder, hearing.recogniser
    name = one_line(recorder.device, 40) or "the system's"
    pieces: list[str | tuple[str, str]] = [f"Microphone: {name} · {engine_name(hearing.engine)}"]
    if recorder.behind_s > LATE_S:
        pieces.append((f" · sound comes {recorder.behind_s:.0f} s late", "$warning"))
    if recogniser is not None:
        pieces.append(_recogniser(recogniser, recorder.length_s))
    return Content.assemble(*pieces)


def _recogniser(state: RecogniserState, length_s: float) -> str | tuple[str, str]:
    if state.phase is RecogniserPhase.FAILED:
        return (f" · stopped. {_why(state.problem)}", "$warning")
    if state.phase is RecogniserPhase.STARTING:
        return " (getting ready)"
    if length_s - state.read_s > BEHIND_S:
        return (f" · words come {length_s - state.read_s:.0f} s late", "$warning")
    return ""


def _why(problem: TrainerError | None) -> str:
    kept = "The sound is kept all the same."
    if problem is None:
        return kept
    message = visible(problem.message)
    said = "kept" in message  # most problems of a recogniser end so
    return " ".join([message, *([] if said else [kept]), visible(problem.hint)])


def trouble(error: TrainerError, length_s: float) -> Content:
    """Return what happened, what to do, and the keys that lead on."""
    keys = (
        "Space records on. Enter finishes. Ctrl+E: type. Ctrl+L: sound check."
        if length_s > 0
        else "Type your answer instead: Ctrl+E. Try again: Space. Sound check: Ctrl+L."
    )
    return Content.assemble(
        (visible(error.message), "bold"), f" {visible(error.hint)}\n", (keys, "$primary bold")
    )


def consent(folder: Path, first: bool, settings: Settings, *, alone: bool = True) -> Content:
    """Return what is recorded, when, where it is kept, and how and when it goes.

    Not `alone`: the words go to those who listen in a session.
    """
    kept = "Sound and words stay on this machine, and only you can read them:\n"
    if not alone:
        kept = (
            "The sound stays on this machine, for you only. The words go to the others once you "
            "have corrected them:\n"
        )
    pieces: list[str | tuple[str, str]] = [
        ("What is recorded\n", "bold $primary"),
        f"Your voice, from Space to Enter, and not while you pause. {kept}",
        (f"{visible(str(folder))}\n", "$quiet"),
        _end_of_sound(settings),
        "Delete an answer in its report or in the history (D), and its sound is gone too.",
    ]
    if first:
        pieces += [
            ("\n\nThe first time? ", "bold $accent"),
            "Ctrl+L checks your microphone with one sentence, and keeps nothing.",
        ]
    return Content.assemble(*pieces)


def _end_of_sound(settings: Settings) -> str:
    """Return when sound goes by itself; nothing where it does not."""
    if settings.sound == "transcript":
        return (
            "The sound is deleted once its words are safe, when the trainer ends or starts again. "
            "Rough or missing words keep it until you correct them. "
        )
    if settings.sound_days:
        days = "1 day" if settings.sound_days == 1 else f"{settings.sound_days} days"
        return f"The sound is deleted after {days}; the words stay. "
    return ""
