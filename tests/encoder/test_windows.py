"""Long answers are read in windows that lose no piece and cut none off from its neighbours."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.encoder.windows import MOST_OVERLAP, Window, split

COUNTS = st.integers(min_value=0, max_value=5000)
ROOMS = st.integers(min_value=2, max_value=510)


@given(COUNTS, ROOMS)
def test_every_piece_is_kept_once_and_in_order(count: int, room: int) -> None:
    kept = [piece for window in split(count, room) for piece in range(window.first, window.last)]
    assert kept == list(range(count))


@given(COUNTS, ROOMS)
def test_windows_fit_and_overlap(count: int, room: int) -> None:
    windows = split(count, room)
    overlap = min(MOST_OVERLAP, room // 2)
    for window in windows:
        assert window.start <= window.first < window.last <= window.end
        assert window.end - window.start <= room
    for before, after in pairwise(windows):
        assert before.end - before.start == room
        assert before.end - after.start == overlap
        assert after.end > before.end


@given(COUNTS, ROOMS)
def test_a_piece_is_kept_where_it_stands_further_from_an_edge(count: int, room: int) -> None:
    windows = split(count, room)

    def distance(window: Window, piece: int) -> int:
        return min(piece - window.start, window.end - 1 - piece)

    for number, window in enumerate(windows):
        for piece in (window.first, window.last - 1):
            others = windows[max(number - 1, 0) : number + 2]
            assert distance(window, piece) == max(
                distance(other, piece) for other in others if other.start <= piece < other.end
            )


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, []),
        (1, [Window(0, 1, 0, 1)]),
        (510, [Window(0, 510, 0, 510)]),
        (511, [Window(0, 510, 0, 446), Window(382, 511, 446, 511)]),
        (893, [Window(0, 510, 0, 446), Window(382, 892, 446, 828), Window(764, 893, 828, 893)]),
    ],
)
def test_the_windows_of_the_shipped_network(count: int, expected: list[Window]) -> None:
    assert split(count, 510) == expected
