"""Two answers beside each other: how they are opened, what is shown, and what is heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.content import Content
from textual.pilot import Pilot

from tests import fakes
from tests.playback.recordings import noise, part
from tests.sound import SoundServer
from tests.tui.spoken import notes, spoken_attempt
from tests.tui.steps import answer, shown, started, wait_for, wait_for_screen
from trainer.bank.types import Mark
from trainer.errors import SoundError
from trainer.lines.attempts import when
from trainer.review.sides import SideName
from trainer.services import Services
from trainer.tui.app import TrainerApp
from trainer.tui.opening import open_comparison
from trainer.tui.screens.comparison import ComparisonScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.report import ReportScreen
from trainer.tui.widgets.compared_words import Quoted, SaidWords
from trainer.tui.widgets.legend import PLAYING_STYLE
from trainer.tui.widgets.player_bar import PlayerBar

SIZE = (120, 40)
BEFORE = "well i acknowledge it and the exam was unfair in 2019"
NOW = "yes i did acknowledge it and then a half-change came"
LEAD_S = 0.1
OFFER = "B compares it with the answer before"


def typed_attempt(services: Services, text: str) -> str:
    run = services.plan(question_ids=["low-score-direct"])
    return services.finish(replace(services.new_draft(run), text=text, counted_s=30.0), run.item)


async def opened(
    app: TrainerApp, pilot: Pilot[None], before: SideName | str, after: SideName | str
) -> ComparisonScreen:
    """Open a comparison on top of home, and wait until all of it is there."""
    await wait_for_screen(pilot, HomeScreen)
    assert isinstance(app.screen, HomeScreen)
    open_comparison(app.screen, before, after)
    await wait_for_screen(pilot, ComparisonScreen)
    await wait_for(pilot, lambda: not app.screen.query("#waiting"))
    await pilot.pause()
    assert isinstance(app.screen, ComparisonScreen)
    return app.screen


async def test_b_on_a_report_compares_with_the_answer_before(services: Services) -> None:
    run = services.plan(question_ids=["low-score-direct"])
    async with started(services, run, SIZE) as (app, pilot):
        await answer(pilot, "I acknowledge it.")
        assert OFFER not in shown(pilot)
        await pilot.press("b")
        assert isinstance(app.screen, ReportScreen)
        await pilot.press("a")
        await answer(pilot, "A change came in 2019.")
        await wait_for(pilot, lambda: OFFER in shown(pilot))
        await pilot.press("b")
        await wait_for_screen(pilot, ComparisonScreen)
        await wait_for(pilot, lambda: "▲ You changed  ○ missed → ● met" in shown(pilot))
        assert "▼ You name it  ● met → ○ missed" in shown(pilot)
        assert "▲2019" in shown(pilot)
        assert "Hear" not in shown(pilot)
        await pilot.press("1", "enter", "s", "plus", "escape")
        await wait_for_screen(pilot, ReportScreen)


async def test_the_offer_to_compare_fits_into_a_small_window(services: Services) -> None:
    for text in ("A change.", "Another change.", "It was a change."):
        last = typed_attempt(services, text)
    services.correct(last, "It was my change.")
    async with started(services) as (app, pilot):
        app.push_screen(ReportScreen(services.view(last)))
        await wait_for(pilot, lambda: OFFER in shown(pilot))
        assert "version 2 of 2 (V lists all)" in shown(pilot).splitlines()[0]


async def test_two_ratings_of_one_answer_show_only_what_the_rating_changed_and_people_by_name(
    services: Services,
) -> None:
    attempt_id = typed_attempt(services, "A half-change in 2019 and a change.")
    began = services._now()
    services._now = lambda: began + timedelta(days=3)
    services.accept(attempt_id)
    first, second = (rating.created_at for rating in services.view(attempt_id).record.ratings)
    marked = typed_attempt(services, "A half-change in 2019.")
    services.rate_self(marked, {"acknowledge": Mark.MET, "change": Mark.MET})
    async with started(services, size=SIZE) as (app, pilot):
        await opened(app, pilot, SideName(attempt_id, 1, 1), SideName(attempt_id, 1, 2))
        assert shown(pilot).startswith(" Compare two ratings of one answer")
        assert f"1 Before  {when(first)}, rating 1" in shown(pilot)
        assert f"2 Now  {when(second)}, rating 2" in shown(pilot)
        assert when(first) != when(second)
        assert "The words are the same. Only the rating differs." in shown(pilot)
        assert "Delivery" not in shown(pilot)
        await pilot.press("escape")
        await opened(app, pilot, SideName(marked, 1, 1), SideName(marked, 1, 2))
        assert "Your own marks" in shown(pilot)
        assert "Two raters gave the marks." in shown(pilot)
        assert "1 Machine" in shown(pilot)
        assert "2 You" in shown(pilot)
        assert "▲ the second mark is better" in shown(pilot)
        assert "Machine  “half-change”" in shown(pilot)
        assert shown(pilot).count("You  no quote") == 2
        assert shown(pilot).count("Machine  not heard") == 1
        for word in ("before", "Before", "now  ", "Now", "gained"):
            assert word not in shown(pilot)
        assert "A half-change in 2019." not in shown(pilot)
        await pilot.press("e")
        await wait_for(pilot, lambda: "A half-change in 2019." in shown(pilot))
        assert shown(pilot).count("A half-change in 2019.") == 1, "the words are the same"


async def test_the_older_answer_stands_first_and_the_words_come_by_a_key_or_in_wide_windows(
    services: Services,
) -> None:
    first = typed_attempt(services, "It was 2019.\x1b[2J [bold]")
    second = typed_attempt(services, "It was later.")
    text = "I acknowledge it and I own it. " * 6
    alike = typed_attempt(services, text), typed_attempt(services, text)
    async with started(services) as (app, pilot):
        await opened(app, pilot, second, first)
        assert "▼ dropped  Numbers: 2019." in shown(pilot)
        assert "It was later." not in shown(pilot)
        await pilot.press("e")
        await wait_for(pilot, lambda: "before  It was ▼2019.␛[2J [bold]" in shown(pilot))
        assert "now  It was later." in shown(pilot)
        assert "dropped" not in shown(pilot).replace("lost or dropped", "")
        await pilot.press("escape")
        screen = await opened(app, pilot, *alike)
        assert "Same words: 100 % of the two takes are word for word." in shown(pilot)
        await pilot.resize_terminal(60, 14)
        await wait_for(pilot, lambda: screen.query_one("#page").size.width < 60)
        assert "before  I acknowledge" not in shown(pilot)
        await pilot.press("e")
        await wait_for(pilot, lambda: "before  I acknowledge it and I own it." in shown(pilot))
        await pilot.press("escape")
        await opened(app, pilot, first, second)
        for size, is_wide in ((SIZE, True), ((80, 24), False), (SIZE, True)):
            await pilot.resize_terminal(*size)
            await wait_for(pilot, lambda w=is_wide: ("before  It was ▼2019." in shown(pilot)) is w)  # type: ignore[misc]
        await pilot.press("escape")
        await wait_for_screen(pilot, HomeScreen)
        open_comparison(app.screen, SideName(first, 7), first)  # type: ignore[arg-type]
        await wait_for(pilot, lambda: "There is no version 7." in notes(app))
        assert isinstance(app.screen, HomeScreen)


def lit(app: TrainerApp) -> list[tuple[int, str]]:
    """Return the words that are lit, each with its side."""
    return [
        (words.side, str(words.content)[span.start : span.end])
        for words in app.screen.query(SaidWords)
        if isinstance(words.content, Content)
        for span in words.content.spans
        if span.style == PLAYING_STYLE
    ]


async def test_either_side_is_heard_from_what_is_chosen_or_clicked_and_its_words_are_lit(
    services: Services, loudspeaker: fakes.FakeLoudspeaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = spoken_attempt(services, BEFORE), spoken_attempt(services, NOW)
    names = {services.view(one).record.attempt.recording for one in (first, second)}
    held: list[str | None] = []
    monkeypatch.setattr(services.sounds, "hold", held.append)
    monkeypatch.setattr(services.sounds, "release", held.remove)
    async with started(services, size=SIZE) as (app, pilot):
        await opened(app, pilot, first, second)
        assert set(held) == names, "nobody deletes them while they are shown"
        files = [services.view(one).recording for one in (first, second)]
        await pilot.press("1")
        await pilot.press("2")
        one, two = loudspeaker.players
        assert [(p.file, p.from_s, p.to_s) for p in (one, two)] == [
            (files[0], 0.0, None),
            (files[1], 0.0, None),
        ]
        await wait_for(pilot, lambda: loudspeaker.playing == [two])
        two.hears(NOW.split().index("acknowledge") / 2 + 0.1)
        await wait_for(pilot, lambda: lit(app) == [(1, "acknowledge")])
        two.hears(0.0)
        await wait_for(pilot, lambda: lit(app) == [(1, "yes")])
        await pilot.press("2")
        await wait_for(pilot, lambda: not loudspeaker.playing and not lit(app))
        await pilot.press("j", "j", "1", "2")  # the whole answer, then the first criterion
        told = [(p.from_s, p.to_s) for p in loudspeaker.players[2:]]
        starts = [words.split().index("acknowledge") / 2 for words in (BEFORE, NOW)]
        assert [start for start, _ in told] == pytest.approx([at - LEAD_S for at in starts])
        assert all(
            end is not None and end <= at + 0.7 for at, (_, end) in zip(starts, told, strict=True)
        )
        await pilot.press("minus")
        assert [bar.speed for bar in app.screen.query(PlayerBar)] == [0.75, 0.75]
        await pilot.press("j", "1")  # before, there was no change
        assert "That is not in the answer before." in notes(app)
        await pilot.press("enter")
        assert loudspeaker.players[-1].file == files[1]
        assert loudspeaker.players[-1].from_s == pytest.approx(
            NOW.split().index("half-change") / 2 - LEAD_S
        )
        quotes = [
            quote for quote in app.screen.query(Quoted) if "“half-change”" in str(quote.content)
        ]
        await pilot.click(quotes[0])
        assert loudspeaker.players[-1].file == files[1]
        loudspeaker.players[-1].end(SoundError("No loudspeaker was found.", "Connect one."))
        await wait_for(pilot, lambda: "No loudspeaker was found.\nConnect one." in notes(app))
        await pilot.press("1", "escape")
        await wait_for(pilot, lambda: not loudspeaker.playing and not held)
        services.rate_self(second, {"acknowledge": Mark.MET, "change": Mark.MET})
        await opened(app, pilot, SideName(second, 1, 1), SideName(second, 1, 2))
        await pilot.press("e")
        for key in "12":  # the same words stand there once
            await pilot.press(key)
            loudspeaker.players[-1].hears(0.1)
            await wait_for(pilot, lambda: [word for _, word in lit(app)] == ["yes"])
            await pilot.press("s")
            await wait_for(pilot, lambda: not lit(app))


async def test_a_side_without_sound_has_no_key(
    services: Services, loudspeaker: fakes.FakeLoudspeaker
) -> None:
    first, second = spoken_attempt(services, BEFORE), typed_attempt(services, NOW)
    async with started(services) as (app, pilot):
        await opened(app, pilot, first, second)
        assert "2 now  no sound" in shown(pilot)
        assert "1 Hear first" in shown(pilot)
        assert "2 Hear second" not in shown(pilot)
        await pilot.press("2")
        assert not loudspeaker.players
        await pilot.press("enter")
        assert loudspeaker.players[-1].file == services.view(first).recording


@pytest.mark.audio
async def test_the_loudspeaker_gives_the_same_point_of_both_answers(
    services: Services, sound_server: SoundServer
) -> None:
    sounds = [noise(6.0, seed) for seed in (1, 2)]
    ids = [
        spoken_attempt(services, text, sound=sound)
        for text, sound in zip((BEFORE, NOW), sounds, strict=True)
    ]
    async with started(services, size=SIZE) as (app, pilot):
        await opened(app, pilot, *ids)
        bars = list(app.screen.query(PlayerBar))
        await pilot.press("j", "j")
        with sound_server.captured() as captured:
            for key, bar in zip("12", bars, strict=True):
                await pilot.press(key)
                await wait_for(pilot, lambda bar=bar: bar.playing)  # type: ignore[misc]
                await wait_for(pilot, lambda bar=bar: not bar.playing)  # type: ignore[misc]
    for attempt_id, sound in zip(ids, sounds, strict=True):
        words = services.view(attempt_id).transcript.transcript
        said = next(w for w in words.words if words.text[w.start : w.end] == "acknowledge")
        assert said.start_s is not None
        assert said.end_s is not None
        assert part(sound, said.start_s - LEAD_S, said.end_s + LEAD_S) in captured.pcm
        assert part(sound, said.end_s + 0.5, said.end_s + 0.6) not in captured.pcm
