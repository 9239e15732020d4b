"""Figures of delivery: how long, how fast, how much "I" and "we". Never part of the rating."""

from __future__ import annotations

from trainer.analysis.grammar import FIRST, WE
from trainer.analysis.tokens import read_word
from trainer.analysis.types import Delivery
from trainer.transcript.types import Transcript

_SHORTEST_S = 1.0  # under a second of speech a pace says nothing


def measure(transcript: Transcript, answer_s: float | None, lower_s: int, upper_s: int) -> Delivery:
    """Return the figures of one answer; times in seconds.

    `answer_s` is the length that was measured, None where there was no clock: then it is taken
    from the words' times, if they have any. `lower_s` and `upper_s` are the question's band. The
    pace needs words with times: typing has none.
    """
    pieces = [read_word(transcript.text[w.start : w.end]) for w in transcript.words]
    words = sum(bool(piece) for piece in pieces)
    tokens = [token for piece in pieces for token in piece]
    starts = [w.start_s for w in transcript.words if w.start_s is not None]
    ends = [w.end_s for w in transcript.words if w.end_s is not None]
    if answer_s is None and starts and ends:
        answer_s = max(ends) - min(starts)
    pace_wpm = None
    if starts and ends and answer_s is not None and answer_s >= _SHORTEST_S:
        pace_wpm = words * 60 / answer_s
    return Delivery(
        words=words,
        answer_s=answer_s,
        pace_wpm=pace_wpm,
        lower_s=lower_s,
        upper_s=upper_s,
        i_words=sum(token in FIRST for token in tokens),
        we_words=sum(token in WE for token in tokens),
    )
