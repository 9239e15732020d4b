"""Words as the rater reads them: lower case, without punctuation, contractions written out.

The same reading serves answers and patterns, so an author may write "didn't" or "did not".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.analysis.grammar import word_set
from trainer.analysis.numbers import Number, find_numbers
from trainer.transcript.types import Transcript

MOST_WORDS = 4000
"""Words that are analysed: over 15 minutes of quick speech, the longest recording."""

_LONGEST_WORD = 60  # characters; longer ones are no words
_PIECE = re.compile(r"\d+(?:st|nd|rd|th)\b|\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|%")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u00b4": "'"})
_IS = word_set("it that what he she there here who where how this")
_WHOLE = {
    "can't": ("can", "not"), "cannot": ("can", "not"), "cant": ("can", "not"),
    "won't": ("will", "not"), "wont": ("will", "not"), "shan't": ("shall", "not"),
    "ain't": ("is", "not"), "let's": ("let", "us"), "im": ("i", "am"), "ive": ("i", "have"),
    "gonna": ("going", "to"), "wanna": ("want", "to"), "gotta": ("have", "to"),
}  # fmt: skip
_DENIED = "do did does was were is are had has have could should would"
_WHOLE |= {stem + "nt": (stem, "not") for stem in _DENIED.split()}
_ENDINGS = (("n't", "not"), ("'ve", "have"), ("'ll", "will"), ("'re", "are"), ("'m", "am"))


@dataclass(frozen=True, slots=True)
class Reading:
    """A transcript's words as tokens.

    `words[k]` is the index of the transcript's word that token `k` came from, `firsts[w]` the
    first token of word `w`, with one entry more at the end; `names` are the tokens that were
    written with a capital inside a sentence (empty where the text has no case).
    """

    tokens: tuple[str, ...]
    words: tuple[int, ...]
    firsts: tuple[int, ...]
    numbers: tuple[Number, ...]
    names: frozenset[int]


def read(transcript: Transcript) -> Reading:
    """Read the first `MOST_WORDS` words of a transcript. Linear in their number."""
    tokens: list[str] = []
    words: list[int] = []
    firsts: list[int] = []
    capitals: list[int] = []
    new_sentence = True
    for index, word in enumerate(transcript.words[:MOST_WORDS]):
        firsts.append(len(tokens))
        surface = transcript.text[word.start : min(word.end, word.start + _LONGEST_WORD)]
        pieces = read_word(surface)
        letter = next((c for c in surface if c.isalnum()), "")
        if pieces and letter.isupper() and not new_sentence and pieces[0] != "i":
            capitals.append(len(tokens))
        if pieces:
            new_sentence = surface.rstrip("\"')]\u201d\u2019")[-1:] in {".", "!", "?", ":"}
        tokens += pieces
        words += [index] * len(pieces)
    firsts.append(len(tokens))
    _settle_d(tokens)
    # a text in capitals throughout has no names
    names = frozenset(capitals) if len(capitals) * 2 < max(len(firsts) - 1, 1) else frozenset()
    return Reading(tuple(tokens), tuple(words), tuple(firsts), tuple(find_numbers(tokens)), names)


def read_text(text: str) -> tuple[str, ...]:
    """Return the tokens of a plain text, such as a question or the words of a pattern."""
    tokens = [token for word in text.split() for token in read_word(word[:_LONGEST_WORD])]
    _settle_d(tokens)
    return tuple(tokens)


def read_word(surface: str) -> list[str]:
    """Return the tokens of one written word; none where it holds no letter or digit."""
    if not surface.isascii():
        surface = unicodedata.normalize("NFKC", surface)
    surface = surface.translate(_APOSTROPHES)
    if surface.strip(".,;:!?()\"'") in ("US", "U.S", "USA", "U.S.A"):
        return ["usa"]
    tokens: list[str] = []
    for piece in _PIECE.findall(surface.lower()):
        tokens += _write_out(piece)
    return tokens


def _write_out(piece: str) -> Sequence[str]:
    if piece[0].isdigit():
        return (piece.replace(",", ""),)
    if piece in _WHOLE:
        return _WHOLE[piece]
    if "'" not in piece:
        return (piece,)
    for ending, full in _ENDINGS:
        if piece.endswith(ending) and len(piece) > len(ending):
            return (piece[: -len(ending)], full)
    stem, _, ending = piece.rpartition("'")
    if ending == "d":
        return (stem, "'d")
    if ending == "s":
        return (stem, "is") if stem in _IS else (stem,)
    return (piece.replace("'", ""),)


def _settle_d(tokens: list[str]) -> None:
    """Turn "'d" into "had" before a participle, else into "would"."""
    for index, piece in enumerate(tokens):
        if piece == "'d":
            after = tokens[index + 1] if index + 1 < len(tokens) else ""
            past = after in ("been", "better", "gone", "done") or after.endswith("ed")
            tokens[index] = "had" if past else "would"
