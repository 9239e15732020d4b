"""How much of a clause is quoted."""

from __future__ import annotations

from trainer.analysis.guards import Standing

MOST_SPAN_WORDS = 25  # raters' quotes have 4 to 30 words: one whole clause, mostly about ten
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
