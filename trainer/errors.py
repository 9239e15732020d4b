"""The one error tree of the program: every error says what went wrong and what to do next."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NO_AUDIO_OR_MODEL = 3
    INTERRUPTED = 130


class TrainerError(Exception):
    """An error that the user can act on.

    `message` says what happened in one sentence, `hint` what to do next. `exit_code` is what the
    command line ends with when nothing catches the error.
    """

    exit_code = ExitCode.FAILED

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}"


class UsageError(TrainerError):
    """The command was called with something that does not exist or does not fit."""

    exit_code = ExitCode.USAGE


class SoundError(TrainerError):
    """Something between the voice and its words is missing or failed: sound, engine or model."""

    exit_code = ExitCode.NO_AUDIO_OR_MODEL


class StoreError(TrainerError):
    """The history cannot be read or written."""


class ConfigError(TrainerError):
    """The settings file cannot be read or written."""
