"""Plots as text: they fit, they hold every value, and plain lists say the same."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from trainer.review.plots import (
    DOT,
    EDGE,
    EMPTY,
    FULL,
    GRID,
    SHADES,
    STEPS,
    Spot,
    draw_balance,
    draw_bar,
    draw_columns,
    draw_heat_map,
    draw_labels,
    draw_rows,
    draw_spots,
    gather,
    list_heat_map,
    list_spots,
    round_ends,
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


@given(_SPOTS, st.integers(20, 80), st.integers(3, 12), st.sampled_from([None, (0.0, 100.0)]))
def test_a_plot_fits_and_has_a_dot_for_each_value_or_some_together(
    spots: list[Spot], width: int, height: int, ends: tuple[float, float] | None
) -> None:
    lines = draw_spots(spots, ends, width, height)
    assert max(map(len, lines)) <= width
    drawn = sum(line.count(DOT) for line in lines[:height])
    if len(lines) == height + 2:
        assert drawn == len(spots)
    else:
        size = int(lines[-1].split()[2])
        assert lines[-1].strip().startswith("Each dot: ")
        assert drawn == ceil(len(spots) / size) < len(spots)


def test_a_higher_value_stands_higher_and_has_its_range() -> None:
    lines = draw_spots(
        [Spot("Jan", 0.0), Spot("Feb", 100.0), Spot("Mar", 50.0, 25.0, 75.0)], (0, 100), 40, 5
    )
    assert lines == [
        "100 ┤┈┈┈┈┈┈┈┈┈┈●┈┈┈┈┈┈┈┈┈┈┈┈┈",
        "    │                    ╷",
        " 50 ┤┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈●┈┈┈",
        "    │                    ╵",
        "  0 ┤●┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈",
        "    └┬─────────┬─────────┬───",
        "     Jan      Feb       Mar",
    ]


def test_an_axis_is_round_around_what_is_drawn() -> None:
    lines = draw_spots([Spot("Jan", 131.0, 128.0, 136.0), Spot("Feb", 142.0)], None, 40, 5)
    assert [line.split()[0] for line in lines[:5:2]] == ["144", "136", "128"]
    assert draw_spots([Spot("Jan", 3.0), Spot("Feb", 7.0)], None, 40, 5)[4].startswith("0 ┤")


def test_of_many_values_some_become_their_middle_and_none_is_left_out() -> None:
    spots = [Spot(str(k), float(k)) for k in range(100)]
    gathered, size = gather(spots, 12)
    assert (len(gathered), size) == (12, 9)
    assert gathered[0] == Spot("0", 0.0, 0.0, 0.0)  # the oldest may be fewer
    assert gathered[-1] == Spot("91", 95.0, 93.0, 97.0)
    assert gather(spots[:5], 5) == (spots[:5], 1)


@given(st.lists(st.floats(0, 500), min_size=1, max_size=150), st.integers(20, 90))
def test_columns_fit_and_the_tallest_is_the_greatest(values: list[float], width: int) -> None:
    lines = draw_columns(values, [str(k) for k in range(len(values))], width, 9)
    assert len(lines) == 11
    assert max(map(len, lines)) <= width
    if any(values[-10:]):
        assert any(sign in "".join(lines) for sign in STEPS)


def test_a_column_ends_beside_its_number() -> None:
    lines = draw_columns([20.0, 10.0, 0.0], ["Jan", "Feb", "Mar"], 40, 5)
    assert lines == [
        "20 ┤▄▄▄▄┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈",
        "   │████",
        "10 ┤████┈▄▄▄▄┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈",
        "   │████ ████",
        " 0 ┤████ ████",
        "   └──┬────┬────┬───────────",
        "     Jan  Feb  Mar",
    ]


def test_signs_stand_in_their_rows_the_newest_last() -> None:
    rows = [("met", GRID), ("missed", " ")]
    lines = draw_rows(rows, [(1, "○"), (0, "●"), (1, "?")], ["1 Mar", "1 Mar", "2 Mar"], 40)
    assert lines == [
        "   met ┤┈┈┈┈●┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈",
        "missed ┤○       ?",
        "       └────────┬───────────────",
        "                2 Mar",
    ]


def test_labels_never_touch() -> None:
    labels = [f"{day} Mar" for day in range(1, 31)]
    line = draw_labels(labels, range(0, 60, 2), 60)
    names = line.split("  ")
    assert [name.strip() for name in names if name.strip()][-1] == "30 Mar"
    assert all(name.strip() in labels for name in names if name.strip())


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_the_ends_of_an_axis_hold_what_is_drawn(one: float, other: float) -> None:
    low, high = round_ends(min(one, other), max(one, other))
    assert 0 <= low <= min(one, other)
    assert high >= max(one, other) - 1e-6
    assert high > low


@given(_SHARES, _SHARES, st.integers(5, 41))
def test_a_balance_has_two_sides_of_one_width(left: float, right: float, width: int) -> None:
    before, after = draw_balance(left, right, width).split(EDGE)
    assert len(before) == len(after) == max((width - 1) // 2, 1)
    assert before.endswith(SHADES[1]) == (left > 0)
    assert after.startswith(FULL) == (right > 0)


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
    assert draw_spots([], None, 40, 5) == []
    assert draw_heat_map([], ["a"], 40) == []
    assert list_spots([]) == []


def test_of_very_many_values_only_those_that_are_drawn_are_named() -> None:
    named: list[str] = []

    def name(labels: Sequence[str]) -> list[str]:
        named.extend(labels)
        return [f"<{label}>" for label in labels]

    lines = draw_spots([Spot(str(n), n % 100) for n in range(50_000)], (0, 100), 80, 9, name)
    assert len(named) <= 80
    assert "<0>" in lines[-2]
