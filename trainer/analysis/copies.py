"""An answer that stands in the text twice: where its second copy begins.

Editors paste twice, and a listener who hears the same words again learns nothing. The copy may
differ in a few words, and may break off. Repeating a sentence, beginning anew after a slip and
summing up at the end are no copies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from trainer.analysis.tokens import Reading, read
from trainer.transcript.types import Transcript

_RUN = 3  # words in a row that stand in both copies
_FEWEST_WORDS = 24  # of a copy that differs or breaks off; shorter ones are repetitions
_FEWEST_EXACT = 5  # different ones, of a copy that is the whole answer word by word
_COPIED_SHARE = 0.8  # of the words after the break: they stood before it, in the same order
_EXACT_SHARE = 0.95
_COVERED_SHARE = 0.5  # of the words before the break that come again: else it is a repetition
_MOST_DRIFT = 12  # words by which the place in the copy may differ from where it should be
_OPENING = 40  # words at the beginning that are looked for again
_MOST_PLACES = 6  # of a run; what comes more often is a refrain or noise
_MOST_TRIED = 12  # distances from the first copy to the second


def read_once(transcript: Transcript) -> tuple[Transcript, Reading]:
    """Return a transcript and its reading, without the words of a second copy.

    The very same transcript is returned where it holds no copy. Indices of words stay what they
    are, because a copy is always last.
    """
    reading = read(transcript)
    at = _second_copy(reading.tokens)
    if at is None:
        return transcript, reading
    once = replace(transcript, words=transcript.words[: reading.words[at]])
    return once, read(once)


def _second_copy(tokens: Sequence[str]) -> int | None:
    """Return the token at which the second copy begins, or None."""
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(tokens) - _RUN + 1):
        places.setdefault(tuple(tokens[at : at + _RUN]), []).append(at)
    distances: Counter[int] = Counter()
    for at in range(min(_OPENING, len(tokens) - _RUN + 1)):
        later = places[tuple(tokens[at : at + _RUN])][:_MOST_PLACES]
        distances.update(place - at for place in later if place - at >= _FEWEST_EXACT)
    tried = sorted(distance for distance, _ in distances.most_common(_MOST_TRIED))
    found = (_find_copy(tokens, places, distance) for distance in tried)
    return next((start for start in found if start is not None), None)


def _find_copy(
    tokens: Sequence[str], places: dict[tuple[str, ...], list[int]], distance: int
) -> int | None:
    """Return where a copy begins of which word k stands about `distance` after the first word k."""
    if len(set(tokens[:distance])) < _FEWEST_EXACT:
        return None
    count = len(tokens)
    again = [False] * count
    opening = None
    for at in range(distance, count - _RUN + 1):
        expected = (at - distance) % distance
        for place in places[tuple(tokens[at : at + _RUN])]:
            if place + _RUN > distance:
                break
            if abs(place - expected) <= _MOST_DRIFT:
                if opening is None:
                    # words before the first that are the same are changed ones of the copy
                    opening = at - place if place <= _MOST_DRIFT else at
                again[at : at + _RUN] = [True] * _RUN
                again[place : place + _RUN] = [True] * _RUN
                break
    start = count if opening is None else max(opening, distance)
    length, copied, covered = count - start, sum(again[start:]), sum(again[:start])
    if length >= distance and copied >= _EXACT_SHARE * length and covered >= _EXACT_SHARE * start:
        return start
    if length < max(_FEWEST_WORDS, _COVERED_SHARE * start):
        return None
    is_copy = copied >= _COPIED_SHARE * length and covered >= _COVERED_SHARE * start
    return start if is_copy else None
