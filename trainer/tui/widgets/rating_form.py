"""A checklist to fill in: one point at a time, one key for each mark, and beside it the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from trainer.bank.types import Criterion, Mark
from trainer.coach.moments import Marked
from trainer.display import visible
from trainer.peer.types import FormLine
from trainer.transcript.types import Transcript
from trainer.tui.widgets.checklist import MARKS
from trainer.tui.widgets.editor import AnswerEditor
from trainer.tui.widgets.heard_words import NO_WORDS, HeardWords

FormPoint = Criterion | FormLine
"""A point to mark: of a rubric here, or of the form that came with a question."""
Marks = dict[str, Mark]

_KEYS = {Mark.MET: "1", Mark.PARTLY: "2", Mark.MISSED: "3"}
_OPEN = "·"
_ALL_MARKED = "Every point has a mark. Press Enter to keep them, or B to go back."
_ALL_MARKED_NOTE = "Every point has a mark. Enter {verb} them, B goes back, N: a note."
_NOTE_ALONE = "There is no checklist for this question. Write what you heard; Ctrl+S {verb} it."
_NO_MARK = "This point has no mark yet: press 1, 2 or 3."
_NO_NOTE = "Write a note first: it is all that is asked for here."
_TOO_LONG = "This note is too long. Shorten it a little."


@dataclass(frozen=True, slots=True)
class Noting:
    """That a note may be written to the marks, as long as it `fits`.

    `verb` is what keeping does to the rating, such as "sends".
    """

    verb: str
    fits: Callable[[str], bool]


class NoteEditor(AnswerEditor):
    """Its Escape leaves the note as it is, and the keys of the marks work again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "to_marks", "To the marks", tooltip="Leave the note, go to the marks"),
    ]

    @dataclass
    class Left(Message):
        """The note was left."""

    def action_to_marks(self) -> None:
        """Go back to the marks."""
        self.post_message(self.Left())


class RatingForm(Vertical):
    """Asks for a mark of each of the `points`. Nothing of any other rating is shown.

    It posts `Given` once all have one and Enter is pressed, as often as that happens: whoever
    shows it decides what follows. `given` are marks to begin with, such as those of before.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "mark(2)", "Met", tooltip="The answer says it fully"),
        Binding("2", "mark(1)", "Partly", tooltip="The answer says half of it"),
        Binding("3", "mark(0)", "Missed", tooltip="The answer does not say it"),
        Binding("b", "back", "Back one", tooltip="Go to the point before"),
        Binding("enter", "go_on", "Go on", tooltip="Go on; after the last point keep the marks"),
        Binding("n", "note", "Note", tooltip="Write a note to your marks"),
        Binding("ctrl+s", "give", "Send", tooltip="Send your marks and your note"),
    ]

    @dataclass
    class Stepped(Message):
        """Another point is shown: `where` says which one."""

        where: str

    @dataclass
    class Changed(Message):
        """A point got a mark; more may follow."""

    @dataclass
    class Given(Message):
        """Every point has its mark, and the user is done."""

        marks: Marks
        note: str

    def __init__(
        self,
        points: Sequence[FormPoint],
        transcript: Transcript | None,
        *,
        moments: Iterable[Marked] = (),
        told: str = NO_WORDS,
        given: Mapping[str, Mark] | None = None,
        note: str = "",
        noting: Noting | None = None,
    ) -> None:
        super().__init__()
        self.points = tuple(points)
        known = {point.id for point in self.points}
        self._marks: Marks = {name: m for name, m in (given or {}).items() if name in known}
        without = (at for at, point in enumerate(self.points) if point.id not in self._marks)
        self._at = next(without, len(self.points))
        self._note = note
        self._noting = noting
        self._words = HeardWords(transcript, moments, told, id="words")

    def compose(self) -> ComposeResult:
        """Yield the point with its marks, and the words of the answer."""
        with Horizontal(id="columns"):
            with VerticalScroll(id="point", can_focus=False):
                yield Static("", id="asks")
                with Vertical(id="meanings"):
                    for mark in reversed(Mark):
                        key = Static(Content.assemble((f"{_KEYS[mark]} ", "bold"), MARKS[mark]))
                        yield Horizontal(key, Static(""), classes="meaning")
                yield Static("", id="all-points")
                if self._noting:
                    yield NoteEditor(self._note, id="note")
            with Vertical(id="answer"):
                yield Static("The answer", classes="section")
                yield self._words

    def on_mount(self) -> None:
        """Show the first point, or let the note be written where it is all there is."""
        self._show()
        if self._noting and not self.points and not self._note:
            self.action_note()
        else:
            self.focus_words()

    def focus_words(self) -> None:
        """Let the keys of the marks and of the screen work; the arrow keys scroll the words."""
        self.screen.set_focus(self._words)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the keys of marks while a point is shown, and ways only where they lead."""
        if action == "mark":
            return self._point is not None
        if action in ("note", "give"):
            return self._noting is not None and self._point is None
        if action == "go_on":
            return not isinstance(self.screen.focused, NoteEditor)  # Enter begins a line there
        return bool(self._at) if action == "back" else True

    @property
    def begun(self) -> Marks:
        """The marks that were given so far."""
        return dict(self._marks)

    @property
    def marks(self) -> Marks | None:
        """The marks that were given; None until every point has one."""
        return self.begun if len(self._marks) == len(self.points) else None

    @property
    def note(self) -> str:
        """What is written beside the marks."""
        return self.query_one(NoteEditor).text.strip() if self._noting else ""

    @property
    def where(self) -> str:
        """Which point is shown, in words."""
        if not self.points:
            return "a note"
        return f"point {self._at + 1} of {len(self.points)}" if self._point else "all points"

    @property
    def _point(self) -> FormPoint | None:
        """The point that is shown; None where all have been."""
        return self.points[self._at] if self._at < len(self.points) else None

    def show_words(
        self, transcript: Transcript | None, moments: Iterable[Marked] = (), told: str = NO_WORDS
    ) -> None:
        """Show words that came or changed; the marks and the note stay."""
        self._words.show(transcript, moments, told)

    def action_mark(self, value: int) -> None:
        """Give the point that is shown a mark, and go on."""
        if self._point:
            self._marks[self._point.id] = Mark(value)
            self.post_message(self.Changed())
            self._step(1)

    def action_back(self) -> None:
        """Go to the point before."""
        if self._at:
            self._step(-1)

    def action_go_on(self) -> None:
        """Go on where the point has a mark; after the last one tell all of them."""
        if self._point is None:
            self.action_give()
        elif self._point.id in self._marks:
            self._step(1)
        else:
            self.notify(_NO_MARK)

    def action_give(self) -> None:
        """Tell all marks with the note, unless the note does not fit."""
        marks, note, noting = self.marks, self.note, self._noting
        if marks is None:
            return
        if noting and not noting.fits(note):
            self.notify(_TOO_LONG)
        elif not marks and not note:
            self.notify(_NO_NOTE)
        else:
            self.post_message(self.Given(marks, note))

    def action_note(self) -> None:
        """Let the note be written."""
        editor = self.query_one(NoteEditor)
        editor.move_cursor(editor.document.end)
        self.screen.set_focus(editor)

    def on_note_editor_left(self) -> None:
        """Let all other keys work again."""
        self.focus_words()

    def _step(self, step: int) -> None:
        self._at += step
        self._show()
        self.query_one("#point").scroll_home(animate=False)
        self.refresh_bindings()

    def _show(self) -> None:
        point = self._point
        if self._noting:
            self.query_one(NoteEditor).display = point is None
        if point is None:
            self.query_one("#asks", Static).update(Content.styled(self._done(), "bold"))
            rows = Content("\n").join(
                Content.assemble(self._sign(one), " ", (visible(one.title), "bold"))
                for one in self.points
            )
            self.query_one("#all-points", Static).update(rows)
        else:
            signs = Content(" ").join(self._sign(one) for one in self.points)
            self.query_one("#asks", Static).update(
                Content.assemble(
                    signs,
                    "\n",
                    (visible(point.title), "bold"),
                    ("\nAn interviewer would ask: ", "$quiet"),
                    visible(point.asks),
                )
            )
            given = self._marks.get(point.id)
            for mark, line in zip(reversed(Mark), self.query(".meaning"), strict=True):
                style = "bold underline" if mark is given else ""
                told = Content.styled(visible(point.marks.of(mark)), style)
                line.query(Static).last().update(told)
        self.query_one("#meanings").display = point is not None
        self.query_one("#all-points").display = point is None
        self.post_message(self.Stepped(self.where))

    def _done(self) -> str:
        if self._noting is None:
            return _ALL_MARKED
        told = _ALL_MARKED_NOTE if self.points else _NOTE_ALONE
        return told.format(verb=self._noting.verb)

    def _sign(self, point: FormPoint) -> Content:
        mark = self._marks.get(point.id)
        sign, style = MARKS[mark] if mark is not None else (_OPEN, "$quiet")
        here = " underline" if point is self._point else ""
        return Content.assemble((sign[:1] if here or self._point else sign, style + here))
