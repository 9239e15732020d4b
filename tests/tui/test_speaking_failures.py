"""What can go wrong with an answer by voice: it is told, and nothing of it is lost."""

from __future__ import annotations

import pytest

from tests import fakes
from tests.tui.steps import settle, shown, started, wait_for, wait_for_screen
from tests.tui.voice_steps import GOOD, ONE, asked, looked, speak
from trainer.capture.types import RecorderPhase
from trainer.errors import SoundError
from trainer.services import Services
from trainer.session.answer import Phase
from trainer.tui.app import TrainerApp
from trainer.tui.screens.correct import CorrectScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.practice import PracticeScreen
from trainer.tui.screens.speaking import SpeakingScreen

pytestmark = pytest.mark.usefixtures("by_voice")


# What goes wrong


@pytest.mark.parametrize("key", ["space", "r"])
async def test_a_lost_microphone_is_told_and_space_records_on(
    services: Services, microphone: fakes.FakeMicrophone, key: str
) -> None:
    lost = SoundError("The microphone is gone. 4 seconds of your answer are kept.", "Connect it.")
    async with asked(services, microphone) as (screen, first, pilot):
        await speak(pilot, first)
        first.on(RecorderPhase.ENDED, problem=lost, length_s=4.5)
        await looked(pilot)
        text = shown(pilot)
        for words in ("The microphone is gone. 4 seconds", "Connect it.", "Space records on"):
            assert words in text
        assert "Ctrl+L: sound check" in text  # where another one is chosen
        assert screen._clock.phase is Phase.PAUSED
        await pilot.press(key)
        await wait_for(pilot, lambda: len(microphone.opened) == 2)
        assert microphone.now.file == first.file
        microphone.now.on(RecorderPhase.READY, length_s=4.5)
        await wait_for(pilot, lambda: microphone.now.calls == ["record"])
        await looked(pilot)
        assert "The microphone is gone" not in shown(pilot)
        assert "Speak now" in shown(pilot)


async def test_an_answer_whose_recorder_died_is_finished_with_what_there_is(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    died = SoundError("The recorder broke off. 4 seconds of your answer are kept.", "Go on.")
    async with asked(services, microphone) as (_, spoken, pilot):
        await speak(pilot, spoken)
        spoken.on(RecorderPhase.ENDED, problem=died)
        await looked(pilot)
        await pilot.press("enter")
        await wait_for_screen(pilot, CorrectScreen)
        assert "acknowledge" in shown(pilot)


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_microphone_that_never_opens_leads_to_the_keyboard(
    services: Services, microphone: fakes.FakeMicrophone, at_once: bool
) -> None:
    problem = SoundError("There is no microphone.", "Connect a microphone.")
    if at_once:
        microphone.problem = problem
    async with started(services, services.plan(question_ids=ONE)) as (_, pilot):
        if not at_once:
            microphone.now.on(RecorderPhase.ENDED, problem=problem)
            await looked(pilot)
        assert "There is no microphone." in shown(pilot)
        assert "Nothing is recorded." in shown(pilot)
        assert "has stopped" not in shown(pilot)  # nothing had begun
        assert "Type your answer instead: Ctrl+E" in shown(pilot)
        await pilot.press("ctrl+e")
        await wait_for_screen(pilot, PracticeScreen)
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        await settle(pilot)
        assert "by keyboard" in shown(pilot)  # the next question would meet the same
        assert services.settings.answer == "voice"


async def test_trying_again_opens_the_microphone_anew(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    microphone.problem = SoundError("There is no microphone.", "Connect a microphone.")
    async with started(services, services.plan(question_ids=ONE), home=False) as (_, pilot):
        microphone.problem = None
        await pilot.press("space")
        await wait_for(pilot, lambda: len(microphone.opened) == 1)
        microphone.now.on(RecorderPhase.READY)
        await wait_for(pilot, lambda: microphone.now.calls == ["record"])


async def test_quitting_ends_the_children_and_keeps_the_words(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with asked(services, microphone) as (_, spoken, pilot):
        await speak(pilot, spoken)
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert spoken.calls[-1] == "close"
    assert [draft.text for draft in services.store.drafts()] == [GOOD]


async def test_a_crash_ends_the_children_and_keeps_the_words(
    services: Services, microphone: fakes.FakeMicrophone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAINER_HOME", str(services.home.root))

    def fail(self: SpeakingScreen) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(SpeakingScreen, "action_hint", fail)
    with pytest.raises(ZeroDivisionError):
        async with asked(services, microphone) as (_, spoken, pilot):
            await speak(pilot, spoken)
            await pilot.press("ctrl+g")
            await pilot.pause()
    assert spoken.calls[-1] == "close"
    assert [draft.text for draft in services.store.drafts()] == [GOOD]


async def test_a_microphone_that_opens_after_the_screen_was_left_is_closed(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with asked(services, microphone) as (screen, _, _):
        turn = screen.take.expect()
        screen.let_go()
        late = microphone(services.new_recording(), None, None)
        assert not screen.take.accept(late, turn, late.file)


async def test_the_command_line_overrides_the_settings_until_home_changes_them(
    services: Services,
) -> None:
    app = TrainerApp(lambda: services, services.settings, services.plan(), voice=False)
    async with app.run_test() as pilot:
        await wait_for_screen(pilot, PracticeScreen)
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        await settle(pilot)
        assert "by keyboard. Press v to speak instead" in shown(pilot)
        await pilot.press("v")
        await settle(pilot)
        assert app.answers_by_voice
        assert services.settings.answer == "voice"
