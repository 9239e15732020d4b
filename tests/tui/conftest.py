from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from tests import fakes
from trainer import voice
from trainer.config import Settings
from trainer.paths import Home
from trainer.services import Services
from trainer.store.database import Store
from trainer.transcript.engines import Engine

FIRST_MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def utc() -> Iterator[None]:
    """Show times in UTC, wherever the tests run."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.fixture
def clock() -> fakes.FakeClock:
    return fakes.FakeClock()


@pytest.fixture
def microphone() -> fakes.FakeMicrophone:
    return fakes.FakeMicrophone()


@pytest.fixture
def aloud() -> fakes.FakeAloud:
    return fakes.FakeAloud()


@pytest.fixture
def services(
    tmp_path: Path,
    clock: fakes.FakeClock,
    microphone: fakes.FakeMicrophone,
    aloud: fakes.FakeAloud,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Services]:
    """The real store on disk below fake banks, a fake rater and a clock that a test moves.

    The machine has PortAudio and the built-in recogniser, whatever this one has, and a speech model
    was offered before.
    """
    monkeypatch.setattr(voice, "_lacks_portaudio", lambda: False)
    home = Home(tmp_path / "home")
    home.prepare()
    moments = iter(FIRST_MOMENT + timedelta(minutes=n) for n in range(10_000))
    made = Services(
        home,
        Store.open(home),
        fakes.library,
        fakes.FakeRater,
        Settings(model_offered=True),
        clock=clock,
        now=lambda: next(moments),
        random=Random(1),
        open_spoken=microphone,
        reading=aloud,
    )
    monkeypatch.setattr(made, "engine", lambda: Engine("builtin", "pocketsphinx en-us"))
    yield made
    made.close()


@pytest.fixture
def by_voice(services: Services) -> None:
    """Answers are spoken."""
    services.settings = replace(services.settings, answer="voice")


@pytest.fixture
def loudspeaker(services: Services, monkeypatch: pytest.MonkeyPatch) -> fakes.FakeLoudspeaker:
    """What players are opened with."""
    made = fakes.FakeLoudspeaker()
    monkeypatch.setattr(services, "open_player", made)
    return made


@pytest.fixture
def installer(services: Services, monkeypatch: pytest.MonkeyPatch) -> fakes.FakeInstaller:
    """What recognisers and models are asked of: the built-in one is here, and no model."""
    made = fakes.FakeInstaller()
    monkeypatch.setattr(services, "models", made)
    monkeypatch.setattr(services, "recognisers", made)
    monkeypatch.setattr(services, "engine", lambda: made.engine(services.settings))
    return made
