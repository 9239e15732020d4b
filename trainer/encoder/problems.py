"""What can be wrong with the files of the encoder, in words for the user."""

from __future__ import annotations

from pathlib import Path

from trainer.errors import TrainerError

_UNTIL_THEN = "Until then answers are rated by their cues alone."
REINSTALL_HINT = f"Install the trainer again. {_UNTIL_THEN}"


class EncoderError(TrainerError):
    """The encoder's files are missing, damaged, or cannot be read."""


class Damage(ValueError):  # noqa: N818 - the user meets it as an EncoderError
    """What a file holds is not what the encoder needs; the text says what."""


def missing(file: Path) -> EncoderError:
    """Return the error for a file that is not there."""
    return EncoderError(f"A file of the trained rating is missing: {file}.", REINSTALL_HINT)


def damaged(file: Path, detail: str = "") -> EncoderError:
    """Return the error for a file whose content is not what it should be."""
    cause = f" ({detail})" if detail else ""
    return EncoderError(f"A file of the trained rating is damaged: {file}{cause}.", REINSTALL_HINT)


def unreadable(file: Path, error: OSError) -> EncoderError:
    """Return the error for a file that is there and cannot be read."""
    cause = error.strerror or str(error)
    return EncoderError(
        f"A file of the trained rating cannot be read: {file}: {cause}.",
        f"Check your rights to it, or install the trainer again. {_UNTIL_THEN}",
    )


def no_memory() -> EncoderError:
    """Return the error for a machine on which the network finds no room."""
    return EncoderError(
        "There is not enough memory for the trained rating.",
        f"Close other programs and start the trainer again. {_UNTIL_THEN}",
    )
