"""The words of a problem."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from trainer.capture.microphone import Refusal
from trainer.capture.problems import explain, kept
from trainer.errors import ExitCode

KINDS = (
    *get_args(Refusal),
    *("hanging", "lost", "stalled", "disk", "reserve", "limit", "died"),
)
FILE = Path("recordings", "take.wav")


@pytest.mark.parametrize(
    ("length_s", "sentence"),
    [
        (0.0, "Nothing was recorded."),
        (0.05, "Less than a second of your answer is kept."),
        (1.9, "1 second of your answer is kept."),
        (12.0, "12 seconds of your answer are kept."),
        (60.0, "1 minute of your answer is kept."),
        (61.2, "1 minute and 1 second of your answer are kept."),
        (900.0, "15 minutes of your answer are kept."),
    ],
)
def test_what_is_kept_is_said(length_s: float, sentence: str) -> None:
    assert kept(length_s) == sentence


@pytest.mark.parametrize("kind", KINDS)
def test_every_problem_says_what_happened_what_is_kept_and_what_to_do(kind: str) -> None:
    error = explain(kind, "why", file=FILE, length_s=12.0, device="Mic")
    assert error.message.endswith(" 12 seconds of your answer are kept.")
    assert error.hint
    assert error.exit_code is ExitCode.NO_AUDIO_OR_MODEL
    assert "!" not in str(error)


def test_every_problem_has_words_of_its_own() -> None:
    found = [explain(k, "", file=FILE, length_s=0, device=None).message for k in KINDS]
    # A server that is gone and one that is frozen are the same to a user.
    assert len(set(found)) == len(KINDS) - 1


def test_without_a_file_nothing_is_said_of_keeping() -> None:
    error = explain("lost", "", file=None, length_s=0.0, device=None)
    assert error.message == "The microphone is gone."


def test_what_a_device_or_a_library_calls_itself_is_data() -> None:
    error = explain("new", "\x1b]0;x\nbad", file=None, length_s=0.0, device="\x1b[2J")
    assert error.message == "The microphone ␛[2J cannot be used: ␛]0;x bad."
