"""The language in which cues are written, and its matcher.

A pattern is a row of items with spaces between them; it must be found word by word, inside one
clause. Capitals, punctuation and curly quotes do not matter, and "didn't" is "did not".

| item | matches |
| --- | --- |
| `score` | the word |
| `fail*` | every word that begins so, the bare stem included |
| `{role}` | any member of the class `role` of a lexicon, or a built-in class (below) |
| `a\\|an\\|{number}` | any one of these (no spaces around the bar) |
| `[wrote to me\\|called]` | any one of these rows of words |
| `(really)` | the same, but it may be left out: `(a\\|the)`, `(in my mind)` |
| `_` | exactly one word, whatever it is |
| `...` | up to four words, whatever they are |
| `^` | at the beginning only: the pattern must open the clause |

Members of a class are patterns themselves (without `^`), so one class may be built from others.
A pattern cannot begin or end with a gap. Brackets do not stand inside brackets. In YAML a pattern
that holds `{`, `[`, `|` or `*` is written in quotes.

Built-in classes: `{number}` (a count, a score or a percentage; not a year, an age, a label such
as "step 1"), `{score}` (150 to 300), `{year}`, `{age}` ("60 year old"), `{percent}`, `{past}`
(any past form), `{acted}` (the past form of a deed: not of a state or a thought), `{act}` (the
base form of a deed), `{done}` (a participle), `{doing}` (a form in -ing), `{adverb}`, `{modal}`,
`{name}` (a word with a capital inside a sentence).

Patterns come from users' files and are not trusted: there are no regular expressions in here, and
`trainer.analysis.matching` finds them in bounded time.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from trainer.analysis import wordforms
from trainer.analysis.items import Atom, Item, Pattern, WordClass, named_in
from trainer.analysis.tokens import read_text

GAP = 4
"""Most words that `...` passes over."""

_MOST_ITEMS = 40
_DEEPEST = 12  # classes in classes
_MOST_KEPT = 16_384  # patterns; the shipped files have 4,300, in 6 MB
_PIECE = re.compile(r"[(\[][^)\]]*[)\]]\S*|\S+")
_OPEN = {"(": ")", "[": "]"}
_ALTERNATIVES = frozenset("|{}*")
_CLASS_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-")


class PatternError(ValueError):
    """A pattern that cannot be read. The message says what is wrong and how to write it."""


def _item(atoms: Iterable[Atom], optional: bool = False) -> Item:
    atoms = tuple(atoms)
    singles = frozenset(atom.words[0] for atom in atoms if len(atom.words) == 1)
    others = tuple(atom for atom in atoms if len(atom.words) != 1)
    return Item(atoms, optional, singles=singles, others=others)


def check_pattern(pattern: str, classes: Container[str]) -> str | None:
    """Say what is wrong with `pattern` in the terms of its author; None where nothing is.

    `classes` holds the names of the known classes (a mapping by name will do); a class that is
    named but unknown is a mistake.
    """
    read = _try(pattern, classes)
    return read if isinstance(read, str) else None


def check_classes(classes: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the problem of each class whose members cannot be read, by the name of the class."""
    return _read_classes(classes)[1]


def build_classes(classes: Mapping[str, tuple[str, ...]]) -> dict[str, WordClass]:
    """Prepare lexicon classes for matching. Members that cannot be read are left out.

    The loader has complained about those; a class that leads back to itself is empty.
    """
    read, _ = _read_classes(classes)
    built: dict[str, WordClass] = {}
    for name, members in read.items():
        into = built.setdefault(name, WordClass())
        for pattern in members:
            row = _plain_row(pattern)
            if row is None:
                into.patterns.append(pattern)
            elif row not in into.rows.setdefault(row[0], []):
                into.rows[row[0]].append(row)
    return built


def _read_classes(
    classes: Mapping[str, tuple[str, ...]],
) -> tuple[dict[str, list[Pattern]], dict[str, str]]:
    """Return the members of every class that could be read, and the problems of the others."""
    read: dict[str, list[Pattern]] = {name: [] for name in classes}
    problems: dict[str, str] = {}
    for name, members in classes.items():
        for member in members:
            pattern = _try(member, classes)
            if isinstance(pattern, Pattern) and pattern.anchored:
                pattern = "a member of a word class cannot begin with ^"
            if isinstance(pattern, Pattern):
                read[name].append(pattern)
            else:
                problems.setdefault(name, f"{member!r}: {pattern}")
    named = {
        name: {
            inner for pattern in patterns for inner in named_in(pattern.items) if inner in classes
        }
        for name, patterns in read.items()
    }
    for name in classes:
        depth = _depth(name, named)
        if depth > min(_DEEPEST, len(classes)):
            read[name] = []
            problems[name] = (
                "the class leads back to itself"
                if depth > len(classes)
                else f"classes stand in classes more than {_DEEPEST} deep"
            )
    return read, problems


def _depth(name: str, named: Mapping[str, set[str]]) -> int:
    """Return how many classes deep `name` goes; more than there are where it reaches itself."""
    depth, level = 0, {name}
    while level and depth <= len(named):
        level = {inner for outer in level for inner in named.get(outer, ())}
        depth += 1
    return depth


def _try(text: str, classes: Container[str]) -> Pattern | str:
    """Read a pattern, or say what is wrong with it."""
    try:
        pattern = parse_pattern(text)
    except PatternError as error:
        return str(error)
    for name in named_in(pattern.items):
        if name not in classes and name not in wordforms.BUILT_IN:
            return f"there is no word class {{{name}}}"
    return pattern


@lru_cache(_MOST_KEPT)
def parse_pattern(text: str) -> Pattern:
    """Read a pattern. Raises `PatternError`.

    What was read is kept: first the banks are checked, and then the rater is made of them.
    """
    body = text.replace("\u2026", "...").strip()
    anchored = body.startswith("^")
    items = _row(body.removeprefix("^"))
    if not items:
        raise PatternError("the pattern is empty: write at least one word")
    if not items[-1].atoms:
        raise PatternError("a pattern cannot end with _ or ...: put a word there")
    return Pattern(text, items, tuple(_heads(items)), anchored)


def _heads(items: Sequence[Item]) -> Iterator[Atom]:
    """Yield the atoms with which a match of `items` can begin. Raises `PatternError`."""
    for item in items:
        if not item.atoms:
            raise PatternError("a gap cannot stand where the pattern may begin: put a word first")
        for atom in item.atoms:
            if atom.row:
                yield from _heads(atom.row)
            else:
                yield atom
        if not item.optional:
            return
    raise PatternError("every word of the pattern is optional: leave one without brackets")


def _row(text: str) -> tuple[Item, ...]:
    items = [item for piece in _PIECE.findall(text) for item in _items(piece)]
    if len(items) > _MOST_ITEMS:
        raise PatternError(f"the pattern has more than {_MOST_ITEMS} items: split it")
    return tuple(items)


def _items(piece: str) -> list[Item]:
    if piece == "_":
        return [Item(least=1, most=1)]
    if piece == "...":
        return [Item(most=GAP)]
    if "..." in piece and piece[0] not in _OPEN:
        raise PatternError(f"write ... with spaces around it, not {piece!r}")
    closing = _OPEN.get(piece[0])
    inner = piece[1:-1] if closing and piece.endswith(closing) else piece
    if any(bracket in inner for bracket in "()[]"):
        raise PatternError(f"the brackets of {piece!r} do not match, or stand in others")
    if inner is piece and not _ALTERNATIVES.intersection(piece):
        # one written word may be several tokens: "didn't", "week-long"
        return [_item([Atom(words=(word,))]) for word in _words(piece)]
    return [_item(map(_alternative, inner.split("|")), optional=closing == ")")]


def _alternative(text: str) -> Atom:
    pieces = text.split()
    if not pieces:
        raise PatternError("an alternative beside a | is empty")
    if len(pieces) == 1 and pieces[0] not in ("_", "..."):
        return _atom(pieces[0])
    row = _row(text)
    if not row[-1].atoms:
        raise PatternError(f"{text!r} cannot end with _ or ...: put a word there")
    list(_heads(row))
    if all(len(item.atoms) == 1 and item.atoms[0].words for item in row):
        return Atom(words=tuple(word for item in row for word in item.atoms[0].words))
    return Atom(row=row)


def _atom(text: str) -> Atom:
    if text.startswith("{") or text.endswith("}"):
        name = text[1:-1]
        if not (text.startswith("{") and text.endswith("}") and name):
            raise PatternError(f"a class is written {{name}}, not {text!r}")
        if not _CLASS_CHARACTERS.issuperset(name):
            raise PatternError(f"the name of a class has small letters only, not {name!r}")
        return Atom(name=name)
    if "*" in text:
        stem = "".join(read_text(text.rstrip("*")))
        if not stem or "*" in text.rstrip("*"):
            raise PatternError(f"a * stands at the end of a stem, as in fail*, not {text!r}")
        return Atom(stem=stem)
    return Atom(words=_words(text))


def _words(text: str) -> tuple[str, ...]:
    words = read_text(text)
    if not words:
        raise PatternError(f"{text!r} holds no word")
    return words


def _plain_row(pattern: Pattern) -> tuple[str, ...] | None:
    row: list[str] = []
    for item in pattern.items:
        if item.optional or len(item.atoms) != 1 or not item.atoms[0].words:
            return None
        row += item.atoms[0].words
    return tuple(row)
