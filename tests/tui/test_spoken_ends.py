"""How an answer by voice ends, is taken up again, and goes on in other ways."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import fakes
from tests.tui.spoken import spoken_draft
from tests.tui.steps import settle, shown, started, wait_for, wait_for_screen
from tests.tui.voice_steps import GOOD, asked, looked, speak
from trainer.capture.types import RecorderPhase
from trainer.errors import StoreError
from trainer.services import Services
from trainer.transcript.engines import RecogniserPhase
from trainer.tui.screens.correct import CorrectScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.practice import PracticeScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.screens.sound_check import SoundCheckScreen
from trainer.tui.screens.speaking import SpeakingScreen
from trainer.tui.screens.unfinished import UnfinishedScreen
from trainer.tui.widgets.editor import AnswerEditor

pytestmark = pytest.mark.usefixtures("by_voice")


# The end


async def test_an_answer_is_heard_accepted_rated_and_stored(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with asked(services, microphone) as (_, spoken, pilot):
        await speak(pilot, spoken)
        await pilot.press("enter")
        await wait_for_screen(pilot, CorrectScreen)
        assert spoken.calls == ["record", "stop", "close"]
        await pilot.press("enter")
        await wait_for_screen(pilot, ReportScreen)
        (row,) = services.answers()
        assert row.score == 100
        assert row.attempt.recording == spoken.file.name
        assert services.view(row.attempt.id).transcript.transcript.source == "vosk"
        assert services.store.drafts() == ()


async def test_the_last_words_are_waited_for_and_their_progress_is_told(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with asked(services, microphone) as (_, spoken, pilot):
        await speak(pilot, spoken)
        spoken.obeys = False
        await pilot.press("enter")
        spoken.on(RecorderPhase.STOPPING)
        await looked(pilot)
        assert "Keeping the last half second" in shown(pilot)
        assert spoken.recogniser
        spoken.on(RecorderPhase.ENDED, length_s=42.0)
        spoken.recogniser = replace(spoken.recogniser, read_s=31.0)
        await looked(pilot)
        assert "Reading your words: 0:31 of 0:42" in shown(pilot)
        spoken.hears(GOOD + " at last", phase=RecogniserPhase.DONE)
        await looked(pilot)
        await wait_for_screen(pilot, CorrectScreen)
        assert "at last" in shown(pilot)


async def test_leaving_while_the_last_words_are_waited_for_keeps_the_answer(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with asked(services, microphone, home=True) as (_, spoken, pilot):
        await speak(pilot, spoken)
        spoken.obeys = False
        await pilot.press("enter")
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        (draft,) = services.unfinished()
        assert (draft.text, draft.recording) == (GOOD, spoken.file.name)
    assert spoken.calls[-1] == "close"


async def test_enter_before_anything_is_recorded_says_what_to_do(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with asked(services, microphone) as (screen, spoken, pilot):
        await pilot.press("enter")
        await pilot.pause()
        told = [note.message for note in pilot.app._notifications]
        assert any("Nothing is recorded yet" in message for message in told)
        assert pilot.app.screen is screen
        assert spoken.calls == []


async def test_going_back_from_the_words_records_on_in_the_same_file(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with asked(services, microphone) as (_, spoken, pilot):
        await speak(pilot, spoken)
        await pilot.press("enter")
        await wait_for_screen(pilot, CorrectScreen)
        await pilot.press("escape")
        await wait_for_screen(pilot, SpeakingScreen)
        assert GOOD in shown(pilot)
        assert [draft.text for draft in services.unfinished()] == [GOOD]
        await pilot.press("space")
        await wait_for(pilot, lambda: len(microphone.opened) == 2)
        assert microphone.now.file == spoken.file
        microphone.now.on(RecorderPhase.READY, length_s=5.0)
        await wait_for(pilot, lambda: microphone.now.calls == ["record"])
        await looked(pilot)
        assert GOOD in shown(pilot)  # until the new recogniser has read as far
        microphone.now.hears(f"{GOOD} and more", read_s=9.0)
        await looked(pilot)
        assert "and more" in shown(pilot)


async def test_an_answer_that_cannot_be_stored_stays_with_its_corrections(
    services: Services, microphone: fakes.FakeMicrophone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise StoreError("The disk is full.", "Free some space.")

    async with asked(services, microphone) as (_, spoken, pilot):
        await speak(pilot, spoken)
        await pilot.press("enter")
        await wait_for_screen(pilot, CorrectScreen)
        monkeypatch.setattr(services, "finish", fail)
        pilot.app.screen.query_one(AnswerEditor).load_text("i acknowledge all of it")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "Not rated. The disk is full." in shown(pilot))
        monkeypatch.undo()
        await pilot.press("enter")
        await wait_for_screen(pilot, CorrectScreen)
        assert "i acknowledge all of it" in shown(pilot)
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, ReportScreen)


async def test_a_failure_while_the_words_are_put_together_loses_nothing(
    services: Services, microphone: fakes.FakeMicrophone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAINER_HOME", str(services.home.root))

    def fail(self: fakes.FakeSpoken) -> None:
        raise ZeroDivisionError

    async with asked(services, microphone) as (_, spoken, pilot):
        await speak(pilot, spoken)
        with monkeypatch.context() as broken:
            broken.setattr(fakes.FakeSpoken, "transcript", fail)
            await pilot.press("enter")
            await wait_for(pilot, lambda: "Not rated. Something went wrong" in shown(pilot))
        await pilot.press("enter")
        await wait_for_screen(pilot, CorrectScreen)
        assert "acknowledge" in shown(pilot)


async def test_without_a_recogniser_time_and_pauses_are_stored(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    microphone.engine = None
    async with asked(services, microphone) as (_, spoken, pilot):
        await speak(pilot, spoken)
        await pilot.press("enter")
        await wait_for_screen(pilot, CorrectScreen)
        await pilot.press("ctrl+o")
        await wait_for_screen(pilot, ReportScreen)
        (row,) = services.answers()
        assert row.score is None
        assert row.attempt.recording == spoken.file.name


# Takes, other ways, and coming back


async def test_redo_keeps_the_old_take_with_its_sound(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with asked(services, microphone) as (_, first, pilot):
        await speak(pilot, first)
        first.hears(GOOD, partial="and then", read_s=9.0)  # on the screen, and not final
        await looked(pilot)
        await pilot.press("ctrl+r")
        await wait_for(pilot, lambda: len(microphone.opened) == 2)
        await looked(pilot)
        assert "take 2" in shown(pilot)
        assert "Take 1 is kept" in shown(pilot)
        assert first.calls[-1] == "close"
        assert microphone.now.file != first.file
        (aside,) = services.store.drafts()
        assert (aside.set_aside, aside.recording) == (True, first.file.name)
        assert aside.text == f"{GOOD} and then"
        assert aside.heard
        assert aside.heard.text == aside.text
        assert [word.confidence for word in aside.heard.words[-2:]] == [0.0, 0.0]
        microphone.now.on(RecorderPhase.READY)
        await speak(pilot, microphone.now, "i acknowledge it")
        await pilot.press("enter")
        await wait_for_screen(pilot, CorrectScreen)
        await pilot.press("enter")
        await wait_for_screen(pilot, ReportScreen)
        takes = {row.attempt.take: row.attempt for row in services.answers()}
        assert takes[1].superseded
        assert takes[1].recording == first.file.name


async def test_typing_instead_takes_the_words_along(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with asked(services, microphone, home=True) as (_, spoken, pilot):
        await speak(pilot, spoken, "the first half")
        await pilot.press("ctrl+e")
        await wait_for_screen(pilot, PracticeScreen)
        assert pilot.app.screen.query_one(AnswerEditor).text == "the first half"
        assert spoken.calls[-1] == "close"
        pilot.app.screen.query_one(AnswerEditor).load_text("i acknowledge the first half")
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        await settle(pilot)
        await pilot.press("u")
        await wait_for_screen(pilot, UnfinishedScreen)
        assert "by voice" in shown(pilot)
        await pilot.press("enter")
        await wait_for_screen(pilot, PracticeScreen)
        assert "i acknowledge the first half" in pilot.app.screen.query_one(AnswerEditor).text
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, ReportScreen)


async def test_an_answer_that_was_left_is_taken_up_paused_with_its_words(
    services: Services, microphone: fakes.FakeMicrophone, clock: fakes.FakeClock
) -> None:
    async with asked(services, microphone, home=True) as (_, first, pilot):
        await speak(pilot, first)
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        clock.now_s += 1000
        await settle(pilot)
        await pilot.press("u")
        await wait_for_screen(pilot, UnfinishedScreen)
        await pilot.press("enter")
        await wait_for_screen(pilot, SpeakingScreen)
        assert GOOD in shown(pilot)
        assert microphone.now.file == first.file
        microphone.now.on(RecorderPhase.READY, length_s=4.5)
        await looked(pilot)
        assert "Paused" in shown(pilot)
        assert "Answer 0:04" in shown(pilot)
        assert GOOD in shown(pilot)
        microphone.now.hears(GOOD, read_s=4.5)
        await pilot.press("enter")
        await wait_for_screen(pilot, CorrectScreen)
    assert microphone.now.calls == ["stop", "close"]


async def test_skipping_keeps_the_answer_and_opens_the_next_question(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    run = services.plan(question_ids=["low-score-direct", "low-score-boards"])
    async with started(services, run, home=False) as (_, pilot):
        first = microphone.now
        first.on(RecorderPhase.READY)
        await looked(pilot)
        await speak(pilot, first)
        await pilot.press("ctrl+n")
        await wait_for(pilot, lambda: len(microphone.opened) == 2)
        assert "Will you pass the boards?" in shown(pilot)
        assert first.calls[-1] == "close"
        assert [draft.recording for draft in services.unfinished()] == [first.file.name]


async def test_the_sound_check_gets_the_microphone_and_gives_it_back(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    services.open_meter = fakes.FakeMeter  # type: ignore[method-assign, assignment]
    services.find_microphones = fakes.microphones  # type: ignore[method-assign]
    async with asked(services, microphone) as (_, spoken, pilot):
        await pilot.press("ctrl+l")
        await wait_for_screen(pilot, SoundCheckScreen)
        assert spoken.calls == ["close"]
        await pilot.press("escape")
        await wait_for_screen(pilot, SpeakingScreen)
        await wait_for(pilot, lambda: len(microphone.opened) == 2)
        assert microphone.now.file == spoken.file


async def test_sound_without_words_is_not_told_as_no_words(services: Services) -> None:
    spoken_draft(services, "", "unheard")
    spoken_draft(services, "", "unheard")
    async with started(services) as (_, pilot):
        assert "2 answers are not finished. Press u to go on, or to discard one." in shown(pilot)
        await pilot.press("u")
        await wait_for_screen(pilot, UnfinishedScreen)
        assert "by voice" in shown(pilot)
        assert "0 words" not in shown(pilot)
