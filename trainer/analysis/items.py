"""What a pattern is made of once it has been read; `trainer.analysis.patterns` reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Atom:
    """One alternative of an item: words, a stem, the name of a class, or a row of items."""

    words: tuple[str, ...] = ()
    stem: str = ""
    name: str = ""
    row: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One item: it matches one of `atoms`, or `least` to `most` words of any kind.

    `singles` are those atoms that are one word, `others` the rest: a long row of alternatives is
    then one look into a set.
    """

    atoms: tuple[Atom, ...] = ()
    optional: bool = False
    least: int = 0
    most: int = 0
    singles: frozenset[str] = frozenset()
    others: tuple[Atom, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that was read. `heads` are the atoms with which a match can begin."""

    text: str
    items: tuple[Item, ...]
    heads: tuple[Atom, ...]
    anchored: bool = False


@dataclass(slots=True)
class WordClass:
    """Members of a class: plain rows of words by their first one, the others as patterns."""

    rows: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    patterns: list[Pattern] = field(default_factory=list)


def words_of(items: Sequence[Item]) -> Iterator[str]:
    """Yield every word that is written in `items`; not the members of classes."""
    for item in items:
        for atom in item.atoms:
            yield from atom.words
            yield from words_of(atom.row)


def named_in(items: Sequence[Item]) -> Iterator[str]:
    """Yield the name of every class in `items`."""
    for item in items:
        for atom in item.atoms:
            if atom.name:
                yield atom.name
            yield from named_in(atom.row)
