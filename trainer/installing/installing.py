"""Installing, verifying and removing speech models in the home's folder of models."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from trainer.config import Settings
from trainer.installing.types import Progress, Verdict
from trainer.paths import Home


def command(name: str) -> str:
    """Return the command that installs a model."""
    return f"trainer models install {name}"


class Models:
    """The speech models of a home. Safe to call from worker threads, and for two processes."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def install(
        self,
        name: str | None,
        on_progress: Callable[[Progress], object],
        cancelled: Callable[[], bool],
        archive: Path | None = None,
    ) -> Path:
        """Install a model and return its folder; one that is here and good is left as it is.

        `archive` is a zip file on this machine, else the model of the catalogue is downloaded: who
        calls this has asked the user. Without a `name` the archive tells it. `on_progress` is
        called in this thread, at most some ten times a second; `cancelled` is asked as often.

        Raises `UsageError` for an unknown name, `SoundError` where Vosk is missing, `InstallError`
        and `CancelledError`: nothing has changed then, but what was downloaded is kept.
        """
        raise NotImplementedError

    def verify(self, name: str) -> Verdict:
        """Tell whether an installed model is whole; takes seconds. Raises `UsageError`."""
        raise NotImplementedError

    def remove(self, name: str) -> int:
        """Remove a model and what is kept of a download from the home; return the bytes freed.

        Whoever calls this resets the choice in the settings where `chosen` was True before.
        Raises `UsageError` where there is nothing, `InstallError` for a model that lies elsewhere.
        """
        raise NotImplementedError

    def chosen(self, name: str, settings: Settings) -> bool:
        """Whether the settings name the model that `remove` would remove."""
        raise NotImplementedError

    def partial_bytes(self, name: str) -> int:
        """Return how many bytes of a broken-off download are kept, 0 for none."""
        raise NotImplementedError
