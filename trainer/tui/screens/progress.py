"""Progress: what keeps recurring, and scores, points, delivery and time over many answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static
from textual.worker import get_current_worker

from trainer.display import one_line
from trainer.errors import TrainerError
from trainer.store.types import LibraryQuery
from trainer.tui.opening import open_answer
from trainer.tui.progress_sections import (
    Delivery,
    OwnMarks,
    Points,
    Recurring,
    Scores,
    Section,
    Shown,
    TimeSpent,
)
from trainer.tui.screens.sectioned import SectionedScreen, section_keys
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.section_names import SectionNames

if TYPE_CHECKING:
    from trainer.review.progress import Progress, RubricProgress

RANGES: tuple[tuple[str, int | None], ...] = (
    ("all your answers", None),
    ("the last 3 months", 91),
    ("the last 4 weeks", 28),
)
"""What is looked at, and its days."""

SECTIONS = {
    "recurring": "Recurring",
    "scores": "Scores",
    "points": "Points",
    "delivery": "Delivery",
    "time": "Time",
    "own": "Your marks",
}
_OF_A_CHECKLIST = ("scores", "points", "own")
_HEIGHTS = ((50, 25), (36, 17), (0, 9))
"""Lines of the window from which on a plot has so many lines."""
_MANY = 3000
"""From so many answers on reading them takes so long that it is told how far it is."""
_EMPTY = (
    "No answers yet. From the second answer on this screen shows what changes. "
    "Press Escape, then Enter on home, to answer a question."
)


class _LeftError(Exception):
    """Nobody waits for the answers any more."""


class ProgressScreen(SectionedScreen, Screen[None]):
    """Six sections of what all answers show together."""

    CSS_PATH = "../styles/progress.tcss"
    HELP = """\
# Progress

Left and right, or 1 to 6, go from section to section.

1. Recurring: what was missed again and again, and what could sound wrong and came back
2. Scores of one checklist. The line through a dot is the band: no rating is more exact
3. Points of one checklist: how often each was met, its trend, its share by week, its newest marks
4. Delivery of spoken answers, with the range in which each figure may lie
5. Time that you answered, week by week
6. Your own marks beside the machine's

N shows the next checklist in the sections 2, 3 and 6. F chooses all answers, the last 3 months, or
the last 4 weeks. Enter on a line opens the newest answer that it is about. A shows how the raters
of your answers agree: you, people who listened, and the machine.

A trend is told from 10 answers on, and only where chance alone would hardly look like it.
Follow-ups count as time only. `trainer history progress --plain` says the same in lists.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        *section_keys(SECTIONS),
        Binding("f", "range", "Range", tooltip="All answers, 3 months or 4 weeks"),
        Binding("n", "checklist(1)", "Checklist", tooltip="Show the next checklist"),
        Binding("a", "agreement", "Raters", tooltip="How you and other raters agree"),
        Binding("escape,p", "leave", "Back", key_display="esc", tooltip="Go back"),
        Binding("question_mark", "app.help", "Help", show=False),
        Binding("q", "app.quit", "Quit", show=False),
    ]

    @dataclass
    class Read(Message):
        """The answers were read; `request` tells late ones from the last."""

        request: int
        progress: Progress

    @dataclass
    class Counted(Message):
        """So many of the answers were read."""

        request: int
        count: int
        total: int

    @dataclass
    class Failed(Message):
        """The history could not be read."""

        error: TrainerError

    def __init__(self) -> None:
        super().__init__()
        self._request = 0
        self._range = 0
        self._checklist = 0
        self.section = next(iter(SECTIONS))
        self._progress: Progress | None = None

    def compose(self) -> ComposeResult:
        """Yield what there is, the names of the sections, and the sections."""
        yield Static("", id="title", classes="title-bar", markup=False)
        yield Static("One moment …", id="overview", markup=False)
        yield SectionNames(SECTIONS)
        with ContentSwitcher(initial="recurring", id="section"):
            yield Recurring(self.action_open, id="recurring")
            yield Scores(id="scores")
            yield Points(self.action_open, id="points")
            yield Delivery(id="delivery")
            yield TimeSpent(id="time")
            yield OwnMarks(id="own")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin with the first section; the answers come with each return to this screen."""
        self.focus_section()

    def on_screen_resume(self) -> None:
        """Read again."""
        self._read_again()

    def on_resize(self) -> None:
        """Draw it as large as there is room."""
        self._show()

    # Reading

    def _read_again(self) -> None:
        self._request += 1
        self.query_one("#title", Static).update(f"Progress · {RANGES[self._range][0]}")
        self._read(self._request, RANGES[self._range][1])

    @work(thread=True, exclusive=True, group="progress", exit_on_error=False)
    def _read(self, request: int, days: int | None) -> None:
        services, worker = self.services, get_current_worker()
        told = 0

        def tell(count: int) -> None:
            """Say how far it is; end where another range was chosen, or the screen was left."""
            nonlocal told
            if worker.is_cancelled:
                raise _LeftError
            if total >= _MANY and count > told:
                told = count
                self.post_message(self.Counted(request, count, total))

        try:
            since = None if days is None else services.today() - timedelta(days=days - 1)
            total = services.count_answers(LibraryQuery(since=since.isoformat() if since else None))
            found = services.reviewing.progress(since=since, meter=tell)
        except _LeftError:
            return
        except TrainerError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Read(request, found))

    def on_progress_screen_counted(self, message: Counted) -> None:
        """Say how far it is."""
        if message.request == self._request:
            how_far = f"One moment … {message.count} of {message.total} answers are read."
            self.query_one("#overview", Static).update(how_far)

    def on_progress_screen_read(self, message: Read) -> None:
        """Show it all; only the newest reading counts."""
        if message.request != self._request:
            return
        before = self._rubric
        self._progress = message.progress
        names = [rubric.id for rubric in message.progress.rubrics]
        self._checklist = names.index(before.id) if before and before.id in names else 0
        self._show()
        self.refresh_bindings()
        self.focus_section()

    def on_progress_screen_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.query_one("#overview", Static).update("Your answers could not be read.")
        self.complain(message.error)

    # Sections

    def _show(self) -> None:
        from trainer.review.telling_progress import tell_overview

        progress = self._progress
        if progress is None:
            return
        empty = _EMPTY if self._range == 0 else f"No answers in {RANGES[self._range][0]}."
        told = tell_overview(progress) if progress.answers else empty
        self.query_one("#overview", Static).update(told)
        self.query_one("#sections").display = bool(progress.answers)
        self.query_one("#section").display = bool(progress.answers)
        self._fill()

    def _fill(self) -> None:
        if self._progress:
            lines = next(lines for least, lines in _HEIGHTS if self.size.height >= least)
            told = self._checklist_name()
            shown = Shown(self._progress, self._rubric, told, self.size.width, lines)
            for name in SECTIONS:
                self.query_one(f"#{name}", Section).fill(shown)

    @property
    def _rubric(self) -> RubricProgress | None:
        """The checklist that is shown."""
        rubrics = self._progress.rubrics if self._progress else ()
        return rubrics[self._checklist] if self._checklist < len(rubrics) else None

    def _checklist_name(self) -> str:
        rubric, progress = self._rubric, self._progress
        if rubric is None or progress is None:
            return ""
        answers = "1 answer" if rubric.answers == 1 else f"{rubric.answers} answers"
        count = len(progress.rubrics)
        which = f"Checklist {self._checklist + 1} of {count}" if count > 1 else "Checklist"
        return f"{which}: {one_line(rubric.title)} ({answers})"

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the key for checklists only where it changes something."""
        if action != "checklist":
            return True
        several = self._progress is not None and len(self._progress.rubrics) > 1
        return several and self.section in _OF_A_CHECKLIST

    def action_range(self) -> None:
        """Look further back, or less far."""
        self._range = (self._range + 1) % len(RANGES)
        self._read_again()

    def action_checklist(self, step: int) -> None:
        """Show another checklist."""
        if self._progress and self._progress.rubrics:
            self._checklist = (self._checklist + step) % len(self._progress.rubrics)
            self._fill()

    def action_open(self) -> None:
        """Open the newest answer that the chosen line is about."""
        attempt_id = self._shown_section.answer if self._progress else None
        if attempt_id:
            open_answer(self, attempt_id)

    def action_agreement(self) -> None:
        """Show how the raters of all answers agree."""
        from trainer.tui.screens.agreement import AgreementScreen

        self.app.push_screen(AgreementScreen())

    def action_leave(self) -> None:
        """Go back; a reading that is still on its way finds nobody."""
        self._request += 1
        self.dismiss()

    @property
    def _shown_section(self) -> Section:
        return self.query_one(f"#{self.section}", Section)

    @property
    def focused_by_default(self) -> Widget | None:
        """What the section that is shown names."""
        return self._shown_section.focused_by_default
