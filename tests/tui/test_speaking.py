"""An answer by voice: from the open microphone to the words, with everything that can fail."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tests import fakes
from tests.tui.steps import settle, shown, started, wait_for, wait_for_screen
from trainer.capture.types import RecorderPhase
from trainer.errors import SoundError, StoreError
from trainer.services import Services
from trainer.session.answer import Phase
from trainer.store.types import Draft
from trainer.transcript.engines import Engine, RecogniserPhase
from trainer.tui.app import TrainerApp
from trainer.tui.screens.correct import CorrectScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.practice import PracticeScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.screens.sound_check import SoundCheckScreen
from trainer.tui.screens.speaking import SpeakingScreen
from trainer.tui.screens.unfinished import UnfinishedScreen
from trainer.tui.widgets.editor import AnswerEditor
from trainer.tui.widgets.live_words import LiveWords

ONE = ["low-score-direct"]
GOOD = "i acknowledge the low score then came the change"
SIZE = (100, 40)


@pytest.fixture(autouse=True)
def by_voice(services: Services) -> None:
    services.settings = replace(services.settings, answer="voice")


@asynccontextmanager
async def asked(
    services: Services, microphone: fakes.FakeMicrophone, size: tuple[int, int] = SIZE
) -> AsyncIterator[tuple[SpeakingScreen, fakes.FakeSpoken, Pilot[None]]]:
    """Ask a question by voice, with the microphone on."""
    async with started(services, services.plan(question_ids=ONE), size) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, SpeakingScreen)
        microphone.now.on(RecorderPhase.READY, level_dbfs=-30.0, peak_dbfs=-18.0)
        await looked(pilot)
        yield screen, microphone.now, pilot


async def looked(pilot: Pilot[None]) -> None:
    """Wait until the screen has seen what the recorder tells now, and has acted on it."""
    for screen in pilot.app.screen_stack:
        if isinstance(screen, SpeakingScreen):
            screen.look()
    await settle(pilot)


async def speak(pilot: Pilot[None], spoken: fakes.FakeSpoken, text: str = GOOD) -> None:
    """Press Space and say these words."""
    await pilot.press("space")
    await wait_for(pilot, lambda: spoken.recorder.phase is RecorderPhase.RECORDING)
    spoken.recorder = replace(spoken.recorder, length_s=len(text.split()) / 2)
    if spoken.recogniser:
        spoken.hears(text, read_s=len(text.split()) / 2)
    await looked(pilot)


# Before the first sound


async def test_the_microphone_is_on_and_nothing_is_kept_before_space(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with asked(services, microphone) as (screen, spoken, pilot):
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
    assert screen._take.is_open is False


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
    async with started(services, services.plan(question_ids=ONE)) as (_, pilot):
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
    async with asked(services, microphone, (140, 40)) as (_, spoken, pilot):
        await speak(pilot, spoken, "the first words")
        assert spoken.recogniser
        problem = SoundError("The recogniser broke off.", "Run: trainer doctor")
        spoken.recogniser = replace(
            spoken.recogniser, phase=RecogniserPhase.FAILED, problem=problem
        )
        await looked(pilot)
        assert "The recogniser broke off. The sound is kept all the same." in shown(pilot)
        assert "Speak now" in shown(pilot)
        await pilot.press("enter")
        await wait_for_screen(pilot, CorrectScreen)
        assert "the first words" in shown(pilot)


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
        (row,) = services.history()
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
    async with asked(services, microphone) as (_, spoken, pilot):
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
        (row,) = services.history()
        assert row.score is None
        assert row.attempt.recording == spoken.file.name


# Takes, other ways, and coming back


async def test_redo_keeps_the_old_take_with_its_sound(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with asked(services, microphone) as (_, first, pilot):
        await speak(pilot, first)
        await pilot.press("ctrl+r")
        await wait_for(pilot, lambda: len(microphone.opened) == 2)
        await looked(pilot)
        assert "take 2" in shown(pilot)
        assert "Take 1 is kept" in shown(pilot)
        assert first.calls[-1] == "close"
        assert microphone.now.file != first.file
        (aside,) = services.store.drafts()
        assert (aside.set_aside, aside.recording) == (True, first.file.name)
        microphone.now.on(RecorderPhase.READY)
        await speak(pilot, microphone.now, "i acknowledge it")
        await pilot.press("enter")
        await wait_for_screen(pilot, CorrectScreen)
        await pilot.press("enter")
        await wait_for_screen(pilot, ReportScreen)
        takes = {row.attempt.take: row.attempt for row in services.history()}
        assert takes[1].superseded
        assert takes[1].recording == first.file.name


async def test_typing_instead_takes_the_words_along(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    async with asked(services, microphone) as (_, spoken, pilot):
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
    async with asked(services, microphone) as (_, first, pilot):
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
    async with started(services, run) as (_, pilot):
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


# What goes wrong


async def test_a_lost_microphone_is_told_and_space_records_on(
    services: Services, microphone: fakes.FakeMicrophone
) -> None:
    lost = SoundError("The microphone is gone. 4 seconds of your answer are kept.", "Connect it.")
    async with asked(services, microphone) as (screen, first, pilot):
        await speak(pilot, first)
        first.on(RecorderPhase.ENDED, problem=lost, length_s=4.5)
        await looked(pilot)
        text = shown(pilot)
        for words in ("The microphone is gone. 4 seconds", "Connect it.", "Space records on"):
            assert words in text
        assert screen._clock.phase is Phase.PAUSED
        await pilot.press("space")
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
    async with started(services, services.plan(question_ids=ONE)) as (_, pilot):
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
        turn = screen._take.expect()
        screen.let_go()
        late = microphone(services.new_recording(), None, None)
        assert not screen._take.accept(late, turn)


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
