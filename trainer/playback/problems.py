"""What can stand between a recording and the ear, in words."""

from __future__ import annotations

from pathlib import Path

from trainer.display import going_on, one_line
from trainer.errors import SoundError


def explain(kind: str, detail: str, file: Path) -> SoundError:
    """Return the error for a problem of the child, of `kind`, with what it says of it."""
    # asyncio: 30 ms
    from trainer.system import loudspeaker_hint, package_hint, portaudio_hint, sound_server_hint

    name, detail = one_line(file.name, 60), one_line(detail, 200)
    again = "Play it again. If it happens again, run: trainer doctor"
    match kind:
        case "no package":
            return SoundError(
                "Nothing can be played: the package sounddevice is missing.",
                package_hint("sounddevice"),
            )
        case "no portaudio":
            return SoundError(
                f"Nothing can be played: PortAudio is missing or broken ({detail}).",
                portaudio_hint(again="not found" not in detail),
            )
        case "no device":
            return SoundError("No loudspeaker was found.", loudspeaker_hint())
        case "unknown device":
            return SoundError(
                f"The loudspeaker {detail} is not there.",
                "Connect it, or play to the system's own loudspeaker.",
            )
        case "in use":
            return SoundError(
                "Another program uses the loudspeaker.", "Close that program, then play again."
            )
        case "no server":
            return SoundError(
                f"The loudspeaker or its sound server is gone: {detail}.",
                f"Connect it and play again. If it is there: {going_on(sound_server_hint())}",
            )
        case "hanging":
            return SoundError("The sound server does not answer.", sound_server_hint())
        case "lost":
            return SoundError(
                "The loudspeaker went away while it played. The recording is kept.",
                f"Connect it and play again. If it is there: {going_on(sound_server_hint())}",
            )
        case "missing":
            return SoundError(
                f"The recording {name} is not there.",
                "It was moved or deleted. Put it back, or read the words instead.",
            )
        case "unreadable":
            return SoundError(
                f"The recording {name} cannot be read: {detail}.",
                f"Check the rights of {one_line(str(file))} and its disk.",
            )
        case "no recording":
            return SoundError(
                f"The file {name} is not a recording of this program.",
                "Play it with another program, or read the words instead.",
            )
        case "empty":
            return SoundError(
                f"The recording {name} is empty.", "Record the answer again to hear it."
            )
        case "beyond":
            return SoundError(
                f"The recording {name} ends at {detail} s, before this place.",
                "Play it from an earlier place.",
            )
        case "failed":
            return SoundError(f"The loudspeaker cannot be used: {detail}.", sound_server_hint())
        case _:
            return SoundError(
                f"The player ended by itself ({detail}). The recording is kept.", again
            )
