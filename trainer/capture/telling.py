"""How the recorder's child tells its state: only the newest one, and never waited for."""

from __future__ import annotations

import threading

from trainer.children.child import say


class Teller:
    """Tells the parent the newest state, in a thread: a parent that does not read stops nothing."""

    def __init__(self) -> None:
        self._news = threading.Event()
        self._state: dict[str, object] | None = None
        self._last = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def tell(self, state: dict[str, object]) -> None:
        """Take a state, in place of one that was not told yet."""
        self._state = state
        self._news.set()

    def finish(self, timeout_s: float | None) -> None:
        """Return when the newest state is told, or cannot be, or after `timeout_s`."""
        self._last = True
        self._news.set()
        self._thread.join(timeout_s)

    def _run(self) -> None:
        last = False
        while not last:
            self._news.wait()
            self._news.clear()
            last = self._last
            if self._state:
                try:
                    say(self._state)
                except OSError:
                    return  # the parent is gone, which the reading thread hears too
