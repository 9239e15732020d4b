"""Hearing an answer again: from its beginning, a quote or any words, once or in a loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.display import clock_time, one_line
from trainer.errors import TrainerError
from trainer.plain.console import PROMPT, Console, number_in
from trainer.playback.speeds import SPEEDS
from trainer.transcript.stretches import reach_of

if TYPE_CHECKING:
    from pathlib import Path

    from trainer.recall import AttemptView
    from trainer.services import Services

_LOOK_S = 0.1
_LONGEST_QUOTE = 60

_WHAT = (
    "Enter plays from the beginning, a number from that quote, words of your answer from there. l "
    "and a number or words plays them again and again. + (plus) is faster, - (minus) slower, q "
    "goes back."
)


class Playing:
    """Plays the sound of one version of an answer. It is held meanwhile: nobody deletes it."""

    def __init__(self, services: Services, console: Console, view: AttemptView) -> None:
        self._services = services
        self._console = console
        self._view = view
        self._speed = 1.0

    def choose(self) -> None:
        """Ask from where to play, again and again until nothing more is wanted."""
        file = self._view.recording
        if file is None:
            return
        kept = self._view.record.attempt.recording  # None: of a shared answer, in no folder of ours
        if kept is None:
            self._ask(file)
            return
        self._services.sounds.hold(kept)
        try:
            self._ask(file)
        finally:
            self._services.sounds.release(kept)

    def play_between(self, from_s: float, to_s: float) -> None:
        """Play from one second of the sound to another, once."""
        if self._view.recording:
            self._play(self._view.recording, from_s, to_s)

    def _ask(self, file: Path) -> None:
        quotes = self._quotes()
        for number, quote in enumerate(quotes, 1):
            self._console.tell(f"“{one_line(quote, _LONGEST_QUOTE)}”", f"{number:>2}  ")
        while True:
            self._console.tell(_WHAT)
            typed = self._console.ask(PROMPT, _WHAT)
            if typed.casefold() == "q":
                return
            if typed in ("+", "-"):
                self._change_speed(1 if typed == "+" else -1)
                continue
            loops = typed.casefold().startswith("l ")
            wanted = typed[2:].strip() if loops else typed
            if not wanted and not loops:
                self._play(file, 0.0, None)
                continue
            span = self._span(quotes, wanted)
            if span is None:
                self._console.say("These words do not stand in the answer, or have no time.")
            elif loops:
                self._loop(file, *span)
            else:
                self._play(file, span[0], None)

    def _quotes(self) -> list[str]:
        report = self._view.report
        told = (*(line.quotes for line in report.lines), *(flag.quotes for flag in report.flags))
        return list(dict.fromkeys(quotes[0] for quotes in told if quotes))

    def _span(self, quotes: list[str], wanted: str) -> tuple[float, float] | None:
        """Return from which second to which the words are heard that were named."""
        if number := number_in(wanted, len(quotes)):
            wanted = quotes[number - 1]
        place = self._services.locate(self._view, wanted)
        if place is None:
            return None
        words = self._view.transcript.transcript
        if all(word.start_s is None for word in words.words[place[0] : place[1]]):
            return None
        return reach_of(words, *place)

    def _change_speed(self, step: int) -> None:
        at = SPEEDS.index(self._speed) + step
        self._speed = SPEEDS[max(0, min(at, len(SPEEDS) - 1))]
        self._console.say(f"Speed {self._speed:g}.")

    def _loop(self, file: Path, from_s: float, to_s: float) -> None:
        if not self._console.is_terminal:  # nobody could end it
            self._play(file, from_s, to_s)
            return
        while self._play(file, from_s, to_s):
            pass

    def _play(self, file: Path, from_s: float, to_s: float | None) -> bool:
        """Play to the end, or until Enter; return whether it was heard to its end."""
        from trainer.playback.player import PlayerPhase

        try:
            player = self._services.open_player(file, from_s, self._speed, to_s)
        except TrainerError as error:
            self._console.complain(error)
            return False
        self._console.say(f"It plays from {clock_time(from_s)}. Enter stops it.")
        try:
            while (state := player.state()).phase is not PlayerPhase.ENDED:
                if not self._console.is_terminal:
                    player.wait(_LOOK_S)
                elif self._console.glance(_LOOK_S) is not None:
                    self._console.say(f"Stopped at {clock_time(state.at_s)}.")
                    return False
        finally:
            player.close()
        if state.problem:
            self._console.complain(state.problem)
            return False
        if state.at_s <= from_s:  # in a loop it would begin again for ever, and Enter not count
            self._console.say("There is no sound at this place.")
            return False
        return True
