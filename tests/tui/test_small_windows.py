"""A window that becomes very small takes nothing down: a pane that is split does that."""

import pytest

from tests import fakes
from tests.tui import test_data_pictures, test_peer_pictures, test_pictures, test_spoken_pictures
from tests.tui.steps import settle
from trainer.services import Services
from trainer.tui.app import TrainerApp

SCREENS = {
    **test_pictures.SCREENS,
    "words": test_spoken_pictures.words,
    "everything": test_data_pictures.everything,
    "write": test_data_pictures.write,
    "lobby": test_peer_pictures.lobby,
}


@pytest.mark.parametrize("name", SCREENS)
async def test_every_screen_outlives_a_small_window(
    services: Services, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(services, "engine", lambda: fakes.VOSK)
    monkeypatch.setattr(services, "open_meter", fakes.FakeMeter)
    monkeypatch.setattr(services, "find_microphones", fakes.microphones)
    monkeypatch.setattr(services, "open_player", fakes.FakeLoudspeaker())
    app = TrainerApp(lambda: services, services.settings)
    async with app.run_test(size=(120, 40)) as pilot:
        await SCREENS[name](pilot)
        screen = app.screen
        for size in ((4, 3), (80, 24)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
        assert app.screen is screen
