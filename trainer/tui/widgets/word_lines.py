"""Words wrapped into lines, with signs between them and a margin of side notes. It draws nothing.

A side note has a number, which stands behind the last of its words, and in the margin from that
line on; where notes are many they move down. The number joins the two.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from rich.cells import cell_len, chop_cells

from trainer.display import one_line

PieceKind = Literal["word", "gap", "sign", "break", "number"]
_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MOST_ROWS = 3  # of one side note: more would drive the next ones away from their words


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a line, from the cell `x` on.

    They belong to the words `left` to `right`: both the same for a word and its signs, the words
    on both sides for what stands between them.
    """

    text: str
    x: int
    kind: PieceKind
    left: int
    right: int

    @property
    def end(self) -> int:
        """The cell behind it."""
        return self.x + cell_len(self.text)


@dataclass(frozen=True, slots=True)
class SideNote:
    """What is said in the margin about words `start` to `end` (excluded)."""

    start: int
    end: int
    sign: str
    style: str
    text: str


@dataclass(frozen=True, slots=True)
class MarginRow:
    """A row of the margin: its first has the number, where its place has none yet, and the sign."""

    note: SideNote
    number: str
    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page: words, or with a `heading` the beginning of the run of that index.

    `run` is None below the last words, where the margin goes on.
    """

    run: int | None
    heading: bool = False
    pieces: tuple[Piece, ...] = ()
    margin: MarginRow | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Words `start` to `end` (excluded) of one part of the story; `name` is empty for none."""

    name: str
    start: int
    end: int


@dataclass(slots=True)
class Signs:
    """What is written around and between the words, each by the index of a word.

    `gaps` is what stood between a word and the next. `breaks` stand before a word, and behind the
    last one by their number.
    """

    before: dict[int, str] = field(default_factory=lambda: defaultdict(str))
    after: dict[int, str] = field(default_factory=lambda: defaultdict(str))
    breaks: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class Page:
    """All lines, the line of each word, and the width of the words and of the margin in cells.

    With a margin of 0 cells the side notes stand below the words.
    """

    lines: tuple[Line, ...]
    line_of: tuple[int, ...]
    words_width: int
    margin_width: int


def place_numbers(notes: Sequence[SideNote]) -> list[tuple[tuple[int, int], str]]:
    """Return the places of side notes in the order of their numbers, with those."""
    places = sorted({(note.start, note.end) for note in notes}, key=lambda at: (at[1], -at[0]))
    return [(place, str(number).translate(_DIGITS)) for number, place in enumerate(places, 1)]


def lay_out(
    texts: Sequence[str],
    gaps: Sequence[str],
    runs: Sequence[Run],
    signs: Signs,
    notes: Sequence[SideNote],
    words_width: int,
    margin_width: int,
) -> Page:
    """Return the page of these words; `gaps` has what stands behind each of them."""
    numbers = place_numbers(notes)
    numbered: dict[int, list[str]] = defaultdict(list)
    for (_, end), number in numbers:
        numbered[end - 1].append(number)
    lines: list[Line] = []
    line_of = [0] * len(texts)
    for at, run in enumerate(runs):
        if run.name:
            lines.append(Line(at, heading=True))
        groups = _groups(texts, gaps, run, signs, numbered, last=at + 1 == len(runs))
        for pieces in _wrap(groups, words_width):
            for piece in pieces:
                if piece.kind == "word":
                    line_of[piece.left] = len(lines)
            lines.append(Line(at, pieces=tuple(pieces)))
    first_line: dict[int, int] = {}
    for y, line in enumerate(lines):  # a word that is broken stands where it begins
        for piece in line.pieces:
            if piece.kind == "word":
                first_line.setdefault(piece.left, y)
    _fill_margin(lines, notes, numbers, line_of, margin_width or words_width, bool(margin_width))
    places = tuple(first_line.get(at, 0) for at in range(len(texts)))
    return Page(tuple(lines), places, words_width, margin_width)


@dataclass(frozen=True, slots=True)
class _Group:
    """What must not be torn apart; behind so many line breaks."""

    pieces: tuple[Piece, ...]
    breaks: int = 0


def _groups(
    texts: Sequence[str],
    gaps: Sequence[str],
    run: Run,
    signs: Signs,
    numbered: dict[int, list[str]],
    last: bool,
) -> Iterator[_Group]:
    for at in range(run.start, run.end):
        newlines = gaps[at - 1].count("\n") if at > run.start else 0
        for sign in signs.breaks.get(at, ()):
            yield _Group((Piece(sign, 0, "break", at - 1, at),), newlines)
            newlines = 0
        pieces: tuple[tuple[PieceKind, str], ...] = (
            ("sign", signs.before.get(at, "")),
            ("word", texts[at]),
            ("sign", signs.after.get(at, "")),
            ("number", ",".join(numbered.get(at, ()))),
        )
        shown = (Piece(text, 0, kind, at, at) for kind, text in pieces if text)
        yield _Group(tuple(shown), newlines)
    if last:
        for sign in signs.breaks.get(run.end, ()):
            yield _Group((Piece(sign, 0, "break", run.end - 1, run.end),))


def _wrap(groups: Iterable[_Group], width: int) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for group in groups:
        for _ in range(min(2, group.breaks)):
            yield line
            line = []
        length = sum(cell_len(piece.text) for piece in group.pieces)
        x = line[-1].end if line else 0
        if line and x + 1 + length > width:
            yield line
            line, x = [], 0
        if line:
            line.append(Piece(" ", x, "gap", line[-1].right, group.pieces[0].left))
            x += 1
        for piece in group.pieces:
            fits = cell_len(piece.text) <= width
            for text in [piece.text] if fits else chop_cells(piece.text, width):
                if x and x + cell_len(text) > width:
                    yield line
                    line, x = [], 0
                line.append(replace(piece, text=text, x=x))
                x = line[-1].end
    if line:
        yield line


def _fill_margin(
    lines: list[Line],
    notes: Sequence[SideNote],
    numbers: Sequence[tuple[tuple[int, int], str]],
    line_of: Sequence[int],
    width: int,
    beside: bool,
) -> None:
    """Put each side note at the line of its last word, or at the first free one below."""
    free = 0 if beside else len(lines) + 1
    if notes and not beside:
        lines.append(Line(None))
    wide = max((len(number) for _, number in numbers), default=0)
    for place, number in numbers:
        at = max(free, line_of[place[1] - 1])
        for note in (one for one in notes if (one.start, one.end) == place):
            for row in _rows(note, number, wide, width):
                while len(lines) <= at:
                    lines.append(Line(None))
                lines[at] = replace(lines[at], margin=row)
                at += 1
            number = ""
        free = at


def _rows(note: SideNote, number: str, wide: int, width: int) -> Iterator[MarginRow]:
    room = max(4, width - wide - cell_len(note.sign) - 2)
    rows: list[str] = []
    for word in one_line(note.text).split():
        for piece in chop_cells(word, room):
            if rows and cell_len(rows[-1]) + 1 + cell_len(piece) <= room:
                rows[-1] += f" {piece}"
            else:
                rows.append(piece)
    if len(rows) > _MOST_ROWS:
        rows[_MOST_ROWS - 1 :] = [chop_cells(rows[_MOST_ROWS - 1], room - 1)[0] + "…"]
    for at, text in enumerate(rows or [""]):
        if at == 0:
            yield MarginRow(note, number.rjust(wide), note.sign, text)
        else:
            yield MarginRow(note, " " * wide, " " * cell_len(note.sign), text)


def word_at(line: Line, x: int) -> int | None:
    """Return the word that is shown at a cell of a line, or that a gap there belongs to."""
    starts = [piece.x for piece in line.pieces]
    at = bisect_right(starts, x) - 1
    if at < 0 or x >= line.pieces[at].end:
        return None
    piece = line.pieces[at]
    return piece.right if piece.kind == "break" else piece.left
