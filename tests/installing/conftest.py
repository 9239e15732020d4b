"""A home, an archive, and installing from a server of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.installing.archives import entry, model_zip
from tests.installing.server import ArchiveServer
from tests.transcript.installed import pretend_shipped
from trainer.errors import SoundError
from trainer.installing.installing import Models
from trainer.installing.types import Progress
from trainer.paths import Home
from trainer.transcript import choosing, lookup
from trainer.transcript.catalogue import Model
from trainer.transcript.engines import Engine

STALL_S = 0.4


@pytest.fixture(autouse=True)
def undisturbed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of the machine, no models beside the program, and the package vosk."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    pretend_shipped(monkeypatch, tmp_path / "shipped")
    monkeypatch.setattr(choosing, "package_version", lambda package: "1.0")


@pytest.fixture(scope="session")
def archive() -> bytes:
    """The archive of a model that works."""
    return model_zip()


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[Engine]:
    """Every model passes its trial at once; these were tried."""
    seen: list[Engine] = []

    def pass_trial(engine: Engine, timeout_s: float, cancelled: object = None) -> SoundError | None:
        assert engine.folder
        assert lookup.holds_model(engine.folder)
        seen.append(engine)
        return None

    monkeypatch.setattr(lookup, "try_engine", pass_trial)
    return seen


class Installer:
    """Installs from one server, and keeps what was told."""

    def __init__(self, home: Home, model: Model, stall_s: float = STALL_S) -> None:
        self.home = home
        self.model = model
        self.models = Models(home, [model], schemes=("http",), stall_s=stall_s)
        self.told: list[Progress] = []

    def __call__(
        self,
        name: str | None = "",
        archive: Path | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Path:
        asked = self.model.name if name == "" else name
        return self.models.install(asked, self.told.append, cancelled, archive)

    @property
    def kept(self) -> int:
        return self.models.partial_bytes(self.model.name)

    @property
    def target(self) -> Path:
        return self.home.models / self.model.name

    def phases(self) -> list[str]:
        """The phases that were told, each once in a row."""
        told = [progress.phase for progress in self.told]
        return [phase for index, phase in enumerate(told) if told[index - 1 : index] != [phase]]


@pytest.fixture
def install_from(home: Home) -> Callable[[ArchiveServer], Installer]:
    """Return what installs from a server."""
    return lambda server: Installer(home, entry(server.content, server.url))
