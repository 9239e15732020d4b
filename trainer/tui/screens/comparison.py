"""Two answers beside each other, or two ratings of one: what differs, and how either sounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from trainer.errors import TrainerError
from trainer.review import telling
from trainer.review.aligning import Range
from trainer.review.comparing import Comparison
from trainer.review.sides import Side
from trainer.transcript.stretches import LEAD_S, start_of, word_heard_at
from trainer.tui import comparison_page
from trainer.tui.comparison_page import CHOSEN
from trainer.tui.holding import Holding
from trainer.tui.screens.sounding import SOUND_KEYS, SoundingScreen
from trainer.tui.widgets.compared_words import Quoted, SaidWords, Stop
from trainer.tui.widgets.key_line import KeyLine
from trainer.tui.widgets.player_bar import PlayerBar

WAITING = "The two are read."
_PLAYERS = ("player-before", "player-now")
_WITH_WORDS = "-words"


class ComparisonScreen(SoundingScreen, Screen[None]):
    """Shows what two sides differ in, told from `before` to `after`, and plays either.

    `sound` is the file and the length in seconds of what both were heard in, where it is not in the
    recordings of this home.
    """

    CSS_PATH = "../styles/comparison.tcss"
    HELP = """\
# Compare

Two answers beside each other, part by part: how long each part is, which marks are gained and
lost and by which words, which facts are new and which are gone. ▲ is gained or added, ▼ is lost or
dropped, = is as before. A difference that is not sure says how likely it is.

E shows the words of each part with the facts marked in them, and hides them again: then the facts
stand in a list. Of underlined words the recogniser was not sure. The word that is heard is lit.

Two ratings of the same words by two people are named by them: ▲ is where the second gives more.

J and K choose a part or a point. 1 plays how you said it before, 2 how you say it now; without a
choice they play the whole answer. Enter plays it where it was said, now before before. The same
key again or S stops. - and + change the speed of both. A click on words plays them. B or Esc goes
back.

A figure of your delivery is called changed only where that is clear. Where both takes are nearly
word for word the page says so first: what is learned by heart sounds rehearsed.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "play(0)", "Hear first", tooltip="Play the first side, or stop"),
        Binding("2", "play(1)", "Hear second", tooltip="Play the second side, or stop"),
        Binding("j", "go(1)", "Choose", key_display="j k", tooltip="Choose the next part or point"),
        Binding("k", "go(-1)", "Back one", show=False, tooltip="Choose the part or point before"),
        Binding("e", "words", "Words", tooltip="Show the words, or a list of facts"),
        Binding("enter", "play_chosen", "Play from here", show=False),
        *SOUND_KEYS,
        Binding("escape,b", "leave", "Back", key_display="esc", tooltip="Go back"),
        Binding("question_mark", "app.help", "Help", show=False),
        Binding("q", "app.quit", "Quit", show=False),
    ]

    @dataclass
    class Ready(Message):
        """The two are compared; `sounds` are their files and lengths in seconds, None without."""

        comparison: Comparison
        sounds: tuple[tuple[Path, float] | None, ...]

    @dataclass
    class Failed(Message):
        """They could not be compared."""

        error: TrainerError

    def __init__(self, before: Side, after: Side, sound: tuple[Path, float] | None = None) -> None:
        super().__init__()
        self._sides = (before, after)
        self._sound = sound
        self._holding = Holding()
        self._sounds: tuple[tuple[Path, float] | None, ...] = (None, None)
        self._heard: Range | None = None
        self._lit: list[SaidWords | None] = [None, None]
        self._labels = telling.BEFORE_AND_NOW
        self._shows_words_if_wide = False

    def compose(self) -> ComposeResult:
        """Yield the page, which is filled when the two are compared, and room for the players."""
        yield Static(comparison_page.title(*self._sides), classes="title-bar", markup=False)
        with VerticalScroll(id="page"):
            yield Static(WAITING, id="waiting", classes="quiet")
        yield Horizontal(id="players")
        yield KeyLine()

    def on_mount(self) -> None:
        """Compare the two in a thread; long answers take a moment."""
        self.set_focus(self.query_one("#page"))
        self._hold()
        self._read()

    def on_resize(self) -> None:
        """Show the words where there is room, unless somebody has decided that."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self._shows_words_if_wide:
            self.set_class(self.has_class("-wide"), _WITH_WORDS)

    def on_unmount(self) -> None:
        """Give the sound back to whoever tidies."""
        self._holding.let_go()

    @work(thread=True, group="hold", exit_on_error=False)
    def _hold(self) -> None:
        """Let nobody delete the sound; that may wait for another program, and nothing for it."""
        for side in self._sides:
            if side.recording:
                self._holding.hold(self.services.sounds, side.recording)

    @work(thread=True, exclusive=True, group="comparison", exit_on_error=False)
    def _read(self) -> None:
        try:
            compared = self.services.reviewing.compare(*self._sides)
            sounds = tuple(self._sound or self.services.sound_of(side) for side in self._sides)
            self.post_message(self.Ready(compared, sounds))
        except TrainerError as error:
            self.post_message(self.Failed(error))

    async def on_comparison_screen_ready(self, message: Ready) -> None:
        """Show what differs, and the players."""
        self._sounds, self._labels = message.sounds, telling.labels_of(message.comparison)
        self._shows_words_if_wide = not message.comparison.is_rerated
        self._fit()
        page = self.query_one("#page")
        with self.app.batch_update():  # half a page would flicker
            await page.remove_children()
            await page.mount_all(comparison_page.page(message.comparison, self.services.unsure))
            if any(self._sounds):
                await self.query_one("#players").mount_all(self._player_rows())
        self.refresh_bindings()

    def on_comparison_screen_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.query_one("#waiting", Static).update("These two could not be compared.")
        self.complain(message.error)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that lead somewhere."""
        if action == "play":
            return self._sounds[int(str(parameters[0]))] is not None
        if action in ("play_chosen", "stop", "speed"):
            return any(self._sounds)
        return True

    # The page

    def action_go(self, step: int) -> None:
        """Choose the next part or point, or the one before."""
        stops = [stop for stop in self.query(Stop) if not stop.has_class(comparison_page.WORDS)]
        if not stops:
            return
        now = next((at for at, stop in enumerate(stops) if stop.has_class(CHOSEN)), None)
        first = 0 if step > 0 else len(stops) - 1
        at = first if now is None else max(0, min(len(stops) - 1, now + step))
        self._choose(stops[at])
        stops[at].scroll_visible(animate=False)

    def _choose(self, chosen: Stop) -> None:
        for stop in self.query(Stop):
            stop.set_class(stop is chosen, CHOSEN)

    def action_words(self) -> None:
        """Show or hide the words of each part; bring some into view where none would be seen."""
        self._shows_words_if_wide = False
        self.toggle_class(_WITH_WORDS)
        self.call_after_refresh(self._show_words)

    def _show_words(self) -> None:
        page, said = self.query_one("#page"), list(self.query(SaidWords))
        if self.has_class(_WITH_WORDS) and not any(page.region.overlaps(s.region) for s in said):
            for words in said[:1]:
                words.scroll_visible(animate=False, top=True)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()

    # The sound

    def _player_rows(self) -> Iterator[Widget]:
        for number, sound in enumerate(self._sounds):
            label = f"{number + 1} {self._labels[number]}  "
            bar: Widget = Static("no sound", classes="quiet")
            if sound:
                file, length_s = sound
                opened = partial(self.services.open_player, file)
                bar = PlayerBar(length_s, opened, self.trainer.closing.add, "")
            yield Horizontal(Static(label, classes="label", markup=False), bar, id=_PLAYERS[number])

    def _bar(self, number: int) -> PlayerBar:
        return self.query_one(f"#{_PLAYERS[number]} PlayerBar", PlayerBar)

    @property
    def _chosen(self) -> Stop | None:
        return next(iter(self.query(Stop).filter(f".{CHOSEN}")), None)

    def action_play(self, number: int) -> None:
        """Play what is chosen as one side says it, 0 for the first, or stop just that."""
        chosen = self._chosen
        place = chosen.places.of(number) if chosen else None
        if chosen and place is None:
            self.notify(f"That is not in the answer {self._labels[number]}.", markup=False)
        elif self._bar(number).playing and self._heard == place:
            self.action_stop()
        else:
            self._play(number, place)

    def action_play_chosen(self) -> None:
        """Play what is chosen on the side that says it, the newer one first."""
        chosen = self._chosen
        for number in (1, 0):
            if self._sounds[number] and (chosen is None or chosen.places.of(number)):
                self.action_play(number)
                return

    def _play(self, number: int, place: Range | None) -> None:
        """Play some words of one side, or all of it; the other falls silent."""
        self.action_stop()
        self._heard = place
        if place is None:
            self._bar(number).play()
            return
        start, end = place
        words = self._sides[number].transcript
        ends = [word.end_s for word in words.words[start:end] if word.end_s is not None]
        self._bar(number).play(start_of(words, start), max(ends) + LEAD_S if ends else None)

    def on_quoted_clicked(self, message: Quoted.Clicked) -> None:
        """Play these words."""
        place = message.place.places.of(message.side)
        self._choose(message.place)
        if place and self._sounds[message.side]:
            self._play(message.side, place)

    def on_player_bar_moved(self) -> None:
        """Light the word that is heard, on whichever side plays."""
        for number, sound in enumerate(self._sounds):
            if sound:
                at_s, words = self._bar(number).at_s, self._sides[number].transcript
                self._light(number, None if at_s is None else word_heard_at(words, at_s))

    def _light(self, number: int, index: int | None) -> None:
        """Light a word of a side, and follow it to the next part where the last one was in view."""
        page, left = self.query_one("#page"), self._lit[number]
        for words in self.query(SaidWords):
            is_of_side = words.side == number
            if words.is_for_both:  # the other side may be what is heard
                is_of_side = index is not None or not any(
                    bar.playing for bar in self.query(PlayerBar)
                )
            if not is_of_side or not words.light(index):
                continue
            if left and left is not words and page.region.overlaps(left.region):
                words.scroll_visible(animate=False)
            self._lit[number] = words
        if index is None:
            self._lit[number] = None
