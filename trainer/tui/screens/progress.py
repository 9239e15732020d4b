"""Progress: what keeps recurring, and scores, points, delivery and time over many answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Footer, Static

from trainer.bank.types import Mark
from trainer.display import one_line, visible
from trainer.errors import TrainerError
from trainer.recall import AttemptView
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.choice_table import ChoiceTable
from trainer.tui.widgets.plot import MARK_SIGNS, MARK_STYLES, Plot

if TYPE_CHECKING:
    from trainer.analysis.ranges import FigureName
    from trainer.review.progress import CriterionProgress, Progress, RubricProgress

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
FIGURES: tuple[FigureName, ...] = ("pace", "articulation", "pauses", "fillers")
_TO_THE_SIDES = (
    Binding("left", "screen.section(-1)", "Section", key_display="← →", tooltip="Section before"),
    Binding("right", "screen.section(1)", "Next section", show=False, tooltip="Next section"),
)
"""Tables and pages would scroll with these keys."""
_OFTEN_CELLS = 9
_TITLE_CELLS, _MET_CELLS, _TREND_CELLS = 26, 8, 9
_LEAST_STRIP = 8
_WIDEST_WEEK = 6  # cells of a week, with the gap behind it
_HEIGHTS = ((50, 25), (36, 17), (0, 9))
"""Lines of the window from which on a plot has so many lines."""
_BESIDE = 12  # cells of margins and of the gaps between the columns of the points
_TRENDS = {"rises": "↗ rises", "falls": "↘ falls", "unclear": "→ unclear", "too few": "· too few"}
_EMPTY = (
    "No answers yet. From the second answer on this screen shows what changes. "
    "Press Escape, then Enter on home, to answer a question."
)
_NOTHING: dict[str, str] = {
    "recurring": (
        "Nothing keeps recurring here. A point is named when it was missed in most of your last "
        "answers to one checklist, and something that could sound wrong when it came back."
    ),
    "scores": "No answer here has a score.",
    "points": "No answer here was rated point by point.",
    "delivery": "Delivery is measured while you speak. No answer here was spoken.",
    "time": "No time was measured here.",
    "own": (
        "You have not marked an answer yourself here. Turn on “Mark answers yourself” in the "
        "settings: then this section shows how far your marks and the machine's lie apart."
    ),
}


class _Table(ChoiceTable):
    """A table that leaves the arrows to the sides to its screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Open", tooltip="Open the newest answer of this line"),
        *_TO_THE_SIDES,
    ]


class _Page(VerticalScroll):
    """A section without a table."""

    BINDINGS: ClassVar[list[BindingType]] = [*_TO_THE_SIDES]


class ProgressScreen(TrainerScreen, Screen[None]):
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
the last 4 weeks. Enter on a line opens the newest answer that it is about.

A trend is told from 10 answers on, and only where chance alone would hardly look like it.
Follow-ups count as time only. `trainer history progress --plain` says the same in lists.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left", "section(-1)", "Section", key_display="← →", tooltip="Go to the section before"
        ),
        Binding(
            "right", "section(1)", "Next section", show=False, tooltip="Go to the next section"
        ),
        *(
            Binding(str(number), f"show('{name}')", title, show=False, tooltip=f"Show: {title}")
            for number, (name, title) in enumerate(SECTIONS.items(), 1)
        ),
        Binding("f", "range", "Range", tooltip="All answers, 3 months or 4 weeks"),
        Binding("n", "checklist(1)", "Checklist", tooltip="Show the next checklist"),
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
    class ViewReady(Message):
        """An answer is ready to open."""

        view: AttemptView

    @dataclass
    class Failed(Message):
        """The history could not be read."""

        error: TrainerError

    def __init__(self) -> None:
        super().__init__()
        self._request = 0
        self._range = 0
        self._checklist = 0
        self._section = next(iter(SECTIONS))
        self._progress: Progress | None = None

    def compose(self) -> ComposeResult:
        """Yield what there is, the names of the sections, and the sections."""
        yield Static("", id="title", classes="title-bar", markup=False)
        yield Static("One moment …", id="overview", markup=False)
        yield Static("", id="sections")
        with ContentSwitcher(initial="recurring", id="section"):
            with Vertical(id="recurring"):
                yield _Table(self.action_open, id="recurring-table")
                yield Static("", id="recurring-text", classes="about", markup=False)
            with _Page(id="scores"):
                yield Static("", id="scores-text", markup=False)
                yield Plot(id="scores-plot")
            with Vertical(id="points"):
                yield Static("", id="points-text", markup=False)
                yield _Table(self.action_open, id="points-table")
                yield Static("", id="points-legend", classes="quiet", markup=False)
                with VerticalScroll(classes="about", can_focus=False):
                    yield Static("", id="point-text", markup=False)
                    yield Plot(id="point-plot")
            with _Page(id="delivery"):
                yield Static("", id="delivery-text", markup=False)
                with Vertical(id="figures"):
                    for name in FIGURES:
                        with Vertical(id=name, classes="figure"):
                            yield Static("", id=f"{name}-text", markup=False)
                            yield Plot(id=f"{name}-plot")
            with _Page(id="time"):
                yield Static("", id="time-text", markup=False)
                yield Plot(id="time-plot")
            with _Page(id="own"):
                yield Static("", id="own-text", markup=False)
                yield Plot(id="own-plot")
        yield Footer()

    def on_mount(self) -> None:
        """Name the sections; the answers come with each return to this screen."""
        self._name_sections()
        self._focus_section()

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
        try:
            since = None if days is None else self.services.today() - timedelta(days=days - 1)
            self.post_message(self.Read(request, self.services.reviewing.progress(since=since)))
        except TrainerError as error:
            self.post_message(self.Failed(error))

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
        self._focus_section()

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
        self._show_recurring(progress)
        self._show_delivery(progress)
        self._show_time(progress)
        self._show_checklist(progress)

    def _show_recurring(self, progress: Progress) -> None:
        table = self.query_one("#recurring-table", ChoiceTable)
        row = table.cursor_row
        table.clear(columns=True)
        room = (self.size.width - _OFTEN_CELLS - _BESIDE) // 2
        widths = (_OFTEN_CELLS, room, room)
        for label, cells in zip(("How often", "What", "Checklist"), widths, strict=True):
            table.add_column(label, width=cells)
        for number, one in enumerate(progress.recurring):
            sign = "! " if one.kind == "flag" else f"{MARK_SIGNS[Mark.MISSED]} "
            texts = (f"{one.times} of {one.of}", sign + one.title, one.rubric_title)
            cut = (Text(one_line(*cell)) for cell in zip(texts, widths, strict=True))
            table.add_row(*cut, key=str(number))
        table.move_cursor(row=min(row, max(table.row_count - 1, 0)))
        _fit(table)
        if not progress.recurring:
            self.query_one("#recurring-text", Static).update(_NOTHING["recurring"])

    def _show_delivery(self, progress: Progress) -> None:
        from trainer.review.telling_progress import tell_figure
        from trainer.tui import progress_plots

        by_name = {figure.name: figure for figure in progress.figures}
        for name in FIGURES:
            figure = by_name.get(name)
            self.query_one(f"#{name}").display = figure is not None
            if figure:
                self.query_one(f"#{name}-text", Static).update(tell_figure(figure))
                self.query_one(f"#{name}-plot", Plot).show(
                    progress_plots.figure(figure, self._plot_lines // 2 + 1)
                )
        self._say("delivery", not by_name)

    def _show_time(self, progress: Progress) -> None:
        from trainer.tui import progress_plots

        drawn = any(week.seconds for week in progress.spent)
        self._say("time", not drawn, "Minutes of answering, by the week that begins on the day")
        plot = self.query_one("#time-plot", Plot)
        plot.display = drawn
        if drawn:
            plot.show(progress_plots.time_spent(progress, self._plot_lines))

    def _show_checklist(self, progress: Progress) -> None:
        """Show the sections that are of one checklist."""
        from trainer.review.telling_progress import tell_score
        from trainer.tui import progress_plots

        rubric, name = self._rubric, self._checklist_name()
        told = "\n".join([name, *tell_score(rubric)]) if rubric and rubric.scores else ""
        self._say("scores", not told, told)
        plot = self.query_one("#scores-plot", Plot)
        plot.display = bool(told)
        if rubric and told:
            plot.show(progress_plots.scores(rubric, self._plot_lines))
        self._show_points(progress)
        own = [one for one in progress.self_rating if rubric and one.rubric_id == rubric.id]
        empty = not progress.self_rating
        self._say("own", empty, name if own else f"{name}\nNothing of it was marked by yourself.")
        self.query_one("#own-plot", Plot).show(progress_plots.balance(own))

    def _show_points(self, progress: Progress) -> None:
        from trainer.review import plots
        from trainer.review.telling_progress import tell_criterion
        from trainer.tui import progress_plots

        rubric, table = self._rubric, self.query_one("#points-table", ChoiceTable)
        row = table.cursor_row
        table.clear(columns=True)
        self._say("points", rubric is None, self._checklist_name())
        for place in ("#points-legend", "#points .about"):
            self.query_one(place).display = rubric is not None
        if rubric is None:
            _fit(table)
            return
        titles = max(_TITLE_CELLS, self.size.width // 3 - _BESIDE)
        met = max(_MET_CELLS, *(len(tell_criterion(one)) for one in rubric.criteria))
        room = self.size.width - titles - met - _TREND_CELLS - _BESIDE
        cuts, size = progress_plots.together(len(progress.weeks), max(room, _LEAST_STRIP))
        step = max(min(room // len(cuts), _WIDEST_WEEK), 1)
        begins = progress_plots.day_labels([progress.weeks[cut.start] for cut in cuts])
        middles = [number * step + max(step - 2, 0) // 2 for number in range(len(cuts))]
        labels = plots.draw_labels(begins, middles, max(len(cuts) * step, _LEAST_STRIP))
        table.add_column("Point", width=titles)
        table.add_column("Met", width=met)
        table.add_column("Trend", width=_TREND_CELLS)
        table.add_column(Text(labels))
        for one in rubric.criteria:
            shares = [progress_plots.share_met(one.weeks[cut]) for cut in cuts]
            strip = "".join(plots.draw_strip([s], max(step - 1, 1)).ljust(step) for s in shares)
            texts = (one_line(one.title, titles), tell_criterion(one), _TRENDS[one.trend.direction])
            table.add_row(*map(Text, texts), Text(strip), key=one.id)
        table.move_cursor(row=min(row, max(table.row_count - 1, 0)))
        _fit(table)
        self.query_one("#points-legend", Static).update(_legend(size))

    def on_data_table_row_highlighted(self) -> None:
        """Tell more of the chosen line."""
        from trainer.review.recurring import tell_recurring
        from trainer.review.telling_progress import tell_criterion, tell_trend
        from trainer.tui import progress_plots

        progress = self._progress
        if progress and (at := self._chosen("recurring")) is not None:
            told = tell_recurring(progress.recurring[int(at)])
            self.query_one("#recurring-text", Static).update(told)
        if one := self._criterion():
            text = f"{visible(one.title)}: met {tell_criterion(one)}, {tell_trend(one.trend)}"
            guessed = any(point.is_unsure for point in one.marks)
            note = f"  {progress_plots.UNSURE} is not sure" if guessed else ""
            self.query_one("#point-text", Static).update(text + note)
            self.query_one("#point-plot", Plot).show(progress_plots.marks(one), MARK_STYLES)

    def _say(self, section: str, is_empty: bool, told: str = "") -> None:
        place, text = self.query_one(f"#{section}-text", Static), told
        if is_empty:
            text = _NOTHING[section]
        place.update(text)
        place.display = bool(text)

    @property
    def _plot_lines(self) -> int:
        """The lines of a plot that has the screen for itself."""
        return next(lines for least, lines in _HEIGHTS if self.size.height >= least)

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

    def _chosen(self, section: str) -> str | None:
        return self.query_one(f"#{section}-table", ChoiceTable).chosen()

    def _criterion(self) -> CriterionProgress | None:
        chosen, rubric = self._chosen("points"), self._rubric
        return next((c for c in rubric.criteria if c.id == chosen), None) if rubric else None

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the key for checklists only where it changes something."""
        if action != "checklist":
            return True
        several = self._progress is not None and len(self._progress.rubrics) > 1
        return several and self._section in _OF_A_CHECKLIST

    def action_section(self, step: int) -> None:
        """Go to the section before or after this one."""
        names = list(SECTIONS)
        self.action_show(names[(names.index(self._section) + step) % len(names)])

    def action_show(self, section: str) -> None:
        """Show a section."""
        self._section = self.query_one(ContentSwitcher).current = section
        self._name_sections()
        self._focus_section()
        self.refresh_bindings()

    def action_range(self) -> None:
        """Look further back, or less far."""
        self._range = (self._range + 1) % len(RANGES)
        self._read_again()

    def action_checklist(self, step: int) -> None:
        """Show another checklist."""
        if self._progress and self._progress.rubrics:
            self._checklist = (self._checklist + step) % len(self._progress.rubrics)
            self._show_checklist(self._progress)

    def action_open(self) -> None:
        """Open the newest answer that the chosen line is about."""
        progress = self._progress
        if progress is None:
            return
        at = self._chosen("recurring")
        if self._section == "recurring" and at is not None:
            self._open(progress.recurring[int(at)].attempt_ids[-1])
        elif self._section == "points" and (one := self._criterion()):
            lacking = [point for point in one.marks if point.mark is not Mark.MET]
            self._open((lacking or one.marks)[-1].attempt_id)

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def _open(self, attempt_id: str) -> None:
        try:
            self.post_message(self.ViewReady(self.services.view(attempt_id)))
        except TrainerError as error:
            self.post_message(self.Failed(error))

    def on_progress_screen_view_ready(self, message: ViewReady) -> None:
        """Show the report."""
        from trainer.tui.screens.report import ReportScreen

        if self.is_current:  # else Enter was pressed twice
            self.app.push_screen(ReportScreen(message.view))

    def action_leave(self) -> None:
        """Go back; a reading that is still on its way finds nobody."""
        self._request += 1
        self.dismiss()

    def _name_sections(self) -> None:
        names = [
            Content.assemble(
                (f" {number} {title} ", "bold reverse" if name == self._section else "")
            )
            for number, (name, title) in enumerate(SECTIONS.items(), 1)
        ]
        self.query_one("#sections", Static).update(Content(" ").join(names))

    def _focus_section(self) -> None:
        section = self.query_one(f"#{self._section}")
        if isinstance(section, _Page):
            self.set_focus(section)
            return
        table = section.query_one(ChoiceTable)
        self.set_focus(table if table.display else None)


def _fit(table: ChoiceTable) -> None:
    """Give a table the lines that it has: by itself it may keep those from before it was filled."""
    table.display = table.row_count > 0
    table.styles.height = table.row_count + 1


def _legend(weeks: int) -> str:
    from trainer.review import plots

    told = zip(plots.SHADES, ("0-24", "25-49", "50-74", "75-100 %"), strict=True)
    legend = "  ".join(f"{shade} {text}" for shade, text in told)
    each = "" if weeks == 1 else f". Each column: {weeks} weeks"
    return f"Met, by week: {legend}  {plots.EMPTY} no answer{each}"
