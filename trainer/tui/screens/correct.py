"""Correct the words of an answer before they are rated, or rated again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from trainer.coach.report import ROUGH_DRAFT
from trainer.display import clock_time, one_line, visible
from trainer.errors import TrainerError
from trainer.records import may_go_unmarked
from trainer.store.types import Draft
from trainer.transcript.offers import Offers
from trainer.transcript.stretches import LEAD_S, word_heard_at
from trainer.transcript.types import Transcript, Word
from trainer.tui.screens.drafting import DraftingScreen
from trainer.tui.screens.sounding import SoundingScreen
from trainer.tui.widgets.editor import AnswerEditor
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.legend import UNSURE_STYLE
from trainer.tui.widgets.player_bar import PlayerBar
from trainer.tui.widgets.words_editor import WordsEditor

UNHEARD = "No words were heard in your recording. Type what you said."
UNHEARD_HINT = "Ctrl+S rates your words. Ctrl+O stores the time and the pauses only."
LOSE_CHANGES = (
    "Go back without your corrections?",
    "Your recording and the words that were heard stay.",
    "Go back",
)
PLAY_KEYS = "F2 play from the cursor  F3 F4 speed"


@dataclass(frozen=True, slots=True)
class Words:
    """What the speaker made of the words. Not `accepted`: to be stored without marks."""

    text: str
    accepted: bool = True


class CorrectScreen(SoundingScreen, DraftingScreen, ModalScreen[Words | None]):
    """An editor over the words. Dismissed with the words, or None to go back.

    A draft that names the attempt that it `corrects` is on disk only once its text was changed,
    and whoever opened the screen discards it on None. The draft of an answer stays, without the
    changes. Words that were heard keep their times, and lead to the sound. `title` stands in place
    of the question. `words` are those of the draft; of one that `corrects` they must be given, as
    the history is read for them.
    """

    CSS_PATH = "../styles/correct.tcss"
    HELP = """\
# Correct the words

Change what is wrong: the words as they stand here are rated. What you change is saved every
second. A version that was stored before stays.

For words that were heard: Enter takes them all as they are, and so does Ctrl+S. Tab selects the
next word that the recogniser was not sure of, Shift+Tab the one before: type to replace it. Such
words are underlined. F2 plays your recording from the word at the cursor, and stops it; F3 plays
slower, F4 faster. Ctrl+Z takes the last change back.

A recogniser does not know names of exams, drugs and places. Where unsure words sound like one, the
line under the words says "Perhaps". These places are underlined as a whole. F8 goes to the next
one, Ctrl+Y writes the suggestion, F9 hides it for good. Nothing changes without your key. Put
your own names into your profile: trainer profile add.

A rough draft by the built-in recogniser holds many wrong words. Ctrl+O stores it without marks:
then only time, pace and pauses are reported, and you can correct it later.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save and rate", tooltip="Keep the words and rate them"),
        Binding("ctrl+o", "store_unmarked", "No marks", tooltip="Store time, pace and pauses only"),
        Binding("f2", "play", "Play", tooltip="Play from the word at the cursor, or stop"),
        Binding("f3", "speed(-1)", "Slower", show=False, tooltip="Play slower"),
        Binding("f4", "speed(1)", "Faster", show=False, tooltip="Play faster"),
        Binding("escape", "discard", "Leave as it was", tooltip="Throw these changes away"),
        Binding("escape", "go_back", "Back", tooltip="Go back to your answer"),
        Binding("f1", "app.help", "Help"),  # a dialog's footer shows no keys of the application
    ]

    @dataclass
    class Suggested(Message):
        """It was found what else could have been said."""

        offers: Offers

    def __init__(
        self, draft: Draft, title: str | None = None, words: Transcript | None = None
    ) -> None:
        super().__init__(draft.text)
        self._draft = draft
        self._heading = title or draft.prompt
        self._given = words
        self._words = words or Transcript.typed(draft.text)
        self._played_from: Word | None = None

    def compose(self) -> ComposeResult:
        """Yield what is to be done, the editor, the word at the cursor, and the player."""
        if self._given is None:
            self._words = self.services.words_of(self._draft)
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(one_line(self._heading, 120))
            yield Static(self._title(), classes="section")
            if self._words.is_rough:
                yield Static(ROUGH_DRAFT, classes="notice")
            if self._words.is_heard:
                yield Static("", id="unsure-count")
            elif may_go_unmarked(self._draft, self._words):
                yield Static(UNHEARD_HINT, classes="quiet")
            yield self._editor()
            if self._words.is_heard:
                yield Static("", id="perhaps", markup=False)
                yield Static("", id="word", markup=False)
            yield from self._player()
            yield Static("", id="draft-state", classes="quiet", markup=False)
        yield KeyLine()

    def _title(self) -> str:
        if not self._words.words and self._draft.recording:
            return UNHEARD
        if self._draft.corrects:
            return "Correct the words. The version before stays."
        return "Are these your words?"

    def _editor(self) -> Widget:
        if not self._words.is_heard:
            return AnswerEditor(self._words.text)
        heard = self._words
        return WordsEditor(
            heard.text, lambda text: self.services.aligned(heard, text), self.services.unsure
        )

    def _player(self) -> ComposeResult:
        file = self.services.recording_of(self._draft)
        if file:
            yield PlayerBar(
                self.services.length_of(file),
                partial(self.services.open_player, file),
                self.trainer.closing.add,
                PLAY_KEYS,
            )

    def on_mount(self) -> None:
        """Begin to save what is changed."""
        self.set_focus(self.query_one(AnswerEditor))
        self.start_saving()
        self._show_words()
        if self._words.is_heard:
            self._look()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that lead somewhere."""
        if action == "store_unmarked":
            return may_go_unmarked(self._draft, self._words)
        if action in ("discard", "go_back"):
            return (action == "discard") == (self._draft.corrects is not None)
        if action in ("play", "speed"):
            return bool(self.query(PlayerBar))
        return True

    # The draft

    @property
    def draft_id(self) -> str:
        """The id of the draft of these words."""
        return self._draft.id

    def current_draft(self) -> Draft:
        """Return the words as they are now."""
        if not self._is_changed:
            return self._draft  # its text may have words where the editor shows figures
        return replace(self._draft, text=self.query_one(AnswerEditor).text)

    @property
    def _is_changed(self) -> bool:
        words = visible(self._words.text).strip()
        # Before they are on the screen nothing can be changed.
        return any(editor.text.strip() != words for editor in self.query(AnswerEditor))

    def holds_something(self, draft: Draft) -> bool:
        """Whether there is more than what the stored answer holds, or it is an answer itself."""
        if draft.corrects is None:
            return super().holds_something(draft)
        return self._is_changed or draft.text != self.saved_text

    def show_draft_state(self, error: TrainerError | None = None) -> None:
        """Say whether the changes are safe."""
        text = f"Not saved. {visible(str(error))}" if error else "Changes kept."
        self.query_one("#draft-state", Static).update(text)

    # The words

    @work(thread=True, group="likely", exit_on_error=False)
    def _look(self) -> None:
        kept = self._draft.recording or self._draft.corrects or self._draft.id
        offers = self.services.suggestions.offers(self._words, self._draft.question_id, kept)
        self.post_message(self.Suggested(offers))

    def on_correct_screen_suggested(self, message: Suggested) -> None:
        """Show what was perhaps said."""
        for editor in self.query(WordsEditor):
            editor.offer(message.offers)

    def on_words_editor_offers_changed(self) -> None:
        """Say what is still offered."""
        self._show_words()

    def on_text_area_changed(self) -> None:
        """Say what is still unsure."""
        self._show_words()

    def on_text_area_selection_changed(self) -> None:
        """Say what was heard at the cursor."""
        self._show_words()

    def _show_words(self) -> None:
        for editor in self.query(WordsEditor):
            self.query_one("#unsure-count", Static).update(_count(len(editor.unsure)))
            self.query_one("#word", Static).update(_heard(editor))
            perhaps = self.query_one("#perhaps", Static)
            perhaps.update(_perhaps(editor))
            perhaps.display = bool(editor.suggestions)

    # The sound

    def action_play(self) -> None:
        """Play from the word at the cursor; where that is what plays, stop."""
        bar = self.query_one(PlayerBar)
        editors = self.query(WordsEditor)
        word = editors.first().word_at_cursor if editors else None
        if bar.playing and word == self._played_from:
            bar.stop()
            return
        self._played_from = word
        bar.play(max(0.0, word.start_s - LEAD_S) if word and word.start_s else 0.0)

    def on_player_bar_moved(self, message: PlayerBar.Moved) -> None:
        """Show the word that is heard."""
        for editor in self.query(WordsEditor):
            at_s = message.at_s
            editor.show_playing(None if at_s is None else word_heard_at(editor.transcript, at_s))

    # The end

    def on_words_editor_accepted(self) -> None:
        """Take the words as they are."""
        self.action_save()

    def action_save(self) -> None:
        """Hand the words back, to be rated."""
        self._hand_back(accepted=True)

    def action_store_unmarked(self) -> None:
        """Hand the words back, to be stored without marks."""
        self._hand_back(accepted=False)

    def action_discard(self) -> None:
        """Leave a stored answer as it was."""
        self._close(None)

    def action_go_back(self) -> None:
        """Go back to the answer; ask first where corrections would be lost."""
        if self._is_changed:
            self.confirm(*LOSE_CHANGES, lambda: self._close(None), stay="No, stay here")
        else:
            self._close(None)

    def _hand_back(self, accepted: bool) -> None:
        text = self.query_one(AnswerEditor).text
        if accepted and not text.strip():
            way = "leave all as it was" if self._draft.corrects else "go back"
            self.notify(f"There are no words here. Type them, or press Escape to {way}.")
        else:
            self._close(Words(text, accepted))

    def _close(self, words: Words | None) -> None:
        with self.saving:
            self.closed = True
        self.dismiss(words)


def _count(unsure: int) -> Content:
    if not unsure:
        return Content.styled("No word is unsure. Enter takes them all.", "$quiet")
    number = "1 word is" if unsure == 1 else f"{unsure} words are"
    return Content.assemble(
        (f"{number} unsure", UNSURE_STYLE),
        (". Tab selects the next: type to replace it.", "$quiet"),
    )


def _heard(editor: WordsEditor) -> str:
    word = editor.word_at_cursor
    if word is None or word.start_s is None:
        return ""
    shown = editor.text[word.start : word.end]
    pieces = [f"“{one_line(shown, 40)}” at {clock_time(word.start_s)}"]
    if word.said:
        pieces.append(f"heard: {one_line(word.said, 40)}")
    if word in editor.unsure:
        pieces.append("unsure")
    elif word.confidence is None:
        pieces.append("corrected")
    return "  ·  ".join(pieces)


def _perhaps(editor: WordsEditor) -> Content:
    """Return what is offered at the cursor, else how much is offered elsewhere."""
    likely, count = editor.suggestion_at_cursor, len(editor.suggestions)
    if likely is not None:
        return Content.assemble(
            ("Perhaps: ", "$quiet"),
            (one_line(likely.text, 36), "bold"),
            (" (Ctrl+Y takes it, F9 hides it)", "$quiet"),
        )
    following = editor.next_suggestion
    if following is None:
        return Content()
    words = editor.transcript.quote(following.start, following.end)
    where = f"“{one_line(words, 20)}” is perhaps {one_line(following.text, 24)}"
    number = "1 suggestion" if count == 1 else f"{count} suggestions"
    return Content.styled(f"{number}. F8 goes to the next: {where}.", "$quiet")
