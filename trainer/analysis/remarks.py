"""Answers that are not coached mark by mark, because they tell nothing that could be marked.

Nothing was said, or the question or the checklist was said again; mere keywords; another
language; a song. What is looked for first explains the most: a question that was read back in
Spanish is another language, a list of English words is no other language.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from trainer.analysis.bearing import repeats_question
from trainer.analysis.checklist import reads_checklist
from trainer.analysis.grammar import FILLERS, FUNCTION_WORDS
from trainer.analysis.guards import is_stuffed, share_covered, trigrams
from trainer.analysis.languages import is_other_language, lacks_english
from trainer.analysis.reciting import has_refrain, is_recited
from trainer.analysis.tokens import Reading
from trainer.analysis.types import Remark
from trainer.bank.types import Rubric
from trainer.transcript.types import Transcript

_REPEATED_SHARE = 0.8  # of the answer's words that are runs of the question's words
_CHANGED_SHARE = 0.4  # of them in runs, where most of the others are the question's too
_ASKED_SHARE = 0.75
_ENGLISH_SHARE = 0.2  # function words; running English has about half, other languages under .15
_KEYWORD_SHARE = 0.3
_ITEM_WORDS = 4  # the middle item of a list has at most so many
_MOST_CHARACTERS = 40_000  # looked at: more than the longest words of an answer hold
_ITEM_END = re.compile(r"[\n.,;:/|\u2022]+|\s-\s")


def without_content(
    transcript: Transcript,
    reading: Reading,
    question: Sequence[str],
    cue_words: Container[str],
    rubric: Rubric,
) -> Remark | None:
    """Return the remark for an answer that holds no answer at all, or None.

    `reading` is that of `transcript`, a single copy of the answer; `question` the tokens of the
    question. `cue_words` are the words that cues look for: a list of those is stuffing, a row of
    unknown words may be another language.
    """
    tokens = reading.tokens
    text = _text(transcript)
    if all(token in FILLERS for token in tokens):
        return Remark.EMPTY
    if _repeats(tokens, question):
        return Remark.QUESTION_REPEATED
    if has_refrain(text, tokens):
        return Remark.RECITED
    if is_other_language(text, tokens):
        return Remark.OTHER_LANGUAGE
    if is_stuffed(tokens) and _is_list(text, tokens, cue_words):
        return Remark.KEYWORDS
    if lacks_english(tokens):
        return Remark.KEYWORDS if _is_list(text, tokens, cue_words) else Remark.OTHER_LANGUAGE
    if reads_checklist(tokens, rubric):
        return Remark.CHECKLIST_READ
    return Remark.RECITED if is_recited(text, tokens) else None


def _text(transcript: Transcript) -> str:
    """Return the text of a transcript's words, which a copy and what is cut off are not in."""
    if not transcript.words:
        return ""
    return transcript.text[: min(transcript.words[-1].end, _MOST_CHARACTERS)]


def _repeats(tokens: Sequence[str], question: Sequence[str]) -> bool:
    covered = share_covered(tokens, trigrams(question))
    asked = sum(token in question for token in tokens)
    return (
        tuple(tokens) == tuple(question)
        or covered >= _REPEATED_SHARE
        or (covered >= _CHANGED_SHARE and asked >= _ASKED_SHARE * len(tokens))
        or repeats_question(tokens, question)
    )


def _is_list(text: str, tokens: Sequence[str], cue_words: Container[str]) -> bool:
    """Tell whether words without glue are a list of English words, and not another language."""
    if sum(token in FUNCTION_WORDS for token in tokens) >= _ENGLISH_SHARE * len(tokens):
        return True
    if sum(token in cue_words for token in tokens) >= _KEYWORD_SHARE * len(tokens):
        return True
    items = sorted(len(item.split()) for item in _ITEM_END.split(text) if item.strip())
    return text.isascii() and bool(items) and items[len(items) // 2] <= _ITEM_WORDS
