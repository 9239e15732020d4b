"""What a recorder's problem is in words: what happened, what is kept, what to do next."""

from __future__ import annotations

import errno
from pathlib import Path

from trainer.display import one_line
from trainer.errors import SoundError


def explain(
    kind: str,
    detail: str,
    *,
    file: Path | None,
    length_s: float,
    device: str | None,
    error: int | None = None,
) -> SoundError:
    """Return the error for what ended a recorder.

    `kind` is a word of `trainer.capture.microphone.Refusal`, or what `trainer.capture.recording`
    breaks off with; `length_s` is what is on disk; `error` an errno.
    """
    happened, hint = _words(kind, one_line(detail), one_line(device or ""), file, error)
    return SoundError(happened if file is None else f"{happened} {kept(length_s)}", hint)


def kept(length_s: float) -> str:
    """Return a sentence that says how much of an answer is kept."""
    whole = int(length_s)
    minutes, seconds = divmod(whole, 60)
    if length_s <= 0:
        return "Nothing was recorded."
    if not whole:
        return "Less than a second of your answer is kept."
    parts = [_count(minutes, "minute")] if minutes else []
    if seconds or not minutes:
        parts.append(_count(seconds, "second"))
    return f"{' and '.join(parts)} of your answer {'is' if whole in (1, 60) else 'are'} kept."


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _words(
    kind: str, detail: str, device: str, file: Path | None, error: int | None
) -> tuple[str, str]:
    from trainer.paths import folder_hint
    from trainer.system import (  # asyncio: 30 ms
        microphone_hint,
        package_hint,
        portaudio_hint,
        sound_server_hint,
    )

    name = f"The microphone {device}" if device else "The microphone"
    server = sound_server_hint()
    match kind:
        case "no package":
            return "The package sounddevice cannot be used.", package_hint("sounddevice")
        case "no portaudio":
            return f"The library PortAudio cannot be used: {detail}.", portaudio_hint()
        case "no device":
            return "There is no microphone.", microphone_hint()
        case "unknown device":
            hint = "Connect it, or choose another microphone."
            return f"{name} is not there.", hint
        case "in use":
            hint = "Close the other program that records, or choose another microphone."
            return f"{name} is in use by another program.", hint
        case "refused rate":
            return f"{name} does not give sound that can be used: {detail}.", "Choose another one."
        case "no server" | "hanging":
            return "The sound server does not answer.", server
        case "lost":
            hint = f"Connect it again, or choose another one. Still no sound? {server}"
            return "The microphone is gone.", hint
        case "stalled":
            hint = f"Look for a switch on it, or a program that muted it. Still no sound? {server}"
            return "The microphone sends no more sound.", hint
        case "disk" if file and error == errno.ENOENT:
            hint = f"Leave the folder {one_line(str(file.parent))} as it is, and record again."
            return "The recording was deleted or moved away while it grew.", hint
        case "disk" if file:
            return f"The disk takes no more sound: {detail}.", folder_hint(file.parent, error)
        case "reserve" if file:
            return "The disk is nearly full.", folder_hint(file.parent, errno.ENOSPC)
        case "limit":
            hint = "End the answer here. An interviewer expects one to three minutes."
            return "The recording is as long as it may be.", hint
        case "died":
            hint = "Go on recording. If it happens again, run: trainer doctor"
            return "The recorder broke off.", hint
        case _:
            why = f": {detail}" if detail else ""
            return f"{name} cannot be used{why}.", "Run: trainer doctor"
