"""The recogniser's parent side: a child that follows a recording, and another one if it dies."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from trainer.capture.files import length_s
from trainer.children.parent import Child
from trainer.errors import SoundError
from trainer.transcript.bookkeeping import begin, bury, fail, hear
from trainer.transcript.engines import Engine, RecogniserState
from trainer.transcript.lookup import CHILD, TRY_TIMEOUT_S

# How long a child may say nothing while there is sound to read. A block needs milliseconds, the
# end of a long stretch in the built-in recogniser two seconds.
HANG_S = 15.0
START_TIMEOUT_S = TRY_TIMEOUT_S
# Less than this may be on its way.
UNREAD_S = 0.5
# How often the child is looked at: its end and its words announce themselves.
LOOK_S = 0.5
CLOSE_S = 5.0

_log = logging.getLogger(__name__)


class Recogniser:
    """Turns a recording into words in a child process while the recording grows.

    The file may not exist yet. Reading begins at `from_s` seconds of it. A child that dies or
    hangs is followed by another, which reads on after the last final words; what the words are
    does not change by that. Call `close` when it is no longer needed.
    """

    def __init__(self, file: Path, engine: Engine, from_s: float = 0.0) -> None:
        self._file = file
        self._account = begin(engine, from_s)
        self._changed = threading.Condition()
        self._child: Child | None = None
        self._finishing = False
        self._closed = False
        # Of the present child: its exit code, whether it spoke, and when it last gave a sign.
        self._ended: int | None = None
        self._ready = False
        self._sign_at = 0.0
        self._supervisor = threading.Thread(target=self._supervise, daemon=True)
        self._supervisor.start()

    @property
    def pid(self) -> int | None:
        """The process id of the present child, for those who measure it."""
        child = self._child
        return child.pid if child and child.running else None

    def finish(self) -> None:
        """Say that the recording grows no more: its last words are wanted."""
        with self._changed:
            self._finishing = True
            child = self._child
        if child:
            child.tell({"finish": True})

    def state(self) -> RecogniserState:
        """Return how it stands."""
        return self._account.state

    def wait(self, timeout_s: float) -> RecogniserState:
        """Return how it stands as soon as it is done, failed or closed, or after `timeout_s`."""
        with self._changed:
            self._changed.wait_for(lambda: self._account.over or self._closed, timeout_s)
        return self._account.state

    def close(self) -> None:
        """End the child, whatever it does. Words that are not final yet are lost."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._supervisor.join(CLOSE_S)

    def _supervise(self) -> None:
        """Keep a child at work until everything is read, nothing helps, or `close` is called."""
        while not (self._account.over or self._closed):
            try:
                child = self._start()
            except OSError as error:
                message = f"The recogniser cannot be started ({error.strerror or error})."
                hint = "Close other programs, then transcribe the recording again."
                with self._changed:
                    self._account = fail(self._account, SoundError(message, hint))
                    self._changed.notify_all()
                return
            hung = self._watch()
            exit_code = child.close(0.0 if hung else 1.0)
            with self._changed:
                self._child = None
                if not self._closed:
                    self._account = bury(self._account, exit_code, hung=hung)
                account = self._account
                self._changed.notify_all()
            if not (account.over or self._closed):
                how = "hung" if hung else f"ended with {exit_code}"
                _log.warning("the recogniser %s; the next begins at %.1f s", how, account.until_s)

    def _start(self) -> Child:
        account = self._account
        folder = account.engine.folder
        args = [account.engine.name, str(folder or ""), str(self._file), repr(account.until_s)]
        with self._changed:
            self._ended, self._ready = None, False
            self._sign_at = time.monotonic()
            child = Child(CHILD, args, on_message=self._hear, on_end=self._end)
            self._child = child
            finishing = self._finishing
        if finishing:
            child.tell({"finish": True})
        return child

    def _hear(self, message: dict[str, object]) -> None:
        with self._changed:
            self._account = hear(self._account, message)
            self._ready = True
            self._sign_at = time.monotonic()
            if self._account.over:
                self._changed.notify_all()

    def _end(self, exit_code: int) -> None:
        with self._changed:
            self._ended = exit_code
            self._changed.notify_all()

    def _watch(self) -> bool:
        """Wait until the child is not needed or is gone; return whether it hangs."""
        with self._changed:
            while not (self._account.over or self._closed or self._ended is not None):
                if self._hangs():
                    return True
                self._changed.wait(LOOK_S)
        return False

    def _hangs(self) -> bool:
        now = time.monotonic()
        if not self._ready:
            return now - self._sign_at > START_TIMEOUT_S
        if not self._finishing and length_s(self._file) - self._account.at_s < UNREAD_S:
            self._sign_at = now
        return now - self._sign_at > HANG_S
