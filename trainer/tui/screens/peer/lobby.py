"""The lobby of a session: who is here, who sits where, and what is to come."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from trainer.peer import events
from trainer.peer.types import Phase, Planned, Seat, SessionView
from trainer.tui.screens.peer.lobby_lines import (
    code_lines,
    done_line,
    leads,
    next_line,
    no_plan_line,
    people_lines,
    plan_row,
)
from trainer.tui.screens.peer.plan_keys import PlanKeys
from trainer.tui.screens.peer.scene import SceneScreen, name_of, session_title
from trainer.tui.widgets.choice_table import ChoiceTable
from trainer.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from trainer.meeting.types import Meeting, Place

_OF_LEADERS = frozenset(
    {"begin", "add", "draw", "day", "open_round", "swap", "seats", "drop", "move", "end"}
)
_OF_THE_PLAN = frozenset({"drop", "move"})
_TITLES = ("", "Answers", "Asks", "Question")
_COLUMNS, _NUMBER_CELLS, _FEWEST_CELLS = len(_TITLES), 2, 7
_EXAMPLE = "New to rating? E lets you rate an example first, while you wait."
_END = "End the session for all?"
_ENDED = (
    "An answer that is being rated is revealed. What was revealed is in the histories, and nothing "
    "can be added any more."
)


class _Plan(ChoiceTable):
    """The rounds to come, whose Enter begins the first of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Begin", tooltip="Begin the next round"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer Enter to who may begin a round."""
        return action != "select_cursor" or self.screen.check_action("begin", ())


class LobbyScreen(PlanKeys):
    """Before the first round, between rounds, and after the last."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../../styles/peer.tcss"]
    HELP = """\
# The lobby

Here you wait for the others, sit down, and plan. Both see the plan. Who will answer a question
does not see it before it is asked: it is hidden, and only what it is about is told. "By seat" is
whoever sits there when the round begins.

- Enter: begin the next round. The one who asks sees the question first
- A: add a question from your banks. You ask it, and the other one answers
- N: draw several at random; the two answer in turn
- Y: an interview day: one person answers, all others ask in turn
- O: add an open round: the interviewer chooses its question when it begins
- S: swap who answers and who asks, from the next round on
- C: choose who answers and who asks, where more than two are here
- T: take a free seat, or the seat of somebody who is away. Where the interviewer is gone in a
  round, Ctrl+T lets you ask in their place
- X: drop the chosen round of the plan. - puts it earlier, + puts it later
- L: look at the last ratings again
- V: answers at this program are spoken, or typed
- E: rate a worked example, before you rate a person for the first time
- F: end the session for all. Escape leaves it, and it can be gone on with

Others join in a terminal of this machine, or come to it by ssh, also from a trainer of their own
("Own home"): the lobby shows the commands. NAME is their account on this machine.
The code is no password of yours, and it is worth nothing when the session is over. Answers, words
and marks go only to who is in the session; the sound of an answer stays with the candidate.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+j", "begin", "Begin", show=False, tooltip="Begin the next round"),
        Binding("a", "add", "Add", tooltip="Add a question from your banks"),
        Binding("n", "draw", "Draw", tooltip="Add several questions at random"),
        Binding("y", "day", "Day", show=False, tooltip="Plan an interview day"),
        Binding("o", "open_round", "Open round", show=False, tooltip="Add an open round"),
        Binding("s", "swap", "Swap", tooltip="Swap who answers and who asks"),
        Binding("c", "seats", "Seats", show=False, tooltip="Choose who answers and who asks"),
        Binding("t", "take_seat", "Take a seat", show=False, tooltip="Sit down in a free seat"),
        Binding("x,delete", "drop", "Drop", tooltip="Take the chosen round out of the plan"),
        Binding("minus", "move(-1)", "Earlier", show=False, tooltip="Put the round earlier"),
        Binding("plus,equals_sign", "move(1)", "Later", show=False, tooltip="Put it later"),
        Binding("l", "reveal", "Ratings", show=False, tooltip="Look at the last ratings again"),
        Binding("v", "voice", "Voice", show=False, tooltip="Answer by voice, or by keyboard"),
        Binding("e", "example", "Example", show=False, tooltip="Rate a worked example first"),
        Binding("f", "end", "End", tooltip="End the session for all"),
    ]

    def __init__(self, meeting: Meeting, place: Place) -> None:
        super().__init__(meeting, place)
        self._begun = 0
        """The round that was begun from here; 0 where that was refused."""

    def compose(self) -> ComposeResult:
        """Yield the code, the people and the plan."""
        yield from self.bars()
        with Horizontal(id="lobby"):
            with VerticalScroll(id="who", can_focus=False):
                yield Static("", id="code", markup=False)
                yield Static("", id="people", markup=False)
            with Vertical(id="to-come"):
                yield Static("The plan", id="plan-title", classes="section")
                yield _Plan(self.action_begin, id="plan")
                yield Static("", id="no-plan", classes="quiet")
        yield Static("", id="done", classes="quiet", markup=False)
        yield Static("", id="next", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Make the columns of the plan."""
        table = self.query_one(ChoiceTable)
        for title in _TITLES:
            table.add_column(title, width=_FEWEST_CELLS)
        self.set_focus(table)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what this participant may do now."""
        if not self._is_ready:
            return action not in _OF_LEADERS
        view = self.view
        if action in _OF_LEADERS and (view.ended or not leads(view)):
            return False
        if action in _OF_THE_PLAN:
            return bool(view.plan)
        if action == "take_seat":
            return not view.ended and not self.meeting.on_one_keyboard
        if action == "reveal":
            return view.round is not None and view.round.phase is Phase.REVEALED
        return True

    def see(self, view: SessionView) -> None:
        """Show who is here and what is to come."""
        code, one_keyboard = self.meeting.code, self.meeting.on_one_keyboard
        self.query_one("#code").display = code is not None and not view.ended
        if code is not None:
            self.say("#code", code_lines(code))
        self.say("#people", people_lines(view, one_keyboard=one_keyboard))
        self._show_plan(view)
        done = " ".join(filter(None, (done_line(view), self._way(view))))
        if not view.rounds and not self.services.settings.examples_offered:
            done = f"{done}\n{_EXAMPLE}".strip()
        self.query_one("#done").display = bool(done)
        self.say("#done", done)
        self.say("#next", next_line(view))
        self.refresh_bindings()

    def _show_plan(self, view: SessionView) -> None:
        table = self.query_one(ChoiceTable)
        at, chosen = table.cursor_row, table.chosen()
        shared = self.meeting.on_one_keyboard
        rows = [plan_row(view, entry, one_keyboard=shared) for entry in view.plan]
        self._set_widths(table, rows)
        table.clear()
        for number, (entry, row) in enumerate(zip(view.plan, rows, strict=True), 1):
            cells = (Text(cell, no_wrap=True, overflow="ellipsis") for cell in row)
            table.add_row(str(len(view.rounds) + number), *cells, key=entry.id)
        if chosen in {entry.id for entry in view.plan}:
            at = table.get_row_index(chosen)
        table.move_cursor(row=min(at, max(0, len(view.plan) - 1)))
        table.set_class(not view.plan, "-empty")
        self.query_one("#to-come").display = not view.ended
        self.query_one("#no-plan").display = not view.plan
        self.say("#no-plan", no_plan_line(view))

    def _set_widths(self, table: ChoiceTable, rows: Sequence[tuple[str, str, str]]) -> None:
        """Give names the room that they need, and the question what is left."""
        # Widths that Textual finds by itself come after the rows: those would be drawn without.
        names = [max([_FEWEST_CELLS, *(cell_len(row[at]) for row in rows)]) for at in (0, 1)]
        question = table.size.width - _NUMBER_CELLS - sum(names) - 2 * _COLUMNS
        widths = (_NUMBER_CELLS, *names, max(_FEWEST_CELLS, question))
        for column, width in zip(table.ordered_columns, widths, strict=True):
            column.width = width

    def on_resize(self) -> None:
        """Use the room that there is now."""
        self.call_after_refresh(self.look_again)

    # Rounds and seats

    def action_begin(self) -> None:
        """Begin the next round, once, however often Enter is pressed before the lobby has gone."""
        rounds = self.view.rounds
        number = len(rounds) + 1
        if number == self._begun or (rounds and not rounds[-1].phase.is_over):
            return
        self._begun = number
        self.do(events.RoundBegun(*self.place.stamp()))

    def on_scene_screen_sent(self, message: SceneScreen.Sent) -> None:
        """Let what was refused be tried again."""
        if message.error:
            self._begun = 0

    def action_swap(self) -> None:
        """Let who asks answer, and who answers ask, from the next round on."""
        self._try(self._swap)

    def _swap(self) -> None:
        candidate, interviewer = self._seats()
        self._set_seats(interviewer, candidate)

    def action_seats(self) -> None:
        """Choose who answers and who asks."""

        def candidate_chosen(candidate: str) -> None:
            self.choose_person("Who asks?", lambda one: self._set_seats(candidate, one))

        self.choose_person("Who answers?", candidate_chosen)

    def _set_seats(self, candidate: str, interviewer: str) -> None:
        self.do(events.SeatsSet(*self.place.stamp(), candidate, interviewer))

    def action_take_seat(self) -> None:
        """Sit down in a seat that is free, or whose holder is away."""
        view, here = self.view, {one.id for one in self.view.participants if one.here}
        seats = (("candidate", view.candidate_id), ("interviewer", view.interviewer_id))
        free = [seat for seat, holder in seats if holder not in here]
        if view.you in (view.candidate_id, view.interviewer_id):
            self.notify("You sit in a seat already. S swaps the two.")
        elif not free:
            self.notify("Both seats are taken. Ask who sits there to swap.")
        elif len(free) == 1:
            self._take(free[0])
        else:
            offered = [("Answer questions", "candidate"), ("Ask questions", "interviewer")]
            self.choose("What do you want to do?", offered, self._take)

    def _take(self, seat: str) -> None:
        taken: Seat = "candidate" if seat == "candidate" else "interviewer"
        self.do(events.SeatTaken(*self.place.stamp(), taken))

    # The plan

    def _chosen(self) -> Planned | None:
        chosen = self.query_one(ChoiceTable).chosen()
        return next((entry for entry in self.view.plan if entry.id == chosen), None)

    def action_drop(self) -> None:
        """Take the chosen round out of the plan."""
        entry = self._chosen()
        if entry:
            self.do(events.PlanDropped(*self.place.stamp(), entry.id))

    def action_move(self, by: int) -> None:
        """Put the chosen round earlier or later."""
        entry, plan = self._chosen(), self.view.plan
        if entry:
            at = plan.index(entry) + by
            if 0 <= at < len(plan):
                self.do(events.PlanMoved(*self.place.stamp(), entry.id, at))

    # The session

    def action_reveal(self) -> None:
        """Look at the last ratings again."""
        if self.frame:
            self.frame.go_to_reveal()

    def action_voice(self) -> None:
        """Let answers at this program be spoken from now on, or typed."""
        self.trainer.voice = not self.trainer.answers_by_voice
        self.look_again()

    def _way(self, view: SessionView) -> str:
        if view.ended:
            return ""
        now, other = ("spoken", "typed") if self.trainer.answers_by_voice else ("typed", "spoken")
        whose = "Answers" if self.meeting.on_one_keyboard else "Your answers"
        return f"{whose} are {now}. V: {other}."

    def action_example(self) -> None:
        """Let an example be rated."""
        from trainer.tui.screens.peer.worked_example import WorkedExampleScreen

        self.app.push_screen(WorkedExampleScreen())

    def action_end(self) -> None:
        """End the session for all, after a question."""
        self.confirm(_END, _ENDED, "End", self._end, "No, go on")

    def _end(self) -> None:
        self.do(events.Ended(*self.place.stamp()))

    def heading(self, view: SessionView) -> str:
        """Return the title of the session and who hosts it."""
        title = session_title(view)
        if self.meeting.on_one_keyboard:
            return f"{title} · on one keyboard"
        if self.meeting.is_host:
            return f"{title} · you are the host"
        return f"{title} · {name_of(view, view.host_id)} is the host"
