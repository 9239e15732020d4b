"""A comparison in the order of the story: what of it belongs to which part, and where it was said.

Marks stand with the part that their criterion asks for, facts with the part in whose words they
were said. What has no part comes last; where no side has a story, all of it is one chapter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from trainer.analysis.evidence import LONGEST_QUOTE_WORDS
from trainer.analysis.story import Story
from trainer.bank.types import Mark, Part
from trainer.review.comparing import Comparison, FlagPair, MarkPair, PartPair
from trainer.review.facts import Fact
from trainer.review.sides import Side

Range = tuple[int, int]
"""Words of one side, the end excluded."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the same is said on either side; None where that side does not say it."""

    before: Range | None
    after: Range | None

    def of(self, number: int) -> Range | None:
        """Return where the first side (0) or the second (1) says it."""
        return self.after if number else self.before


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A mark on either side, and the words that would be quoted first."""

    pair: MarkPair
    places: Places


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A flag on either side, and the words that would be quoted first."""

    pair: FlagPair
    places: Places


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of the story on either side; `lengths` is None for what has no part.

    `before` and `after` are all words of the part, in order. `added` were said after and `dropped`
    before, both empty where facts are not compared.
    """

    lengths: PartPair | None
    marks: tuple[MarkLine, ...]
    added: tuple[Fact, ...]
    dropped: tuple[Fact, ...]
    before: tuple[Range, ...]
    after: tuple[Range, ...]

    @property
    def name(self) -> Part | None:
        """The part; None for what has none."""
        return self.lengths.name if self.lengths else None

    @property
    def places(self) -> Places:
        """From the first word of the part to its last, on either side."""
        return Places(_reach(self.before), _reach(self.after))

    @property
    def tells(self) -> bool:
        """Whether it holds more than words."""
        return bool(self.lengths or self.marks or self.added or self.dropped)


def align_parts(comparison: Comparison) -> tuple[Chapter, ...]:
    """Return the chapters of a comparison in the order of a story; without any text none."""
    before, after = comparison.before, comparison.after
    names = [pair.name for pair in comparison.parts]
    runs = tuple(
        tuple(_cover(story, len(side.transcript.words)))
        for story, side in zip(comparison.stories, (before, after), strict=True)
    )
    parts = {**_criterion_parts(after), **_criterion_parts(before)}
    lines: dict[Part | None, list[MarkLine]] = {}
    for pair in comparison.marks:
        part = parts.get(pair.id)
        line = MarkLine(pair, _mark_places(pair, before, after))
        lines.setdefault(part if part in names else None, []).append(line)
    chapters = [
        Chapter(
            lengths,
            tuple(lines.get(name, ())),
            _facts_in(comparison.added, runs[1], name),
            _facts_in(comparison.dropped, runs[0], name),
            tuple((start, end) for part, start, end in runs[0] if part == name),
            tuple((start, end) for part, start, end in runs[1] if part == name),
        )
        for name, lengths in [*((pair.name, pair) for pair in comparison.parts), (None, None)]
    ]
    return tuple(one for one in chapters if one.tells or one.before or one.after)


def place_flags(comparison: Comparison) -> tuple[FlagLine, ...]:
    """Return the flags of a comparison with where they were said."""
    return tuple(
        FlagLine(
            pair,
            Places(
                _first(comparison.before, "flag", pair.id) if pair.before else None,
                _first(comparison.after, "flag", pair.id) if pair.after else None,
            ),
        )
        for pair in comparison.flags
    )


def _mark_places(pair: MarkPair, before: Side, after: Side) -> Places:
    return Places(
        _first(before, "criterion", pair.id) if pair.before > Mark.MISSED else None,
        _first(after, "criterion", pair.id) if pair.after > Mark.MISSED else None,
    )


def _first(side: Side, kind: Literal["criterion", "flag"], name: str) -> Range | None:
    """Return the words that `quotes` would give first."""
    spans = side.rating.spans_of(kind, name) if side.rating else ()
    if not spans:
        return None
    return spans[0].start, min(spans[0].end, spans[0].start + LONGEST_QUOTE_WORDS)


def _criterion_parts(side: Side) -> dict[str, Part | None]:
    return {c.id: c.part for c in side.rubric.criteria} if side.rubric else {}


def _cover(story: Story | None, count: int) -> Iterator[tuple[Part | None, int, int]]:
    """Yield ranges that cover all words in order, each with its part."""
    at = 0
    for run in story.runs if story else ():
        if run.start > at:
            yield None, at, run.start
        yield run.name, run.start, run.end
        at = run.end
    if at < count:
        yield None, at, count


def _facts_in(
    facts: Sequence[Fact] | None, runs: Sequence[tuple[Part | None, int, int]], name: Part | None
) -> tuple[Fact, ...]:
    own = [(start, end) for part, start, end in runs if part == name]
    return tuple(
        fact for fact in facts or () if any(start <= fact.start < end for start, end in own)
    )


def _reach(ranges: Sequence[Range]) -> Range | None:
    return (ranges[0][0], ranges[-1][1]) if ranges else None
