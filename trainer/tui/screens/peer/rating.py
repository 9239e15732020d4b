"""The blind rating of an answer by one of those who took part in its round, up to the reveal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from trainer.bank.types import Rubric
from trainer.display import visible
from trainer.errors import TrainerError
from trainer.meeting.rating import Reveal, note_fits, own_moments, reveal_for, words_of
from trainer.peer import events
from trainer.peer.types import Asked, FormRating, Phase, RoundView, SessionView
from trainer.tui.screens.peer.scene import SceneScreen, name_of
from trainer.tui.screens.peer.worked_example import (
    WorkedExampleScreen,
    find_examples,
    remember_offer,
)
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.rating_form import Noting, RatingForm

if TYPE_CHECKING:
    from trainer.transcript.types import Transcript

_BLIND = "Nobody sees your marks before the reveal. O: you only watch."
_BLIND_NOTE = "Nobody sees your note before the reveal. To only watch: Escape, then O."
_OFFER = " New to this checklist? E: rate an example first."
_SENT = "Your marks are sent. Until the reveal B goes back to change them."
_SENT_NOTE = "Your note is sent. Until the reveal N changes it."
_WATCHES = "You only watch this round. You can still give marks."
_NO_WORDS = "This answer has no words. Rate what you heard."
_NO_WORDS_YET = "The words are not here yet. You can rate what you heard, or wait for them."
_REVEAL = "Reveal all ratings now?"
_TOO_LATE = "After the reveal they cannot rate this round."
_WITHOUT_WORDS = "The words of the answer are not here yet. They can still come after the reveal."


class PeerRatingScreen(SceneScreen):
    """Takes the marks of `place`, shows for whom the reveal waits, and reveals.

    What was sent can be sent anew until then. Nothing of any other rating is here to be seen.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "../../styles/peer.tcss",
        "../../styles/rating_form.tcss",
        "../../styles/peer_rating.tcss",
    ]
    HELP = """\
# Your rating

Each point shows what an interviewer would ask, and what every mark means. Press 1 if the answer
says it fully, 2 if it says half of it, 3 if it does not say it. B goes back, Enter goes on. After
the last point N writes a note, and Enter or Ctrl+S sends all of it. Escape leaves the note.

Beside the form stand the words of the answer, as soon as they are here, with what you marked while
you listened. The up and down keys scroll them. All rate without seeing each other, the one who
answered and the program too. What you sent can be changed until the reveal.

R reveals all ratings once nobody is awaited. Whoever asked can do so before. O: you only watch,
and nobody waits for your marks. E opens an example to rate, where the checklist has one.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "reveal", "Reveal", tooltip="Show all ratings to all"),
        Binding(
            "o",
            "abstain",
            "Only watch",
            show=False,  # nine keys in 80 columns; the screen names it
            tooltip="Give no marks: nobody waits for yours",
        ),
        Binding("e", "example", "Example", show=False, tooltip="Rate a worked example first"),
    ]

    @dataclass
    class HasExample(Message):
        """The checklist has a worked example, which `is_new` where it was never offered."""

        is_new: bool

    _form: RatingForm | None = None
    _has_example = False
    _offers = False
    _words: tuple[str, Transcript] | None = None

    def compose(self) -> ComposeResult:
        """Yield the question, the form with the words, and who is awaited."""
        yield from self.bars()
        current = self.view.round
        asked = current.asked if current else None
        yield Static(visible(asked.prompt if asked else ""), id="prompt", markup=False)
        yield Static("", id="state", classes="quiet", markup=False)
        given = _given(self.view)
        self._form = RatingForm(
            asked.form if asked else (),
            None,
            given=given.marks if given else None,
            note=given.note if given else "",
            noting=Noting("sends", note_fits),
        )
        yield self._form
        yield Static("", id="awaited", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Look for an example of this checklist."""
        current = self.view.round
        if current and current.asked and current.asked.form:
            self._look_for_example(current.asked)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the keys that lead somewhere."""
        current = self.view.round
        if action == "reveal":
            return self._reveal_now is not None
        if action == "abstain":
            return current is not None and self.place.you in current.waiting
        return self._has_example if action == "example" else True

    @property
    def _reveal_now(self) -> Reveal | None:
        return reveal_for(self.view)

    def see(self, view: SessionView) -> None:
        """Show words that came, and who is awaited."""
        current = view.round
        if current is None or self._form is None:
            return
        told = _NO_WORDS if current.answer else _NO_WORDS_YET
        self._form.show_words(self._words_of(current), own_moments(view), told)
        self.say("#awaited", awaited_line(view))
        self._show_state(view, current)
        self.refresh_bindings()

    def _words_of(self, current: RoundView) -> Transcript | None:
        """Return the words; those of a long answer are not made anew for each view."""
        document = current.answer.document if current.answer else None
        if document is None or not document.transcripts:
            return None
        name = document.transcripts[-1].id
        if self._words is None or self._words[0] != name:
            words = words_of(current)
            self._words = (name, words) if words else None
        return self._words[1] if self._words else None

    def _show_state(self, view: SessionView, current: RoundView) -> None:
        has_form = bool(current.asked and current.asked.form)
        if _given(view):
            told = _SENT if has_form else _SENT_NOTE
        elif view.you in current.waiting:
            told = _BLIND if has_form else _BLIND_NOTE
            told += _OFFER if self._offers else ""
        else:
            told = _WATCHES
        self.say("#state", told)

    def heading(self, view: SessionView) -> str:
        """Return what the title bar says: the round, and which point is shown."""
        return f"{super().heading(view)} · {self._form.where}" if self._form else ""

    def on_rating_form_stepped(self) -> None:
        """Say which point is shown."""
        self.say("#scene-title", self.heading(self.view))

    # Sending

    def on_rating_form_given(self, message: RatingForm.Given) -> None:
        """Send the marks, unless they are sent."""
        before = _given(self.view)
        if before and (dict(before.marks), before.note) == (message.marks, message.note):
            return  # the line above the form says that they are sent
        self.do(events.Rated(*self.place.stamp(), message.marks, message.note), self._sent)

    def _sent(self) -> None:
        """Let all keys work after a note, and offer no example of this checklist any more."""
        if self._form:
            self._form.focus_words()
        self._remember_offer()

    def action_abstain(self) -> None:
        """Let nobody wait."""
        self.do(events.Abstained(*self.place.stamp()))

    # The reveal

    def action_reveal(self) -> None:
        """Reveal; before all have rated, ask."""
        way = self._reveal_now
        if way == "now":
            self._reveal()
        elif way:
            about = [_WITHOUT_WORDS] if way == "without words" else []
            told = " ".join((*about, early_line(self.view)))
            self.confirm(_REVEAL, told, "Reveal", self._reveal, "No, wait")

    def _reveal(self) -> None:
        current = self.view.round
        if current and current.phase is Phase.ANSWERED:
            self.do(events.RatingBegun(*self.place.stamp()), self._reveal_whole)
        else:
            self._reveal_whole()

    def _reveal_whole(self) -> None:
        self.do(events.Revealed(*self.place.stamp()))

    # The example

    def action_example(self) -> None:
        """Let an example be rated."""
        current = self.view.round
        if current and current.asked:
            self._remember_offer()
            self.app.push_screen(WorkedExampleScreen(current.asked.rubric_id))

    @work(thread=True, group="example", exit_on_error=False)
    def _look_for_example(self, asked: Asked) -> None:
        try:
            found = find_examples(self.services, asked.rubric_id)
        except TrainerError:
            return  # whoever rates needs no example
        if any(_fits(rubric, asked) for rubric, _ in found):
            offered = self.services.settings.examples_offered
            self.post_message(self.HasExample(asked.rubric_id not in offered))

    def on_peer_rating_screen_has_example(self, message: HasExample) -> None:
        """Offer it, where that was never done."""
        self._has_example, self._offers = True, message.is_new
        self.look_again()

    def _remember_offer(self) -> None:
        current = self.view.round
        if self._has_example and current and current.asked and current.asked.rubric_id:
            self._offers = False
            self._show_state(self.view, current)
            try:
                remember_offer(self.services, current.asked.rubric_id)
            except TrainerError as error:
                self.complain(error)


def awaited_line(view: SessionView) -> str:
    """Return who has rated, for whom the reveal waits, and whether R reveals."""
    current = view.round
    if current is None:
        return ""
    parts = []
    if current.done:
        parts.append(f"Rated: {_names(view, current.done)}.")
    if current.waiting:
        parts.append(f"Still to come: {_names(view, current.waiting)}.")
    elif current.phase is Phase.RATING and current.done:
        parts.append("Nobody is awaited: R shows all ratings.")
    if current.answer is None:
        parts.append("The words are on their way.")
    return " ".join(parts)


def early_line(view: SessionView) -> str:
    """Return what an early reveal means: who has not rated yet."""
    waiting = view.round.waiting if view.round else ()
    return f"Not yet rated: {_names(view, waiting)}. {_TOO_LATE}" if waiting else ""


def _names(view: SessionView, people: Sequence[str]) -> str:
    return ", ".join("you" if one == view.you else name_of(view, one) for one in people)


def _given(view: SessionView) -> FormRating | None:
    ratings = view.round.ratings if view.round else ()
    return next((one for one in ratings if one.participant_id == view.you), None)


def _fits(rubric: Rubric, asked: Asked) -> bool:
    return [one.id for one in rubric.criteria] == [line.id for line in asked.form]
