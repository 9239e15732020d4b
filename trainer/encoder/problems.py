"""What can be wrong with the files of the encoder, in words for the user."""

from __future__ import annotations

from pathlib import Path

from trainer.errors import TrainerError

_UNTIL_THEN = (
    "Until then marks come from keywords alone: they are less exact, and not the same as on a "
    "full install."
)
REINSTALL_HINT = f"Install the trainer again. {_UNTIL_THEN}"


class EncoderError(TrainerError):
    """The encoder's files are missing, damaged, or cannot be read."""


class EncoderMissingError(EncoderError):
    """A file of the encoder, or what reads it, is not there."""


class Damage(ValueError):  # noqa: N818 - the user meets it as an EncoderError
    """What a file holds is not what the encoder needs; the text says what."""


def missing(file: Path) -> EncoderError:
    """Return the error for a file that is not there."""
    message = f"A file of the trained rating is missing: {file}."
    return EncoderMissingError(message, REINSTALL_HINT)


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


def no_numpy(error: ImportError | RuntimeError) -> EncoderError:
    """Return the error for an install whose numpy is not there or cannot be loaded.

    A numpy that was built for a newer processor raises `RuntimeError`.
    """
    hint = f"Install numpy again. {_UNTIL_THEN}"
    if isinstance(error, ModuleNotFoundError):
        return EncoderMissingError("The trained rating needs numpy, which is missing.", hint)
    message = "The trained rating needs numpy, which does not work on this machine."
    return EncoderError(message, hint)


def no_memory() -> EncoderError:
    """Return the error for a machine on which the network finds no room."""
    return EncoderError(
        "There is not enough memory for the trained rating.",
        f"Close other programs and start the trainer again. {_UNTIL_THEN}",
    )
