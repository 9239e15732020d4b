"""The bar of a story's parts by itself."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from trainer.analysis.parts import PARTS
from trainer.analysis.shape import Run, StoryPart, Usual, Verdict
from trainer.analysis.story import Story
from trainer.bank.types import Part
from trainer.transcript.types import HeardWord, Transcript
from trainer.tui.themes import DARK
from trainer.tui.widgets.parts_bar import LETTERS, PartsBar, lay_out

LENGTHS: tuple[tuple[Part, int], ...] = (
    ("situation", 20),
    ("task", 10),
    ("action", 50),
    ("result", 10),
    ("reflection", 10),
)


def a_transcript(spoken: bool) -> Transcript:
    if not spoken:
        return Transcript.typed("word " * 100)
    return Transcript.heard((HeardWord("word", k, k + 1.0, 1.0) for k in range(100)), "vosk")


def a_story(spoken: bool) -> Story:
    runs, parts, at = [], [], 0
    for name, length in LENGTHS:
        start, end = at, at + length
        at = end
        times = (float(start), float(end)) if spoken else (None, None)
        runs.append(Run(name, start, end, *times))
        seconds = float(length) if spoken else None
        usual = Usual((name,), 0.2, 0.1, 0.4)
        share = length / 100
        parts.append(
            StoryPart(name, length, seconds, share, start, end, *times, Verdict.AS_USUAL, usual)
        )
    return Story(parts=tuple(parts), runs=tuple(runs))


class _App(App[None]):
    def __init__(self, spoken: bool, bar: PartsBar | None = None) -> None:
        super().__init__()
        self._bar = bar or PartsBar(a_story(spoken), a_transcript(spoken))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(DARK.variables)

    def compose(self) -> ComposeResult:
        yield self._bar


def lines(bar: PartsBar) -> list[str]:
    return [bar.render_line(y).text.rstrip() for y in range(bar.size.height)]


@pytest.mark.parametrize("width", [20, 36, 60, 80, 120, 200])
@pytest.mark.parametrize("spoken", [True, False])
async def test_the_bar_fits_its_width_and_says_all_without_colour(width: int, spoken: bool) -> None:
    app = _App(spoken)
    async with app.run_test(size=(width, 12)) as pilot:
        await pilot.pause()
        bar, *legend = lines(app.query_one(PartsBar))
        assert [c for c in bar if c in LETTERS.values()] == ["S", "T", "A", "R", "L"]
        assert bar.endswith(" 1:40" if spoken else " 100 words")
        assert len(bar) <= width
        told = " ".join(legend).replace("\N{NO-BREAK SPACE}", " ").split()
        assert told == ["S", "situation", "T", "task", "A", "action", "R", "result", "L", "learned"]
        assert all(len(line) <= width for line in legend)


async def test_a_letter_never_stands_on_another_line_than_its_meaning() -> None:
    app = _App(True)
    async with app.run_test(size=(24, 12)) as pilot:
        await pilot.pause()
        _, *legend = lines(app.query_one(PartsBar))
        assert all(line.split()[-1] not in LETTERS.values() for line in legend)


async def test_the_bar_follows_the_width() -> None:
    app = _App(True)
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        wide = lines(app.query_one(PartsBar))[0]
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert len(lines(app.query_one(PartsBar))[0]) <= 40 < len(wide)


async def test_words_that_were_not_rated_are_not_drawn() -> None:
    story = replace(a_story(False), words=100)
    app = _App(False, PartsBar(story, Transcript.typed("word " * 200)))
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        bar = lines(app.query_one(PartsBar))[0]
        assert bar.endswith("━ 100 words")


def test_a_stretch_without_a_part_shows_none() -> None:
    row = lay_out([("situation", 0, 2), ("result", 8, 10)], (0, 10), 5)
    assert row == ["situation", None, None, None, "result"]


@given(
    st.lists(st.tuples(st.sampled_from(PARTS), st.floats(-9, 99), st.floats(-9, 99)), max_size=9),
    st.integers(1, 200),
)
def test_every_cell_is_laid_out_once(
    stretches: list[tuple[Part, float, float]], cells: int
) -> None:
    assert len(lay_out(stretches, (0.0, 90.0), cells)) == cells
