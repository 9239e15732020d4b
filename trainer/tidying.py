"""Tidying the sound that is kept while a view is open: soon after its beginning, and at its end."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from trainer.errors import TrainerError

if TYPE_CHECKING:
    from trainer.keeping.types import Tidied
    from trainer.services import Services

AFTER_S = 5.0
"""Home has been read by then, or left for a practice, which this does not hinder."""
MOST = 20
"""So many are compressed at once; the others come the next time that home is shown."""
END_S = 3.0
REST_S = 0.01
"""Between the parts of it, so that no key waits long for a processor that reads rows."""

_log = logging.getLogger(__name__)


class Tidying:
    """Tidies in a thread, one at a time. `services` makes nothing new: it is asked late.

    `wait` calls something on the view's side after some seconds, and `tell` takes what was done,
    from any thread.
    """

    def __init__(
        self,
        services: Callable[[], Services],
        wait: Callable[[float, Callable[[], object]], object],
        tell: Callable[[Tidied], object],
    ) -> None:
        self._services = services
        self._wait = wait
        self._tell = tell
        self._waiting = False
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    def soon(self) -> None:
        """Begin in a moment, unless it is on its way."""
        if not self._waiting and not (self._thread and self._thread.is_alive()):
            self._waiting = True
            self._wait(AFTER_S, self._begin)

    def stop(self) -> None:
        """Stop what runs, from any thread; nothing begins until `go_on`."""
        self._ending.set()
        if self._thread:
            self._thread.join(END_S)

    def go_on(self) -> None:
        """Let `soon` begin again."""
        self._ending.clear()

    def end(self) -> None:
        """Stop what runs, and delete sound of which the words are enough; the rest waits.

        It takes a moment however much sound there is: whoever quits waits for it.
        """
        self.stop()
        if self._services().care.is_gone:
            return  # whatever is written now would be the first thing in an empty home
        try:
            self._services().sounds.tidy_newest()
        except TrainerError as error:
            _log.warning("the sound was not tidied: %s", error)

    def _begin(self) -> None:
        self._waiting = False
        if self._ending.is_set():
            return
        self._thread = threading.Thread(target=self._tidy, name="tidying", daemon=True)
        self._thread.start()

    def _tidy(self) -> None:
        from trainer.scratch import clean_up

        clean_up()
        try:
            done = self._services().sounds.tidy(lambda: self._ending.wait(REST_S), MOST)
        except TrainerError as error:
            _log.warning("the sound was not tidied: %s", error)
            return
        if not self._ending.is_set():
            self._tell(done)
