"""What the page of a shared answer holds: the question, the words, and the marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from trainer.display import one_line, visible
from trainer.lines.shares import BY_NAME, HIDDEN, named, time_line
from trainer.tui.widgets.checklist import MARKS, QuoteLine
from trainer.tui.widgets.legend import NOTE_SIGN, NOTE_STYLE
from trainer.tui.widgets.marked_text import MarkedText
from trainer.tui.widgets.word_lines import SideNote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainer.bank.types import Criterion
    from trainer.exchange.desk import Desk, Given
    from trainer.exchange.share_document import CommentEntry

_NO_CHECKLIST = "This question has no checklist. Say what you think of the whole (N)."
_HOW_TO_RATE = "  press R to give marks"
_HOW_AGAIN = "  R gives yours anew"
_HOW_TO_COMPARE = ", B compares"
_HOW_TO_COMMENT = "  choose words with ← →, then press O"
_HOW_TO_CHANGE = "  J K choose one, O changes yours"
_LONGEST_NAME = 40


def head(desk: Desk) -> Iterator[Widget]:
    """Yield the question, why it is asked, and the time."""
    entry = desk.entry
    yield Static(visible(entry.asked.prompt), classes="question", markup=False)
    if entry.asked.intent:
        why = Content.assemble(("Why it is asked: ", "$quiet"), visible(entry.asked.intent))
        yield Static(why)
    yield Static(_sentence(time_line(desk)), classes="quiet", markup=False)
    if desk.problem:
        yield Static(visible(desk.problem), classes="note", markup=False)


def marks_side(desk: Desk) -> Iterator[Widget]:
    """Yield the checklist, and what was given to it."""
    view, given = desk.view(), desk.given()
    if view.rubric is None:
        yield Static(_NO_CHECKLIST, id="no-checklist", markup=False)
    else:
        how = _HOW_AGAIN if desk.own and desk.own.marks else _HOW_TO_RATE
        how += _HOW_TO_COMPARE if desk.compares_with else ""
        yield Static(Content.assemble("Checklist", (how, "not bold $quiet")), classes="section")
        for criterion in view.rubric.criteria:
            yield Static(_point(criterion, given, desk), classes="criterion")
    said = [one for one in given if one.note.strip()]
    if said:
        yield Static("Of the whole", classes="section")
        for one in said:
            told = Content.assemble((named(one, desk), "bold"), f"\n{visible(one.note)}")
            yield Static(told, classes="criterion")
    if desk.hides:
        yield Static(f"{HIDDEN} V shows it now.", id="hidden", classes="note", markup=False)
    elif any(not desk.is_own(one) for one in desk.comments()) or len(given) > 1:
        yield Static(BY_NAME, classes="quiet", markup=False)


def words_side(desk: Desk) -> Iterator[Widget]:
    """Yield the words with what is said of them in the margin, then the comments."""
    words, comments = desk.view().transcript.transcript, desk.comments()
    yield Static("The answer", classes="section")
    yield MarkedText(words, None, notes=_side_notes(desk, comments))
    how = _HOW_TO_CHANGE if comments else _HOW_TO_COMMENT
    title = Content.assemble("Comments on words", (how, "not bold $quiet"))
    yield Static(title, classes="section")
    for comment in comments:
        quote = words.quote(comment.start, comment.end)
        by = ("  by you" if desk.is_own(comment) else f"  by {_name(comment)}", "$quiet")
        yield Vertical(
            QuoteLine(quote, "", comment.start, comment.end),
            Static(Content.assemble(visible(comment.text), by)),
            classes="criterion",
        )


def _point(criterion: Criterion, given: Sequence[Given], desk: Desk) -> Content:
    pieces: list[str | tuple[str, str]] = [(visible(criterion.title), "bold")]
    for one in given:
        mark = one.marks.get(criterion.id)
        if mark is not None:
            sign, style = MARKS[mark]
            pieces += ["\n", (sign, style), (f"  {named(one, desk)}", "$quiet")]
    if not any(criterion.id in one.marks for one in given):
        pieces += [("\n" + visible(criterion.asks), "$quiet")]
    return Content.assemble(*pieces)


def _side_notes(desk: Desk, comments: Sequence[CommentEntry]) -> tuple[SideNote, ...]:
    return tuple(
        SideNote(
            comment.start,
            comment.end,
            NOTE_SIGN,
            NOTE_STYLE,
            comment.text if desk.is_own(comment) else f"{_name(comment)}: {comment.text}",
        )
        for comment in comments
    )


def _name(comment: CommentEntry) -> str:
    return one_line(comment.name, _LONGEST_NAME)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
