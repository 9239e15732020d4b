"""The facts of an answer (numbers, places, names, roles, deeds), and which of them another keeps.

A fact that is said in other words is kept: "209" is "two oh nine", an attending is a consultant,
a deed keeps half of its words. What is in doubt counts as kept: to be told of a fact as dropped
that is still there would cost more trust than one that is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal

from trainer.analysis.clauses import Clause, split
from trainer.analysis.grammar import (
    BASE_DEEDS,
    FILLERS,
    FUNCTION_WORDS,
    MODALS,
    NEGATIONS,
    STATES,
    word_set,
)
from trainer.analysis.items import WordClass
from trainer.analysis.matching import Matcher
from trainer.analysis.patterns import build_classes, parse_pattern
from trainer.analysis.tokens import Reading, read
from trainer.analysis.wordforms import is_adverb, is_past
from trainer.transcript.correction import unsure
from trainer.transcript.types import Transcript

FactKind = Literal["number", "place", "name", "time", "role", "action"]

KEPT_SHARE = 0.5
"""A deed is kept where this share of its words comes again within two clauses.

Its names and numbers do not count where two words are left: they are facts of their own. Of 404
deeds in 120 plain answers of `corpus/development.jsonl` 98 % were kept in copies with 10 % of their
words changed at random, 96 % with 20 % and 92 % with 30 %; in another answer by the same speaker
6 % were found. Without what "with Petra Novak for 20 minutes in Omaha" behind each sentence adds,
90 % were kept (66 % where names and numbers count). Of all kinds of facts 94, 86 and 77 % were kept
(the changed words were often the fact itself), and 10 % found in another answer.
"""

_ROLES = (
    "nurse", "pharmacist", "interpreter", "social_worker", "senior", "junior", "technician",
    "therapist", "support_staff", "peer",
)  # fmt: skip
"""Lexicon classes whose members are one fact: other words for the same role."""

_DIFFERING = ("specialist", "family")
"""Classes of which each member is a fact of its own: a surgeon is no cardiologist."""

_PLACES = ("ward_place",)
_STEM = 5  # letters, as for the words of a question
_LONGEST_ACTION = 14  # words that are quoted
_AROUND = ' .,;:!?()"\u201c\u201d'  # what stands around a fact and is no part of it
_FEWEST_CONTENT = 2  # words of a deed beside function words: "I went there" is no fact
_TIMES = word_set(
    """monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays
    thursdays fridays saturdays sundays january february march april may june july august september
    october november december"""
)
_NO_NAMES = word_set("step steps usmle ck cs icu er ecg ct mri im img ok question bank god dr")
_AFTER_SUBJECT = word_set("have had did was were am been also just then")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in words `start` to `end` (half-open), as it was said.

    Two facts with the same `keys` are one. `is_unsure` tells that the recogniser guessed one of its
    words.
    """

    kind: FactKind
    text: str
    start: int
    end: int
    keys: frozenset[str]
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What one answer holds: its facts in order, and the stems by which others are found in it."""

    facts: tuple[Fact, ...]
    stems: frozenset[str]
    windows: tuple[frozenset[str], ...]


def find_facts(transcript: Transcript, word_classes: Mapping[str, tuple[str, ...]]) -> Told:
    """Return the facts of an answer, each once, in the order in which they are said.

    `word_classes` are those of the lexicons; without them there are neither roles nor places.
    """
    reading = read(transcript)
    clauses = split(transcript, reading)
    guessed = frozenset(unsure(transcript))
    others = [*_numbers(reading), *_names(reading)]
    told_apart = frozenset(at for _, start, end, _ in others for at in range(start, end))
    found = [
        *others,
        *_lexical(reading, word_classes),
        *_actions(reading, clauses, told_apart),
    ]
    facts: dict[tuple[FactKind, frozenset[str]], Fact] = {}
    for kind, start, end, keys in sorted(found, key=lambda one: (one[1], one[2], one[0])):
        first, last = reading.words[start], reading.words[end - 1] + 1
        text = transcript.quote(first, min(last, first + _LONGEST_ACTION)).strip(_AROUND)
        text = text.removesuffix("'s").removesuffix("\u2019s")
        unclear = any(word in guessed for word in range(first, last))
        facts.setdefault((kind, keys), Fact(kind, text, first, last, keys, unclear))
    stems = [_stems(reading, clause) for clause in clauses]
    windows = [frozenset().union(*stems[at : at + 2]) for at in range(len(stems))]
    everything = frozenset().union(*stems)
    return Told(tuple(facts.values()), everything, tuple(windows))


def missing_in(told: Told, other: Told) -> tuple[Fact, ...]:
    """Return the facts of one answer that another does not hold, in order."""
    return tuple(fact for fact in told.facts if not _is_kept(fact, other))


def _is_kept(fact: Fact, other: Told) -> bool:
    if any(_is_same(fact, one) for one in other.facts if one.kind == fact.kind):
        return True
    match fact.kind:
        case "action":
            needed = KEPT_SHARE * len(fact.keys)
            return any(len(fact.keys & window) >= needed for window in other.windows)
        case "name" | "time" | "place":
            return fact.keys <= other.stems  # a recogniser writes no capitals
    return False


def _is_same(fact: Fact, other: Fact) -> bool:
    if fact.keys == other.keys:
        return True
    if fact.kind != "number":
        return False
    # a value, and perhaps what is counted: "209" is "209 points", four weeks are not four months
    return bool(fact.keys & other.keys) and min(len(fact.keys), len(other.keys)) == 1


_Found = tuple[FactKind, int, int, frozenset[str]]


def _numbers(reading: Reading) -> Iterator[_Found]:
    for number in reading.numbers:
        if number.kind == "label":
            continue
        keys = {f"={number.value:g}"}
        end = number.end
        if number.kind in ("count", "age", "percent") and end < len(reading.tokens):
            unit = reading.tokens[end]
            if unit not in FUNCTION_WORDS and unit not in FILLERS:
                keys.add(_stem(unit))
                end += 1
        yield "number", number.start, end, frozenset(keys)


def _lexical(reading: Reading, word_classes: Mapping[str, tuple[str, ...]]) -> Iterator[_Found]:
    names = [name for name in (*_ROLES, *_DIFFERING, *_PLACES) if name in word_classes]
    matcher = Matcher(reading, _prepared(tuple((name, word_classes[name]) for name in names)))
    limits = (len(reading.tokens),) * len(reading.tokens)
    for name in names:
        for start, end in _apart(matcher, name, limits):
            if name in _ROLES:
                yield "role", start, end, frozenset({name})
                continue
            stems = frozenset(_stem(token) for token in reading.tokens[start:end])
            content = frozenset(stem for stem in stems if stem not in FUNCTION_WORDS)
            yield "place" if name in _PLACES else "role", start, end, content or stems


@lru_cache(maxsize=2)
def _prepared(classes: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, WordClass]:
    """Return the lexicons' classes ready for matching: 15 ms, and two answers are compared."""
    return build_classes(dict(classes))


def _apart(matcher: Matcher, name: str, limits: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Yield the places of a class, without those that begin inside another."""
    reached = 0
    for start, end in matcher.matches(parse_pattern(f"{{{name}}}"), limits):
        if start >= reached:
            reached = end
            yield start, end


def _names(reading: Reading) -> Iterator[_Found]:
    numbered = {at for number in reading.numbers for at in range(number.start, number.end)}
    names = sorted(
        at for at in reading.names if _is_name(reading.tokens[at]) and at not in numbered
    )
    for _, row in groupby(enumerate(names), key=lambda one: one[1] - one[0]):
        places = [at for _, at in row]
        tokens = reading.tokens[places[0] : places[-1] + 1]
        kind: FactKind = "time" if all(token in _TIMES for token in tokens) else "name"
        yield kind, places[0], places[-1] + 1, frozenset(map(_stem, tokens))


def _is_name(token: str) -> bool:
    return len(token) > 1 and token not in _NO_NAMES


def _actions(
    reading: Reading, clauses: Iterable[Clause], told_apart: frozenset[int]
) -> Iterator[_Found]:
    """Yield deeds. Tokens `told_apart` are facts of their own: a name makes no deed another."""
    for clause in clauses:
        start, end = reading.firsts[clause.start], reading.firsts[clause.end]
        tokens = reading.tokens[start:end]
        for at, token in enumerate(tokens):
            if token not in ("i", "we"):
                continue
            verb = _verb(tokens, at + 1)
            if verb is None:
                continue
            content = {
                place: _stem(one)
                for place, one in enumerate(tokens[verb:], start + verb)
                if one not in FUNCTION_WORDS and one not in FILLERS
            }
            keys = frozenset(content.values())
            alone = frozenset(stem for place, stem in content.items() if place not in told_apart)
            if len(keys) >= _FEWEST_CONTENT:
                yield "action", start + at, end, alone if len(alone) >= _FEWEST_CONTENT else keys
            break


def _verb(tokens: Sequence[str], at: int) -> int | None:
    """Return where the deed of a subject before `at` stands; None for a state, wish or denial."""
    while at < len(tokens) and (tokens[at] in _AFTER_SUBJECT or is_adverb(tokens[at])):
        at += 1
    if at >= len(tokens) or tokens[at] in MODALS or tokens[at] in NEGATIONS:
        return None
    is_deed = is_past(tokens[at]) or tokens[at] in BASE_DEEDS  # many tell a story in the present
    return at if is_deed and tokens[at] not in STATES else None


def _stems(reading: Reading, clause: Clause) -> frozenset[str]:
    return frozenset(
        _stem(token)
        for token in reading.tokens[reading.firsts[clause.start] : reading.firsts[clause.end]]
    )


def _stem(token: str) -> str:
    return token[:_STEM]
