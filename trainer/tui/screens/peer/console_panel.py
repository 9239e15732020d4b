"""What who listens sees of a round: the question, follow-ups, own marks, and the light."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from trainer.display import visible
from trainer.errors import TrainerError
from trainer.meeting.etiquette import advice
from trainer.meeting.probing import probe_tree
from trainer.meeting.sheet import MarkSheet
from trainer.peer import events
from trainer.peer.planning import new_id
from trainer.peer.types import Moment, MomentKind, Phase, RoundView, SessionView
from trainer.tui.console_lines import MARK_KEYS, about_question, made_line, tally_line
from trainer.tui.screens.peer.scene import name_of
from trainer.tui.widgets.light_line import LightLine
from trainer.tui.widgets.probe_list import ProbeList
from trainer.tui.widgets.write_line import WriteLine

if TYPE_CHECKING:
    from trainer.meeting.types import Place

LISTENING = (Phase.ANSWERING, Phase.PAUSED, Phase.ANSWERED, Phase.RATING)
_ASKABLE = (Phase.ANSWERING, Phase.PAUSED)
_NO_QUESTION = "No question yet."
_ASKED_ALREADY = "You have asked this already."
_NOT_NOW = "Ask further while {name} answers."

Purpose = Literal["note", "probe"]


class ConsolePanel(Vertical):
    """Shows a round to who listens, and sends what they mark, note and ask.

    `answer_s` tells the seconds of the answer at this moment. On the interviewer's screen of one
    keyboard, which has a clock of its own, `has_light` is False.
    """

    @dataclass
    class Answered(Message):
        """The host kept what was done to a mark, or refused it."""

        done: Callable[[TrainerError | None], None]
        error: TrainerError | None

    class Closed(Message):
        """The line to write in is closed: what waited for it may happen now."""

    def __init__(
        self, place: Place, answer_s: Callable[[], float], *, has_light: bool = True
    ) -> None:
        super().__init__(id="console")
        self._place = place
        self._answer_s = answer_s
        self._has_light = has_light
        self._view: SessionView | None = None
        self._sheet = MarkSheet()
        self._asking: frozenset[str] = frozenset()
        self._purpose: Purpose = "note"

    def compose(self) -> ComposeResult:
        """Yield the light, the question, how to behave, three columns, and the line to write in."""
        if self._has_light:
            yield LightLine()
        with VerticalScroll(id="question"):
            yield Static("", id="prompt", markup=False)
        yield Static("", id="etiquette", classes="quiet", markup=False)
        with Horizontal(id="columns"):
            with VerticalScroll(id="about"):
                yield Static("", id="about-text")
            with Vertical(id="follow-ups"):
                yield Static("Follow-ups", id="probes-title", classes="section", markup=False)
                yield ProbeList()
            with VerticalScroll(id="marks", can_focus=False):
                yield Static("", id="tally")
                yield Static("", id="made")
        yield WriteLine(self._answer_s)

    # What is shown

    def see(self, view: SessionView) -> None:
        """Show the round of a view."""
        current = view.round
        before, self._view = self._view, view
        if current is None:
            return
        self._sheet = self._sheet.see(current, view.you)
        self._asking -= frozenset(current.probes)
        if before is None or before.round is None or before.round.number != current.number:
            self._asking = frozenset()
        marked = current.phase is Phase.ASKING and bool(self.moments)  # a note can be early
        self.set_class(marked or current.phase in LISTENING, "-listening")
        asked = current.asked
        self._say("#prompt", visible(asked.prompt) if asked else _NO_QUESTION)
        name = name_of(view, current.candidate_id)
        interviewer = name_of(view, current.interviewer_id)
        told = advice(
            current, name, interviewer, leads=self.leads, here=self.has(current.candidate_id)
        )
        self._say("#etiquette", told)
        self._say("#about-text", about_question(asked) if asked else "")
        self._show_probes(current)
        self._show_marks()
        self.tick()

    def tick(self) -> None:
        """Show the present second."""
        current = self.round
        if current:
            for light in self.query(LightLine):
                light.show(current.phase, self._answer_s(), current.asked)

    @property
    def round(self) -> RoundView | None:
        """The round that is shown."""
        return self._view.round if self._view else None

    @property
    def phase(self) -> Phase | None:
        """Where the round stands."""
        return self.round.phase if self.round else None

    @property
    def leads(self) -> bool:
        """Whether who looks at this asks: as the interviewer, or as the host for one who left."""
        view, current = self._view, self.round
        if view is None or current is None:
            return False
        if view.you == current.interviewer_id:
            return True
        stands_in = view.you == view.host_id and view.you != current.candidate_id
        return stands_in and not self.has(current.interviewer_id)

    def has(self, participant_id: str) -> bool:
        """Whether the program of somebody is connected."""
        everybody = self._view.participants if self._view else ()
        return any(one.here for one in everybody if one.id == participant_id)

    @property
    def is_writing(self) -> bool:
        """Whether a note or a question is being written."""
        return self.query_one(WriteLine).is_open

    @property
    def moments(self) -> tuple[Moment, ...]:
        """The marks that are shown."""
        return self._sheet.shown

    @property
    def is_waiting(self) -> bool:
        """Whether the host still has to say that it kept a mark."""
        return any(map(self._sheet.is_waiting, self.moments))

    def allows(self, action: str, parameters: tuple[object, ...] = ()) -> bool:
        """Tell whether a key of `CONSOLE_KEYS` does something now."""
        if action in ("mark_moment", "take_back"):
            return self.phase in LISTENING and (action == "mark_moment" or bool(self.moments))
        if action == "write_note":
            return self.phase in (Phase.ASKING, *LISTENING)
        if action in ("ask_probe", "ask_own"):
            return self.leads and self.phase in _ASKABLE
        return self.phase in LISTENING if action == "show_why" else True

    # What is done

    def mark(self, kind: MomentKind) -> None:
        """Mark this moment."""
        self._mark(kind, self._answer_s())

    def take_back(self) -> None:
        """Take the last mark or note back."""
        last = self._sheet.last
        if last is None:
            return
        self._sheet = self._sheet.take_back(last.id)

        def done(error: TrainerError | None) -> None:
            if error:
                self._sheet = self._sheet.refuse(last.id)

        self._send(events.MomentTakenBack(*self._place.stamp(), last.id), done)
        self._show_marks()

    def write_note(self) -> None:
        """Open the line for a note; its time is that of its first letter."""
        self._write("note", "A note, then Enter. Nobody sees it before the reveal.")

    def write_probe(self) -> None:
        """Open the line for a follow-up in own words."""
        self._write("probe", "Ask further in your own words, then Enter.")

    def ask_probe(self, number: int | None = None) -> None:
        """Ask the follow-up of that number, else the one under the cursor."""
        probes = self.query_one(ProbeList)
        branch = probes.branch(number)
        if branch is None:
            return
        if number is not None:
            probes.highlighted = number - 1
        if branch.was_asked:
            self.notify(_ASKED_ALREADY)
        else:
            self._ask(branch.ask)

    def step_probe(self, step: int) -> None:
        """Move the cursor of the follow-ups."""
        probes = self.query_one(ProbeList)
        if step > 0:
            probes.action_cursor_down()
        else:
            probes.action_cursor_up()

    def scroll_about(self, step: int) -> None:
        """Scroll what is known about the question."""
        about = self.query_one("#about", VerticalScroll)
        about.scroll_relative(y=step * max(1, about.size.height - 2), animate=False)

    def show_why(self) -> None:
        """Show why the question is asked in the place of the marks, or those again."""
        self.toggle_class("-why")

    def keep(self) -> bool:
        """Send the note that is being written, because the screen goes.

        It is about this round: where that is over already, it has no place any more.
        """
        now = self._place.view.round
        same = now is not None and now.number == self._sheet.round_number
        for line in self.query(WriteLine):
            written = line.take()
            if written and same and self._purpose == "note":
                self._mark("note", line.begun_s, written)
        return True

    def on_write_line_written(self, message: WriteLine.Written) -> None:
        """Keep the note, or ask what was written."""
        message.stop()
        if self._purpose == "note":
            self._mark("note", message.at_s, message.text)
        else:
            self._ask(message.text)

    def on_write_line_closed(self, message: WriteLine.Closed) -> None:
        """Show the marks again."""
        message.stop()
        self.post_message(self.Closed())

    def _write(self, purpose: Purpose, what: str) -> None:
        line = self.query_one(WriteLine)
        if purpose != self._purpose:
            line.take()
        self._purpose = purpose
        line.open(what)

    def _mark(self, kind: MomentKind, at_s: float, text: str = "") -> None:
        moment = Moment(new_id(), self._place.you, kind, round(max(0.0, at_s), 2), text)
        self._sheet = self._sheet.mark(moment)

        def done(error: TrainerError | None) -> None:
            settle = self._sheet.refuse if error else self._sheet.confirm
            self._sheet = settle(moment.id)

        self._send(
            events.MomentMarked(*self._place.stamp(), moment.id, kind, moment.at_s, text), done
        )
        if self.is_mounted:
            self._show_marks()

    def _ask(self, text: str) -> None:
        if not self.allows("ask_probe") or self._view is None or self.round is None:
            name = name_of(self._view, self.round.candidate_id) if self._view and self.round else ""
            self.notify(_NOT_NOW.replace("{name}", name), markup=False)
            return
        self._asking |= {text}

        def done(error: TrainerError | None) -> None:
            if error:
                self._asking -= {text}

        self._send(events.ProbeAsked(*self._place.stamp(), text), done)
        self._show_probes(self.round)

    def _send(self, event: events.Event, done: Callable[[TrainerError | None], None]) -> None:
        def tell(future: Future[None]) -> None:
            error = None if future.cancelled() else future.exception()
            if error is None or isinstance(error, TrainerError):
                self.post_message(self.Answered(done, error))

        self._place.send(event).add_done_callback(tell)

    def on_console_panel_answered(self, message: Answered) -> None:
        """Take note of what the host said; a refusal is told."""
        message.stop()
        message.done(message.error)
        if message.error and self.round:
            self.app.notify(
                f"{visible(message.error.message)}\n{visible(message.error.hint)}",
                title="That did not work",
                severity="error",
                timeout=12,
                markup=False,
            )
            self._show_probes(self.round)
            self._show_marks()

    # Drawing

    def _say(self, where: str, what: str | Content) -> None:
        place = self.query_one(where, Static)
        if place.content != what:
            place.update(what)

    def _show_probes(self, current: RoundView) -> None:
        asked = current.asked
        self.query_one("#follow-ups").display = asked is not None
        if asked:
            said = (*current.probes, *self._asking)
            self.query_one(ProbeList).show(probe_tree(asked, said), numbered=self.leads)
            self._say("#probes-title", "Follow-ups" if self.leads else "What may be asked further")

    def _show_marks(self) -> None:
        shown = self._sheet.shown
        self._say("#tally", Content("\n").join(tally_line(kind, shown) for kind in MARK_KEYS))
        rows = [made_line(one, self._sheet.is_waiting(one)) for one in reversed(shown)]
        self._say("#made", Content("\n").join(rows))
        self.screen.refresh_bindings()
