"""The sections of the progress screen: each fills itself from what all answers show together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from trainer.bank.types import Mark
from trainer.display import one_line, visible
from trainer.tui.widgets.choice_table import ChoiceTable
from trainer.tui.widgets.plot import MARK_SIGNS, MARK_STYLES, Plot

if TYPE_CHECKING:
    from trainer.analysis.ranges import FigureName
    from trainer.review.progress import CriterionProgress, Progress, RubricProgress
    from trainer.review.recurring import Recurring as Found

    _Base = Widget
else:
    _Base = object

FIGURES: tuple[FigureName, ...] = ("pace", "articulation", "pauses", "fillers")
TO_THE_SIDES = (
    Binding("left", "screen.section(-1)", "Section", key_display="← →", tooltip="Section before"),
    Binding("right", "screen.section(1)", "Next section", show=False, tooltip="Next section"),
)
"""Tables and pages would scroll with these keys."""
_OFTEN_CELLS = 9
_TITLE_CELLS, _MET_CELLS, _TREND_CELLS = 26, 8, 9
_LEAST_STRIP = 8
_WIDEST_WEEK = 6  # cells of a week, with the gap behind it
_BESIDE = 12  # cells of margins and of the gaps between the columns of the points
_TRENDS = {"rises": "↗ rises", "falls": "↘ falls", "unclear": "→ unclear", "too few": "· too few"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the sections show: all of it, the chosen checklist with the line that names it.

    `width` is that of the screen in cells, `lines` the height of a plot that has it for itself.
    """

    progress: Progress
    rubric: RubricProgress | None
    checklist: str
    width: int
    lines: int


class Section(_Base):
    """A part of the screen. `NOTHING` is what it says where there is nothing to show."""

    NOTHING: ClassVar[str] = ""

    def fill(self, shown: Shown) -> None:
        """Show what there is now."""
        raise NotImplementedError

    @property
    def focused_by_default(self) -> Widget | None:
        """What the arrow keys go to; None where nothing can be gone through."""
        return self

    @property
    def answer(self) -> str | None:
        """The id of the newest answer that the chosen line is about; None without one."""
        return None

    def say(self, told: str, *, is_empty: bool = False) -> None:
        """Show a text above the rest, or that there is nothing."""
        text = self.NOTHING if is_empty else told
        place = self.query_one(f"#{self.id}-text", Static)
        place.update(text)
        place.display = bool(text)


class _Page(Section, VerticalScroll):
    """A section without a table: a text above a plot."""

    BINDINGS: ClassVar[list[BindingType]] = [*TO_THE_SIDES]

    def compose(self) -> ComposeResult:
        """Yield the text and the plot."""
        yield Static("", id=f"{self.id}-text", markup=False)
        yield Plot(id=f"{self.id}-plot")

    @property
    def plot(self) -> Plot:
        """The plot below the text."""
        return self.query_one(f"#{self.id}-plot", Plot)


class _Table(ChoiceTable):
    """A table that leaves the arrows to the sides to its screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Open", tooltip="Open the newest answer of this line"),
        *TO_THE_SIDES,
    ]


class _Tabled(Section, Vertical):
    """A section with a table, whose chosen line is told of at more length below."""

    def __init__(self, choose: Callable[[], None], *, id: str) -> None:  # noqa: A002 - Textual's
        super().__init__(id=id)
        self._choose = choose

    @property
    def table(self) -> ChoiceTable:
        """The table."""
        return self.query_one(ChoiceTable)

    @property
    def focused_by_default(self) -> Widget | None:
        """The table, where it has lines."""
        return self.table if self.table.display else None

    def _fit(self, row: int) -> None:
        """Put the cursor on a row, and give the table the lines that it has.

        By itself it may keep those from before it was filled.
        """
        table = self.table
        table.move_cursor(row=min(row, max(table.row_count - 1, 0)))
        table.display = table.row_count > 0
        table.styles.height = table.row_count + 1


class Recurring(_Tabled):
    """What was missed again and again, and what could sound wrong and came back."""

    NOTHING = (
        "Nothing keeps recurring here. A point is named when it was missed in most of your last "
        "answers to one checklist, and something that could sound wrong when it came back."
    )

    _recurring: Sequence[Found] = ()

    def compose(self) -> ComposeResult:
        """Yield the table, and the chosen line in a sentence."""
        yield _Table(self._choose, id="recurring-table")
        yield Static("", id="recurring-text", classes="about", markup=False)

    def fill(self, shown: Shown) -> None:
        """Show what recurs, the most frequent first."""
        self._recurring = shown.progress.recurring
        row = self.table.cursor_row
        self.table.clear(columns=True)
        room = (shown.width - _OFTEN_CELLS - _BESIDE) // 2
        widths = (_OFTEN_CELLS, room, room)
        for label, cells in zip(("How often", "What", "Checklist"), widths, strict=True):
            self.table.add_column(label, width=cells)
        for number, one in enumerate(self._recurring):
            sign = "! " if one.kind == "flag" else f"{MARK_SIGNS[Mark.MISSED]} "
            texts = (f"{one.times} of {one.of}", sign + one.title, one.rubric_title)
            cut = (Text(one_line(*cell)) for cell in zip(texts, widths, strict=True))
            self.table.add_row(*cut, key=str(number))
        self._fit(row)
        if not self._recurring:
            self.say("", is_empty=True)

    def on_data_table_row_highlighted(self) -> None:
        """Tell the chosen line in a sentence with its quotes."""
        from trainer.review.recurring import tell_recurring

        at = self.table.chosen()
        if at is not None:
            self.say(tell_recurring(self._recurring[int(at)]))

    @property
    def answer(self) -> str | None:
        """The newest answer in which it came back."""
        at = self.table.chosen()
        return None if at is None else self._recurring[int(at)].attempt_ids[-1]


class Scores(_Page):
    """The scores of one checklist with their bands."""

    NOTHING = "No answer here has a score."

    def fill(self, shown: Shown) -> None:
        """Draw them, with the newest in words."""
        from trainer.review.telling_progress import tell_score
        from trainer.tui import progress_plots

        rubric = shown.rubric if shown.rubric and shown.rubric.scores else None
        told = "\n".join([shown.checklist, *tell_score(rubric)]) if rubric else ""
        self.say(told, is_empty=rubric is None)
        self.plot.display = rubric is not None
        if rubric:
            self.plot.show(progress_plots.scores(rubric, shown.lines))


class Points(_Tabled):
    """The points of one checklist: how often each was met, its trend, its share by week."""

    NOTHING = "No answer here was rated point by point."
    _rubric: RubricProgress | None = None

    def compose(self) -> ComposeResult:
        """Yield the table with what its shades mean, and the chosen point with its marks."""
        yield Static("", id="points-text", markup=False)
        yield _Table(self._choose, id="points-table")
        yield Static("", id="points-legend", classes="quiet", markup=False)
        with VerticalScroll(classes="about", can_focus=False):
            yield Static("", id="point-text", markup=False)
            yield Plot(id="point-plot")

    def fill(self, shown: Shown) -> None:
        """Show the points of the chosen checklist."""
        from trainer.review import plots
        from trainer.review.telling_progress import tell_criterion
        from trainer.tui import progress_plots

        rubric, table, progress = shown.rubric, self.table, shown.progress
        self._rubric = rubric
        row = table.cursor_row
        table.clear(columns=True)
        self.say(shown.checklist, is_empty=rubric is None)
        for place in ("#points-legend", ".about"):
            self.query_one(place).display = rubric is not None
        if rubric is None:
            self._fit(0)
            return
        titles = max(_TITLE_CELLS, shown.width // 3 - _BESIDE)
        met = max(_MET_CELLS, *(len(tell_criterion(one)) for one in rubric.criteria))
        room = shown.width - titles - met - _TREND_CELLS - _BESIDE
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
        self._fit(row)
        self.query_one("#points-legend", Static).update(_legend(size))

    def on_data_table_row_highlighted(self) -> None:
        """Tell more of the chosen point, and draw its newest marks."""
        from trainer.review.telling_progress import tell_criterion, tell_trend
        from trainer.tui import progress_plots

        one = self._criterion
        if one:
            text = f"{visible(one.title)}: met {tell_criterion(one)}, {tell_trend(one.trend)}"
            guessed = any(point.is_unsure for point in progress_plots.newest_marks(one))
            note = f"  {progress_plots.UNSURE} is not sure" if guessed else ""
            self.query_one("#point-text", Static).update(text + note)
            self.query_one("#point-plot", Plot).show(progress_plots.marks(one), MARK_STYLES)

    @property
    def _criterion(self) -> CriterionProgress | None:
        chosen, rubric = self.table.chosen(), self._rubric
        return next((c for c in rubric.criteria if c.id == chosen), None) if rubric else None

    @property
    def answer(self) -> str | None:
        """The newest answer that lacks the chosen point; where none does, the newest of all."""
        one = self._criterion
        if one is None:
            return None
        lacking = (point for point in reversed(one.marks) if point.mark is not Mark.MET)
        return next(lacking, one.marks[-1]).attempt_id


class Delivery(_Page):
    """The figures of spoken answers, each with the range in which it may lie."""

    NOTHING = "Delivery is measured while you speak. No answer here was spoken."

    def compose(self) -> ComposeResult:
        """Yield a text and a plot for each figure."""
        yield Static("", id="delivery-text", markup=False)
        with Vertical(id="figures"):
            for name in FIGURES:
                with Vertical(id=name, classes="figure"):
                    yield Static("", id=f"{name}-text", markup=False)
                    yield Plot(id=f"{name}-plot")

    def fill(self, shown: Shown) -> None:
        """Draw the figures that were measured."""
        from trainer.review.telling_progress import tell_figure
        from trainer.tui import progress_plots

        by_name = {figure.name: figure for figure in shown.progress.figures}
        for name in FIGURES:
            figure = by_name.get(name)
            self.query_one(f"#{name}").display = figure is not None
            if figure:
                self.query_one(f"#{name}-text", Static).update(tell_figure(figure))
                drawn = progress_plots.figure(figure, shown.lines // 2 + 1)
                self.query_one(f"#{name}-plot", Plot).show(drawn)
        self.say("", is_empty=not by_name)


class TimeSpent(_Page):
    """The minutes of answering, week by week."""

    NOTHING = "No time was measured here."

    def fill(self, shown: Shown) -> None:
        """Draw them."""
        from trainer.tui import progress_plots

        drawn = any(week.seconds for week in shown.progress.spent)
        self.say("Minutes of answering, by the week that begins on the day", is_empty=not drawn)
        self.plot.display = drawn
        if drawn:
            self.plot.show(progress_plots.time_spent(shown.progress, shown.lines))


class OwnMarks(_Page):
    """The speaker's own marks beside the machine's."""

    NOTHING = (
        "You have not marked an answer yourself here. Turn on “Mark answers yourself” in the "
        "settings: then this section shows how far your marks and the machine's lie apart."
    )

    def fill(self, shown: Shown) -> None:
        """Draw how far they lie apart for the points of the chosen checklist."""
        from trainer.tui import progress_plots

        all_own, rubric, name = shown.progress.self_rating, shown.rubric, shown.checklist
        own = [one for one in all_own if rubric and one.rubric_id == rubric.id]
        none = f"{name}\nNothing of it was marked by yourself."
        self.say(name if own else none, is_empty=not all_own)
        self.plot.show(progress_plots.balance(own))


def _legend(weeks: int) -> str:
    from trainer.review import plots

    told = zip(plots.SHADES, ("0-24", "25-49", "50-74", "75-100 %"), strict=True)
    legend = "  ".join(f"{shade} {text}" for shade, text in told)
    each = "" if weeks == 1 else f". Each column: {weeks} weeks"
    return f"Met, by week: {legend}  {plots.EMPTY} no answer{each}"
