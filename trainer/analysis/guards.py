"""What keeps a cue from counting: who did it, whether it happened, whether it is denied.

Praise must be earned. A friend's deed, a plan and a denial hold the same words as a deed of the
speaker's; the factors below scale such a clause's evidence down so far that it cannot make a
criterion met. They were fitted by eye.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from trainer.analysis.clauses import Clause
from trainer.analysis.grammar import (
    ADVERBS,
    BASE_DEEDS,
    FILLERS,
    FIRST,
    FUNCTION_WORDS,
    HARMLESS_AFTER_NEVER,
    HARMLESS_AFTER_NOT,
    MODALS,
    NEGATIONS,
    OPENERS,
    PERSONS,
    PRONOUNS,
    WE,
    word_set,
)
from trainer.analysis.tokens import Reading, read_text
from trainer.analysis.wordforms import is_past

Subject = Literal["first", "we", "other", "none"]


class Guard(StrEnum):
    """Why a cue that was found counts less than its weight, or nothing at all."""

    PLANNED = "planned"
    SOMEBODY_ELSE = "somebody_else"
    TOLD_AS_WE = "told_as_we"
    NOBODY = "nobody"
    DENIED = "denied"
    LISTED = "listed"
    REPEATED = "repeated"
    OVERRULED = "overruled"
    ALONE = "alone"
    ELSEWHERE = "elsewhere"
    OUT_OF_PLACE = "out_of_place"


Scaling = tuple[Guard, float]
"""A guard and the factor (0..1) by which it scales evidence down."""

SUBJECT_FACTORS: dict[Subject, float] = {"first": 1.0, "we": 0.5, "other": 0.25, "none": 0.8}
SUBJECT_GUARDS: dict[Subject, Guard] = {
    "we": Guard.TOLD_AS_WE,
    "other": Guard.SOMEBODY_ELSE,
    "none": Guard.NOBODY,
}
PLANNED_FACTOR = 0.3
DENIED_FACTOR = 0.2
LIST_FACTOR = 0.2

_DENIAL_REACH = 4  # tokens before a match in which a negation denies it
_PREPOSITIONS = word_set("with to from for of by at about and on than like help helped")
_REPORTED = word_set("told said suggested advised says tells asked")
_SETTLED = word_set("if whether that what how so until")
_PLANS = word_set("plan hope want wish intend aim expect planning hoping like going")
_HABITS = word_set("every each always usually often nightly daily")

FUNCTION_SHARE = 0.33
"""Least share of function words in speech; keyword lists lie below."""

_FEWEST_JUDGED = 12  # words; a shorter answer is too short to be called a list
_FEWEST_IN_LIST = 6  # words of a clause that is judged by itself
_LIST_SHARE = 0.2
_LISTED_SHARE = 0.3  # of an answer's words: from there on listed clauses are treated as lists


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a clause can be trusted. `clause` is its range of words, `start` and `end` of tokens.

    `counts` is False where the clause only repeats the question or an earlier clause.
    """

    clause: Clause
    start: int
    end: int
    subject: Subject
    factual: bool
    listed: bool
    counts: bool


def judge(
    reading: Reading, clauses: Sequence[Clause], asked: AbstractSet[tuple[str, ...]]
) -> list[Standing]:
    """Return the standing of every clause. `asked` are runs of words that it may only repeat."""
    seen: set[tuple[str, ...]] = set()
    standings: list[Standing] = []
    subject: Subject = "none"
    factual, sentence = True, -1
    for clause in clauses:
        start, end = reading.firsts[clause.start], reading.firsts[clause.end]
        tokens = reading.tokens[start:end]
        subject = find_subject(tokens, subject)
        repeated = tokens in seen or _is_echo(tokens, asked)
        seen.add(tokens)
        goes_on = clause.sentence == sentence and not factual and not _tells(tokens)
        factual, sentence = is_factual(tokens) and not goes_on, clause.sentence
        listed = _is_listed(tokens)
        standings.append(Standing(clause, start, end, subject, factual, listed, not repeated))
    words = sum(s.end - s.start for s in standings)
    if sum(s.end - s.start for s in standings if s.listed) < _LISTED_SHARE * words:
        # "Tamale, night shift, August 2022" opens a story; only many such clauses make a list
        standings = [replace(standing, listed=False) for standing in standings]
    return standings


def _tells(tokens: Sequence[str]) -> bool:
    """Tell whether a clause has a verb of its own in the past, or one that goes with "I"."""
    after_i = tokens[tokens.index("i") + 1 :][:2] if "i" in tokens else ()
    return any(is_past(word) for word in tokens) or any(word in BASE_DEEDS for word in after_i)


_ECHO_SHARE = 0.6
_TURNED = {"you": "i", "your": "my", "yourself": "myself", "are": "am", "speaker": "my"}


def echoes(question: str) -> set[tuple[str, ...]]:
    """Return the runs of three words of a question, also as the one who is asked repeats it."""
    tokens = read_text(question)
    return trigrams(tokens) | trigrams([_TURNED.get(word, word) for word in tokens])


def trigrams(tokens: Sequence[str]) -> set[tuple[str, ...]]:
    """Return every run of three tokens."""
    return {tuple(tokens[i : i + 3]) for i in range(len(tokens) - 2)}


def share_covered(tokens: Sequence[str], runs: AbstractSet[tuple[str, ...]]) -> float:
    """Return the share of `tokens` (0..1) that lie in one of `runs`, each three tokens long."""
    if not tokens or not runs:
        return 0.0
    covered = [False] * len(tokens)
    for i in range(len(tokens) - 2):
        if tuple(tokens[i : i + 3]) in runs:
            covered[i : i + 3] = [True] * 3
    return sum(covered) / len(tokens)


def _is_echo(tokens: Sequence[str], asked: AbstractSet[tuple[str, ...]]) -> bool:
    """Tell whether a clause only repeats: "My Step 1 score was 209" adds a word, and answers."""
    if share_covered(tokens, asked) < _ECHO_SHARE:
        return False
    known = {token for run in asked for token in run}
    return all(token in known or token in FUNCTION_WORDS or token in FILLERS for token in tokens)


def find_subject(tokens: Sequence[str], before: Subject) -> Subject:
    """Say whose clause it is; `before` is the subject of the clause before.

    A clause without a subject of its own goes on with the one before ("... and paged him").
    """
    spoken = "i" in tokens
    for at, word in enumerate(tokens):
        if word in OPENERS or word in ADVERBS:
            continue
        if word == "i":
            return "first"
        if word in PERSONS and (at == 0 or not _follows_preposition(tokens, at)):
            reported = any(w in _REPORTED for w in tokens[at + 1 : at + 3])
            acted = spoken and _acts(tokens[tokens.index("i") + 1 :])
            return "first" if acted and not reported else "other"
        if word in ("he", "she", "they") and before == "other" and not spoken:
            return "other"
        if word in ("he", "she", "they", "it", "there") and not spoken:
            return "none"
        if word in WE and not spoken:
            return "we"
        if is_past(word):
            break
    if spoken or any(word in FIRST for word in tokens):
        return "first"
    if any(word in WE for word in tokens):
        return "we"
    return before


def _follows_preposition(tokens: Sequence[str], at: int) -> bool:
    before = tokens[max(0, at - 3) : at]
    if "of" in before and "one" in before:
        return False
    return any(word in _PREPOSITIONS for word in before)


def _acts(tokens: Sequence[str]) -> bool:
    return any(is_past(word) or word in BASE_DEEDS for word in tokens[:3])


def is_factual(tokens: Sequence[str]) -> bool:
    """Tell whether the clause tells what is or was, not what one would, will or wants to do."""
    for at, word in enumerate(tokens):
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        planned = word in _PLANS and after == "to"
        if word in ("would", "could", "will", "should", "might", "shall") and after != "not":
            planned = True
        if not planned:
            continue
        if word in ("want", "like") and "did" in tokens[:at]:
            continue
        before = tokens[:at]
        told = "i" in before and any(is_past(w) for w in before)
        asked = any(w in _SETTLED for w in before[-3:]) and "if" not in before[:1]
        habit = word == "would" and any(w in _HABITS for w in tokens)
        if not (told or habit or (asked and word in ("could", "would"))):
            return False
    return True


def is_denied(tokens: Sequence[str], clause_start: int, start: int) -> bool:
    """Tell whether a negation before the match at `start` denies it.

    "Did not just work harder", "never went back" and "did not give up" deny nothing good.
    """
    for at in range(start - 1, max(clause_start, start - _DENIAL_REACH) - 1, -1):
        if tokens[at] == "but":
            return False
        if tokens[at] not in NEGATIONS:
            continue
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        if after in HARMLESS_AFTER_NOT:
            return False
        return not (tokens[at] == "never" and after in HARMLESS_AFTER_NEVER)
    return False


def _is_listed(tokens: Sequence[str]) -> bool:
    """Tell whether a clause is a bare list: nothing that holds its words together."""
    if len(tokens) < _FEWEST_IN_LIST:
        return False
    glue = sum(word in FUNCTION_WORDS for word in tokens)
    return glue < _LIST_SHARE * len(tokens) and not any(
        is_past(word) or word in PRONOUNS for word in tokens
    )


def is_stuffed(tokens: Sequence[str]) -> bool:
    """Tell whether a whole answer is a list of keywords.

    Speech with broken grammar drops articles too: it keeps its pronouns and verbs, lists do not.
    """
    if len(tokens) < _FEWEST_JUDGED:
        return False
    glue = sum(word in FUNCTION_WORDS for word in tokens) / len(tokens)
    persons = sum(word in PRONOUNS for word in tokens) / len(tokens)
    verbs = sum(is_past(word) or word in MODALS for word in tokens) / len(tokens)
    return glue < FUNCTION_SHARE and persons < 0.1 and verbs < 0.08
