"""How much of an answer is quoted."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.analysis.guards import Standing

MOST_QUOTE_WORDS = 30
"""Of a quote by trained evidence, which may run over clauses; raters' quotes have 4 to 30 words."""

CUE_GAIN = 0.2
"""What a word gains in evidence (0..1) where a cue was found as well.

Fitted, as all figures here, on quotes of development answers that were rated by heads trained
without their authors: 84 of 100 of the program's quotes lay on a rater's. With 24 words it was 79,
and 83 without the gain; quoting all 30 words each time would bring one more.
"""

_KEPT_SHARE = 0.9  # of the evidence in a run; the weakest words at its ends are let go
_FEWEST_WORDS = 4

MOST_SPAN_WORDS = 25
"""Of the clause around a cue, which is quoted whole up to this length; most have about ten."""

_OPENING_ROOM = 6  # words before the evidence, in a clause too long to be quoted whole


def widen(first: int, last: int, standing: Standing) -> tuple[int, int]:
    """Grow words `first` to `last` to the whole clause, so that they can be read as a quote.

    Of a clause with more words than a quote may have, the stretch around them is taken.
    """
    clause = standing.clause
    if clause.end - clause.start <= MOST_SPAN_WORDS:
        return clause.start, clause.end
    first = max(clause.start, min(first - _OPENING_ROOM, clause.end - MOST_SPAN_WORDS))
    return first, min(clause.end, max(first + MOST_SPAN_WORDS, last))


def strongest(words: Sequence[float], most: int = MOST_QUOTE_WORDS) -> tuple[int, int]:
    """Return the run of at most `most` words that holds the most evidence (0..1 for each word)."""
    size = min(most, len(words))
    held = best = sum(words[:size])
    start = 0
    for k in range(1, len(words) - size + 1):
        held += words[k + size - 1] - words[k - 1]
        if held > best + 1e-9:
            best, start = held, k
    return start, start + size


def quotable(words: Sequence[float], standings: Sequence[Standing]) -> tuple[int, int]:
    """Return what to quote for the evidence of each word (0..1): start and end, whole clauses.

    At most `MOST_QUOTE_WORDS` words: those with the most evidence, less the weak ones at the ends,
    and up to the ends of the clauses that they stand in.
    """
    low, high = strongest(words)
    start, end = low, high
    spare = (1 - _KEPT_SHARE) * sum(words[low:high])
    while end - start > _FEWEST_WORDS:
        first, last = words[start], words[end - 1]
        spare -= min(first, last)
        if spare < 0:
            break
        start, end = (start + 1, end) if first <= last else (start, end - 1)
    touched = [s.clause for s in standings if s.clause.start < end and start < s.clause.end]
    if touched:
        start = max(low, min(start, touched[0].start))
        end = min(high, max(end, touched[-1].end))
    return start, end
