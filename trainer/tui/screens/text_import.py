"""What the import screen does with a file of words: a history, a transcript, a mentor's marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message

from trainer.exchange.said import holds_history
from trainer.lines.shares import received_lines
from trainer.recall import AttemptView
from trainer.tui.screens.base import TrainerScreen

if TYPE_CHECKING:
    from trainer.exchange.desk import Desk
    from trainer.exchange.passages import Passage
    from trainer.exchange.share_merging import Received
    from trainer.importing import Piece
    from trainer.narrowing import Choice
    from trainer.session.plan import Item
    from trainer.store.merging import Merged

_TRANSCRIPTS = frozenset({".txt", ".vtt", ".srt", ".sbv"})
_WHO = "Who answers? Several people speak in this file."
_INTERRUPTED = "Others speak in between, so the length of your answer holds what they say."
_MOST_NAMED = 3
_FOREIGN = (
    "This answer is not yours. Do you want to mark it?",
    "Somebody shared it. Your marks go into a file beside it, to be sent back.",
    "Mark it",
)


def is_history(file: Path) -> bool:
    """Tell whether a file is to be taken in as an exported history."""
    return file.suffix.lower() not in _TRANSCRIPTS and holds_history(file)


def is_share(file: Path) -> bool:
    """Tell whether a file is to be taken in as a shared answer that came back."""
    from trainer.exchange.share_reading import holds_share

    return holds_share(file)


def is_transcript(file: Path) -> bool:
    """Tell whether a file is to be taken in as a transcript."""
    return file.suffix.lower() in _TRANSCRIPTS


class TextImport(TrainerScreen):
    """The part of the import screen that reads words. What reads and stores happens in a thread."""

    @dataclass
    class HistoryTaken(Message):
        """A history was added."""

        merged: Merged

    @dataclass
    class ShareTaken(Message):
        """What others gave to a shared answer was added to it, and is shown."""

        received: Received
        view: AttemptView

    @dataclass
    class Foreign(Message):
        """A shared answer is somebody else's: it can be marked."""

        desk: Desk

    @dataclass
    class Several(Message):
        """Several people speak in a transcript: how many words each."""

        passages: tuple[Passage, ...]
        piece: Piece
        item: Item
        speakers: dict[str | None, int]

    @dataclass
    class WordsTaken(Message):
        """An answer of a transcript is stored."""

        view: AttemptView
        interrupted: bool

    def work_on(self, act: Callable[[], Message]) -> None:
        """Do it in a worker's thread, and tell what came of it."""
        raise NotImplementedError

    def rest(self, said: str) -> None:
        """Give the form back, and say something in its line."""
        raise NotImplementedError

    def show_report(self, view: AttemptView) -> None:
        """Show the report in this screen's place."""
        raise NotImplementedError

    @work(thread=True, group="import", exit_on_error=False)
    def take_history(self, file: Path) -> None:
        """Add an exported history to this one."""
        self.work_on(lambda: self.HistoryTaken(self.services.exchange.merge_file(file)))

    @work(thread=True, group="import", exit_on_error=False)
    def take_share(self, file: Path) -> None:
        """Add what others gave to a shared answer; offer to mark one of somebody else's."""
        self.work_on(lambda: self._shared(file))

    def _shared(self, file: Path) -> Message:
        from trainer.exchange.desk import Desk
        from trainer.exchange.share_merging import ForeignAnswerError

        try:
            received = self.services.exchange.merge_share(file)
        except ForeignAnswerError:
            return self.Foreign(Desk(file, self.services.settings.name))
        return self.ShareTaken(received, self.services.view_received(received))

    @work(thread=True, group="import", exit_on_error=False)
    def take_transcript(self, piece: Piece, item: Item) -> None:
        """Make an answer of a transcript; where several people speak it is asked who answers."""
        self.work_on(lambda: self._passages(piece, item))

    @work(thread=True, group="import", exit_on_error=False)
    def _take(
        self, passages: tuple[Passage, ...], piece: Piece, item: Item, speaker: str | None
    ) -> None:
        self.work_on(lambda: self._stored(passages, piece, item, speaker))

    def _passages(self, piece: Piece, item: Item) -> Message:
        from trainer.exchange.passages import speakers_of
        from trainer.exchange.said import read_passages

        passages = read_passages(piece.file)
        speakers = speakers_of(passages)
        if len(speakers) > 1:
            return self.Several(passages, piece, item, speakers)
        return self._stored(passages, piece, item, None)

    def _stored(
        self, passages: tuple[Passage, ...], piece: Piece, item: Item, speaker: str | None
    ) -> WordsTaken:
        from trainer.exchange.said import take_words

        said = take_words(passages, speaker, piece.from_s, piece.to_s)
        attempt_id = self.services.exchange.take_in(said, item, piece.file)
        view = self.services.view(attempt_id)
        return self.WordsTaken(view, said.interrupted and said.timed)

    def on_text_import_several(self, message: Several) -> None:
        """Ask who answers."""
        from trainer.narrowing import Choice
        from trainer.tui.screens.choosing import ChoosingScreen

        choices = [
            Choice(f"{name}, {'1 word' if count == 1 else f'{count} words'}", {"speaker": name})
            for name, count in message.speakers.items()
            if name is not None
        ]

        def chosen(choice: Choice | None) -> None:
            if choice is None:
                self.rest("Stopped. Nothing was kept.")
            else:
                self._take(message.passages, message.piece, message.item, choice.sets["speaker"])

        self.app.push_screen(ChoosingScreen(_WHO, choices, choices[0]), chosen)

    def on_text_import_words_taken(self, message: WordsTaken) -> None:
        """Show the report."""
        if message.interrupted:
            self.notify(_INTERRUPTED, timeout=12)
        self.show_report(message.view)

    def on_text_import_history_taken(self, message: HistoryTaken) -> None:
        """Say what came in, and go back."""
        self.app.notify("\n".join(_told(message.merged)), timeout=12, markup=False)
        self.once_on_top(self.dismiss)

    def on_text_import_share_taken(self, message: ShareTaken) -> None:
        """Say what came in, and show it; where nobody has given anything the form stays."""
        from trainer.tui.screens.report import ReportScreen

        told = "\n".join(received_lines(message.received))
        if message.received.names:
            self.app.notify(told, timeout=12, markup=False)
            self.once_on_top(lambda: self.app.switch_screen(ReportScreen(message.view)))
        else:
            self.rest(told)

    def on_text_import_foreign(self, message: Foreign) -> None:
        """Ask whether to mark it."""
        from trainer.tui.screens.confirm import ConfirmScreen
        from trainer.tui.screens.mentor import MentorScreen

        def decided(yes: bool | None) -> None:
            if yes:
                self.app.switch_screen(MentorScreen(message.desk))
            else:
                self.trainer.closing.add(message.desk.close)
                self.rest("Nothing was taken.")

        self.app.push_screen(ConfirmScreen(*_FOREIGN, stay="No, leave it"), decided)


def _told(merged: Merged) -> list[str]:
    told = [f"Added: {merged.added}. There already: {merged.same}."]
    if merged.completed:
        told.append(f"Completed with what was missing: {merged.completed}.")
    if merged.differing:
        names = ", ".join(one[:8] for one in merged.differing[:_MOST_NAMED])
        more = " and more" if len(merged.differing) > _MOST_NAMED else ""
        told.append(
            f"Left out, as yours say something else: {len(merged.differing)} ({names}{more})."
        )
    return told
