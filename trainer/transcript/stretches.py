"""Which stretch of the sound holds which words, as it is played."""

from __future__ import annotations

from bisect import bisect_right

from trainer.transcript.types import Transcript

SHORTEST_S = 0.3
LEAD_S = 0.1
"""Sound begins this much before its word: a recogniser's times can cut a word's first sound."""


def word_heard_at(transcript: Transcript, at_s: float) -> int | None:
    """Return the index of the word that is heard at a second, or was heard last."""
    starts = [
        (word.start_s, at) for at, word in enumerate(transcript.words) if word.start_s is not None
    ]
    found = bisect_right(starts, (at_s, len(transcript.words)))
    return starts[found - 1][1] if found else None


def start_of(transcript: Transcript, index: int) -> float:
    """Return from which second a word is played: that of the last word up to it with a time."""
    words = transcript.words[: index + 1]
    start_s = next((w.start_s for w in reversed(words) if w.start_s is not None), 0.0)
    return max(0.0, start_s - LEAD_S)


def reach_of(transcript: Transcript, start: int, end: int) -> tuple[float, float]:
    """Return from which second to which words `start` to `end` (excluded) are played."""
    from_s = start_of(transcript, start)
    ends = [word.end_s for word in transcript.words[start:end] if word.end_s is not None]
    return from_s, max(from_s + SHORTEST_S, max(ends, default=0.0) + LEAD_S)
