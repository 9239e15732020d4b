"""The draft of an answer as the plain views keep it: on disk at once, whatever comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from trainer.display import clock_time
from trainer.errors import TrainerError
from trainer.log import record_crash

if TYPE_CHECKING:
    from trainer.plain.console import Console
    from trainer.recall import AttemptView
    from trainer.services import Services
    from trainer.session.plan import Run
    from trainer.store.types import Draft

KEPT = "Your answer is kept. Take it up again under unfinished answers."


class Way(Enum):
    """How a question was left without an answer to show."""

    SKIPPED = "skipped"
    LEFT = "left"
    REDO = "begun anew"
    OTHER = "to be answered the other way"


class Drafting:
    """One answer under way: its present take, and the takes that a redo set aside."""

    def __init__(
        self,
        services: Services,
        console: Console,
        run: Run,
        draft: Draft,
        takes: tuple[Draft, ...] = (),
    ) -> None:
        self._services = services
        self._console = console
        self.run = run
        self.draft = draft
        self.takes = takes
        self._is_stored = False

    @property
    def holds_something(self) -> bool:
        """Whether there are words or sound to keep."""
        return bool(self.draft.text.strip() or self.draft.recording)

    def tell_extent(self) -> None:
        """Say what there is of the answer, and which takes came before."""
        for take in self.takes:
            self._console.say(f"Take {take.take} is kept: {extent(take)}.")
        if self.holds_something:
            self._console.say(f"So far: {extent(self.draft)}.")
            self._console.tell(self.draft.text, "  ")

    def save(self, draft: Draft) -> bool:
        """Take `draft` for the present one and store it; say why where that failed."""
        self.draft = draft
        try:
            self._services.save_draft(draft)
        except TrainerError as error:
            self._console.tell(f"Not saved. {error}")
            return False
        return True

    def redo(self, draft: Draft) -> bool:
        """Set `draft` aside and begin the next take; return False where it could not be saved."""
        aside = replace(draft, set_aside=True)
        if not self.save(aside):
            self.draft = draft
            return False
        self.takes = (*self.takes, aside)
        self.draft = self._services.new_draft(self.run, take=aside.take + 1)
        self._console.say(f"Take {aside.take} is kept. It goes to the history with the next one.")
        return True

    def finish(self, accepted: bool = True) -> AttemptView | None:
        """Rate and store the answer; None where that failed, which was said."""
        self._console.say("Rating your answer.")
        ids = [take.id for take in self.takes]
        try:
            self._services.save_draft(self.draft)
            attempt_id = self._services.finish(self.draft, self.run.item, ids, accepted)
            self._is_stored = True
            return self._services.view(attempt_id)
        except TrainerError as error:
            self._console.tell(f"Not rated. {error}")
        except Exception as error:  # noqa: BLE001 - the answer must stay
            problem = "Not rated. Something went wrong while your answer was stored."
            self._console.tell(f"{problem} {record_crash(error)}")
        return None

    def leave(self, draft: Draft | None = None) -> None:
        """Keep the answer as it is now, if there is anything of it, and say so."""
        self.draft = draft or self.draft
        if self.holds_something and self.save(self.draft):
            self._console.say(KEPT)

    @contextmanager
    def kept(self, current: Callable[[], Draft]) -> Iterator[None]:
        """Keep what `current` gives if the input ends in here, or anything ends the program."""
        try:
            yield
        except BaseException:
            if not self._is_stored:  # else its draft is gone, and would come back
                self.leave(current())
            raise


def extent(draft: Draft) -> str:
    """Return how much a draft holds."""
    count = len(draft.text.split())
    words = "1 word" if count == 1 else f"{count} words"
    if draft.recording:
        words = f"by voice, {words}" if count else "by voice"
    return (
        words
        if draft.recording and draft.counted_s < 1
        else (f"{words}, {clock_time(draft.counted_s)}")
    )
