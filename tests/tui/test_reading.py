"""A question that is read aloud: when it is heard, when recording may begin, what a drill hides."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from random import Random

import pytest
from textual.pilot import Pilot

from tests import fakes
from tests.tui.spoken import notes
from tests.tui.steps import settle, shown, started, type_answer, wait_for, wait_for_screen
from tests.tui.voice_steps import GOOD, ONE, asked, looked, speak
from trainer.capture.types import RecorderPhase
from trainer.errors import SoundError
from trainer.services import Services
from trainer.session.answer import Phase
from trainer.tui.app import TrainerApp
from trainer.tui.screens.asking import AskingScreen
from trainer.tui.screens.correct import CorrectScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.practice import PracticeScreen
from trainer.tui.screens.report import ReportScreen

QUESTION = "Can you tell me about your Step 1 score?"
SIZES = [(80, 24), (120, 40), (60, 20)]
BROKEN = SoundError("The question cannot be read aloud. It is broken.", "Run: trainer doctor")


@pytest.fixture
def read(services: Services) -> None:
    services.settings = replace(services.settings, reading="read")


@pytest.fixture
def drill(services: Services) -> None:
    services.settings = replace(services.settings, reading="drill")


@asynccontextmanager
async def typing(
    services: Services, size: tuple[int, int] = (80, 24), home: bool = False
) -> AsyncIterator[tuple[PracticeScreen, Pilot[None]]]:
    async with started(services, services.plan(question_ids=ONE), size, home) as (app, pilot):
        assert isinstance(app.screen, PracticeScreen)
        yield app.screen, pilot


async def followed(pilot: Pilot[None]) -> None:
    """Let the open question see where its voice is, and its recorder."""
    for screen in pilot.app.screen_stack:
        if isinstance(screen, AskingScreen):
            screen.follow_voice()
    await looked(pilot)


# Before an answer by voice


@pytest.mark.usefixtures("by_voice", "read")
async def test_the_question_is_read_while_the_microphone_opens_and_nothing_is_kept(
    services: Services, microphone: fakes.FakeMicrophone, aloud: fakes.FakeAloud
) -> None:
    async with asked(services, microphone) as (screen, spoken, pilot):
        assert (aloud.now.text, aloud.now.speed) == (QUESTION, "normal")
        assert "The question is read to you. Space stops the reading and records." in shown(pilot)
        assert QUESTION in shown(pilot)
        aloud.now.sounds()
        await followed(pilot)
        assert spoken.calls == []
        aloud.now.end()
        await followed(pilot)
        assert "Your microphone is on. Nothing is kept" in shown(pilot)
        assert aloud.now.closed
        assert screen.hearing.heard == 1


@pytest.mark.usefixtures("by_voice", "read")
async def test_space_ends_the_voice_and_records_after_a_gap(
    services: Services,
    microphone: fakes.FakeMicrophone,
    aloud: fakes.FakeAloud,
    clock: fakes.FakeClock,
) -> None:
    async with asked(services, microphone) as (_, spoken, pilot):
        aloud.now.obeys = False
        aloud.now.sounds()
        await followed(pilot)
        await pilot.press("space")
        assert aloud.now.stopped
        clock.now_s += 5  # it takes its time, and may be heard as long
        await followed(pilot)
        assert "One moment. Speak when it says so here." in shown(pilot)
        assert spoken.calls == []
        aloud.now.end()
        await followed(pilot)
        clock.now_s += 0.14
        await looked(pilot)
        assert spoken.calls == []
        clock.now_s += 0.02
        await wait_for(pilot, lambda: spoken.calls == ["record"])
        await looked(pilot)
        assert "Speak now." in shown(pilot)


@pytest.mark.usefixtures("by_voice", "read")
async def test_the_question_is_not_read_over_a_recording(
    services: Services,
    microphone: fakes.FakeMicrophone,
    aloud: fakes.FakeAloud,
    clock: fakes.FakeClock,
) -> None:
    async with asked(services, microphone) as (screen, spoken, pilot):
        aloud.now.end()
        await followed(pilot)
        clock.now_s += 1
        await speak(pilot, spoken)
        await pilot.press("l")
        assert len(aloud.voices) == 1
        assert "You are recording. Pause first: press Space." in notes(pilot.app)
        await pilot.press("space")
        await looked(pilot)
        await pilot.press("l")
        assert len(aloud.voices) == 2
        aloud.now.sounds()
        await followed(pilot)
        await pilot.press("space")
        await followed(pilot)
        assert spoken.calls == ["record", "pause"]
        clock.now_s += 0.2
        await looked(pilot)
        assert spoken.calls == ["record", "pause", "record"]
        assert screen.hearing.heard == 1


STEPS = ("space", "space", "l", "plus", "minus", "sound", "end", "time", "time", "look", "r")


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.usefixtures("by_voice", "read")
async def test_whatever_is_pressed_nothing_is_recorded_while_a_voice_may_sound(
    services: Services,
    microphone: fakes.FakeMicrophone,
    aloud: fakes.FakeAloud,
    clock: fakes.FakeClock,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    record = fakes.FakeSpoken.record
    silent_for_s: list[float] = []
    sounded_at_s = clock.now_s

    def sounds() -> bool:
        return any(voice.may_sound for voice in aloud.voices)

    def record_and_note(spoken: fakes.FakeSpoken) -> None:
        silent_for_s.append(0.0 if sounds() else clock.now_s - sounded_at_s)
        record(spoken)

    monkeypatch.setattr(fakes.FakeSpoken, "record", record_and_note)
    random = Random(seed)
    async with asked(services, microphone) as (_, spoken, pilot):
        for _ in range(60):
            if sounds():
                sounded_at_s = clock.now_s
            step = random.choice(STEPS)
            aloud.now.obeys = random.random() < 0.5
            if step == "sound" and aloud.now.may_sound:
                aloud.now.sounds()
            elif step == "end":
                aloud.now.end()
            elif step == "time":
                clock.now_s += random.uniform(0.02, 0.2)
            elif step == "look":
                await followed(pilot)
            elif step != "sound":
                await pilot.press(step)
                await followed(pilot)
            recording = spoken.recorder.phase is RecorderPhase.RECORDING
            assert not (recording and sounds())
    assert silent_for_s, "nothing was recorded"
    assert min(silent_for_s) >= 0.149


@pytest.mark.usefixtures("by_voice", "read")
@pytest.mark.parametrize("key", ["escape", "ctrl+n", "ctrl+e", "ctrl+l", "ctrl+q"])
async def test_every_way_out_ends_the_voice(
    services: Services, microphone: fakes.FakeMicrophone, aloud: fakes.FakeAloud, key: str
) -> None:
    async with asked(services, microphone) as (_, _, pilot):
        voice = aloud.now
        voice.sounds()
        await pilot.press(key)
        if key != "ctrl+q":  # the application is not there any more
            await wait_for(pilot, lambda: voice.stopped)
    assert voice.closed


# The clock


@pytest.mark.usefixtures("read")
async def test_the_preparation_begins_when_the_reading_has_ended(
    services: Services, aloud: fakes.FakeAloud, clock: fakes.FakeClock
) -> None:
    async with typing(services) as (screen, pilot):
        aloud.now.sounds()
        for _ in range(8):
            clock.now_s += 1
            await followed(pilot)
        aloud.now.end()
        await followed(pilot)
        screen._tick()
        await pilot.pause()
        assert "Prepare 0:30 left" in shown(pilot)
        clock.now_s += 10
        await pilot.press("ctrl+l")  # hearing it again takes from it
        aloud.now.sounds()
        clock.now_s += 5
        await followed(pilot)
        screen._tick()
        await pilot.pause()
        assert "Prepare 0:15 left" in shown(pilot)


# By keyboard


@pytest.mark.usefixtures("read")
async def test_in_the_editor_keys_hear_the_question_again_slower_and_faster(
    services: Services, aloud: fakes.FakeAloud
) -> None:
    async with typing(services) as (screen, pilot):
        assert "The question is read to you." in shown(pilot)
        aloud.now.sounds()
        await followed(pilot)
        await pilot.press("f3")
        assert [voice.speed for voice in aloud.voices] == ["normal", "slow"]
        assert aloud.voices[0].stopped
        assert "Reading speed: slow, about 130 words a minute." in notes(pilot.app)
        aloud.now.sounds()
        aloud.now.end()
        await followed(pilot)
        assert screen.hearing.heard == 1  # the one that was replaced does not count
        await pilot.press("f4", "f4", "f4")
        assert "It does not go faster." in notes(pilot.app)
        assert len(aloud.voices) == 2  # nothing was being read
        await pilot.press("ctrl+l")
        assert aloud.now.speed == "fast"
        assert services.settings.reading_speed == "fast"
        await type_answer(pilot, "lt-+")
        assert screen._clock.phase is Phase.ANSWERING
        assert len(aloud.voices) == 3


async def test_nothing_is_read_where_nobody_wants_it(
    services: Services, aloud: fakes.FakeAloud
) -> None:
    async with typing(services) as (_, pilot):
        await pilot.press("ctrl+l", "f4")
        assert aloud.voices == []
        assert QUESTION in shown(pilot)
        assert services.settings.reading_speed == "normal"


async def test_the_command_line_may_ask_for_a_drill(
    services: Services, aloud: fakes.FakeAloud
) -> None:
    run = services.plan(question_ids=ONE)
    app = TrainerApp(lambda: services, services.settings, run, reading="drill")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert QUESTION not in shown(pilot)
        assert len(aloud.voices) == 1


# What fails


@pytest.mark.usefixtures("drill")
async def test_a_missing_program_is_told_once_and_the_text_is_shown(
    services: Services, aloud: fakes.FakeAloud
) -> None:
    aloud.missing = SoundError("A speech program is missing.", "Run: apt-get install espeak-ng")
    async with started(services, services.plan(bank_ids=["low-score"]), home=False) as (app, pilot):
        assert isinstance(app.screen, PracticeScreen)
        assert app.screen.run.item.wording in shown(pilot)
        assert notes(app).count("apt-get install espeak-ng") == 1
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert app.screen.run.index == 1  # type: ignore[attr-defined]
        assert notes(app).count("apt-get install espeak-ng") == 1
        await pilot.press("ctrl+l")  # who asks is told again
        assert notes(app).count("apt-get install espeak-ng") == 2


@pytest.mark.usefixtures("by_voice", "drill")
async def test_a_reading_that_breaks_off_is_told_and_practice_goes_on_in_text(
    services: Services,
    microphone: fakes.FakeMicrophone,
    aloud: fakes.FakeAloud,
    clock: fakes.FakeClock,
) -> None:
    async with asked(services, microphone) as (_, spoken, pilot):
        aloud.now.end(BROKEN)
        await followed(pilot)
        assert QUESTION in shown(pilot)
        assert "It is broken." in notes(pilot.app)
        clock.now_s += 1
        await speak(pilot, spoken)
        assert spoken.calls == ["record"]
        await pilot.press("enter")
        await wait_for_screen(pilot, CorrectScreen)
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, ReportScreen)
        assert "You heard the question" not in shown(pilot)


# The drill


@pytest.mark.usefixtures("drill")
@pytest.mark.parametrize("size", SIZES)
async def test_a_hidden_question_is_nowhere_on_the_screen_before_it_is_asked_for(
    services: Services, aloud: fakes.FakeAloud, size: tuple[int, int]
) -> None:
    item = services.plan(question_ids=ONE).item
    giveaways = ("Step 1", "score", item.bank_title, item.question.intent[:20], "Blaming")
    async with typing(services, size) as (_, pilot):
        await pilot.press("ctrl+g")  # the hint
        for state in ("coming", "sounding", "over"):
            text = " ".join(shown(pilot).replace("█", "").split())
            assert not [word for word in giveaways if word.lower() in text.lower()], state
            assert "The question is read to you. Ctrl+O shows it, Ctrl+L reads it again." in text
            assert "Begin by restating the question" in text
            if state == "coming":
                aloud.now.sounds()
            else:
                aloud.now.end()
            await followed(pilot)
        await pilot.press("f1")
        await settle(pilot)
        assert "Step 1" not in shown(pilot)
        await pilot.press("escape", "ctrl+o")
        await settle(pilot)
        text = " ".join(shown(pilot).split())
        assert QUESTION in text
        assert "Blaming the exam." in text or size[0] < 80
        assert item.bank_title in text


@pytest.mark.usefixtures("drill")
async def test_the_report_tells_how_the_question_was_heard_and_whether_it_was_restated(
    services: Services, aloud: fakes.FakeAloud
) -> None:
    async with typing(services, (160, 60)) as (_, pilot):
        for _ in range(2):
            aloud.now.sounds()
            aloud.now.end()
            await followed(pilot)
            await pilot.press("ctrl+l")
        aloud.now.end()
        await type_answer(pilot, "About my Step 1 score: I acknowledge it.")
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, ReportScreen)
        text = " ".join(shown(pilot).split())
        assert "You heard the question twice and did not look at the text." in text
        assert "You restated the question: “About my Step 1 score”" in text


@pytest.mark.usefixtures("by_voice", "drill")
async def test_by_voice_the_text_stays_hidden_until_the_report(
    services: Services,
    microphone: fakes.FakeMicrophone,
    aloud: fakes.FakeAloud,
    clock: fakes.FakeClock,
) -> None:
    async with asked(services, microphone) as (_, spoken, pilot):
        aloud.now.sounds()
        aloud.now.end()
        await followed(pilot)
        assert "T shows it, L reads it again." in " ".join(shown(pilot).split())
        clock.now_s += 1
        await speak(pilot, spoken, GOOD)
        assert "Step 1" not in shown(pilot)
        await pilot.press("enter")
        await wait_for_screen(pilot, CorrectScreen)
        assert "Step 1" not in shown(pilot)
        await pilot.press("ctrl+s")
        await wait_for_screen(pilot, ReportScreen)
        text = " ".join(shown(pilot).split())
        assert QUESTION in text
        assert "You heard the question once and did not look at the text." in text
        assert "You began without restating the question." in text


@pytest.mark.usefixtures("by_voice", "drill")
async def test_going_on_by_keyboard_neither_shows_nor_reads_the_question_again(
    services: Services, microphone: fakes.FakeMicrophone, aloud: fakes.FakeAloud
) -> None:
    async with asked(services, microphone) as (_, _, pilot):
        aloud.now.sounds()
        aloud.now.end()
        await followed(pilot)
        await pilot.press("ctrl+e")
        await wait_for_screen(pilot, PracticeScreen)
        assert len(aloud.voices) == 1
        assert QUESTION not in shown(pilot)


@pytest.mark.usefixtures("drill")
async def test_an_answer_that_is_taken_up_shows_its_question(
    services: Services, aloud: fakes.FakeAloud
) -> None:
    async with typing(services, home=True) as (_, pilot):
        aloud.now.end()
        await type_answer(pilot, "I acknowledge it.")
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        (draft,) = services.unfinished()
        run = services.plan(question_ids=ONE)
        pilot.app.practise(run, draft=draft)  # type: ignore[attr-defined]
        await wait_for_screen(pilot, PracticeScreen)
        assert len(aloud.voices) == 1
        assert QUESTION in shown(pilot)
        await pilot.press("ctrl+l")
        assert len(aloud.voices) == 2
