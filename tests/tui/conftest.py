from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from textual import app as textual_app
from textual import pilot as textual_pilot
from textual import screen as textual_screen
from textual._context import active_app
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.widgets import Input, TextArea

from tests import fakes
from trainer import voice
from trainer.config import Settings
from trainer.paths import Home
from trainer.services import Services
from trainer.store.database import Store
from trainer.transcript.engines import Engine

PARSED: dict[Any, list[RuleSet]] = {}

REST_S = 0.005

FIRST_MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True, scope="session")
def styles_are_parsed_once() -> Iterator[None]:
    """Let the applications of all tests share what Textual made of the same styles."""
    parse = Stylesheet._parse_rules

    def parse_once(sheet: Stylesheet, *given: Any, **named: Any) -> list[RuleSet]:
        key = (*given, *named.items(), frozenset(sheet._variables.items()))
        if key not in PARSED:
            PARSED[key] = parse(sheet, *given, **named)
        return PARSED[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        yield


NOT_DRAWN: list[textual_screen.Screen[Any]] = []

draw = textual_screen.Screen._compositor_refresh


def draw_later(screen: textual_screen.Screen[Any]) -> None:
    """Put off what Textual draws after each change: a third of the time went to unseen frames."""
    if screen is not screen.app.screen:
        draw(screen)
    elif screen not in NOT_DRAWN:
        NOT_DRAWN.append(screen)


def draw_waiting(app: App[Any] | None) -> bool:
    """Draw the screen as it stands, if it has changed: drawing may change it once more."""
    waiting = [screen for screen in NOT_DRAWN if app and app.screen_stack and screen is app.screen]
    NOT_DRAWN.clear()
    for screen in waiting:
        draw(screen)
    return bool(waiting)


async def rest(least_s: float = 0.0, most_s: float = 1.0) -> None:
    """Wait until the process is idle, as Textual's own wait does: that one takes 20 ms or more.

    It waits as long where a thread works for the application, which may have to wait for a core.
    """
    loop, end_s = asyncio.get_running_loop(), time.monotonic() + most_s
    while True:
        app = active_app.get(None)
        works = app is not None and any(worker.is_running for worker in app.workers)
        step_s = max(least_s, 0.02 if works else REST_S)
        before_s = time.process_time()
        await asyncio.sleep(step_s)
        busy = loop._ready or time.process_time() - before_s > step_s / 20
        late = time.monotonic() > end_s
        if (not busy or late) and (not draw_waiting(app) or late):
            return


@pytest.fixture(autouse=True, scope="session")
def short_rests() -> Iterator[None]:
    """Let no test wait for longer than it must after a key, and draw as often as that asks for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(textual_app, "wait_for_idle", rest)
        patch.setattr(textual_pilot, "wait_for_idle", rest)
        patch.setattr(textual_screen, "UPDATE_PERIOD", REST_S / 2)
        patch.setattr(textual_screen.Screen, "_compositor_refresh", draw_later)
        yield


@pytest.fixture(autouse=True, scope="session")
def steady_cursors() -> Iterator[None]:
    """Let no cursor go for half a second: a picture on a busy machine would lack it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Input, "_toggle_cursor", lambda line: None)
        patch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda text: None)
        yield


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
