"""Answers that are not coached mark by mark: nothing said, the question again, mere keywords."""

from __future__ import annotations

from collections.abc import Container, Sequence

from trainer.analysis.bearing import repeats_question
from trainer.analysis.grammar import FILLERS, FUNCTION_WORDS
from trainer.analysis.guards import is_stuffed, share_covered, trigrams
from trainer.analysis.types import Remark

_REPEATED_SHARE = 0.8  # of the answer's words that are runs of the question's words
_ENGLISH_SHARE = 0.2  # function words; running English has about half, other languages under .15
_DISTINCT_SHARE = 0.45  # of runs of three words; an answer pasted twice has half
_KEYWORD_SHARE = 0.3
_FEWEST_WORDS = 8  # fewer are too few to tell a language or a refrain


def without_content(
    tokens: Sequence[str], question: Sequence[str], cue_words: Container[str]
) -> Remark | None:
    """Return the remark for an answer that holds no answer at all, or None.

    `cue_words` are the words that cues look for: a list of those is stuffing, a row of unknown
    words may be another language.
    """
    if all(token in FILLERS for token in tokens):
        return Remark.EMPTY
    if tuple(tokens) == tuple(question):
        return Remark.QUESTION_REPEATED
    if share_covered(tokens, trigrams(question)) >= _REPEATED_SHARE:
        return Remark.QUESTION_REPEATED
    if repeats_question(tokens, question):
        return Remark.QUESTION_REPEATED
    if is_stuffed(tokens):
        keywords = sum(token in cue_words for token in tokens)
        if _is_english(tokens) or keywords >= _KEYWORD_SHARE * len(tokens):
            return Remark.KEYWORDS
    return None


def is_elsewhere(tokens: Sequence[str]) -> bool:
    """Tell whether an answer is in another language, or mostly a refrain."""
    if len(tokens) < _FEWEST_WORDS:
        return False
    if not _is_english(tokens):
        return True
    runs = len(tokens) - 2
    return runs > 4 * _FEWEST_WORDS and len(trigrams(tokens)) < _DISTINCT_SHARE * runs


def _is_english(tokens: Sequence[str]) -> bool:
    glue = sum(token in FUNCTION_WORDS for token in tokens)
    return glue >= _ENGLISH_SHARE * len(tokens)
