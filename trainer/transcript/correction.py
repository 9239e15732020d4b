"""What a speaker corrects: the new words get the times of what was heard in their place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trainer.transcript.types import Transcript, Word

UNSURE_BELOW = 0.7
"""Words with a smaller confidence are shown as unsure.

Measured with the small Vosk model of the tests, half of the speech in strong noise: right words
had a confidence of 0.97 in the mean, wrong ones 0.66. Below 0.7 lay 56 % of the wrong words and 4 %
of the right ones; from 0.8 on most of the words that it stops at are right, and a list of false
alarms is not read. The built-in recogniser is as unsure as its words are bad: 95 % of the wrong
ones and 47 % of the right ones lie below, in a draft that is shown as rough anyway.
"""

# Two replacements cost more than to drop a word, keep the next and add one: words that can keep
# their times do.
ADD_OR_DROP, REPLACE = 2, 3
MOST_CELLS = 16_000_000
"""Of the table of costs (64 MB): seven times what an answer of 15 minutes corrected needs."""

_LETTERS_AND_DIGITS = "LMN"  # first letters of their Unicode categories; M: marks on letters


@dataclass(frozen=True, slots=True)
class _Run:
    """Old words `old` to `old_end` became new words `new` to `new_end`; half-open indices."""

    same: bool
    old: int
    old_end: int
    new: int
    new_end: int


def align(heard: Transcript, text: str) -> Transcript:
    """Return `text`, verbatim, as a corrected transcript with times from `heard`.

    A word that stayed, or changed in case and punctuation only, keeps its times, its confidence
    and what was said. Words in the place of others share their time and have no confidence; added
    words get the gap between their neighbours, which may have no length. Without times in `heard`
    there are none. Cheap enough for every key press.
    """
    typed = Transcript.typed(text).words
    words: list[Word] = []
    for run in _runs(_sounds(heard.text, heard.words), _sounds(text, typed)):
        fresh, old = typed[run.new : run.new_end], heard.words[run.old : run.old_end]
        if run.same:
            words += [
                Word(new.start, new.end, kept.start_s, kept.end_s, kept.confidence, kept.said)
                for new, kept in zip(fresh, old, strict=True)
            ]
        elif len(fresh) == len(old):
            words += [
                Word(new.start, new.end, gone.start_s, gone.end_s)
                for new, gone in zip(fresh, old, strict=True)
            ]
        else:
            words += _spread(fresh, _place(heard.words, run))
    return Transcript(text, tuple(words), "corrected", heard.sound)


def stayed(before: Transcript, after: Transcript) -> dict[int, int]:
    """Return which words of one version stand in another too: the index there of each here.

    They are in the order of both. Words that changed in case and punctuation only have stayed.
    """
    runs = _runs(_sounds(before.text, before.words), _sounds(after.text, after.words))
    return {
        run.old + step: run.new + step
        for run in runs
        if run.same
        for step in range(run.old_end - run.old)
    }


def unsure(transcript: Transcript) -> tuple[int, ...]:
    """Return the indices of words that the recogniser was not sure of."""
    return tuple(
        at
        for at, word in enumerate(transcript.words)
        if word.confidence is not None and word.confidence < UNSURE_BELOW
    )


def _sounds(text: str, words: Sequence[Word]) -> list[str]:
    return [_sound(text[word.start : word.end]) for word in words]


def _sound(word: str) -> str:
    """Return what of a word can be heard: no case, no punctuation."""
    if word.isascii() and word.isalnum():
        return word.lower()
    folded = unicodedata.normalize("NFC", word.casefold())
    return "".join(c for c in folded if unicodedata.category(c)[0] in _LETTERS_AND_DIGITS) or word


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[_Run]:
    """Yield runs in order that cover both texts.

    What both have at their beginning and end is cut off first: that leaves little to search
    after a single key.
    """
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    old_tail, new_tail = len(old) - tail, len(new) - tail
    yield _Run(True, 0, head, 0, head)
    at, new_at = head, head
    for same_old, same_new in (
        *_pairs(old[head:old_tail], new[head:new_tail]),
        (old_tail - head, new_tail - head),
    ):
        yield _Run(False, at, head + same_old, new_at, head + same_new)
        at, new_at = head + same_old + 1, head + same_new + 1
        if at <= old_tail:
            yield _Run(True, at - 1, at, new_at - 1, new_at)
    yield _Run(True, old_tail, len(old), new_tail, len(new))


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the indices of words that stayed, in order: the cheapest way from `old` to `new`.

    The whole table of costs is worked out, a row at a time: difflib needs minutes where a
    recogniser heard one word hundreds of times, as it can in noise. Beyond `MOST_CELLS` nothing
    is taken to have stayed.
    """
    if not old or not new or len(old) * len(new) > MOST_CELLS:
        return []
    import numpy as np  # 100 ms

    numbers = {word: number for number, word in enumerate({*old, *new})}
    wanted = np.array([numbers[word] for word in new])
    steps = np.arange(len(new) + 1, dtype=np.int32) * ADD_OR_DROP
    costs = np.empty((len(old) + 1, len(new) + 1), dtype=np.int32)
    costs[0] = steps
    for at, word in enumerate(old):
        above, row = costs[at], costs[at + 1]
        np.add(above, ADD_OR_DROP, out=row)
        np.minimum(row[1:], above[:-1] + (wanted != numbers[word]) * REPLACE, out=row[1:])
        row -= steps
        np.minimum.accumulate(row, out=row)
        row += steps
    pairs = []
    row_at, column = len(old), len(new)
    while row_at and column:
        cost = costs[row_at, column]
        same = old[row_at - 1] == new[column - 1]
        if cost == costs[row_at - 1, column - 1] + (0 if same else REPLACE):
            row_at, column = row_at - 1, column - 1
            if same:
                pairs.append((row_at, column))
        elif cost == costs[row_at - 1, column] + ADD_OR_DROP:
            row_at -= 1
        else:
            column -= 1
    return pairs[::-1]


def _place(words: Sequence[Word], run: _Run) -> tuple[float, float] | None:
    """Return the seconds that the run's old words took, or the gap where there are none."""
    starts = [w.start_s for w in words[run.old : run.old_end] if w.start_s is not None]
    ends = [w.end_s for w in words[run.old : run.old_end] if w.end_s is not None]
    if starts and ends:
        return min(starts), max(ends)
    before = next((w.end_s for w in reversed(words[: run.old]) if w.end_s is not None), None)
    after = next((w.start_s for w in words[run.old_end :] if w.start_s is not None), None)
    if before is None or after is None:
        edge = after if before is None else before
        return None if edge is None else (edge, edge)
    return min(before, after), after


def _spread(words: Sequence[Word], place: tuple[float, float] | None) -> Iterator[Word]:
    """Yield the words with the time of `place` shared out by their lengths."""
    if place is None:
        yield from words
        return
    begin_s, end_s = place
    total = sum(word.end - word.start for word in words)
    at_s, passed = begin_s, 0
    for word in words:
        passed += word.end - word.start
        until_s = min(end_s, begin_s + (end_s - begin_s) * passed / total)
        yield Word(word.start, word.end, at_s, until_s)
        at_s = until_s
