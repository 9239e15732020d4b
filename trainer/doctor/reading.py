"""What reads questions aloud."""

from __future__ import annotations

from trainer.doctor.types import Check, voice_check
from trainer.paths import Home
from trainer.playback.reading import try_speech
from trainer.system import find_speech_program, speech_hint


def examine_reader(home: Home) -> tuple[Check, ...]:
    """Look for the speech program and let it speak into a file. Nothing is played."""
    title = "Reading aloud"
    program = find_speech_program()
    if program is None:
        detail = "No speech program was found. Questions are shown, and not read."
        return (voice_check("reader", title, "missing", detail, speech_hint()),)
    problem = try_speech(program)
    if problem:
        return (voice_check("reader", title, "broken", problem.message, problem.hint),)
    return (voice_check("reader", title, "ok", program),)
