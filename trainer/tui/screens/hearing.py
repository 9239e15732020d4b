"""What a screen does that shows an answer and lets it be heard: a cursor, and the sound."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from trainer.transcript.stretches import reach_of, start_of, word_heard_at
from trainer.tui.holding import Holding
from trainer.tui.screens.sounding import SOUND_KEYS, SoundingScreen
from trainer.tui.widgets.checklist import Quoted, QuoteLine
from trainer.tui.widgets.drawn_words import WordLines
from trainer.tui.widgets.marked_text import MarkedText
from trainer.tui.widgets.player_bar import PlayerBar

if TYPE_CHECKING:
    from trainer.recall import AttemptView

QUOTE_KEYS, KEYS = "J K quote  ", "← → word  L loop  - + speed  S stop"
CHOOSE_FIRST = "Choose words first: the right key, and with Shift more of them. L plays them again."
HEARING_KEYS: tuple[BindingType, ...] = (
    Binding("p", "play", "Play", tooltip="Play from the chosen words, or stop"),
    Binding("p", "play(True)", "Play", show=False, tooltip="Play from the chosen words, or stop"),
    Binding("enter", "play_chosen(True)", "Play here", tooltip="Play from the chosen words"),
    Binding("enter", "play_chosen", "Play", show=False, tooltip="Play from the beginning"),
    Binding("l", "loop", "Loop", show=False, tooltip="Play the chosen words again and again"),
    Binding("j", "quote(1)", "Next quote", show=False, tooltip="Choose the next quote"),
    Binding("k", "quote(-1)", "Quote before", show=False, tooltip="Choose the quote before"),
    Binding("full_stop", "place(1)", "Next mark", show=False, tooltip="Next mark in the words"),
    Binding("comma", "place(-1)", "Mark before", show=False, tooltip="Mark before in the words"),
    Binding("right", "word(1)", "Next word", show=False, tooltip="Choose the next word"),
    Binding("left", "word(-1)", "Word before", show=False, tooltip="Choose the word before"),
    Binding("shift+right", "phrase(1)", "More words", show=False, tooltip="Choose one word more"),
    Binding("shift+left", "phrase(-1)", "Fewer words", show=False, tooltip="Choose one word less"),
    *SOUND_KEYS,
)
_SOUND = frozenset({"play", "play_chosen", "stop", "loop", "speed"})
_WORDED = frozenset({"play", "play_chosen", "note"})
"""Actions whose key has a second wording, with a parameter, for when words are chosen."""


class HearingScreen(SoundingScreen):
    """Plays the answer of `shown_view` from its beginning or from the chosen words.

    The cursor goes through the quotes of the checklist and through the words of the transcript.
    """

    _chosen: tuple[int, int] | None = None
    _anchor: int | None = None

    def __init__(self) -> None:
        super().__init__()
        self._holding = Holding()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer sound where there is some, and of two wordings the one that fits the cursor."""
        if action in _SOUND and self.shown_view.recording is None:
            return False
        if action in _WORDED:
            return bool(parameters) == (self._chosen is not None)
        return True

    @property
    @abstractmethod
    def shown_view(self) -> AttemptView:
        """The version of the answer that is shown."""

    def on_mount(self) -> None:
        """Let nobody delete the sound while it can be heard here."""
        recording = self.shown_view.record.attempt.recording
        if recording:
            self._hold(recording)

    @work(thread=True, group="hold", exit_on_error=False)
    def _hold(self, recording: str) -> None:
        """Hold it in a thread: another program may have the history for some seconds."""
        self._holding.hold(self.services.sounds, recording)

    def on_unmount(self) -> None:
        """Give the sound back to whoever tidies."""
        self._holding.let_go()

    def player_bars(self) -> list[PlayerBar]:
        """Return the player, where there is sound to play."""
        view = self.shown_view
        if view.recording is None:
            return []
        return [
            PlayerBar(
                view.recording_s or 0.0,
                partial(self.services.open_player, view.recording),
                self.trainer.closing.add,
                self._keys(),
            )
        ]

    def begin_anew(self) -> None:
        """Take the cursor away and end the sound: other words are shown."""
        self._chosen = self._anchor = None
        self.refresh_bindings()
        self.action_stop()
        for bar in self.query(PlayerBar):
            bar.keys = self._keys()

    def _keys(self) -> str:
        report = self.shown_view.report
        quoted = any(line.quotes for line in report.lines) or report.flags
        return QUOTE_KEYS + KEYS if quoted else KEYS

    # The cursor

    @property
    def chosen(self) -> tuple[int, int] | None:
        """The chosen words of the shown version, the end excluded; None where none are chosen."""
        return self._chosen

    def choose(self, start: int, end: int) -> None:
        """Put the cursor on words `start` to `end` (excluded), and bring them into view."""
        self._choose(start, end)
        self.query_one(MarkedText).show_word(start)

    def action_quote(self, step: int) -> None:
        """Choose the next quote of the checklist, or the one before."""
        lines = list(self.query(QuoteLine))
        chosen = next((at for at, line in enumerate(lines) if line.has_class("-chosen")), None)
        if chosen is None:
            at = 0 if step > 0 else len(lines) - 1
        else:
            at = max(0, min(len(lines) - 1, chosen + step))
        if lines:
            self._choose_quote(lines[at])

    def _choose_quote(self, line: QuoteLine) -> None:
        self._choose(line.start, line.end)
        line.choose(True)
        (line.parent if isinstance(line.parent, Widget) else line).scroll_visible(animate=False)

    def action_word(self, step: int) -> None:
        """Choose the next word, or the one before."""
        count = len(self.shown_view.transcript.transcript.words)
        if count:
            at = 0 if self._chosen is None else self._chosen[0] + step
            at = max(0, min(count - 1, at))
            self.choose(at, at + 1)

    def action_phrase(self, step: int) -> None:
        """Choose one word more at the end that moves, or one less; the other end stays."""
        count = len(self.shown_view.transcript.transcript.words)
        if self._chosen is None or self._anchor is None:
            self.action_word(0)
            return
        start, end = self._chosen
        moving = start if self._anchor == end - 1 and end - start > 1 else end - 1
        moving = max(0, min(count - 1, moving + step))
        anchor = self._anchor
        self._choose(min(anchor, moving), max(anchor, moving) + 1)
        self._anchor = anchor
        self.query_one(MarkedText).show_word(moving)

    def _choose(self, start: int, end: int) -> None:
        first, self._chosen, self._anchor = self._chosen is None, (start, end), start
        if first:
            self.refresh_bindings()  # it draws the footer anew
        for line in self.query(QuoteLine):
            if line.has_class("-chosen"):
                line.choose(False)
        self.query_one(MarkedText).choose(start, end)

    def action_place(self, step: int) -> None:
        """Choose the words of the next side note in the order of the answer, or the one before."""
        place = self.query_one(MarkedText).next_place(self._chosen, step)
        if place:
            self.choose(*place)

    def on_quote_line_clicked(self, message: QuoteLine.Clicked) -> None:
        """Play from the quote."""
        self._choose_quote(message.line)
        self._play_if_heard()

    def on_quoted_clicked(self, message: Quoted.Clicked) -> None:
        """Play from the first words that earned a mark, or raised a flag."""
        for line in message.block.query(QuoteLine):
            self._choose_quote(line)
            self._play_if_heard()
            break

    def on_word_lines_clicked(self, message: WordLines.Clicked) -> None:
        """Play from the words."""
        self._choose(message.start, message.end)
        self._play_if_heard()

    def on_word_lines_dragged(self, message: WordLines.Dragged) -> None:
        """Choose the words, in silence: they may be meant for a note, a loop or the clipboard."""
        self._choose(message.start, message.end)

    def _play_if_heard(self) -> None:
        if self.query(PlayerBar):
            self.action_play_chosen()

    # The sound

    def action_play(self, chosen: bool = False) -> None:
        """Play from the chosen words, or stop."""
        if self.query_one(PlayerBar).playing:
            self.action_stop()
        else:
            self.action_play_chosen()

    def action_play_chosen(self, chosen: bool = False) -> None:
        """Play from the chosen words; without them from the beginning."""
        first = self._chosen[0] if self._chosen else 0
        if self.shown_view.transcript.transcript.words and not self.query("QuoteLine.-chosen"):
            self.query_one(MarkedText).show_word(first)
        self.query_one(PlayerBar).play(self._start_s())

    def action_loop(self) -> None:
        """Play the chosen words again and again, or end that."""
        bar = self.query_one(PlayerBar)
        if bar.looping:
            self.action_stop()
        elif self._chosen is None:
            self.notify(CHOOSE_FIRST)
        else:
            self.query_one(MarkedText).show_word(self._chosen[0])
            bar.loop(*reach_of(self.shown_view.transcript.transcript, *self._chosen))

    def on_player_bar_moved(self, message: PlayerBar.Moved) -> None:
        """Light the word that is heard."""
        at_s, words = message.at_s, self.shown_view.transcript.transcript
        index = None if at_s is None else word_heard_at(words, at_s)
        for text in self.query(MarkedText):
            text.show_playing(index)

    def _start_s(self) -> float:
        """Return the second of the chosen words, or of the last word before them with a time."""
        if self._chosen is None:
            return 0.0
        return start_of(self.shown_view.transcript.transcript, self._chosen[0])
