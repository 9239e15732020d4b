"""A revealed round: all marks side by side, moments on a line of time, notes, and the sound."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from trainer.display import one_line
from trainer.errors import TrainerError, UsageError
from trainer.meeting.revealing import RevealedRound, lay_side_by_side, stored_side
from trainer.meeting.telling_reveal import (
    names_in,
    tell_machine,
    tell_marks_given,
    tell_where_sound_is,
)
from trainer.peer import events
from trainer.peer.planning import new_id
from trainer.peer.types import MACHINE, Moment, Phase, RoundView, SessionView
from trainer.transcript.stretches import LEAD_S
from trainer.tui import reveal_page
from trainer.tui.opening import open_comparison
from trainer.tui.screens.peer.round_sound import RoundSoundScreen
from trainer.tui.screens.sectioned import SectionedScreen
from trainer.tui.screens.sounding import SOUND_KEYS
from trainer.tui.widgets.choice_table import ChoiceTable
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.plot import Plot
from trainer.tui.widgets.reveal_tables import MarksTable, MomentsTable
from trainer.tui.widgets.section_names import SectionNames
from trainer.tui.widgets.write_line import WriteLine

if TYPE_CHECKING:
    from trainer.meeting.types import Meeting, Place
    from trainer.review.agreement import RaterAgreement
    from trainer.review.rated import Line

SECTIONS = {
    "marks": "Marks",
    "moments": "Moments",
    "notes": "Notes",
    "sessions": "All sessions",
}
BEFORE_A_MARK_S = 5.0
"""A moment is heard from so much before its mark: a key comes after what it is about."""

_KEPT = "In your history."
_NOBODY_ELSE = "Nobody else has marks to compare with."
_NOT_KEPT = "This round is not in your history yet. Try again in a moment."
_OBSERVED = "You watched: this round is not in your history. The marks stand side by side here."
_CHOOSE = "Choose the marks of a person first: the arrow keys go from one to the next."
_NO_MARKS_YET = "Your history has no answer yet that two have marked by the same form."


class RevealScreen(SectionedScreen, RoundSoundScreen):
    """Shows the revealed round of a session to one who was there."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "../../styles/peer.tcss",
        "../../styles/reveal.tcss",
    ]
    HELP = """\
# Side by side

All marks of this round are open now. 1 to 4 go from section to section.

1. Marks: a row for each point, a column for each rater. ≠ is one step apart, ≠≠ two. The arrow keys
   go from point to point and from rater to rater; below stands what the marks mean, and the words
   that they are about; the page keys scroll it. Enter plays these words. B compares the rating of
   the chosen person with the machine's; where it gave none, with that of another person
2. Moments: what was marked while you spoke, by whom, and when. Enter plays what led to it
3. Notes, and how many fillers each of you counted
4. All sessions: who gives more than the others, and how far each two agree. A opens all of it

O writes a note that all can see. S stops the sound; - and + change its speed. The sound is with who
answered: there Enter plays it.

Talk about the points that differ: what did each of you hear? No rater is the right one.

N goes on to the next round. Escape leaves the session, after a question.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                str(number),
                f"show('{name}')",
                "Section",
                show=number == 1,
                key_display="1-4",
                tooltip=f"Show: {title}",
            )
            for number, (name, title) in enumerate(SECTIONS.items(), 1)
        ),
        Binding("b", "compare", "Compare", tooltip="This person's rating beside the machine's"),
        Binding("o", "write", "Note", tooltip="Write a note that all can see"),
        Binding("a", "agreement", "Raters", tooltip="How raters agree over all sessions"),
        Binding("n", "go_on", "Go on", tooltip="Go on to the next round"),
        *SOUND_KEYS,
    ]

    @dataclass
    class Read(Message):
        """How raters agree in this history."""

        agreement: RaterAgreement

    def __init__(self, meeting: Meeting, place: Place) -> None:
        super().__init__(meeting, place)
        self.section = next(iter(SECTIONS))
        self._shown: RoundView | None = None
        self._revealed: RevealedRound | None = None
        self._unkept_at: int | None = None
        self._is_unread = True
        self._is_looked_for = False

    def compose(self) -> ComposeResult:
        """Yield the question, the sections, and room for the player."""
        yield from self.bars()
        yield Static("", id="question", markup=False)
        yield Static("", id="summary", markup=False)
        yield SectionNames(SECTIONS)
        with ContentSwitcher(initial=self.section, id="section"):
            with Vertical(id="marks"):
                yield MarksTable(self.action_play_point, id="marks-table")
                with VerticalScroll(classes="about", can_focus=False):
                    yield Static("", id="about", markup=False)
            with Vertical(id="moments"):
                yield Plot(id="time-line")
                yield Static("", id="legend", classes="quiet", markup=False)
                yield MomentsTable(self.action_play_moment, id="moments-table")
            with VerticalScroll(id="notes"):
                yield Static("", id="notes-text")
            with VerticalScroll(id="sessions"):
                yield Static("One moment …", id="sessions-text")
        yield WriteLine(self._chosen_second)
        yield Vertical(id="player")
        yield KeyLine()

    def on_resize(self) -> None:
        """Draw the tables as wide as there is room."""
        self._fill()

    @property
    def may_go(self) -> bool:
        """Not while a note is being written."""
        return not (self.query(WriteLine) and self.query_one(WriteLine).is_open)

    # What there is

    def see(self, view: SessionView) -> None:
        """Show the round; what comes late, such as the machine's marks, takes its place."""
        shown = view.round
        if shown is None or shown.phase is not Phase.REVEALED:
            return
        is_first, changed = self._shown is None, shown != self._shown
        if view.unkept_at != self._unkept_at:
            self._unkept_at, self._is_unread = view.unkept_at, True
            self._read_if_shown()
        if changed:
            self._shown, self._revealed = shown, lay_side_by_side(shown)
            self._fill()
        self.say("#summary", self._summary())
        if is_first:
            self._begin()
        answer = shown.answer
        if answer and not self._is_looked_for:
            self._is_looked_for = True  # words can come after the reveal
            self.look_for_sound(answer.attempt_id)

    def _summary(self) -> str:
        """Return how far the marks agree, whether the machine gave any, and what is kept."""
        revealed, shown = self._revealed, self._shown
        if revealed is None or shown is None:
            return ""
        told = [tell_marks_given(revealed)]
        if self._keeps and shown.answer and self.view.unkept is None:
            told.append(_KEPT)
        machine = tell_machine(revealed)
        return "\n".join((" ".join(told), machine)) if machine else " ".join(told)

    @property
    def _keeps(self) -> bool:
        """Whether the round is for the history of who looks at it."""
        shown = self._shown
        return shown is not None and self.view.you in (shown.candidate_id, shown.interviewer_id)

    def _begin(self) -> None:
        revealed = self._revealed
        if revealed is None:
            return
        self.action_show("marks" if revealed.lines else "notes")
        self.query_one(MarksTable).move_cursor(row=revealed.first_differing, column=1)

    def _fill(self) -> None:
        revealed, shown = self._revealed, self._shown
        if revealed is None or shown is None:
            return
        names = self._names()
        prompt = one_line(shown.asked.prompt) if shown.asked else ""
        self.query_one("#question", Static).update(prompt)
        self.query_one(MarksTable).fill(revealed, names, self.size.width)
        most = max(self.size.height // 5, 2)
        self.query_one("#time-line", Plot).show(reveal_page.time_line(revealed, names, most))
        self.query_one("#legend", Static).update(reveal_page.legend(revealed, most))
        self.query_one(MomentsTable).fill(revealed, names)
        self.query_one("#notes-text", Static).update(reveal_page.notes(revealed, names))
        self.refresh_bindings()

    def on_data_table_cell_highlighted(self) -> None:
        """Tell of the chosen point."""
        revealed, line = self._revealed, self._line
        if revealed and line:
            told = reveal_page.about_line(revealed, line, self._names())
            self.query_one("#about", Static).update(told)

    def action_scroll_about(self, pages: int) -> None:
        """Scroll what stands below the marks."""
        about = self.query_one(".about", VerticalScroll)
        about.scroll_relative(y=pages * max(about.size.height - 1, 1), animate=False)

    @property
    def _line(self) -> Line | None:
        """The chosen point."""
        lines = self._revealed.lines if self._revealed else ()
        at = self.query_one(MarksTable).cursor_row
        return lines[at] if at < len(lines) else None

    @property
    def _moment(self) -> Moment | None:
        """The chosen mark in time."""
        moments = self._revealed.moments if self._revealed else ()
        at = self.query_one(MomentsTable).cursor_row
        return moments[at] if at < len(moments) else None

    def _names(self) -> dict[str, str]:
        return names_in(self.view, says_you=not self.meeting.on_one_keyboard)

    # Sections

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that lead somewhere."""
        if action == "compare":
            return bool(self.section == "marks" and self._revealed and self._revealed.lines)
        return super().check_action(action, parameters)

    def action_show(self, section: str) -> None:
        """Show a section, and read what it needs."""
        super().action_show(section)
        self._read_if_shown()

    @property
    def focused_by_default(self) -> Widget | None:
        """The table of the section, where it has lines; else its page."""
        tables: dict[str, type[ChoiceTable]] = {"marks": MarksTable, "moments": MomentsTable}
        kind = tables.get(self.section)
        table = self.query_one(kind) if kind else None
        if table is None:
            return super().focused_by_default
        return table if table.display else None

    # The history

    def _read_if_shown(self) -> None:
        """Read how raters agree only for who looks at it: of a long history that takes seconds."""
        if self._is_unread and self.section == "sessions":
            self._is_unread = False
            self._read_agreement()

    @work(thread=True, exclusive=True, group="agreement", exit_on_error=False)
    def _read_agreement(self) -> None:
        try:
            self.post_message(self.Read(self.services.reviewing.agreement()))
        except TrainerError as error:
            self.post_message(self.Unread(error))

    def on_reveal_screen_read(self, message: Read) -> None:
        """Tell how raters agree over all sessions."""
        from trainer.review.telling_agreement import tell_extent
        from trainer.tui.agreement_lines import tell_raters

        found = message.agreement
        told = Content(_NO_MARKS_YET)
        if found.answers:
            you = self._names()[self.view.you] if self.meeting.on_one_keyboard else ""
            told = Content("\n\n").join([Content(tell_extent(found)), tell_raters(found, you)])
        self.query_one("#sessions-text", Static).update(told)

    def action_agreement(self) -> None:
        """Open how raters agree over all sessions."""
        from trainer.tui.screens.agreement import AgreementScreen

        self.app.push_screen(AgreementScreen())

    def action_compare(self) -> None:
        """Lay the rating of the chosen person beside the machine's, or without one another's."""
        revealed, shown = self._revealed, self._shown
        if revealed is None or shown is None or shown.answer is None:
            return
        at = self.query_one(MarksTable).cursor_column - 1
        columns = revealed.columns
        if not 0 <= at < len(columns) or columns[at].id == MACHINE:
            self.notify(_CHOOSE)
            return
        names = {one.id: one.name for one in self.view.participants}
        others = sorted(columns, key=lambda one: one.id != MACHINE)  # the machine first
        attempt_id, chosen = shown.answer.attempt_id, columns[at]

        async def course() -> None:
            try:
                record = (await asyncio.to_thread(self.services.view, attempt_id)).record
            except UsageError:
                self.notify(_NOT_KEPT if self._keeps else _OBSERVED)
                return
            except TrainerError as error:
                self.complain(error)
                return
            theirs, *rest = (
                stored_side(record, one.part, names.get(one.id, ""))
                for one in (chosen, *(other for other in others if other is not chosen))
            )
            beside = next(filter(None, rest), None)
            if theirs is None:
                self.notify(_NOT_KEPT)
            elif beside is None:
                self.notify(_NOBODY_ELSE)
            else:
                open_comparison(self, beside, theirs)

        self.run_worker(course(), group="sides", exclusive=True, exit_on_error=False)

    # The sound

    def why_silent(self) -> str:
        """Return why nothing can be heard here."""
        revealed, shown = self._revealed, self._shown
        name = self._names().get(shown.candidate_id) if shown else None
        return tell_where_sound_is(revealed, name or "who answered") if revealed else ""

    def action_play_point(self) -> None:
        """Play the words of the chosen point."""
        line = self._line
        if line:
            start_s = line.quote.start_s if line.quote else None
            self.play(None if start_s is None else start_s - LEAD_S)

    def action_play_moment(self) -> None:
        """Play what led to the chosen mark."""
        moment = self._moment
        if moment:
            self.play(moment.at_s - BEFORE_A_MARK_S)

    # Notes, and the way on

    def _chosen_second(self) -> float:
        """Return the second that a note is about: of the chosen moment or words, else 0."""
        moment, line = self._moment, self._line
        if self.section == "moments" and moment:
            return moment.at_s
        if self.section == "marks" and line and line.quote:
            return line.quote.start_s or 0.0
        return 0.0

    def action_write(self) -> None:
        """Write a note that all can see."""
        self.query_one(WriteLine).open("A note that all of you can see")

    def on_write_line_written(self, message: WriteLine.Written) -> None:
        """Send the note."""
        stamp = self.place.stamp()
        self.do(events.MomentMarked(*stamp, new_id(), "note", message.at_s, message.text))

    def action_go_on(self) -> None:
        """Go on to the next round."""
        if self.frame:
            self.frame.go_to_lobby()
