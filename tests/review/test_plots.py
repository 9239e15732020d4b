"""Plots as text: they fit, they hold every value, and plain lists say the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trainer.review.plots import (
    DOT,
    EMPTY,
    FULL,
    SHADES,
    Spot,
    draw_bar,
    draw_heat_map,
    draw_spots,
    list_heat_map,
    list_spots,
)

_SHARES = st.floats(0, 1)
_SPOTS = st.lists(
    st.builds(Spot, st.just("2024-01-01"), st.floats(-50, 150)), min_size=1, max_size=120
)


@given(_SHARES, st.integers(2, 60))
def test_a_bar_has_its_width_and_is_empty_or_full_only_at_the_ends(
    share: float, width: int
) -> None:
    bar = draw_bar(share, width)
    assert len(bar) == width
    assert set(bar) <= {FULL, EMPTY}
    assert (FULL not in bar) == (share == 0)
    assert (EMPTY not in bar) == (share == 1)


@given(_SPOTS, st.integers(20, 80), st.integers(3, 12))
def test_a_plot_fits_and_has_a_dot_for_each_value(
    spots: list[Spot], width: int, height: int
) -> None:
    lines = draw_spots(spots, 0, 100, width, height)
    assert len(lines) == height + 2
    assert max(map(len, lines)) <= width
    drawn = sum(line.count(DOT) for line in lines)
    assert drawn == min(len(spots), width - len("100 ") - 1)


def test_a_higher_value_stands_higher_and_has_its_range() -> None:
    lines = draw_spots(
        [Spot("Jan", 0.0), Spot("Feb", 100.0), Spot("Mar", 50.0, 25.0, 75.0)], 0, 100, 40, 5
    )
    assert lines[0] == "100 ┤        ●"
    assert lines[2] == "    ┤                ●"
    assert lines[1].endswith("│")
    assert lines[3].endswith("│")
    assert lines[4] == "  0 ┤●"
    assert lines[6] == "     Jan           Mar"


def test_the_newest_values_are_drawn_where_there_are_too_many() -> None:
    lines = draw_spots([Spot(str(k), float(k)) for k in range(100)], 0, 100, 30, 5)
    assert "99" in lines[-1]
    assert " 0 " not in lines[-1]


@given(
    st.lists(st.lists(st.none() | _SHARES, min_size=6, max_size=6), min_size=1, max_size=8),
    st.integers(20, 80),
)
def test_a_heat_map_fits(cells: list[list[float | None]], width: int) -> None:
    rows = [(f"A criterion with a long name {k}", shares) for k, shares in enumerate(cells)]
    lines = draw_heat_map(rows, [f"01-0{k}" for k in range(6)], width)
    assert len(lines) == len(rows) + 1
    assert max(map(len, lines)) <= width


def test_a_heat_map_has_a_shade_for_each_quarter_and_gaps() -> None:
    lines = draw_heat_map([("Own", [0.0, 0.25, 0.5, 1.0, None])], ["a", "b", "c", "d", "e"], 40)
    assert lines == ["    a b c d e", f"Own {' '.join(SHADES)} {EMPTY}"]


def test_plain_lists_say_the_same() -> None:
    assert list_spots([Spot("Jan", 55.4, 47, 63), Spot("Feb", 60.0)], "points") == [
        "Jan: 55 points, between 47 and 63",
        "Feb: 60 points",
    ]
    assert list_heat_map([("Own", [0.5, None]), ("New", [None, None])], ["a", "b"]) == [
        "Own: a 50 %",
        "New: nothing yet",
    ]


def test_nothing_draws_nothing() -> None:
    assert draw_spots([], 0, 100, 40, 5) == []
    assert draw_heat_map([], ["a"], 40) == []
    assert list_spots([]) == []
