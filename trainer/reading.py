"""Reading questions aloud: whether this machine can, told cheaply, what begins it, the drill."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, Protocol

from trainer.config import READING_SPEEDS, Settings
from trainer.errors import SoundError, TrainerError

if TYPE_CHECKING:
    from trainer.playback.reading import ReadingState
    from trainer.session.hearing import Hearing
    from trainer.transcript.types import Transcript

Speed = Literal["slow", "normal", "fast"]

WORDS_A_MINUTE: dict[Speed, int] = {"slow": 130, "normal": 160, "fast": 190}
"""Tauroza and Allison (Applied Linguistics, 1990) counted words a minute in British English: 140
on average in lectures to people with another first language, 160 on the radio, 190 in interviews.
Slow is a little below the first, fast is what a real interview sounds like."""

RESTATE = "Begin by restating the question in your own words."
"""What is advised in a listening drill."""


def at_other_speed(settings: Settings, step: int) -> tuple[Settings, str]:
    """Return the settings with questions read a step faster or slower, and what to say of it.

    Beyond the fastest and the slowest the settings are the same ones.
    """
    at = READING_SPEEDS.index(settings.reading_speed) + step
    if not 0 <= at < len(READING_SPEEDS):
        return settings, f"It does not go {'faster' if step > 0 else 'slower'}."
    speed = READING_SPEEDS[at]
    told = f"Reading speed: {speed}, about {WORDS_A_MINUTE[speed]} words a minute."
    return replace(settings, reading_speed=speed), told


class Voice(Protocol):
    """A reading under way: see `trainer.playback.reading.Reading`."""

    def state(self) -> ReadingState:
        """Return where it stands."""
        ...

    def stop(self) -> None:
        """End the sound at once, without waiting for it."""
        ...

    def close(self) -> None:
        """End it, whatever it does; at most some seconds."""
        ...


class Reader:
    """Reads with the system's speech program, to the system's loudspeaker."""

    def available(self) -> TrainerError | None:
        """Return why nothing can be read here, with the remedy; None where it can.

        The program is looked for and not started.
        """
        from trainer.system import find_speech_program, speech_hint  # asyncio: 30 ms

        if find_speech_program():
            return None
        return SoundError(
            "Questions cannot be read aloud. A speech program is missing.", speech_hint()
        )

    def begin(self, text: str, speed: Speed) -> Voice:
        """Begin to read. Raises the `TrainerError` of `available`; all else its state tells."""
        from trainer.playback.reading import Reading
        from trainer.system import find_speech_program

        program = find_speech_program()
        if program is None:
            raise self.available() or SoundError("The speech program is gone.", "Try again.")
        return Reading(text, program, WORDS_A_MINUTE[speed])

    def report(self, hearing: Hearing, transcript: Transcript, question: str) -> tuple[str, ...]:
        """Return what a listening drill has to tell about an answer, in lines."""
        from trainer.coach.listening_drill import tell_drill

        return tell_drill(hearing, transcript, question)
