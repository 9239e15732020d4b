"""Where one clause ends and the next begins, in typed text and in a recogniser's.

Evidence is judged and quoted by the clause. Sentences end at punctuation and, where words have
times, at long pauses; inside a sentence a clause ends at a comma, a pause or before a discourse
opener. A recogniser writes no punctuation at all: there openers and pauses have to do.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from trainer.analysis.grammar import word_set
from trainer.analysis.tokens import Reading
from trainer.transcript.types import Transcript

MOST_CLAUSE_WORDS = 40
PAUSE_S = 0.4  # the shortest pause that a detector can be trusted with
SENTENCE_PAUSE_S = 1.0

_FEWEST_WORDS = 4  # shorter pieces are joined to their neighbour: they hold no statement
_COMFORTABLE_WORDS = 7  # after so many words a new subject opens a new clause
_PLAIN_SHARE = 60  # fewer sentence ends than one in so many words: text without punctuation
_ABBREVIATIONS = word_set("dr. mr. mrs. ms. prof. st. vs. e.g. i.e. etc. no. approx. jr.")
_CLOSERS = "\"')]}\u201d\u2019"
_STRONG = word_set("because so but although though however therefore whereas")
_JOINTS = word_set("and but so because then when while which after before since until if")
_SUBJECTS = word_set("i we he she they it my our his her their there this that the")
_OPENING_ROWS = (
    ("since", "then"), ("after", "that"), ("and", "then"), ("from", "then"), ("now", "i"),
    ("what", "i"), ("in", "the", "end"), ("at", "the", "end"), ("as", "a", "result"),
    ("the", "next", "day"), ("at", "first"), ("at", "that"), ("from", "that"), ("one", "day"),
    ("these", "days"), ("today", "i"), ("so", "i"), ("and", "i"), ("but", "i"),
    ("for", "example"), ("that", "is", "why"),
)  # fmt: skip
_LEADS_ON = word_set(
    """and but so because then when while which after before since until if that what how why
    where who whom than as though although whether whenever thing things time times time, way day
    reason whatever everything all something anything first now today the a an of in on at for
    with to from by am is are was were do did does have had has could would should can will may
    might must not or moment exam person year month once"""
)
"""After these words "I" does not open a clause of its own."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Words `start` to `end` (half-open) of sentence number `sentence`."""

    start: int
    end: int
    sentence: int


def split(transcript: Transcript, reading: Reading) -> tuple[Clause, ...]:
    """Return the clauses of the words that were read: in order, without gaps or overlaps."""
    count = len(reading.firsts) - 1
    ends = _sentence_ends(transcript, count)
    plain = len(ends) * _PLAIN_SHARE < count
    clauses: list[Clause] = []
    start = 0
    for number, end in enumerate([*ends, count]):
        if end > start:
            clauses += _split_sentence(transcript, reading, start, end, number, plain)
            start = end
    return tuple(clauses)


def _sentence_ends(transcript: Transcript, count: int) -> list[int]:
    ends = []
    words, text = transcript.words, transcript.text
    for index in range(count - 1):
        word = words[index]
        surface = text[max(word.start, word.end - 12) : word.end].rstrip(_CLOSERS)
        ended = surface[-1:] in ("!", "?", "\u2026", "\u3002", "\u061f") or (
            surface.endswith(".")
            and surface.lower() not in _ABBREVIATIONS
            and not (len(surface) == 2 and surface[0].isupper() and surface[0] != "I")
        )
        gap = text[word.end : words[index + 1].start][:200]
        if ended or "\n\n" in gap or pause_after(transcript, index) >= SENTENCE_PAUSE_S:
            ends.append(index + 1)
    return ends


def pause_after(transcript: Transcript, index: int) -> float:
    """Return the silence after word `index`, in seconds; 0 where the words have no times."""
    ended_s = transcript.words[index].end_s
    began_s = transcript.words[index + 1].start_s
    return 0.0 if ended_s is None or began_s is None else began_s - ended_s


def _split_sentence(
    transcript: Transcript, reading: Reading, start: int, end: int, number: int, plain: bool
) -> list[Clause]:
    cuts = [start]
    for index in range(start + 1, end):
        length, left = index - cuts[-1], end - index
        if length < _FEWEST_WORDS or left < _FEWEST_WORDS:
            continue
        if _cuts_before(transcript, reading, index, length, plain):
            cuts.append(index)
    cuts.append(end)
    pieces = itertools.pairwise(cuts)
    return [Clause(a, b, number) for piece in pieces for a, b in _shorten(reading, *piece)]


def _cuts_before(
    transcript: Transcript, reading: Reading, index: int, length: int, plain: bool
) -> bool:
    word = transcript.words[index - 1]
    last = transcript.text[word.end - 1 : word.end]
    if last in (";", ":", "\u2014", "\u2013") or (last == "-" and word.end - word.start == 1):
        return True
    if pause_after(transcript, index - 1) >= PAUSE_S:
        return True
    at = reading.firsts[index]
    first, second = (*reading.tokens[at : at + 2], "", "")[:2]
    if last in (",", "\u060c"):
        # a comma in a list of things or deeds does not end a statement
        opens = first in _SUBJECTS and first != "the"
        return opens or first in _STRONG or second in _SUBJECTS or length >= 12
    if any(reading.tokens[at : at + len(row)] == row for row in _OPENING_ROWS):
        return length >= 5
    if length < _COMFORTABLE_WORDS:
        return False
    if first in _STRONG or (first in _JOINTS and second in _SUBJECTS):
        return True
    before = reading.tokens[at - 1] if at > 0 else ""
    return plain and first == "i" and before not in _LEADS_ON


def _shorten(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a run of more than `MOST_CLAUSE_WORDS` words, before a joint where there is one."""
    pieces = []
    while end - start > MOST_CLAUSE_WORDS:
        middle = range(start + MOST_CLAUSE_WORDS, start + MOST_CLAUSE_WORDS // 2, -1)
        cut = next((i for i in middle if _first_token(reading, i) in _JOINTS), middle[0])
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]


def _first_token(reading: Reading, word: int) -> str:
    at = reading.firsts[word]
    return reading.tokens[at] if at < reading.firsts[word + 1] else ""
