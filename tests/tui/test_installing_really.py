"""The screens over the real installer: a server of the test's own, real files, a real trial."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.installing.archives import NAME, entry, model_zip
from tests.installing.server import ArchiveServer, cutting, stalling
from tests.transcript.installed import pretend_shipped
from tests.tui.steps import shown, started, wait_for, wait_for_screen
from trainer.installing.installing import Models
from trainer.installing.recognisers import Recognisers
from trainer.services import Services
from trainer.transcript.choosing import choose
from trainer.tui.screens.installing import InstallingScreen
from trainer.tui.screens.offer import OfferScreen
from trainer.tui.screens.speaking import SpeakingScreen

SIZE = (100, 45)
PART = 150_000
STALL_S = 30.0


@pytest.fixture
def server() -> Iterator[ArchiveServer]:
    """A server with a model that works; the first download is cut off, the next one stalls."""
    with ArchiveServer(model_zip(), cutting(PART), stalling(PART)) as made:
        yield made


@pytest.fixture(autouse=True)
def real(
    services: Services, server: ArchiveServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real installer and recognisers; nothing but that server is known."""
    for name in ("http_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    pretend_shipped(monkeypatch, tmp_path / "shipped")
    services.models = Models(
        services.home, [entry(server.content, server.url)], schemes=("http",), stall_s=STALL_S
    )
    services.recognisers = Recognisers(services.home, services.models)
    monkeypatch.setattr(services, "engine", lambda: choose(services.home, services.settings).engine)
    services.settings = replace(services.settings, answer="voice", model_offered=False)


async def ended(pilot: Pilot[None]) -> None:
    """Wait until nothing is worked on."""
    screen = pilot.app.screen
    assert isinstance(screen, InstallingScreen)
    await wait_for(pilot, lambda: screen.working is None)


async def test_from_the_offer_over_a_bad_network_to_the_first_spoken_answer(
    services: Services, server: ArchiveServer
) -> None:
    async with started(services, size=SIZE) as (_, pilot):
        await pilot.press("enter")
        await wait_for_screen(pilot, OfferScreen)
        await wait_for(pilot, lambda: NAME in shown(pilot))
        assert server.requests == []  # nothing is fetched before the yes

        await pilot.press("i")  # it is cut off, goes on by itself, and stalls
        await wait_for(pilot, lambda: len(server.requests) == 2)
        await wait_for(pilot, lambda: services.models.partial_bytes(NAME) > PART)
        await pilot.press("c")
        await ended(pilot)
        assert services.models.partial_bytes(NAME) > PART
        assert services.settings.model is None

        await pilot.press("i")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, SpeakingScreen))
    folder = services.home.models / NAME
    assert services.settings.model == str(folder)
    assert [request.get("Range", "").partition("=")[0] for request in server.requests] == [
        "",
        "bytes",
        "bytes",
    ]


async def test_quitting_does_not_wait_for_a_silent_server(
    services: Services, server: ArchiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.plan = [stalling(PART)]
    over = Event()
    install = services.models.install

    def watched(*arguments: Any) -> Path:
        try:
            return install(*arguments)
        finally:
            over.set()

    monkeypatch.setattr(services.models, "install", watched)
    async with started(services, size=SIZE) as (_, pilot):
        await pilot.press("enter")
        await wait_for_screen(pilot, OfferScreen)
        await wait_for(pilot, lambda: NAME in shown(pilot))
        await pilot.press("i")
        await wait_for(pilot, lambda: services.models.partial_bytes(NAME) > 0)
        await pilot.press("ctrl+q")
    assert over.wait(STALL_S / 3)
    assert services.models.partial_bytes(NAME) > 0
