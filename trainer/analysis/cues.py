"""The evidence that a rubric's cues find in an answer, clause by clause."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from trainer.analysis.bearing import find_bearing
from trainer.analysis.clauses import MOST_CLAUSE_WORDS
from trainer.analysis.grammar import ASKING_STEMS, FUNCTION_WORDS
from trainer.analysis.guards import (
    DENIED_FACTOR,
    LIST_FACTOR,
    PLANNED_FACTOR,
    SUBJECT_FACTORS,
    SUBJECT_GUARDS,
    Guard,
    Scaling,
    Standing,
    is_denied,
)
from trainer.analysis.items import Pattern, WordClass
from trainer.analysis.matching import Matcher
from trainer.analysis.quoting import widen
from trainer.analysis.ready import ReadyCue
from trainer.analysis.tokens import Reading
from trainer.bank.types import Criterion, Cue, Flag

_OUT_OF_ZONE_FACTOR = 0.25
_STEM = 5  # letters by which "disagreed" is the question's "disagreement"
_WIDEST_SPAN = 25  # words that a span grows to by further cues; raters' quotes have 4 to 30


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found at tokens `start` to `end`, with its weight after zone and denial.

    `guards` are what took weight away; where they left none, the hit counts nothing.
    """

    start: int
    end: int
    cue: str
    weight: float
    alone: bool
    general: bool
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one clause (by its number) holds for one criterion or flag.

    `mass` is the weight of all its cues after the guards, `solid` that of cues which are not
    general, `solid_cues` their ids; `start` and `end` are words. `hits` are what was found, and
    `factor` what the clause's `guards` left of their weights.
    """

    clause: int
    mass: float
    solid: float
    start: int
    end: int
    cues: tuple[str, ...]
    solid_cues: tuple[str, ...]
    hits: tuple[Hit, ...] = ()
    factor: float = 1.0
    guards: tuple[Guard, ...] = ()

    def scaled(self, guard: Guard, factor: float) -> Evidence:
        """Return the evidence with what `guard` leaves of it."""
        return replace(
            self,
            mass=factor * self.mass,
            solid=factor * self.solid,
            factor=factor * self.factor,
            guards=(*self.guards, guard),
        )


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

    def find(
        self,
        cues: Sequence[ReadyCue],
        guarded: Criterion | Flag,
        left_out: list[Hit] | None = None,
    ) -> list[Evidence]:
        """Return the evidence of every clause that has some, in the order of the text.

        `guarded` says which guards the evidence must pass. Hits of which they left nothing are
        added to `left_out`.
        """
        by_clause: dict[int, list[Hit]] = {}
        for ready in cues:
            for clause, hits in self._hits(ready, guarded.affirmed).items():
                by_clause.setdefault(clause, []).extend(hits)
        found = []
        standing_alone = {
            k for k, hits in by_clause.items() if any(hit.alone and hit.weight for hit in hits)
        }
        for clause, hits in sorted(by_clause.items()):
            counted = [hit for hit in hits if hit.weight]
            supported = clause in standing_alone or self._supports(clause, standing_alone)
            if counted and supported:
                scalings = self._scalings(self._standings[clause], guarded)
                found.append(self._evidence(clause, counted, scalings))
            if left_out is not None:
                left_out += [hit for hit in hits if not hit.weight]
                left_out += [] if supported else [_dropped(hit, Guard.ALONE) for hit in counted]
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
                weight = cue.weight
                guards: tuple[Guard, ...] = ()
                if not standing.counts or (cue.general and self._is_asked(start, end)):
                    weight, guards = 0.0, (Guard.REPEATED,)
                else:
                    if self._is_out_of_zone(cue, start):
                        weight, guards = weight * _OUT_OF_ZONE_FACTOR, (Guard.OUT_OF_PLACE,)
                    if affirmed and not denies and is_denied(tokens, standing.start, start):
                        weight, guards = weight * DENIED_FACTOR, (*guards, Guard.DENIED)
                hit = Hit(start, end, cue.id, weight, cue.alone, cue.general, guards)
                by_clause.setdefault(clause, []).append(hit)
        if by_clause and ready.unless:
            barred = {
                self._clause_of[start]
                for pattern in ready.unless
                for start, _ in self._matcher.matches(pattern, self._limits)
            }
            for clause in barred & by_clause.keys():
                by_clause[clause] = [_dropped(hit, Guard.OVERRULED) for hit in by_clause[clause]]
        return {k: _strongest(hits, cue.most) for k, hits in by_clause.items()}

    def _is_asked(self, start: int, end: int) -> bool:
        """Tell whether a match holds words of the question only: "a conflict" says nothing new."""
        told = [t for t in self._reading.tokens[start:end] if t not in FUNCTION_WORDS]
        return bool(told) and all(token[:_STEM] in self._asked for token in told)

    def _is_out_of_zone(self, cue: Cue, start: int) -> bool:
        if cue.zone is None:
            return False
        place = start / max(len(self._reading.tokens), 1)
        return not cue.zone[0] <= place <= cue.zone[1]

    def _scalings(self, standing: Standing, guarded: Criterion | Flag) -> list[Scaling]:
        """Return by what all evidence of a clause is scaled down."""
        scalings = [(Guard.LISTED, LIST_FACTOR)] if standing.listed else []
        if isinstance(guarded, Criterion):
            scalings += self._bearing.scalings(standing)
        if guarded.first_person and standing.subject in SUBJECT_GUARDS:
            subject = standing.subject
            scalings.append((SUBJECT_GUARDS[subject], SUBJECT_FACTORS[subject]))
        if guarded.factual and not standing.factual:
            scalings.append((Guard.PLANNED, PLANNED_FACTOR))
        return scalings

    def _evidence(self, clause: int, hits: list[Hit], scalings: list[Scaling]) -> Evidence:
        factor = math.prod(factor for _, factor in scalings)
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
            hits=tuple(hits),
            factor=factor,
            guards=tuple(dict.fromkeys(guard for guard, _ in scalings)),
        )


def _dropped(hit: Hit, guard: Guard) -> Hit:
    return replace(hit, weight=0.0, guards=(*hit.guards, guard))


def _strongest(hits: list[Hit], most: int) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (-hit.weight, hit.start, hit.end)):
        if len(kept) == most:
            break
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return kept
