"""What the history says: its rows, the chosen answer at more length, and what is listed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.content import Content

from trainer.coach.people import listed
from trainer.display import clock_time, one_line, visible
from trainer.lines.attempts import asked, when
from trainer.lines.text import deletion
from trainer.narrowing import order_in_words
from trainer.store.types import Hit, LibraryQuery, LibraryRow

CURSOR, CHOSEN, STARRED = ">", "●", "*"
FOUND = "bold underline"
"""How found words are marked: it needs no colour."""

WAITING = "…"
EMPTY = (
    "No answers yet. Every answer that you finish comes here with its words and its rating. "
    "Press Escape, then Enter on home, to answer the first question."
)
_UNDO = "Z brings it back until you leave the trainer."
_SIGNS, _WHEN, _WORD, _LENGTH, _GAP = 4, 16, 14, 6, 2
_LEAST_TEXT = 16


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the word for its rating; it holds no rubric, so that many take little memory."""

    row: LibraryRow
    word: str

    @classmethod
    def of(cls, row: LibraryRow, word: str) -> Line:
        """Return the line of a row."""
        return cls(replace(row, rubric_json=None), visible(word))


def heading(width: int) -> str:
    """Return the names of the columns."""
    return _columns("", "When", "Rating", "Length", width) + "Question and answer"


def draw(line: Line | None, width: int, *, cursor: bool, chosen: bool) -> Text:
    """Return a row of so many cells; of one that is not read yet, a sign that it comes."""
    if line is None:
        return Text(set_cell_size(f"{CURSOR if cursor else ' '}   {WAITING}", width))
    row, attempt = line.row, line.row.attempt
    signs = (CURSOR if cursor else " ") + (CHOSEN if chosen else " ")
    signs += STARRED if attempt.starred else " "
    length = clock_time(row.answer_s) if row.answer_s is not None else "-"
    drawn = Text(_columns(signs, when(attempt.started_at), line.word, length, width))
    drawn.append(one_line(asked(row)), "bold")
    drawn.append("  ")
    drawn.append_text(_marked(row.hits[0]) if row.hits else Text(one_line(row.excerpt)))
    drawn.truncate(width, overflow="ellipsis", pad=True)
    return drawn


def preview(line: Line | None, width: int, height: int) -> Content:
    """Return the chosen answer at more length: its question, then its hits or how it begins.

    What it is called and where it comes from stands in the last line.
    """
    if line is None:
        return Content("")
    row = line.row
    about = _about(row)
    room = height - 1 - bool(about)
    parts = [Content.styled(one_line(asked(row), width), "bold")]
    if row.hits:
        shown = row.hits[:room]
        parts += [_hit(hit, width) for hit in shown]
    else:
        parts.append(Content(one_line(row.excerpt, max(1, width * room - width // 4))))
    if about:
        parts.append(Content.styled(one_line(about, width), "$quiet"))
    return Content("\n").join(parts)


def state(query: LibraryQuery, chosen: str, total: int) -> str:
    """Return what is listed: how many answers, in which order, and to what they are narrowed."""
    if total == 0 and not query.search and not chosen:
        return EMPTY
    if total == 0:
        fits = "Nothing holds these words" if query.search else "Nothing fits"
        return f"{fits} ({chosen}). F changes that." if chosen else f"{fits}."
    count = "1 answer" if total == 1 else f"{total} answers"
    return ". ".join(part for part in (count, order_in_words(query), chosen) if part)


def deleted(count: int) -> str:
    """Return what to say after a deletion of so many answers."""
    return f"{deletion(count)} {_UNDO}"


def _columns(signs: str, moment: str, word: str, length: str, width: int) -> str:
    gap = " " * _GAP
    columns = [(moment, _WHEN), (word, _WORD), (length.rjust(4), _LENGTH)]
    text = set_cell_size(signs, _SIGNS)
    for content, cells in columns:
        # On a very narrow screen the question matters more than the rating's word and the length.
        if cell_len(text) + cells + _GAP + _LEAST_TEXT <= width:
            text += set_cell_size(content, cells) + gap
    return text


def _about(row: LibraryRow) -> str:
    attempt = row.attempt
    parts = [f"With {listed([one_line(name, 40) for name in row.peers])}"] if row.peers else []
    if attempt.tags:
        parts.append(f"Tags: {', '.join(attempt.tags)}")
    if attempt.origin:
        parts.append(f"Imported from {one_line(attempt.origin, 60)}")
    return "  ".join(parts)


def _marked(hit: Hit) -> Text:
    text = Text(visible(hit.text))
    for start, end in hit.places:
        text.stylize(FOUND, start, end)
    return text


def _hit(hit: Hit, width: int) -> Content:
    """Return a hit in one line, with as many words after it as before it or more."""
    text, cut = visible(hit.text), 0
    room = max(0, (width - (hit.end - hit.start)) // 3)
    if hit.start > room:
        cut = text.find(" ", hit.start - room, hit.start) + 1 or hit.start
    lead = "…" if cut else ""
    shown = f"{lead}{text[cut:]}"
    if len(shown) > width:
        shown = f"{shown[: max(0, width - 1)].rstrip()}…"
    line = Content(shown)
    for start, end in hit.places:
        shift = len(lead) - cut
        if start + shift < len(shown):
            line = line.stylize(FOUND, start + shift, end + shift)
    return line
