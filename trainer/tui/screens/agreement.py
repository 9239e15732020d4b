"""How the raters of all answers agree: where they differ, who gives more, and how it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from trainer.display import one_line, visible
from trainer.errors import TrainerError
from trainer.tui.agreement_lines import (
    draw_over_time,
    marks_in_signs,
    sign_of_step,
    tell_case,
    tell_raters,
)
from trainer.tui.opening import open_answer
from trainer.tui.progress_plots import moment_labels
from trainer.tui.progress_sections import TO_THE_SIDES
from trainer.tui.screens.sectioned import SectionedScreen, section_keys
from trainer.tui.widgets.choice_table import ChoiceTable
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.plot import Plot
from trainer.tui.widgets.section_names import SectionNames

if TYPE_CHECKING:
    from trainer.review.agreement import Disagreement, RaterAgreement

SECTIONS = {"cases": "Differences", "raters": "Raters", "time": "Over time"}
ORDERS = ("the widest first", "the newest first")
_EMPTY = (
    "No answer has marks of two raters yet. Practise with a friend (W on home): then both of you "
    "mark each answer. Or turn on “Mark answers yourself” in the settings: then your marks stand "
    "beside the machine's."
)
_SAME = "No two raters gave a criterion different marks."
_SIGN_CELLS, _DAY_CELLS, _TITLE_CELLS = 2, 8, 28
_BESIDE = 14  # cells of margins and of the gaps between the columns
_PLOT_LINES = 9


class _Cases(ChoiceTable):
    """A table that leaves the arrows to the sides to its screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Open", tooltip="Open the answer of this line"),
        *TO_THE_SIDES,
    ]


class _Page(VerticalScroll):
    """A page that leaves the arrows to the sides to its screen."""

    BINDINGS: ClassVar[list[BindingType]] = [*TO_THE_SIDES]


class AgreementScreen(SectionedScreen, Screen[None]):
    """Three sections of what the raters of all answers show together."""

    CSS_PATH = "../styles/agreement.tcss"
    HELP = """\
# How raters agree

Raters are you, people who listened to you, and the machine. Only marks by the same form are laid
beside each other. Left and right, or 1 to 3, go from section to section.

1. Differences: every point that two raters marked differently, with the words it is about. ≠ is one
   step apart, ≠≠ two. O shows the widest or the newest first. Enter opens the answer
   with these words chosen: there Enter plays them
2. Raters: who gives more than the others, how far each two agree, and in which points they differ
3. Over time: how many marks were the same, session by session

Kappa says how far two agree beyond chance: 1 is always, 0 is as by chance. The range behind it says
how sure that is. It is told from 5 sessions on; from fewer nobody can tell.

No rater is the right one. A difference is a reason to listen again and to talk about it.

`trainer history agreement` says the same in lists.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        *section_keys(SECTIONS),
        Binding("o", "order", "Order", tooltip="The widest first, or the newest"),
        Binding("escape,a", "leave", "Back", key_display="esc", tooltip="Go back"),
        Binding("question_mark", "app.help", "Help", show=False),
        Binding("q", "app.quit", "Quit", show=False),
    ]

    @dataclass
    class Read(Message):
        """All marks were read."""

        found: RaterAgreement

    @dataclass
    class Failed(Message):
        """The history could not be read."""

        error: TrainerError

    def __init__(self) -> None:
        super().__init__()
        self.section = next(iter(SECTIONS))
        self._order = 0
        self._found: RaterAgreement | None = None
        self._cases: tuple[Disagreement, ...] = ()

    def compose(self) -> ComposeResult:
        """Yield what there is, the names of the sections, and the sections."""
        yield Static("How raters agree", id="title", classes="title-bar", markup=False)
        yield Static("One moment …", id="overview", markup=False)
        yield SectionNames(SECTIONS)
        with ContentSwitcher(initial=self.section, id="section"):
            with Vertical(id="cases"):
                yield _Cases(self.action_open, id="cases-table")
                with VerticalScroll(classes="about", can_focus=False):
                    yield Static("", id="case", markup=False)
            with _Page(id="raters"):
                yield Static("", id="raters-text")
            with _Page(id="time"):
                yield Static("", id="time-text", markup=False)
                yield Plot(id="time-plot")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show no section yet; the marks come with each return to this screen."""
        self.query_one("#section").display = False

    def on_screen_resume(self) -> None:
        """Read again: an answer that was opened may have got other marks."""
        self._read()

    def on_resize(self) -> None:
        """Draw it as wide as there is room."""
        self._fill_cases()

    @work(thread=True, exclusive=True, group="agreement", exit_on_error=False)
    def _read(self) -> None:
        try:
            found = self.services.reviewing.agreement()
        except TrainerError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Read(found))

    def on_agreement_screen_read(self, message: Read) -> None:
        """Show it all."""
        from trainer.review.telling_agreement import tell_extent

        found = self._found = message.found
        there = bool(found.answers)
        self.query_one("#overview", Static).update(tell_extent(found) if there else _EMPTY)
        self.query_one("#sections").display = self.query_one("#section").display = there
        if there:
            self._fill_cases()
            self.query_one("#raters-text", Static).update(tell_raters(found))
            count = len(found.over_time)
            told = f"Marks that were the same, in percent, {count} session{'s' * (count > 1)}"
            self.query_one("#time-text", Static).update(told)
            self.query_one("#time-plot", Plot).show(draw_over_time(found, _PLOT_LINES))
            self.focus_section()
        self.refresh_bindings()

    def on_agreement_screen_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.query_one("#overview", Static).update("The marks could not be read.")
        self.complain(message.error)

    # Differences

    def _fill_cases(self) -> None:
        found = self._found
        if found is None:
            return
        cases = found.disagreements
        if self._order:
            cases = tuple(sorted(cases, key=lambda one: one.answer.started_at, reverse=True))
        self._cases = cases
        table = self.query_one(_Cases)
        row = table.cursor_row
        table.clear(columns=True)
        rest = max(self.size.width - _SIGN_CELLS - _DAY_CELLS - _TITLE_CELLS - _BESIDE, 10)
        widths = (_SIGN_CELLS, _DAY_CELLS, _TITLE_CELLS, rest)
        names = ("", "Day", "Point", "Marks")
        for name, width in zip(names, widths, strict=True):
            table.add_column(name, width=width)
        days = [moment_labels([one.answer.started_at])[0] for one in cases]
        for number, (one, day) in enumerate(zip(cases, days, strict=True)):
            title = one_line(one.line.criterion.title, _TITLE_CELLS)
            marks = one_line(marks_in_signs(one), rest)
            cells = (sign_of_step(one.line), day, title, marks)
            table.add_row(*map(Text, cells), key=str(number))
        table.move_cursor(row=min(row, max(table.row_count - 1, 0)))
        table.display = bool(cases)
        table.styles.height = table.row_count + 1
        if not cases:
            self.query_one("#case", Static).update(_SAME)

    def on_data_table_row_highlighted(self) -> None:
        """Tell more of the chosen line."""
        case = self._case
        if case:
            self.query_one("#case", Static).update(visible("\n".join(tell_case(case))))

    @property
    def _case(self) -> Disagreement | None:
        chosen = self.query_one(_Cases).chosen()
        return None if chosen is None else self._cases[int(chosen)]

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the keys only where they change something."""
        if action in ("section", "show"):
            return bool(self._found and self._found.answers)
        if action == "order":
            return self.section == "cases" and len(self._cases) > 1
        return True

    def action_order(self) -> None:
        """Show the widest differences first, or the newest."""
        self._order = (self._order + 1) % len(ORDERS)
        self.query_one(_Cases).move_cursor(row=0)
        self._fill_cases()
        self.notify(f"Differences: {ORDERS[self._order]}.")

    def action_open(self) -> None:
        """Open the answer of the chosen line."""
        case = self._case
        if case:
            quote = case.line.quote
            open_answer(self, case.answer.attempt_id, quote.words if quote else None)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()

    @property
    def focused_by_default(self) -> Widget | None:
        """The differences, where there are any; else the page of the section."""
        table = self.query_one(_Cases)
        if self.section == "cases":
            return table if table.display else None
        return super().focused_by_default
