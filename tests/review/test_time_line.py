"""Signs on a line of time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trainer.review.time_line import TimeRow, draw_time_line


def test_signs_stand_at_their_second_and_a_digit_tells_of_several() -> None:
    rows = [
        TimeRow("Ana", ((0.0, "+"), (30.0, "~"))),
        TimeRow("Benedicta-Maria", ((59.9, "?"),) * 2),
    ]
    ana, ben, times = draw_time_line(rows, 60.0, 45)
    assert ana == "Ana            +┈┈┈┈┈┈┈┈┈┈┈┈┈┈~┈┈┈┈┈┈┈┈┈┈┈┈┈┈"
    assert ben == "Benedicta-Mar… ┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈2"
    assert times.split() == ["0:00", "0:30", "1:00"]
    assert draw_time_line([], 60.0, 40) == []


seconds = st.floats(0, 36_000)
rows = st.lists(
    st.builds(
        TimeRow,
        st.text("ab", max_size=40),
        st.lists(st.tuples(seconds, st.sampled_from("+~?"))).map(tuple),
    ),
    min_size=1,
    max_size=4,
)


@given(rows, seconds, st.integers(22, 140))
def test_no_line_is_too_wide_and_no_row_is_lost(
    rows: list[TimeRow], length_s: float, width: int
) -> None:
    lines = draw_time_line(rows, length_s, width)
    assert len(lines) == len(rows) + 1
    assert max(map(len, lines)) <= width
    for row, line in zip(rows, lines, strict=False):
        drawn = sum(int(c) if c.isdigit() else c in "+~?" for c in line)
        assert drawn <= len(row.signs)
        assert bool(drawn) == bool(row.signs)
