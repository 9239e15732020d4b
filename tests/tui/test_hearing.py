"""A spoken answer's report: the cursor over quotes and words, and the sound."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from tests import fakes
from tests.playback.recordings import heard, noise, part
from tests.sound import SoundServer
from tests.tui.spoken import notes, spoken_attempt
from tests.tui.steps import answer, comes, settle, shown, started, wait_for, wait_for_screen
from trainer.errors import SoundError
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.correct import CorrectScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.widgets.checklist import QuoteLine
from trainer.tui.widgets.drawn_words import WordLines
from trainer.tui.widgets.marked_text import MarkedText
from trainer.tui.widgets.player_bar import PlayerBar

SIZE = (120, 40)
SAID = "well i acknowledge? it and the exam was unfair half-change came after"
AT_S = {word.rstrip("?"): at / 2 for at, word in enumerate(SAID.split())}
LEAD_S = 0.1


async def open_report(
    services: Services, app: TrainerApp, pilot: Pilot[None], attempt_id: str
) -> ReportScreen:
    screen = ReportScreen(services.view(attempt_id))
    app.push_screen(screen)
    await wait_for_screen(pilot, ReportScreen)
    return screen


def chosen_quotes(app: TrainerApp) -> list[int]:
    return [line.start for line in app.screen.query(QuoteLine) if line.has_class("-chosen")]


def place_of(app: TrainerApp, word: str) -> tuple[int, int]:
    """Return where a word stands in the drawn words: its first cell and its line."""
    lines = app.screen.query_one(WordLines)
    for y, line in enumerate(lines.page(lines.size.width).lines):
        for piece in line.pieces:
            if piece.text == word:
                return 2 + piece.x, y
    raise AssertionError(word)


async def test_the_sound_plays_at_a_speed_lights_its_words_and_tells_what_hinders_it(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = spoken_attempt(services, SAID)
    async with started(services, size=SIZE, home=False) as (app, pilot):
        screen = await open_report(services, app, pilot, attempt_id)
        assert "Sound 0:06" in shown(pilot)
        await pilot.press("p")
        (player,) = loudspeaker.players
        assert (player.file, player.from_s) == (screen.shown_view.recording, 0.0)
        player.hears(3.2)
        await wait_for(pilot, lambda: "0:03 of 0:06" in shown(pilot))
        await pilot.press("p")
        await wait_for(pilot, lambda: player.closed)
        await pilot.press("p", "s")
        await wait_for(pilot, lambda: not loudspeaker.playing)
        assert "Sound 0:06" in shown(pilot)
        text = app.screen.query_one(MarkedText)
        await pilot.press("p")
        loudspeaker.players[-1].hears(AT_S["exam"] + 0.45)  # in the gap after the word
        await wait_for(pilot, lambda: text.lines.playing == SAID.split().index("exam"))
        loudspeaker.players[-1].end()
        await wait_for(pilot, lambda: text.lines.playing is None)
        assert not app.screen.query_one(PlayerBar).playing
        await pilot.press("minus", "minus", "p")
        assert loudspeaker.players[-1].speed == 0.75
        loudspeaker.players[-1].hears(2.0)
        await wait_for(pilot, lambda: app.screen.query_one(PlayerBar).at_s == 2.0)
        await pilot.press("plus", "greater_than_sign")
        assert (loudspeaker.players[-1].from_s, loudspeaker.players[-1].speed) == (2.0, 1.25)
        await wait_for(pilot, lambda: len(loudspeaker.playing) == 1)
        loudspeaker.players[-1].end(SoundError("No loudspeaker was found.", "Connect one."))
        await wait_for(pilot, lambda: "No loudspeaker was found.\nConnect one." in notes(app))
        assert "Sound 0:06" in shown(pilot)


async def test_quotes_and_words_are_chosen_by_keys_and_clicks_and_heard(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = spoken_attempt(services, SAID)

    def heard_from() -> float:
        return loudspeaker.players[-1].from_s

    async with started(services, size=SIZE, home=False) as (app, pilot):
        await open_report(services, app, pilot, attempt_id)
        assert "█ “" not in shown(pilot)
        places = []
        for _ in range(4):  # acknowledge, half-change, the flag, and no further
            await pilot.press("j", "enter")
            places.append(heard_from())
            assert len(chosen_quotes(app)) == 1
        words = ("acknowledge", "half-change", "unfair", "unfair")
        assert places == pytest.approx([AT_S[word] - LEAD_S for word in words])
        assert "█ “unfair”" in shown(pilot)
        await pilot.press("k", "p", "p")
        assert heard_from() == pytest.approx(AT_S["half-change"] - LEAD_S)
        await pilot.press("k", "right", "right", "right", "left", "enter")
        assert heard_from() == pytest.approx(AT_S["and"] - LEAD_S)
        assert chosen_quotes(app) == []
        await pilot.press(*["left"] * 9, "enter")
        assert heard_from() == 0.0
        await pilot.click(WordLines, offset=place_of(app, "exam"))
        assert heard_from() == pytest.approx(AT_S["exam"] - LEAD_S)
        await pilot.click(app.screen.query(QuoteLine).last())
        assert heard_from() == pytest.approx(AT_S["unfair"] - LEAD_S)


async def test_leaving_the_report_ends_the_sound(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = spoken_attempt(services, SAID)
    async with started(services, size=SIZE, home=False) as (app, pilot):
        for number, key in enumerate(("escape", "c", "a", "ctrl+q"), start=1):
            await open_report(services, app, pilot, attempt_id)
            await pilot.press("p", key)
            await pilot.pause()
            if key != "ctrl+q":
                await wait_for(pilot, lambda: not loudspeaker.playing)
            assert len(loudspeaker.players) == number
    assert not loudspeaker.playing


async def test_the_words_are_corrected_beside_their_sound_and_each_version_begins_in_silence(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = spoken_attempt(services, SAID)
    async with started(services, size=SIZE) as (app, pilot):
        screen = await open_report(services, app, pilot, attempt_id)
        await pilot.press("c")
        await wait_for_screen(pilot, CorrectScreen)
        await pilot.press("tab", "f2")
        assert loudspeaker.players[-1].from_s == pytest.approx(AT_S["acknowledge"] - LEAD_S)
        await pilot.press("o", "w", "n", "enter")
        await wait_for(pilot, lambda: "version 2 of 2" in shown(pilot))
        words = screen.shown_view.transcript.transcript
        assert words.text.startswith("well i own it")
        assert words.words[2].start_s == AT_S["acknowledge"]
        await wait_for(pilot, lambda: not loudspeaker.playing)
        await pilot.press("j", "p")
        assert len(chosen_quotes(app)) == len(loudspeaker.playing) == 1
        await pilot.press("left_square_bracket")
        await wait_for(pilot, lambda: "version 1 of 2" in shown(pilot))
        await wait_for(pilot, lambda: not loudspeaker.playing)
        assert chosen_quotes(app) == []
        await pilot.press("p")
        assert loudspeaker.players[-1].from_s == 0.0
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        await wait_for(pilot, lambda: not loudspeaker.playing)


async def test_unsure_words_are_named_and_show_without_colour_that_they_earned_a_mark_too(
    services: Services,
) -> None:
    attempt_id = spoken_attempt(services, SAID.replace("unfair", "unfair?"))
    async with started(services, size=SIZE, home=False) as (app, pilot):
        await open_report(services, app, pilot, attempt_id)
        assert "“acknowledge”  unsure: acknowledge" in shown(pilot)
        assert "bold: earned a mark" in shown(pilot)
        assert "underlined: unsure" in shown(pilot)
        lines = app.screen.query_one(WordLines)
        drawn = {
            word: (style.bold, style.underline, style.reverse)
            for y in range(lines.size.height)
            for segment in lines.render_line(y)
            if (style := segment.style)
            for word in segment.text.split()
        }
        assert drawn["acknowledge"] == (True, True, None)
        assert drawn["half-change"] == (True, None, None)
        assert drawn["unfair"] == (True, True, True)
        assert not any(drawn["well"])


async def test_a_typed_answer_has_no_player_and_no_keys_for_it(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    run = services.plan(question_ids=["low-score-direct"])
    async with started(services, run, SIZE) as (app, pilot):
        await answer(pilot, "I acknowledge it.")
        assert "Play" not in shown(pilot)
        await pilot.press("p", "enter", "l", "s", "minus")
        assert loudspeaker.players == []
        assert app.screen.query_one(WordLines).chosen == range(0)
        assert "recording" not in shown(pilot)


async def test_a_recording_that_is_gone_is_told(services: Services) -> None:
    attempt_id = spoken_attempt(services, SAID)
    recording = services.view(attempt_id).recording
    assert recording
    recording.unlink()
    async with started(services, size=SIZE, home=False) as (app, pilot):
        await open_report(services, app, pilot, attempt_id)
        assert "The sound of this answer is not kept any more." in shown(pilot)
        assert not app.screen.query(PlayerBar)


async def test_an_answer_in_which_no_word_was_heard_says_how_it_gets_its_marks(
    services: Services,
) -> None:
    view = services.view(spoken_attempt(services, "", "vosk"))
    view = replace(view, report=replace(view.report, remark="There are no words.", lines=()))
    async with started(services, size=SIZE, home=False) as (app, pilot):
        app.push_screen(ReportScreen(view))
        await wait_for_screen(pilot, ReportScreen)
        assert "Press C to write down what you said." in shown(pilot)
        assert "heard by" not in shown(pilot)


async def test_a_rough_answer_says_how_it_gets_its_marks(services: Services) -> None:
    attempt_id = spoken_attempt(services, SAID, "builtin")
    async with started(services, size=SIZE, home=False) as (app, pilot):
        await open_report(services, app, pilot, attempt_id)
        assert "too rough to rate yet" in shown(pilot)
        assert "Press C. Correct the words there" in shown(pilot)
        await pilot.press("c")
        await wait_for_screen(pilot, CorrectScreen)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "version 2 of 2" in shown(pilot))
        assert "● met" in shown(pilot)


async def test_the_words_are_in_view_and_followed_while_they_are_heard(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = spoken_attempt(services, f"{SAID} {'and so on ' * 120} zebra")
    async with started(services, size=(80, 24), home=False) as (app, pilot):
        await open_report(services, app, pilot, attempt_id)
        assert "[well] i acknowledge" not in shown(pilot)
        await pilot.press("p")
        await wait_for(pilot, lambda: "[well] i acknowledge¹ it" in shown(pilot))
        text = app.screen.query_one(MarkedText)
        for word in (0, 120, 240, 372):
            loudspeaker.players[-1].hears(word / 2)
            await wait_for(pilot, lambda word=word: text.lines.playing == word)  # type: ignore[misc]
        await wait_for(pilot, lambda: "zebra" in shown(pilot))
        await pilot.press("home")  # who scrolls away reads elsewhere, and is left alone
        loudspeaker.players[-1].hears(185.0)
        await wait_for(pilot, lambda: text.lines.playing == 370)
        assert "zebra" not in shown(pilot)


@pytest.mark.audio
async def test_the_loudspeaker_gives_the_recording_from_the_quote(
    services: Services, sound_server: SoundServer
) -> None:
    sound = noise(6.0)
    attempt_id = spoken_attempt(services, SAID, sound=sound)
    async with started(services, size=SIZE, home=False) as (app, pilot):
        await open_report(services, app, pilot, attempt_id)
        bar = app.screen.query_one(PlayerBar)
        with sound_server.captured() as captured:
            await pilot.press("j", "j", "enter")
            await wait_for(pilot, lambda: bar.at_s is not None and bar.at_s > 5.0)
            await wait_for(pilot, lambda: not bar.playing)
    assert heard(captured.pcm) == part(sound, AT_S["half-change"] - LEAD_S, 6.0)


@pytest.mark.audio
async def test_no_child_is_left_when_the_report_is_left(
    services: Services, sound_server: SoundServer
) -> None:
    attempt_id = spoken_attempt(services, SAID)
    async with started(services, size=SIZE, home=False) as (app, pilot):
        await open_report(services, app, pilot, attempt_id)
        bar = app.screen.query_one(PlayerBar)
        await pilot.press("p")
        player = bar._player
        assert player is not None
        await wait_for(pilot, lambda: bool(bar.at_s))
        await pilot.press("escape")
        await wait_for(pilot, lambda: not player._child.running)


async def test_the_sound_is_held_while_it_is_shown_and_no_key_waits_for_that(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = spoken_attempt(services, SAID)
    async with started(services, size=SIZE) as (app, pilot):
        screen = ReportScreen(services.view(attempt_id))
        with closing(sqlite3.connect(services.home.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")  # another program writes
            app.push_screen(screen)
            await comes(pilot, ReportScreen)
            await pilot.press("p")
            assert len(loudspeaker.players) == 1
            other.execute("ROLLBACK")
        await settle(pilot)
        assert services.sounds.delete(None).left == 1
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        assert services.sounds.delete(None).deleted.count == 1
