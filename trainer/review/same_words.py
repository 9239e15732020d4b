"""Whether two answers are the same words: what is learned by heart sounds rehearsed."""

from __future__ import annotations

from difflib import SequenceMatcher

from trainer.analysis.grammar import FILLERS
from trainer.analysis.tokens import read
from trainer.transcript.types import Transcript

NEAR_VERBATIM = 0.6
"""From this share of the same words on, two takes are the same text.

Measured on the 841 plain answers of `corpus/development.jsonl`. Negatives: all 1847 pairs of
different answers by one speaker with 40 words and more; the largest share was .125. Positives: 200
of them beside copies in which words were replaced, dropped or added at random. Of copies with 5 to
20 % of the words changed all were found, with 25 % 99 of 100, with 30 % 92; with 40 % 27 are, with
half of them none. So on these pairs precision is 1.00 and recall from 5 to 30 % .98. The
limit could be lower by these pairs. It is not, because the corpus has no free retelling of one
story, which shares names and figures and must not be called rehearsed.
"""

FEWEST_WORDS = 24
"""Shorter answers, such as a follow-up's, have few other ways to be said."""

_RUN = 2  # words in a row that count: single ones are in every two answers
_MOST_WORDS = 1500  # ten minutes; the search is quadratic in the worst case


def same_share(one: Transcript, other: Transcript) -> float:
    """Return the share (0..1) of the longer answer that both say in the same order.

    Words count in runs of two and more; fillers do not. The order of the two does not matter.
    """
    a, b = sorted((_words(one), _words(other)))
    if a == b:
        return 1.0 if a else 0.0
    if not a or not b:
        return 0.0
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= _RUN) / max(len(a), len(b))


def are_near_verbatim(one: Transcript, other: Transcript, share: float) -> bool:
    """Tell whether two takes of this `share` are long and alike enough to be one text."""
    fewest = min(len(one.words), len(other.words))
    return share >= NEAR_VERBATIM and fewest >= FEWEST_WORDS


def _words(transcript: Transcript) -> list[str]:
    tokens = read(transcript).tokens[:_MOST_WORDS]
    return [token for token in tokens if token not in FILLERS]
