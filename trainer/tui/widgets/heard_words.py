"""The words of an answer for who rates it, with their own marks at the places they belong to."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from trainer.coach.moments import MOMENT_SIGNS, Marked, tell_moment, word_heard
from trainer.display import visible
from trainer.transcript.types import Transcript
from trainer.tui.widgets.marked_text import MarkedText
from trainer.tui.widgets.word_lines import SideNote

MOMENT_STYLE = "bold $accent"
NO_WORDS = "There are no written words of this answer."


def moment_note(moment: Marked, words: Transcript, name: str = "") -> SideNote | None:
    """Return a mark as the margin beside the words says it; None where the words have no times."""
    at = word_heard(words, moment.at_s)
    if at is None:
        return None
    return SideNote(at, at + 1, MOMENT_SIGNS[moment.kind], MOMENT_STYLE, tell_moment(moment, name))


def moment_lines(moments: Iterable[tuple[Marked, str]]) -> str:
    """Return marks as lines, each with its sign and who made it: where no words have its place."""
    return "\n".join(f"{MOMENT_SIGNS[one.kind]} {tell_moment(one, name)}" for one, name in moments)


class HeardWords(VerticalScroll):
    """Words that may come late, with marks. `told` stands where there are none."""

    def __init__(
        self,
        transcript: Transcript | None = None,
        moments: Iterable[Marked] = (),
        told: str = NO_WORDS,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self._words = _Words(transcript, tuple(moments), told)

    def compose(self) -> ComposeResult:
        """Yield what is there now."""
        yield self._words

    def show(
        self, transcript: Transcript | None, moments: Iterable[Marked] = (), told: str = NO_WORDS
    ) -> None:
        """Show other words or marks; where they are the same nothing moves."""
        shown = (transcript, tuple(moments), told)
        if shown != self._words.shown:
            self._words.shown = shown
            self._words.refresh(recompose=True)


class _Words(Vertical):
    """The words themselves, made anew where they change; what scrolls stays where it was."""

    DEFAULT_CSS = "_Words { height: auto; }"

    def __init__(
        self, transcript: Transcript | None, moments: tuple[Marked, ...], told: str
    ) -> None:
        super().__init__()
        self.shown = (transcript, moments, told)

    def compose(self) -> ComposeResult:
        transcript, moments, told = self.shown
        words = transcript or Transcript.typed("")
        placed = [(one, moment_note(one, words)) for one in moments]
        notes = tuple(note for _, note in placed if note)
        left = [one for one, note in placed if not note]
        if notes:
            yield MarkedText(words, None, notes=notes)
        else:
            yield Static(visible(words.text.strip() or told), markup=False)
        if left:
            yield Static("Your marks", classes="section")
            yield Static(moment_lines((one, "") for one in left), markup=False)
