"""Figures of delivery: how long, how fast, how fluent, how much "I" and "we". Never rated."""

from __future__ import annotations

from dataclasses import replace

from trainer.analysis.fluency import count_fillers, count_inside, find_pauses
from trainer.analysis.grammar import FIRST, WE
from trainer.analysis.measurable import is_spoken, unmeasurable
from trainer.analysis.phrases import FILLED
from trainer.analysis.tokens import read_word
from trainer.analysis.types import Delivery
from trainer.transcript.types import Transcript, Word

_SHORTEST_S = 1.0  # under a second of speech a pace says nothing


def measure(transcript: Transcript, answer_s: float | None, lower_s: int, upper_s: int) -> Delivery:
    """Return the figures of one answer; times in seconds.

    `answer_s` is the length that was measured, None where there was no clock. It gives way to
    the time from the first word to the last where the sound says when that was; without a clock
    the times of the words do. `lower_s` and `upper_s` are the question's band. The pace needs
    words that were spoken: typing has none. A figure counts as the words that were said for it;
    an "um" is no word of the pace, and the time it takes is time of speaking.

    Figures that need words or sound that are not measurable are None. Only the pace by the words of
    the built-in recogniser is there: it knows them badly and counts them well.
    """
    unclear = unmeasurable(transcript)
    voiced = None if "sound" in unclear else transcript.voiced
    tokens = [token for word in transcript.words for token in _tokens(transcript, word)]
    delivery = Delivery(
        words=sum(_count(transcript, word) for word in transcript.words),
        answer_s=_length(transcript, voiced, answer_s),
        pace_wpm=None,
        lower_s=lower_s,
        upper_s=upper_s,
        i_words=sum(token in FIRST for token in tokens),
        we_words=sum(token in WE for token in tokens),
        unmeasurable=unclear,
    )
    if voiced:
        delivery = _with_pauses(delivery, transcript, voiced)
    heard = replace(transcript, sound=None) if "sound" in unclear else transcript
    fillers = count_fillers(heard, words="words" not in unclear)
    return replace(_with_pace(delivery, transcript), fillers=fillers)


def _length(
    transcript: Transcript,
    voiced: tuple[tuple[float, float], ...] | None,
    answer_s: float | None,
) -> float | None:
    if voiced:
        return voiced[-1][1] - voiced[0][0]
    starts = [w.start_s for w in transcript.words if w.start_s is not None]
    ends = [w.end_s for w in transcript.words if w.end_s is not None]
    if answer_s is None and starts and ends:
        return max(ends) - min(starts)
    return answer_s


def _with_pauses(
    delivery: Delivery, transcript: Transcript, voiced: tuple[tuple[float, float], ...]
) -> Delivery:
    pauses = find_pauses(voiced)
    lengths = [end - start for start, end in pauses]
    known = "words" not in delivery.unmeasurable
    inside = count_inside(transcript, pauses) if known else None
    return replace(
        delivery,
        first_word_s=voiced[0][0],
        pauses=len(pauses),
        longest_pause_s=max(lengths, default=0.0),
        paused_s=sum(lengths),
        pauses_inside=inside,
        pauses_between=None if inside is None else len(pauses) - inside,
    )


def _with_pace(delivery: Delivery, transcript: Transcript) -> Delivery:
    words = sum(_count(transcript, word, filled=False) for word in transcript.words)
    answer_s = delivery.answer_s
    guessed = "words" in delivery.unmeasurable and transcript.source != "builtin"
    if guessed or not words or not _is_heard(transcript):
        return delivery
    if answer_s is None or answer_s < _SHORTEST_S:
        return delivery
    spoken_s = None if delivery.paused_s is None else answer_s - delivery.paused_s
    articulation = None
    known = "words" not in delivery.unmeasurable
    if known and spoken_s is not None and spoken_s >= _SHORTEST_S:
        articulation = words * 60 / spoken_s
    return replace(delivery, pace_wpm=words * 60 / answer_s, articulation_wpm=articulation)


def _is_heard(transcript: Transcript) -> bool:
    timed = any(w.start_s is not None and w.end_s is not None for w in transcript.words)
    return bool(transcript.voiced) or (is_spoken(transcript) and timed)


def _count(transcript: Transcript, word: Word, *, filled: bool = True) -> int:
    if word.said:
        return len(word.said.split())
    tokens = _tokens(transcript, word)
    return bool(tokens) and (filled or not all(token in FILLED for token in tokens))


def _tokens(transcript: Transcript, word: Word) -> list[str]:
    return read_word(transcript.text[word.start : word.end])
