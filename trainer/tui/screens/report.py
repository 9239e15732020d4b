"""The report of an attempt: marks with their words, one thing to change, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer, Static

from trainer.display import one_line, visible
from trainer.errors import TrainerError
from trainer.recall import AttemptView
from trainer.session.hearing import Hearing
from trainer.session.plan import Item, Run
from trainer.store.types import Draft
from trainer.transcript.types import Source
from trainer.tui.screens.confirm import DELETE
from trainer.tui.screens.hearing import ACTIONS, HEARING_KEYS, HearingScreen
from trainer.tui.screens.settle import Decisions, SettleScreen
from trainer.tui.widgets.checklist import criterion_block, flag_block
from trainer.tui.widgets.marked_text import UNSURE_STYLE, MarkedText
from trainer.tui.widgets.parts_bar import story_block
from trainer.tui.widgets.sureness import doubted, settled, sureness_lines

TAKE_UP: dict[Source, str] = {
    "builtin": "Press C. Correct the words there, or press Enter to accept them.",
    "unheard": "Press C to write down what you said.",
}
TAKE_UP_GUESSED = "Press C to correct or accept the words."
UNSURE = "-unsure"
"""The class of a report with something to settle: styles make room for that key."""
SOUND_GONE = "The sound of this answer is not kept any more. Its words stay."


class ReportScreen(HearingScreen, Screen[None]):
    """Shows one version of an attempt. `run` is the practice it belongs to, None in the history.

    `correction` is a correction that was left and is taken up at once. `hearing` tells how the
    question was taken in, where the answer was given just now.
    """

    CSS_PATH = "../styles/report.tcss"
    HELP = """\
# Report

Every mark stands beside the words that earned it. The band is where a careful rater
could put this answer: no rater is exact. Read the one thing to change, then answer the
follow-up (F) or the same question again (A, or W for another wording).

In your words, bold ones earned a mark and reversed ones could sound wrong. Of underlined ones the
recogniser was not sure: such a word can have earned a mark too.

Where a point is not sure, U asks you whether you said it, and counts your answer. The band is
wider by what is not sure. What you settled, U lets you change.

Y tells why each mark and flag came out as it did.

Under your words a bar shows when each part of the story was told: a letter, and what it means
below. It is beside the rating.

C corrects the words and rates them again; every version is kept. [ and ] go through
the versions.

An answer that you spoke can be heard again. J and K choose a quote, the left and right keys a
word; P or Enter plays from there, or from the beginning. P again or S stops. - and + change the
speed. A click on a quote or word plays from it. M counts the ums by ear.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "follow_up", "Follow-up", tooltip="Answer the follow-up question"),
        Binding("u", "settle", "Settle", tooltip="Say whether you said what is not sure"),
        Binding("u", "settle(True)", "Settle again", show=False, tooltip="Change what you settled"),
        Binding("a", "again", "Again", tooltip="Answer the same question again"),
        Binding("w", "reword", "Reword", tooltip="The same question in another wording"),
        Binding("n", "next", "Next", tooltip="Go to the next question"),
        Binding("c", "correct", "Fix", tooltip="Correct the words and rate again"),
        Binding("y", "why", "Why", show=False, tooltip="Why each mark came out as it did"),
        Binding("m", "fillers", "Ums", show=False, tooltip="Count the filled pauses by ear"),
        *HEARING_KEYS,
        Binding("left_square_bracket", "version(-1)", "Older version", show=False),
        Binding("right_square_bracket", "version(1)", "Newer version", show=False),
        Binding("d", "delete", "Delete", tooltip="Delete this answer for good", show=False),
        Binding("escape", "leave", "Back", tooltip="Go back"),
        Binding("question_mark", "app.help", "Help", show=False),
        Binding("q", "app.quit", "Quit", show=False),
    ]

    @dataclass
    class ViewReady(Message):
        """Another version is ready to show."""

        view: AttemptView

    @dataclass
    class Failed(Message):
        """Something could not be read or stored."""

        error: TrainerError

    def __init__(
        self,
        view: AttemptView,
        run: Run | None = None,
        correction: Draft | None = None,
        hearing: Hearing | None = None,
    ) -> None:
        super().__init__()
        self._correction = correction
        self._hearing = hearing
        self._view = view
        self._run = run

    def compose(self) -> ComposeResult:
        """Yield the page; it is filled anew for each version."""
        yield Static(self._title(), classes="title-bar", markup=False)
        with VerticalScroll(id="page"), Horizontal(id="columns"):
            yield Vertical(*self._left(), id="left")
            yield Vertical(*self._right(), id="right")
        yield from self.player_bars()
        yield Footer()

    def on_mount(self) -> None:
        """Let the arrow keys scroll at once."""
        self.set_focus(self.query_one("#page"))
        self.set_class(bool(doubted(self._view)), UNSURE)
        if self._correction:
            self.action_correct()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that lead somewhere."""
        if action == "follow_up":
            return self._view.probe is not None
        if action == "reword":
            return self._view.record.attempt.probe_of is None
        if action == "next":
            return self._run is not None
        if action == "settle":
            return bool(settled(self._view) if parameters else doubted(self._view))
        if action == "why":
            return bool(self._view.report.lines)
        if action == "fillers":
            return self._view.transcript.transcript.sound is not None
        if action == "version":
            return self._view.versions > 1
        if action in ACTIONS:
            return self._view.recording is not None
        return True

    @property
    def shown_view(self) -> AttemptView:
        """The version of the answer that is shown."""
        return self._view

    # What is shown

    def _title(self) -> str:
        attempt = self._view.record.attempt
        kind = "Follow-up report" if attempt.probe_of else "Report"
        take = f" · take {attempt.take}" if attempt.take > 1 else ""
        version = (
            f" · version {self._view.version} of {self._view.versions} ([ and ])"
            if self._view.versions > 1
            else ""
        )
        return f"{kind} · {visible(attempt.bank_title)}{take}{version}"

    def _left(self) -> Iterable[Widget]:
        report, rating = self._view.report, self._view.rating
        words = self._view.transcript.transcript
        yield Static(visible(self._view.record.attempt.prompt), classes="question", markup=False)
        if self._view.record.attempt.origin:
            origin = one_line(self._view.record.attempt.origin, 120)
            yield Static(f"Imported from {origin}", id="origin", classes="quiet", markup=False)
        if report.remark:
            yield Static(report.remark, id="band", markup=False)
            take_up = TAKE_UP.get(words.source if words.words else "unheard")
            if take_up and (words.words or self._view.record.attempt.recording):
                yield Static(take_up, classes="section")
        elif report.score and report.method:
            yield Static(
                Content.assemble(
                    (visible(report.score.word).capitalize(), "bold $accent"),
                    (f"  {report.score.low} to {report.score.high} of 100", "bold"),
                    (f"  {report.method.name.lower()}", "$quiet"),
                ),
                id="band",
            )
        else:
            unrated = report.unmeasurable or _unrated(self._view)
            yield Static(unrated, id="band", markup=False)
            if report.unmeasurable:
                yield Static(TAKE_UP_GUESSED, classes="section")
        for note in report.notes:
            yield Static(note, classes="note", markup=False)
        yield from sureness_lines(self._view)
        yield from self._drill()
        if report.advice:
            yield self._advice()
        elif report.lines:
            yield Static("Nothing is missing on this checklist.", markup=False)
        if report.lines:
            hint = ("  press Y to see why", "not bold $quiet")
            yield Static(Content.assemble("Checklist", hint), classes="section")
            for line in report.lines:
                spans = rating.spans_of("criterion", line.id) if rating else ()
                yield criterion_block(line, spans, words)
        if report.flags:
            yield Static("Could sound like", classes="section")
            for flag in report.flags:
                spans = rating.spans_of("flag", flag.id) if rating else ()
                yield flag_block(flag, spans, words)

    def _right(self) -> Iterable[Widget]:
        report, view = self._view.report, self._view
        if view.probe:
            yield Static("The interviewer could ask next", classes="section")
            yield Static(Content.assemble(visible(view.probe.text), ("  (press F)", "$quiet")))
        words = view.transcript.transcript
        told = report.source and (words.words or words.source == "unheard")
        source = (f"  {report.source}", "not bold $quiet") if told else ""
        yield Static(Content.assemble("Your words", source), classes="section")
        yield MarkedText(
            words,
            view.rating,
            self.services.unsure(words),
            view.recording is not None,
            report.parts,
        )
        if view.record.attempt.recording and view.recording is None:
            yield Static(SOUND_GONE, classes="quiet")
        if report.story:
            yield Static("Story, beside the rating", classes="section")
            yield from story_block(report.story, words)
        hint = ("  press M to count ums", "not bold $quiet") if words.sound else ""
        yield Static(Content.assemble("Delivery, beside the rating", hint), classes="section")
        yield Static("\n".join(report.delivery), markup=False)
        if view.record.follow_up_ids:
            count = len(view.record.follow_up_ids)
            yield Static("Follow-ups", classes="section")
            yield Static(f"{count} answered. Find them in the history.", markup=False)
        if report.lines and report.method:
            about = f"{report.method.note} ({report.scorer_version})"
            yield Static("About this rating", classes="section")
            yield Static(about, classes="quiet", markup=False)

    def _drill(self) -> Iterable[Widget]:
        words, prompt = self._view.transcript.transcript, self._view.record.attempt.prompt
        lines = self.services.reading.report(self._hearing, words, prompt) if self._hearing else ()
        if lines:
            yield Static("Listening drill", classes="section")
            yield Static(visible("\n".join(lines)), markup=False)

    def _advice(self) -> Static:
        advice = self._view.report.advice
        assert advice is not None
        pieces: list[str | tuple[str, str]] = [(f"{visible(advice.title)}\n", "bold")]
        if advice.quote:
            pieces += ["You said: ", (f"“{one_line(advice.quote)}”", "italic")]
            if advice.doubt:
                pieces += [("  unsure: ", "$warning"), (one_line(advice.doubt), UNSURE_STYLE)]
            pieces.append("\n")
        pieces.append(visible(advice.missing))
        if advice.opener:
            pieces += ["\nYou could go on: ", (f"“{visible(advice.opener)} …”", "bold")]
        panel = Static(Content.assemble(*pieces), id="advice")
        panel.border_title = "One thing to change next"
        return panel

    # What comes next

    def action_follow_up(self) -> None:
        """Answer the follow-up question."""
        view = self._view
        if view.probe:
            attempt_id = view.record.attempt.id
            self._ask(view.item.follow_up(attempt_id, view.probe.criterion_id, view.probe.text))

    def action_again(self) -> None:
        """Answer the same question again, in the same words."""
        self._ask(self._view.item)

    def action_reword(self) -> None:
        """Answer the same question in its next wording."""
        self._ask(self._view.item.reworded())

    def action_next(self) -> None:
        """Go on with the practice, or end it."""
        if self._run is None or self._run.is_last:
            self.notify("That was the last question. Your answers are in the history.")
            self.dismiss()
        else:
            self.trainer.practise(self._run.next(), switch=True)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()

    def _ask(self, item: Item) -> None:
        run = self._run.with_item(item) if self._run else self.services.run_of(item)
        view, own_run, heard = self._view, self._run, self._hearing
        self.trainer.practise(
            run, switch=True, back=lambda: ReportScreen(view, own_run, hearing=heard)
        )

    # Versions

    def action_version(self, step: int) -> None:
        """Show an older or newer version of the words."""
        number = self._view.version + step
        if 1 <= number <= self._view.versions:
            self._load(number)

    def action_correct(self) -> None:
        """Correct the words; a changed text becomes a new version and is rated."""
        from trainer.tui.screens.correct import CorrectScreen, Words

        attempt_id = self._view.record.attempt.id
        try:
            draft = self._correction or self.services.correction_draft(attempt_id)
        except TrainerError as error:
            self.complain(error)
            return
        self._correction = None

        def corrected(words: Words | None) -> None:
            if words is not None:
                text = words.text
                self._change(lambda: self.services.correct(attempt_id, text, draft.id))

        self.app.push_screen(CorrectScreen(draft), corrected)

    def action_settle(self, again: bool = False) -> None:
        """Ask about what is not sure, or `again` about what was settled."""
        view = self._view
        doubts = self.services.doubts(view, settled=again)
        attempt_id, transcript_id = view.record.attempt.id, view.transcript.id

        def decided(decisions: Decisions | None) -> None:
            if decisions:
                self._change(lambda: self.services.settle(attempt_id, decisions, transcript_id))

        if doubts:
            self.app.push_screen(SettleScreen(attempt_id, transcript_id, doubts), decided)

    def action_fillers(self) -> None:
        """Count the filled pauses by ear, or keep what a listener counted."""
        from trainer.tui.screens.fillers import Counted, FillersScreen

        attempt_id = self._view.record.attempt.id

        def keep(told: tuple[Counted, ...]) -> None:
            for one in told:
                self.services.count_fillers(attempt_id, one.count, one.moments, one.rater)

        def counted(told: tuple[Counted, ...] | None) -> None:
            if told:
                self._change(lambda: keep(told))

        self.app.push_screen(FillersScreen(self._view), counted)

    def action_why(self) -> None:
        """Tell why each mark came out as it did."""
        from trainer.tui.screens.why import WhyScreen

        self.app.push_screen(WhyScreen(self._view))

    def action_delete(self) -> None:
        """Delete the attempt, after a question."""

        def delete() -> None:
            self.services.delete(self._view.record.attempt.id)
            self.dismiss()

        self.confirm(*DELETE, delete)

    @work(thread=True, exclusive=True, group="view")
    def _load(self, number: int | None) -> None:
        try:
            view = self.services.view(self._view.record.attempt.id, number)
            self.post_message(self.ViewReady(view))
        except TrainerError as error:
            self.post_message(self.Failed(error))

    @work(thread=True, group="change")
    def _change(self, change: Callable[[], None]) -> None:
        """Change what is stored of this answer, and show it as it is then."""
        try:
            change()
            self.post_message(self.ViewReady(self.services.view(self._view.record.attempt.id)))
        except TrainerError as error:
            self.post_message(self.Failed(error))

    async def on_report_screen_view_ready(self, message: ViewReady) -> None:
        """Fill the page with another version."""
        self._view = message.view
        self.begin_anew()
        self.set_class(bool(doubted(self._view)), UNSURE)
        self.query_one(".title-bar", Static).update(self._title())
        for side, widgets in (("#left", self._left()), ("#right", self._right())):
            column = self.query_one(side)
            await column.remove_children()
            await column.mount_all(widgets)
        self.query_one("#page").scroll_home(animate=False)
        self.refresh_bindings()

    def on_report_screen_failed(self, message: Failed) -> None:
        """Say what went wrong; the page stays as it was."""
        self.complain(message.error)


def _unrated(view: AttemptView) -> str:
    if view.record.attempt.superseded:
        return "An earlier take. It was kept and not rated. Press C to correct and rate it."
    if view.record.attempt.rubric_id:
        return "This answer could not be rated. Its words are kept. Press C to rate it again."
    return "This question has no checklist. Time and delivery are all that is reported."
