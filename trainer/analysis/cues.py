"""Rubrics prepared for matching, and the evidence that their cues find clause by clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trainer.analysis.bearing import find_bearing
from trainer.analysis.clauses import MOST_CLAUSE_WORDS
from trainer.analysis.grammar import ASKING_STEMS, FUNCTION_WORDS, NEGATIONS
from trainer.analysis.guards import (
    DENIED_FACTOR,
    LIST_FACTOR,
    PLANNED_FACTOR,
    SUBJECT_FACTORS,
    Standing,
    echoes,
    is_denied,
)
from trainer.analysis.items import Pattern, WordClass, named_in, words_of
from trainer.analysis.matching import Matcher
from trainer.analysis.patterns import PatternError, check_pattern, parse_pattern
from trainer.analysis.quoting import widen
from trainer.analysis.tokens import Reading
from trainer.bank.types import Criterion, Cue, Flag, Rubric

_OUT_OF_ZONE_FACTOR = 0.25
_STEM = 5  # letters by which "disagreed" is the question's "disagreement"
_WIDEST_SPAN = 25  # words that a span grows to by further cues; raters' quotes have 4 to 30


@dataclass(frozen=True, slots=True)
class ReadyCue:
    """A cue with its patterns read. `denies[k]` tells that pattern `k` holds a negation itself."""

    cue: Cue
    patterns: tuple[Pattern, ...]
    denies: tuple[bool, ...]
    unless: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found at tokens `start` to `end`, with its weight after zone and denial."""

    start: int
    end: int
    cue: str
    weight: float
    alone: bool
    general: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one clause (by its number) holds for one criterion or flag.

    `mass` is the weight of all its cues after the guards, `solid` that of cues which are not
    general, `solid_cues` their ids; `start` and `end` are words.
    """

    clause: int
    mass: float
    solid: float
    start: int
    end: int
    cues: tuple[str, ...]
    solid_cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadyRubric:
    """A rubric's cues by criterion, flag and contrary side of a flag, ready to be found.

    `words` are all words that the criteria's cues look for; `echoes` the runs of three words of
    what the criteria ask for: an answer that reads the checklist back says nothing.
    """

    criteria: Mapping[str, tuple[ReadyCue, ...]]
    flags: Mapping[str, tuple[ReadyCue, ...]]
    against: Mapping[str, tuple[ReadyCue, ...]]
    topic: tuple[Pattern, ...]
    elsewhere: Mapping[str, tuple[Pattern, ...]]
    words: frozenset[str]
    echoes: frozenset[tuple[str, ...]]


def prepare(rubric: Rubric, classes: Mapping[str, WordClass]) -> ReadyRubric:
    """Read every pattern of a rubric. Those that cannot be read find nothing.

    The loader refuses such a rubric; the rater must still not fail on one made by other means.
    """
    criteria = {c.id: _prepare_cues(c.cues, classes) for c in rubric.criteria}
    ready = [cue for cues in criteria.values() for cue in cues]
    patterns = [pattern for cue in ready for pattern in cue.patterns]
    return ReadyRubric(
        criteria=criteria,
        flags={f.id: _prepare_cues(f.cues, classes) for f in rubric.flags},
        against={f.id: _prepare_cues(f.against, classes) for f in rubric.flags if f.against},
        topic=_prepare_patterns(rubric.topic, classes),
        elsewhere={c.id: _prepare_patterns(c.elsewhere, classes) for c in rubric.criteria},
        words=frozenset(_words_of(patterns, classes)),
        echoes=frozenset(
            run for c in rubric.criteria for text in (c.asks, c.marks.met) for run in echoes(text)
        ),
    )


def _words_of(patterns: Sequence[Pattern], classes: Mapping[str, WordClass]) -> Iterator[str]:
    """Yield the words of `patterns` and of the classes that they name, at any depth."""
    seen: set[str] = set()
    waiting = list(patterns)
    while waiting:
        items = waiting.pop().items
        yield from words_of(items)
        for name in set(named_in(items)) - seen:
            seen.add(name)
            word_class = classes.get(name, WordClass())
            yield from (word for rows in word_class.rows.values() for row in rows for word in row)
            waiting += word_class.patterns


def _prepare_cues(cues: Sequence[Cue], classes: Mapping[str, WordClass]) -> tuple[ReadyCue, ...]:
    ready = []
    for cue in cues:
        patterns = _prepare_patterns(cue.any, classes)
        denies = tuple(any(word in NEGATIONS for word in words_of(p.items)) for p in patterns)
        ready.append(ReadyCue(cue, patterns, denies, _prepare_patterns(cue.unless, classes)))
    return tuple(ready)


def _prepare_patterns(
    texts: Sequence[str], classes: Mapping[str, WordClass]
) -> tuple[Pattern, ...]:
    patterns = []
    for text in texts:
        try:
            pattern = parse_pattern(text)
        except PatternError:
            continue
        if check_pattern(text, classes) is None:
            patterns.append(pattern)
    return tuple(patterns)


class Finder:
    """Finds cues in the clauses of one answer."""

    def __init__(
        self,
        reading: Reading,
        standings: Sequence[Standing],
        classes: Mapping[str, WordClass],
        question: Sequence[str] = (),
    ) -> None:
        self._reading = reading
        self._asked = frozenset(t[:_STEM] for t in question if t not in FUNCTION_WORDS)
        self._standings = standings
        self._matcher = Matcher(reading, classes)
        self._bearing = find_bearing(reading.tokens, standings)
        self._limits = tuple(s.end for s in standings for _ in range(s.start, s.end))
        self._sentence_words: Counter[int] = Counter()
        for standing in standings:
            clause = standing.clause
            self._sentence_words[clause.sentence] += clause.end - clause.start
        self._clause_of = tuple(k for k, s in enumerate(standings) for _ in range(s.start, s.end))

    def on_topic(self, patterns: Sequence[Pattern]) -> set[str]:
        """Return the different words that begin a match or come from the question itself."""
        tokens = self._reading.tokens
        asked = {stem for stem in self._asked if len(stem) == _STEM} - ASKING_STEMS
        found = {token for token in tokens if token[:_STEM] in asked}
        for pattern in patterns:
            found |= {tokens[start] for start, _ in self._matcher.matches(pattern, self._limits)}
        return found

    def count(self, patterns: Sequence[Pattern]) -> int:
        """Return in how many clauses any of the patterns occurs."""
        return len(
            {
                self._clause_of[start]
                for pattern in patterns
                for start, _ in self._matcher.matches(pattern, self._limits)
            }
        )

    def find(self, cues: Sequence[ReadyCue], guarded: Criterion | Flag) -> list[Evidence]:
        """Return the evidence of every clause that has some, in the order of the text.

        `guarded` says which guards the evidence must pass.
        """
        by_clause: dict[int, list[Hit]] = {}
        for ready in cues:
            for clause, hits in self._hits(ready, guarded.affirmed).items():
                by_clause.setdefault(clause, []).extend(hits)
        found = []
        standing_alone = {k for k, hits in by_clause.items() if any(hit.alone for hit in hits)}
        for clause, hits in sorted(by_clause.items()):
            if clause in standing_alone or self._supports(clause, standing_alone):
                factor = self._factor(self._standings[clause], guarded)
                found.append(self._evidence(clause, hits, factor))
        return found

    def _supports(self, clause: int, others: set[int]) -> bool:
        """Tell whether `clause` goes on with one of `others` in the same sentence.

        A recogniser's text is one endless sentence: there a neighbour tells nothing.
        """
        sentence = self._standings[clause].clause.sentence
        return self._sentence_words[sentence] <= MOST_CLAUSE_WORDS and any(
            near in others and self._standings[near].clause.sentence == sentence
            for near in (clause - 1, clause + 1)
        )

    def _hits(self, ready: ReadyCue, affirmed: bool) -> dict[int, list[Hit]]:
        """Return the hits of one cue by clause: not overlapping, the strongest `most` of them."""
        cue, tokens = ready.cue, self._reading.tokens
        by_clause: dict[int, list[Hit]] = {}
        for pattern, denies in zip(ready.patterns, ready.denies, strict=True):
            for start, end in self._matcher.matches(pattern, self._limits):
                clause = self._clause_of[start]
                standing = self._standings[clause]
                if not standing.counts or (cue.general and self._is_asked(start, end)):
                    continue
                weight = cue.weight * self._zone_factor(cue, start)
                if affirmed and not denies and is_denied(tokens, standing.start, start):
                    weight *= DENIED_FACTOR
                hit = Hit(start, end, cue.id, weight, cue.alone, cue.general)
                by_clause.setdefault(clause, []).append(hit)
        if by_clause and ready.unless:
            barred = {
                self._clause_of[start]
                for pattern in ready.unless
                for start, _ in self._matcher.matches(pattern, self._limits)
            }
            by_clause = {k: hits for k, hits in by_clause.items() if k not in barred}
        return {k: _strongest(hits, cue.most) for k, hits in by_clause.items()}

    def _is_asked(self, start: int, end: int) -> bool:
        """Tell whether a match holds words of the question only: "a conflict" says nothing new."""
        told = [t for t in self._reading.tokens[start:end] if t not in FUNCTION_WORDS]
        return bool(told) and all(token[:_STEM] in self._asked for token in told)

    def _zone_factor(self, cue: Cue, start: int) -> float:
        if cue.zone is None:
            return 1.0
        place = start / max(len(self._reading.tokens), 1)
        return 1.0 if cue.zone[0] <= place <= cue.zone[1] else _OUT_OF_ZONE_FACTOR

    def _factor(self, standing: Standing, guarded: Criterion | Flag) -> float:
        factor = LIST_FACTOR if standing.listed else 1.0
        if isinstance(guarded, Criterion):
            factor *= self._bearing.factor(standing)
        if guarded.first_person:
            factor *= SUBJECT_FACTORS[standing.subject]
        if guarded.factual and not standing.factual:
            factor *= PLANNED_FACTOR
        return factor

    def _evidence(self, clause: int, hits: list[Hit], factor: float) -> Evidence:
        hits = sorted(hits, key=lambda hit: (-hit.weight, hit.start, hit.end, hit.cue))
        start, end = hits[0].start, hits[0].end
        for hit in hits[1:]:
            grown = min(start, hit.start), max(end, hit.end)
            if grown[1] - grown[0] <= _WIDEST_SPAN:
                start, end = grown
        words = self._reading.words
        first, last = words[start], words[end - 1] + 1
        first, last = widen(first, last, self._standings[clause])
        solid = [hit for hit in hits if not hit.general]
        return Evidence(
            clause=clause,
            mass=factor * sum(hit.weight for hit in hits),
            solid=factor * sum(hit.weight for hit in solid),
            start=first,
            end=last,
            cues=tuple(dict.fromkeys(hit.cue for hit in hits)),
            solid_cues=tuple(dict.fromkeys(hit.cue for hit in solid)),
        )


def _strongest(hits: list[Hit], most: int) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (-hit.weight, hit.start, hit.end)):
        if len(kept) == most:
            break
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return kept
