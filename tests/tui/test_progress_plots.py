"""Weeks together, their shares, and the names of days under plots."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trainer.review.progress import Cell
from trainer.tui.progress_plots import day_labels, share_met, together


@given(st.integers(0, 400), st.integers(1, 80))
def test_weeks_together_fit_leave_none_out_and_the_newest_is_whole(count: int, most: int) -> None:
    cuts, size = together(count, most)
    assert len(cuts) <= most
    assert [at for cut in cuts for at in range(cut.start, cut.stop)] == list(range(count))
    assert all(cut.stop - cut.start == size for cut in cuts[1:])
    assert size == 1 or count > most


def test_the_share_of_weeks_together_is_of_their_marks() -> None:
    assert share_met([Cell(1, 0, 0), None, Cell(0, 1, 2)]) == 0.25
    assert share_met([None, None]) is None


def test_days_far_apart_are_named_by_month_and_year() -> None:
    begin = date(2026, 3, 2)
    assert day_labels([begin, begin + timedelta(days=9)]) == ["2 Mar", "11 Mar"]
    assert day_labels([begin, begin + timedelta(days=400)]) == ["Mar 2026", "Apr 2027"]
    assert day_labels([]) == []
