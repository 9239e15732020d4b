"""Where patterns occur in one answer.

A pattern keeps a set of places where it may stand and moves it on item by item, so the work
grows with the length of the clause times the length of the pattern, whatever its author wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from trainer.analysis import wordforms
from trainer.analysis.items import Atom, Item, Pattern, WordClass
from trainer.analysis.tokens import Reading


class Matcher:
    """Finds patterns in one reading; what a class matches is worked out once, when asked for."""

    def __init__(self, reading: Reading, classes: Mapping[str, WordClass]) -> None:
        self._tokens = reading.tokens
        self._classes = classes
        self._found: dict[str, dict[int, tuple[int, ...]]] = wordforms.find(reading)
        self._stems: dict[str, tuple[int, ...]] = {}
        self._places: dict[str, list[int]] = {}
        for place, token in enumerate(reading.tokens):
            self._places.setdefault(token, []).append(place)

    def matches(self, pattern: Pattern, limits: tuple[int, ...]) -> list[tuple[int, int]]:
        """Return the shortest match from every place, as half-open token ranges in order.

        `limits[k]` is the end of the clause that token `k` stands in: no match passes it.
        """
        found = []
        for start in self._starts(pattern):
            if pattern.anchored and start > 0 and limits[start - 1] == limits[start]:
                continue
            ends = self._ends(pattern.items, start, limits[start])
            if ends:
                found.append((start, min(ends)))
        return found

    def _starts(self, pattern: Pattern) -> list[int]:
        if len(pattern.heads) == 1:
            return list(self._atom_places(pattern.heads[0]))
        return sorted({at for head in pattern.heads for at in self._atom_places(head)})

    def _atom_places(self, atom: Atom) -> tuple[int, ...] | list[int]:
        if atom.words:
            return self._places.get(atom.words[0], [])
        if atom.stem:
            return self._stem(atom.stem)
        return sorted(self._class(atom.name))

    def _stem(self, stem: str) -> tuple[int, ...]:
        places = self._stems.get(stem)
        if places is None:
            hits = (at for token, at in self._places.items() if token.startswith(stem))
            places = tuple(sorted(place for at in hits for place in at))
            self._stems[stem] = places
        return places

    def _class(self, name: str) -> dict[int, tuple[int, ...]]:
        """Return the ends of the class's matches by their start."""
        found = self._found.get(name)
        if found is not None:
            return found
        self._found[name] = {}  # a class that contains itself finds nothing in itself
        word_class = self._classes.get(name, WordClass())
        ends: dict[int, set[int]] = {}
        for first, rows in word_class.rows.items():
            for place in self._places.get(first, ()):
                for row in rows:
                    if self._tokens[place : place + len(row)] == row:
                        ends.setdefault(place, set()).add(place + len(row))
        for pattern in word_class.patterns:
            for start in self._starts(pattern):
                reached = self._ends(pattern.items, start, len(self._tokens))
                if reached:
                    ends.setdefault(start, set()).update(reached)
        self._found[name] = {start: tuple(ends[start]) for start in sorted(ends)}
        return self._found[name]

    def _ends(self, items: Sequence[Item], start: int, limit: int) -> set[int]:
        """Return every place up to `limit` where a match from `start` can end."""
        tokens = self._tokens
        at = {start}
        for item in items:
            if not item.atoms:
                gap = range(item.least, item.most + 1)
                at = {place + step for place in at for step in gap if place + step <= limit}
                continue
            singles = item.singles
            onward = {place + 1 for place in at if place < limit and tokens[place] in singles}
            for atom in item.others:
                for place in at:
                    onward.update(end for end in self._step(atom, place, limit) if end <= limit)
            at = at | onward if item.optional else onward
            if not at:
                break
        at.discard(start)
        return at

    def _step(self, atom: Atom, place: int, limit: int) -> Iterable[int]:
        if atom.words:
            end = place + len(atom.words)
            return (end,) if self._tokens[place:end] == atom.words else ()
        if place >= len(self._tokens):
            return ()
        if atom.stem:
            return (place + 1,) if self._tokens[place].startswith(atom.stem) else ()
        if atom.row:
            return self._ends(atom.row, place, limit)
        return self._class(atom.name).get(place, ())
