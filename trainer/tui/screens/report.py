"""The report of an attempt: marks with their words, one thing to change, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from trainer.errors import TrainerError
from trainer.recall import AttemptView
from trainer.session.hearing import Hearing
from trainer.session.plan import Item, Run
from trainer.store.types import Draft
from trainer.tui import report_page
from trainer.tui.screens.beside import BESIDE_KEYS, BesideScreen
from trainer.tui.screens.confirm import DELETE
from trainer.tui.screens.hearing import HEARING_KEYS
from trainer.tui.screens.noting import NOTING_KEYS
from trainer.tui.screens.settle import Decisions, SettleScreen
from trainer.tui.screens.versioned import VERSION_KEYS, VersionedScreen
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.sureness import doubted, settled

if TYPE_CHECKING:
    from trainer.tui.screens.correct import Words

_ARRIVING = "-arriving"


class ReportScreen(BesideScreen, VersionedScreen, Screen[None]):
    """Shows one version of an attempt. `run` is the practice it belongs to, None in the history.

    `correction` is a correction that was left and is taken up at once. `hearing` tells how the
    question was taken in, where the answer was given just now. `words` are chosen at once.
    """

    class Deleted(Message):
        """The answer is deleted."""

    CSS_PATH = "../styles/report.tcss"
    HELP = """\
# Report

Every mark stands beside the words that earned it. The band is where a careful rater
could put this answer: no rater is exact. Read the one thing to change, then answer the
follow-up (F) or the same question again (A, or W for another wording).

In your words, bold ones earned a mark and reversed ones could sound wrong; without colours those
have a ! before them. Of underlined ones the recogniser was not sure: such a word can have earned a
mark too. The small number behind words leads to the margin, which tells what they earned. (.8) is a
pause in seconds, [um] a filler, [um?] perhaps one.

The left and right keys choose a word, with Shift more of them; so does drawing over words with the
mouse. A full stop goes to the next words that the margin tells of, a comma back. J and K choose a
quote.

Where a point is not sure, U asks you whether you said it, and counts your answer. The band is
wider by what is not sure. What you settled, U lets you change.

Y tells why each mark and flag came out as it did.

Under your words a bar shows when each part of the story was told: a letter, and what it means
below. It is beside the rating.

C corrects the words and rates them again; every version is kept. [ and ] go through
the versions. V lists them with all their ratings, to show one or to compare two. Where an older
rater or checklist gave the marks, R rates the answer again and shows what changed.

B compares the answer with the one before to the same question, part by part; you can hear both.

O writes a note on the chosen words, or changes the note there. Notes change no mark. They stay with
their words when you correct others.

An answer that you spoke can be heard again. P or Enter plays from the chosen words, or from the
beginning; P again or S stops. L plays the chosen words again and again, until L or S. - and +
change the speed. A click on a word, a quote, a line of the checklist or of the margin plays from
it. M counts the ums by ear.

X writes the version that is shown into a file: a page to print, text or subtitles; or all of the
answer. E writes the newest words into a file for a mentor, who marks it and sends it back.
D deletes it; Z in the history brings it back until you leave the trainer.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        # In a narrow window those further down are left out of the line of keys first.
        Binding("f", "follow_up", "Follow-up", tooltip="Answer the follow-up question"),
        Binding("u", "settle", "Settle", tooltip="Say whether you said what is not sure"),
        Binding("u", "settle(True)", "Settle again", show=False, tooltip="Change what you settled"),
        Binding("a", "again", "Again", tooltip="Answer the same question again"),
        Binding("n", "next", "Next", tooltip="Go to the next question"),
        Binding("c", "correct", "Fix", tooltip="Correct the words and rate again"),
        *HEARING_KEYS,
        *NOTING_KEYS,
        Binding("w", "reword", "Reword", tooltip="The same question in another wording"),
        *VERSION_KEYS,
        *BESIDE_KEYS,
        Binding("y", "why", "Why", show=False, tooltip="Why each mark came out as it did"),
        Binding("m", "fillers", "Ums", show=False, tooltip="Count the filled pauses by ear"),
        Binding("x", "write", "Write", show=False, tooltip="Write this answer into a file"),
        Binding("e", "share", "For a mentor", show=False, tooltip="Let somebody else mark it"),
        Binding("d", "delete", "Delete", tooltip="Delete this answer", show=False),
        Binding("escape", "leave", "Back", tooltip="Go back"),
        Binding("question_mark", "app.help", "Help", show=False),
        Binding("q", "app.quit", "Quit", show=False),
    ]

    def __init__(
        self,
        view: AttemptView,
        run: Run | None = None,
        correction: Draft | None = None,
        hearing: Hearing | None = None,
        words: tuple[int, int] | None = None,
    ) -> None:
        super().__init__()
        self._words = words
        self._correction = correction
        self._hearing = hearing
        self._view = view
        self._run = run

    def compose(self) -> ComposeResult:
        """Yield the page; it is filled anew for each version."""
        yield Static(report_page.title(self._view), classes="title-bar", markup=False)
        with VerticalScroll(id="page"), Horizontal(id="columns"):
            yield Vertical(*self._left(), id="left")
            yield Vertical(*self._right(), id="right")
        yield from self.player_bars()
        yield KeyLine()

    def on_mount(self) -> None:
        """Let the arrow keys scroll at once."""
        self.set_focus(self.query_one("#page"))
        if self._words:
            self.add_class(_ARRIVING)
            self.call_after_refresh(self._arrive, *self._words)
        self.ask_whether_outdated()
        if self._correction:
            self.action_correct()

    def _arrive(self, start: int, end: int) -> None:
        """Go to these words: until then nothing is seen of the page, or it would jump."""
        self.choose(start, end)
        # Once the page has scrolled, which takes a refresh of its own.
        self.call_after_refresh(self.call_after_refresh, self.remove_class, _ARRIVING)

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
        return super().check_action(action, parameters)

    @property
    def shown_view(self) -> AttemptView:
        """The version of the answer that is shown."""
        return self._view

    # What is shown

    def show_title(self) -> None:
        """Head the page with what is shown, and with the offer to compare it."""
        bar = self.query_one(".title-bar", Static)
        bar.update(report_page.title(self._view, self.earlier is not None, self.size.width))

    def _left(self) -> Iterable[Widget]:
        view = self._view
        words, prompt = view.transcript.transcript, view.record.attempt.prompt
        drill = self.services.reading.report(self._hearing, words, prompt) if self._hearing else ()
        return report_page.rating_side(view, drill)

    def _right(self) -> Iterable[Widget]:
        view = self._view
        unsure = self.services.unsure(view.transcript.transcript)
        return report_page.answer_side(view, unsure, self.services.hesitations(view))

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

    def action_correct(self) -> None:
        """Correct the words; a changed text becomes a new version and is rated."""
        from trainer.tui.opening import open_correction

        attempt_id, left = self._view.record.attempt.id, self._correction
        self._correction = None

        def corrected(draft: Draft, words: Words | None) -> None:
            if words is None:
                self._discard(draft.id)
            else:
                text = words.text
                self._change(lambda: self.services.correct(attempt_id, text, draft.id))

        open_correction(self, attempt_id, left, corrected)

    @work(thread=True, group="discard", exit_on_error=False)
    def _discard(self, draft_id: str) -> None:
        try:
            self.services.discard_draft(draft_id)
        except TrainerError as error:
            self.post_message(self.Failed(error))

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

    def action_write(self) -> None:
        """Write what is shown into a file."""
        from trainer.tui.screens.exporting import ExportScreen

        self.app.push_screen(ExportScreen((self._view.record.attempt.id,), self._view))

    def action_share(self) -> None:
        """Write this answer into a file for a mentor."""
        from trainer.tui.screens.sharing import ShareScreen

        self.app.push_screen(ShareScreen(self._view.record.attempt.id))

    def action_why(self) -> None:
        """Tell why each mark came out as it did."""
        from trainer.tui.screens.why import WhyScreen

        self.app.push_screen(WhyScreen(self._view))

    def action_delete(self) -> None:
        """Delete the attempt, after a question."""

        def delete() -> None:
            self._delete(self._view.record.attempt.id)

        self.confirm(*DELETE, delete)

    @work(thread=True, group="change", exit_on_error=False)
    def _delete(self, attempt_id: str) -> None:
        try:
            self.services.delete(attempt_id)
            self.post_message(self.Deleted())
        except TrainerError as error:
            self.post_message(self.Failed(error))

    def on_report_screen_deleted(self) -> None:
        """Go back: there is nothing to show any more."""
        self.once_on_top(self.dismiss)

    @work(thread=True, group="change", exit_on_error=False)
    def _change(
        self,
        change: Callable[[], object],
        version: int | None = None,
        rating: int | None = None,
    ) -> None:
        """Change what is stored of this answer, and show it as it is then."""
        try:
            change()
            view = self.services.view(self._view.record.attempt.id, version, rating)
            self.post_message(self.ViewReady(view))
        except TrainerError as error:
            self.post_message(self.Failed(error))

    def change_here(self, change: Callable[[], object]) -> None:
        """Store a change in a thread, and show the same words and rating as they are then."""
        self._change(change, self._view.version, self._view.rating_number)

    async def show(self, view: AttemptView) -> None:
        """Fill the page with another version or rating; the same words stay where they are."""
        before, chosen = self._view, self.chosen
        self._view = view
        self.begin_anew()
        self.show_title()
        for side, widgets in (("#left", self._left()), ("#right", self._right())):
            column = self.query_one(side)
            await column.remove_children()
            await column.mount_all(widgets)
        if chosen and view.transcript == before.transcript:
            self.call_after_refresh(self.choose, *chosen)
        else:
            self.query_one("#page").scroll_home(animate=False)
        self.refresh_bindings()
        self.ask_whether_outdated()
