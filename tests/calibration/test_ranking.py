"""Which recogniser suits: the fewest errors, and of much alike ones the quickest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trainer.calibration.ranking import in_order
from trainer.calibration.types import EngineResult

SMALL = EngineResult("vosk", "small", 0.12, 0.08, 0.18, work=0.1)
LARGE = EngineResult("vosk", "large", 0.10, 0.06, 0.15, work=0.4)
ROUGH = EngineResult("builtin", "pocketsphinx en-us", 0.11, 0.07, 0.16, work=0.05)
BAD = EngineResult("vosk", "bad", 0.4, 0.3, 0.5, work=0.01)


def test_the_fewest_errors_come_first_where_the_intervals_lie_apart() -> None:
    assert in_order([BAD, LARGE]) == (LARGE, BAD)
    better = EngineResult("builtin", "pocketsphinx en-us", 0.1, 0.05, 0.15)
    assert in_order([BAD, better]) == (better, BAD)
    assert in_order([]) == ()


def test_of_much_alike_ones_the_quickest_comes_first_and_never_the_rough_one() -> None:
    assert in_order([LARGE, BAD, SMALL, ROUGH]) == (SMALL, LARGE, ROUGH, BAD)


rates = st.floats(0, 1)
results = st.builds(
    lambda name, errors, below, above, work: EngineResult(
        "vosk", name, errors, max(0.0, errors - below), errors + above, work
    ),
    st.sampled_from("abcd"),
    rates,
    rates,
    rates,
    st.none() | rates,
)


@given(st.lists(results, max_size=5))
def test_none_is_clearly_better_than_the_first(found: list[EngineResult]) -> None:
    ordered = in_order(found)
    assert sorted(ordered, key=repr) == sorted(found, key=repr)
    assert all(other.high >= ordered[0].low for other in found)
