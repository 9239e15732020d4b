"""Figures of delivery: how long, how fast, how much "I" and "we". Never part of the rating."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from trainer.analysis.grammar import FIRST, WE
from trainer.analysis.tokens import read_word
from trainer.analysis.types import PAUSE_S, Delivery
from trainer.transcript.types import Transcript, Word

_SHORTEST_S = 1.0  # under a second of speech a pace says nothing
_ROUNDING_S = 1e-6  # stretches of voice are sums of frames: 1.2 - 0.8 is a little less than 0.4


def measure(transcript: Transcript, answer_s: float | None, lower_s: int, upper_s: int) -> Delivery:
    """Return the figures of one answer; times in seconds.

    `answer_s` is the length that was measured, None where there was no clock. It gives way to
    the time from the first word to the last where the sound says when that was; without a clock
    the times of the words do. `lower_s` and `upper_s` are the question's band. The pace needs
    words that were spoken: typing has none. A figure counts as the words that were said for it.
    """
    words = sum(_count(transcript, word) for word in transcript.words)
    tokens = [token for word in transcript.words for token in _tokens(transcript, word)]
    starts = [w.start_s for w in transcript.words if w.start_s is not None]
    ends = [w.end_s for w in transcript.words if w.end_s is not None]
    if transcript.voiced:
        answer_s = transcript.voiced[-1][1] - transcript.voiced[0][0]
    elif answer_s is None and starts and ends:
        answer_s = max(ends) - min(starts)
    pace_wpm = None
    heard = bool(transcript.voiced) or bool(starts and ends)
    if heard and words and answer_s is not None and answer_s >= _SHORTEST_S:
        pace_wpm = words * 60 / answer_s
    delivery = Delivery(
        words=words,
        answer_s=answer_s,
        pace_wpm=pace_wpm,
        lower_s=lower_s,
        upper_s=upper_s,
        i_words=sum(token in FIRST for token in tokens),
        we_words=sum(token in WE for token in tokens),
    )
    return _with_pauses(delivery, transcript.voiced) if transcript.voiced else delivery


def _with_pauses(delivery: Delivery, voiced: Sequence[tuple[float, float]]) -> Delivery:
    gaps = [start - end for (_, end), (start, _) in pairwise(voiced)]
    pauses = [gap for gap in gaps if gap >= PAUSE_S - _ROUNDING_S]
    return replace(
        delivery,
        first_word_s=voiced[0][0],
        pauses=len(pauses),
        longest_pause_s=max(pauses, default=0.0),
        paused_s=sum(pauses),
    )


def _count(transcript: Transcript, word: Word) -> int:
    return len(word.said.split()) if word.said else bool(_tokens(transcript, word))


def _tokens(transcript: Transcript, word: Word) -> list[str]:
    return read_word(transcript.text[word.start : word.end])
