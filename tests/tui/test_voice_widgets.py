"""The level meter and the live words by themselves."""

import pytest
from textual.app import App, ComposeResult

from tests import fakes
from trainer.transcript.types import HeardWord
from trainer.tui.themes import DARK
from trainer.tui.widgets.level import HeldPeak, LevelMeter
from trainer.tui.widgets.live_words import LiveWords


@pytest.mark.parametrize(
    ("peak_dbfs", "word"),
    [
        (-96.0, "silent"),
        (-40.0, "quiet"),
        (-18.0, "good"),
        (-1.1, "good"),
        (-1.0, "loud"),
        (0.0, "loud"),
    ],
)
def test_a_level_has_a_word(peak_dbfs: float, word: str) -> None:
    assert HeldPeak().on(peak_dbfs, clipped=False, now_s=5.0).word(5.0) == word


def test_the_peak_stays_and_then_falls() -> None:
    held = HeldPeak().on(-10.0, clipped=False, now_s=100.0).on(-50.0, clipped=False, now_s=101.0)
    assert held.at(101.4) == -10.0
    assert held.at(102.0) == pytest.approx(-20.0)
    assert held.at(200.0) == -60.0
    assert held.on(-30.0, clipped=False, now_s=102.0).at(102.0) == pytest.approx(-20.0)
    assert held.on(-15.0, clipped=False, now_s=102.0).at(102.0) == -15.0


def test_clipping_is_told_long_enough_to_be_read() -> None:
    held = HeldPeak().on(0.0, clipped=True, now_s=10.0)
    assert held.on(-20.0, clipped=False, now_s=11.0).word(11.0) == "clipping"
    assert held.on(-20.0, clipped=False, now_s=12.0).word(12.0) != "clipping"


class _Widgets(App[None]):
    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(DARK.variables)

    def compose(self) -> ComposeResult:
        yield LevelMeter()
        yield LiveWords()


def _lines(widget: LiveWords) -> list[str]:
    return [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]


async def test_words_fill_lines_and_the_newest_are_in_sight() -> None:
    app = _Widgets()
    async with app.run_test(size=(20, 4)) as pilot:
        words = app.query_one(LiveWords)
        await pilot.pause()
        words.show(fakes.heard_words("one two three four five"), "six seven")
        await pilot.pause()
        assert _lines(words)[:2] == ["one two three four", "five six seven"]
        words.show(fakes.heard_words(" ".join(f"word{n}" for n in range(40))), "last")
        await pilot.pause()
        await pilot.pause()
        assert "last" in _lines(words)[-1]
        await pilot.press("tab")
        words.scroll_home(animate=False)
        await pilot.pause()
        words.show((*fakes.heard_words(" ".join(f"word{n}" for n in range(40))),), "later")
        await pilot.pause()
        assert _lines(words)[0].startswith("word0")  # who reads back is left there


async def test_what_was_final_is_laid_out_anew_where_it_changed_or_the_width_did() -> None:
    app = _Widgets()
    async with app.run_test(size=(20, 8)) as pilot:
        words = app.query_one(LiveWords)
        await pilot.pause()
        words.show(fakes.heard_words("a wrong beginning"))
        words.show(fakes.heard_words("another beginning of it"))
        await pilot.pause()
        assert _lines(words)[:2] == ["another beginning of", "it"]
        await pilot.resize_terminal(40, 8)
        await pilot.pause()
        assert _lines(words)[0] == "another beginning of it"


async def test_unsure_words_are_marked_by_more_than_colour_and_escapes_are_text() -> None:
    app = _Widgets()
    async with app.run_test(size=(40, 6)) as pilot:
        words = app.query_one(LiveWords)
        await pilot.pause()
        heard = (*fakes.heard_words("sure unsure?"), HeardWord("\x1b[2Jx", 1.0, 1.1, 0.9))
        words.show(heard, "open")
        await pilot.pause()
        strip = words.render_line(0)
        assert strip.text.rstrip() == "sure unsure ␛[2Jx open"
        underlined = {s.text for s in strip if s.style and s.style.underline}
        assert underlined == {"unsure"}
        assert {s.text for s in strip if s.style and s.style.italic} == {"open"}


async def test_the_meter_draws_bar_mark_and_word() -> None:
    app = _Widgets()
    async with app.run_test(size=(80, 6)) as pilot:
        meter = app.query_one(LevelMeter)
        await pilot.pause()
        assert meter.word == "no sound"
        meter.hear(-30.0, -15.0, False, 1.0)
        assert meter.render().plain == f"Level {'━' * 24}{'─' * 12}┃{'─' * 11}  good"
        meter.hear(0.0, 0.0, True, 2.0)
        assert meter.render().plain == f"Level {'━' * 47}┃  clipping"
        meter.rest()
        assert meter.render().plain.endswith("  no sound")


async def test_the_meter_outlives_a_window_that_becomes_small() -> None:
    app = _Widgets()
    async with app.run_test(size=(80, 6)) as pilot:
        meter = app.query_one(LevelMeter)
        meter.hear(-12.0, -6.0, False, 1.0)
        await pilot.pause()
        for width in (30, 8, 1, 80):
            await pilot.resize_terminal(width, 6)
            await pilot.pause()
            assert meter.word == "good"
        assert "━" in meter.render().plain
