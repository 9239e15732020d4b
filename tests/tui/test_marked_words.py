"""The words of a report: the phrase that is chosen, the margin, notes, and what loops."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from tests import fakes
from tests.playback.recordings import heard, noise
from tests.sound import SoundServer
from tests.tui.spoken import notes, spoken_attempt
from tests.tui.steps import answer, shown, started, wait_for, wait_for_screen
from tests.tui.test_hearing import AT_S, LEAD_S, SAID, SIZE, chosen_quotes, open_report, place_of
from trainer.audio.format import RATE_HZ, SAMPLE_BYTES
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.screens.hearing import CHOOSE_FIRST
from trainer.tui.screens.report import ReportScreen
from trainer.tui.widgets.checklist import Quoted
from trainer.tui.widgets.drawn_words import WordLines
from trainer.tui.widgets.player_bar import PlayerBar

WORDS = SAID.replace("?", "").split()


def row_of(screen: ReportScreen, text: str) -> tuple[int, int]:
    """Return a cell of the row of the margin that says `text`."""
    lines = screen.query_one(WordLines)
    page = lines.page(lines.size.width)
    (y,) = (y for y, line in enumerate(page.lines) if line.margin and line.margin.text == text)
    return page.words_width + 10, y


async def test_a_phrase_is_chosen_from_either_end(services: Services) -> None:
    attempt_id = spoken_attempt(services, SAID)
    async with started(services, size=SIZE, home=False) as (app, pilot):
        screen = await open_report(services, app, pilot, attempt_id)
        assert screen.chosen is None
        await pilot.press("right", "right", "right", "shift+right", "shift+right")
        assert screen.chosen == (2, 5)
        assert screen.query_one(WordLines).chosen == range(2, 5)
        await pilot.press("shift+left", "shift+left", "shift+left")
        assert screen.chosen == (1, 3)
        await pilot.press(*["shift+left"] * 4)
        assert screen.chosen == (0, 3)
        await pilot.press("right")
        assert screen.chosen == (1, 2)
        await pilot.press(*["right"] * 12, "shift+right", "shift+right")
        assert screen.chosen == (len(WORDS) - 1, len(WORDS))


async def test_the_footer_says_that_enter_plays_from_the_chosen_words(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = spoken_attempt(services, SAID)
    async with started(services, size=SIZE, home=False) as (app, pilot):
        await open_report(services, app, pilot, attempt_id)
        assert "p Play" in shown(pilot).splitlines()[-1]
        await pilot.press("right")
        await wait_for(pilot, lambda: "⏎ Play here  o Note" in shown(pilot).splitlines()[-1])
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert shown(pilot).splitlines()[-1].endswith("esc Back f1 Help")
        await pilot.press("right", "enter")
        assert loudspeaker.players[-1].from_s == pytest.approx(AT_S["i"] - LEAD_S)


async def test_the_margin_tells_what_words_earned_and_leads_to_them(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = spoken_attempt(services, SAID)
    async with started(services, size=SIZE, home=False) as (app, pilot):
        screen = await open_report(services, app, pilot, attempt_id)
        page = shown(pilot)
        assert "acknowledge¹" in page
        assert "¹ ● You name it" in page
        assert "² ! Blame" in page
        await pilot.press("full_stop", "full_stop", "full_stop", "full_stop", "comma")
        assert screen.chosen is not None
        assert WORDS[slice(*screen.chosen)] == ["unfair"]
        await pilot.click(WordLines, offset=row_of(screen, "You changed"))
        assert loudspeaker.players[-1].from_s == pytest.approx(AT_S["half-change"] - LEAD_S)
        assert screen.chosen == (9, 10)


async def test_words_that_the_mouse_was_drawn_over_are_chosen_in_silence(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = spoken_attempt(services, SAID)
    async with started(services, size=SIZE, home=False) as (app, pilot):
        screen = await open_report(services, app, pilot, attempt_id)
        lines = screen.query_one(WordLines)
        start, end = place_of(app, "it"), place_of(app, "unfair")
        await pilot.mouse_down(lines, offset=start)
        await pilot.hover(lines, offset=end)
        await pilot.mouse_up(lines, offset=end)
        assert screen.get_selected_text() == "it and the\nexam was u"
        up = events.MouseUp(lines, *end, 0, 0, 1, False, False, False)
        lines.on_click(events.Click.from_event(lines, up))
        await wait_for(pilot, lambda: screen.chosen == (3, 9))
        assert loudspeaker.players == []
        await pilot.double_click(lines, offset=start)
        assert screen.chosen == (3, 4)
        assert screen.get_selected_text() is None


async def test_a_line_of_the_checklist_leads_to_its_words(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = spoken_attempt(services, SAID)
    async with started(services, size=SIZE, home=False) as (app, pilot):
        screen = await open_report(services, app, pilot, attempt_id)
        blocks = {
            str(block.query("Static").first().visual): block for block in screen.query(Quoted)
        }
        for title, word in (("You changed", "half-change"), ("Blame", "unfair")):
            block = next(block for head, block in blocks.items() if title in head)
            await pilot.click(block, offset=(3, 0))
            assert loudspeaker.players[-1].from_s == pytest.approx(AT_S[word] - LEAD_S)
            assert chosen_quotes(app) == [WORDS.index(word)]


async def test_a_note_stands_in_the_words_and_in_the_margin(services: Services) -> None:
    attempt_id = spoken_attempt(services, SAID)
    transcript_id = services.view(attempt_id).transcript.id
    services.annotations.add_note(attempt_id, transcript_id, 4, 6, "[b]Say it slower[/b]")
    async with started(services, size=SIZE, home=False) as (app, pilot):
        await open_report(services, app, pilot, attempt_id)
        assert "«and" in shown(pilot)
        assert "the»" in shown(pilot)
        assert "✎ [b]Say it" in shown(pilot)
        assert "«»: your note" in shown(pilot)


async def test_typed_words_have_the_cursor_and_no_sound(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    run = services.plan(question_ids=["low-score-direct"])
    async with started(services, run, SIZE) as (app, pilot):
        screen = await answer(pilot, "I acknowledge it.")
        await pilot.press("right", "shift+right")
        assert screen.chosen == (0, 2)
        await pilot.press("j")
        assert screen.chosen == (1, 2)
        await pilot.click(WordLines, offset=place_of(app, "it."))
        assert screen.chosen == (2, 3)
        assert loudspeaker.players == []
        assert "Play" not in shown(pilot)


async def looped(pilot: Pilot[None], loudspeaker: fakes.FakeLoudspeaker, times: int) -> None:
    for count in range(len(loudspeaker.players), times):
        loudspeaker.players[-1].end()
        await wait_for(pilot, lambda count=count: len(loudspeaker.players) > count)  # type: ignore[misc]


async def test_chosen_words_are_played_again_and_again(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    attempt_id = spoken_attempt(services, SAID)
    async with started(services, size=SIZE, home=False) as (app, pilot):
        await open_report(services, app, pilot, attempt_id)
        await pilot.press("l")
        assert CHOOSE_FIRST in notes(app)
        await pilot.press("right", "right", "right", "shift+right", "l")
        await looped(pilot, loudspeaker, 3)
        for player in loudspeaker.players:
            assert (player.from_s, player.to_s) == pytest.approx((0.9, 2.0))
        assert len(loudspeaker.playing) == 1
        assert "0:00 to 0:02 again and again" in shown(pilot)
        loudspeaker.players[-1].hears(1.5)
        await wait_for(pilot, lambda: app.screen.query_one(PlayerBar).at_s == 1.5)
        await pilot.press("minus")
        await looped(pilot, loudspeaker, 5)
        slow = [(player.from_s, player.speed) for player in loudspeaker.players[3:]]
        assert slow == [(1.5, 0.75), pytest.approx((0.9, 0.75))]
        await pilot.press("l")
        await wait_for(pilot, lambda: not loudspeaker.playing)
        await pilot.press("l", "enter")  # another way to play ends the loop
        loudspeaker.players[-1].end()
        await wait_for(pilot, lambda: not loudspeaker.playing)
        assert "again and again" not in shown(pilot)


@pytest.mark.audio
async def test_the_loudspeaker_gives_a_loop_more_than_once(
    services: Services, sound_server: SoundServer
) -> None:
    sound = noise(6.0)
    attempt_id = spoken_attempt(services, SAID, sound=sound)
    async with started(services, size=SIZE, home=False) as (app, pilot):
        await open_report(services, app, pilot, attempt_id)
        bar = app.screen.query_one(PlayerBar)
        seen: list[object] = [None]

        def come_again() -> bool:
            if bar._player not in seen:
                seen.append(bar._player)
            return len(seen) > 3

        with sound_server.captured() as captured:
            await pilot.press("right", "right", "l")
            await wait_for(pilot, come_again)
            await pilot.press("s")
    assert len(heard(captured.pcm)) > 2 * int(0.6 * RATE_HZ) * SAMPLE_BYTES


@pytest.mark.parametrize("words", [None, (70, 72)])
async def test_a_report_is_drawn_once_where_it_stays(
    services: Services, monkeypatch: pytest.MonkeyPatch, words: tuple[int, int] | None
) -> None:
    attempt_id = spoken_attempt(services, " ".join([SAID] * 10))
    frames: list[list[str]] = []
    draw = TrainerApp._display

    def drawn(app: TrainerApp, screen: Any, picture: Any) -> None:
        if isinstance(screen, ReportScreen) and screen.query("#page"):
            hidden = screen.has_class("-arriving")
            page = screen.query_one("#page").region
            rows = [] if hidden else shown(pilot).splitlines()[page.y : page.bottom]
            frames.append([row[: page.width - 4].rstrip() for row in rows])
        draw(app, screen, picture)

    async with started(services, size=(60, 20), home=False) as (app, pilot):
        monkeypatch.setattr(TrainerApp, "_display", drawn)
        app.push_screen(ReportScreen(services.view(attempt_id), words=words))
        await wait_for_screen(pilot, ReportScreen)
        await pilot.pause()
        assert bool(app.screen.query_one("#page").scroll_y) == bool(words)
    told = [frame for frame in frames if any(frame)]
    assert told
    assert all(frame == told[0] for frame in told)
