"""An answer by voice, from the open microphone until it is spoken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import Static

from tests import fakes
from tests.tui.steps import shown, started, wait_for, wait_for_screen
from tests.tui.voice_steps import ONE, asked, looked, speak
from trainer.capture.types import RecorderPhase
from trainer.errors import SoundError, StoreError
from trainer.services import Services
from trainer.session.answer import Phase
from trainer.store.types import Draft
from trainer.transcript.engines import Engine, RecogniserPhase
from trainer.tui.screens.correct import CorrectScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.practice import PracticeScreen
from trainer.tui.screens.speaking import SpeakingScreen
from trainer.tui.widgets.editor import AnswerEditor
from trainer.tui.widgets.live_words import LiveWords

pytestmark = pytest.mark.usefixtures("by_voice")


# Before the first sound


async def test_the_microphone_is_on_and_nothing_is_kept_before_space(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with asked(services, microphone, home=True) as (screen, spoken, pilot):
        text = shown(pilot)
        assert "Your microphone is on. Nothing is kept until you press Space." in text
        assert "good" in text
        assert "Microphone: Desk microphone · Vosk small-en-us-0.15" in text
        assert "What is recorded" in text
        assert "Delete an answer" in text
        assert spoken.calls == []
        assert services.store.drafts() == ()
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
    assert services.unfinished() == ()
    assert spoken.calls == ["close"]
    assert screen.take.is_open is False


async def test_a_low_window_still_says_where_the_sound_is_kept(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with asked(services, microphone, (60, 20)) as (_, _, pilot):
        text = shown(pilot)
        assert "Nothing is kept until you press" in text
        assert "aim 0:30 to 1:00" in text
        assert "only you can read them" in text
        assert "sound is gone too" in text


async def test_speak_now_comes_only_with_the_first_block_on_disk_and_starts_the_clock(
    services: Services, microphone: fakes.FakeMicrophone, clock: fakes.FakeClock
) -> None:
    async with asked(services, microphone) as (screen, spoken, pilot):
        spoken.obeys = False
        await pilot.press("space")
        await wait_for(pilot, lambda: spoken.calls == ["record"])
        clock.now_s += 7
        await looked(pilot)
        assert "Speak now" not in shown(pilot)
        assert screen._clock.phase is Phase.PREPARING
        spoken.on(RecorderPhase.RECORDING, length_s=0.05)
        await looked(pilot)
        assert "Speak now" in shown(pilot)
        clock.now_s += 31
        screen._tick()
        await pilot.pause()
        assert "Answer 0:31" in shown(pilot)


async def test_no_letter_starts_a_recording(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with asked(services, microphone) as (_, spoken, pilot):
        await pilot.press(*"quarter", "enter", "tab")
        await looked(pilot)
        assert spoken.calls == []


async def test_the_row_names_the_recording_before_anything_is_recorded(
    services: Services, microphone: fakes.FakeMicrophone, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[str | None] = []

    def record(self: fakes.FakeSpoken) -> None:
        rows.extend(draft.recording for draft in services.store.drafts())

    monkeypatch.setattr(fakes.FakeSpoken, "record", record)
    async with asked(services, microphone) as (_, spoken, pilot):
        await pilot.press("space")
        await wait_for(pilot, lambda: bool(rows))
        assert rows == [spoken.file.name]


async def test_nothing_is_recorded_where_the_row_cannot_be_saved(
    services: Services, microphone: fakes.FakeMicrophone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(draft: Draft) -> None:
        raise StoreError("The disk is full.", "Free some space.")

    async with asked(services, microphone) as (screen, spoken, pilot):
        monkeypatch.setattr(services.store, "save_draft", fail)
        await pilot.press("space")
        state = screen.query_one("#draft-state", Static)
        await wait_for(pilot, lambda: "Not saved. The disk is full." in str(state.content))
        assert spoken.calls == []
        monkeypatch.undo()
        await speak(pilot, spoken)
        assert spoken.calls == ["record"]
        assert "Not saved" not in shown(pilot)


async def test_space_pressed_while_the_microphone_opens_counts_once_it_is_on(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with started(services, services.plan(question_ids=ONE), home=False) as (_, pilot):
        await pilot.press("space")
        await looked(pilot)
        assert "One moment" in shown(pilot)
        assert microphone.now.calls == []
        microphone.now.on(RecorderPhase.READY)
        await wait_for(pilot, lambda: microphone.now.calls == ["record"])
    assert len(microphone.opened) == 1


async def test_letters_typed_before_the_screen_opened_go_to_the_keyboard_only(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with started(services) as (app, pilot):
        app.practise(services.plan(question_ids=ONE), typed="ab c")
        await wait_for_screen(pilot, SpeakingScreen)
        microphone.now.on(RecorderPhase.READY)
        await looked(pilot)
        assert microphone.now.calls == []
        await pilot.press("ctrl+e")
        await wait_for_screen(pilot, PracticeScreen)
        assert app.screen.query_one(AnswerEditor).text == "ab c"
    assert microphone.now.calls == ["close"]


# While it is spoken


async def test_words_come_live_and_are_saved_while_they_come(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with asked(services, microphone) as (screen, spoken, pilot):
        await speak(pilot, spoken, "i hardly? tested myself")
        assert spoken.recogniser
        spoken.recogniser = replace(spoken.recogniser, partial="and then")
        await looked(pilot)
        assert "i hardly tested myself and then" in shown(pilot)
        assert "What is recorded" not in shown(pilot)
        await wait_for(pilot, lambda: services.store.drafts()[0].text != "")
        (draft,) = services.store.drafts()
        assert draft.text == "i hardly tested myself"
        assert draft.heard
        assert [word.confidence for word in draft.heard.words] == [0.98, 0.4, 0.98, 0.98]
        assert "0:02 on disk." in shown(pilot)
        assert screen.query_one(LiveWords).text.endswith("and then")


async def test_the_clock_pauses_exactly_as_the_recorder_does(
    services: Services, microphone: fakes.FakeMicrophone, clock: fakes.FakeClock
) -> None:
    async with asked(services, microphone) as (screen, spoken, pilot):
        await speak(pilot, spoken)
        clock.now_s += 10.4
        spoken.recorder = replace(spoken.recorder, length_s=10.15)
        await pilot.press("space")
        await looked(pilot)
        assert spoken.calls == ["record", "pause"]
        clock.now_s += 500
        await looked(pilot)
        assert "Paused" in shown(pilot)
        assert screen.current_draft().counted_s == 10.15
        await pilot.press("space")
        await looked(pilot)
        clock.now_s += 5
        assert spoken.calls == ["record", "pause", "record"]
        assert screen.current_draft().counted_s == pytest.approx(15.15)


@pytest.mark.parametrize(
    ("engine", "name"),
    [
        (Engine("builtin", "pocketsphinx en-us"), "built-in recogniser: rough"),
        (None, "no recogniser: sound and time are kept"),
    ],
)
async def test_the_engine_is_named(
    services: Services, microphone: fakes.FakeMicrophone, engine: Engine | None, name: str
) -> None:
    microphone.engine = engine
    async with asked(services, microphone) as (_, _, pilot):
        assert name in shown(pilot)


async def test_a_recogniser_that_fails_stops_nothing_and_is_told(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with asked(services, microphone, (200, 40)) as (_, spoken, pilot):
        await speak(pilot, spoken, "the first words")
        assert spoken.recogniser
        problem = SoundError("The recogniser broke off.", "Run: trainer doctor")
        spoken.recogniser = replace(
            spoken.recogniser, phase=RecogniserPhase.FAILED, problem=problem
        )
        await looked(pilot)
        assert "The recogniser broke off. The sound is kept all the same." in shown(pilot)
        assert "Run: trainer doctor" in shown(pilot)
        missing = SoundError("There is no speech model x. The sound is kept.", "Choose one.")
        spoken.recogniser = replace(spoken.recogniser, problem=missing)
        await looked(pilot)
        assert "There is no speech model x. The sound is kept. Choose one." in shown(pilot)
        assert "Speak now" in shown(pilot)
        await pilot.press("enter")
        await wait_for_screen(pilot, CorrectScreen)
        assert "the first words" in shown(pilot)
