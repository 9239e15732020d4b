"""Rubrics prepared for matching: every pattern read once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trainer.analysis.grammar import NEGATIONS
from trainer.analysis.guards import echoes
from trainer.analysis.items import Pattern, WordClass, named_in, words_of
from trainer.analysis.patterns import PatternError, check_pattern, parse_pattern
from trainer.bank.types import Cue, Rubric


@dataclass(frozen=True, slots=True)
class ReadyCue:
    """A cue with its patterns read. `denies[k]` tells that pattern `k` holds a negation itself."""

    cue: Cue
    patterns: tuple[Pattern, ...]
    denies: tuple[bool, ...]
    unless: tuple[Pattern, ...]


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
