"""How fast questions are read: one place for the screens and for line by line."""

from __future__ import annotations

import pytest

from trainer.config import Settings
from trainer.reading import at_other_speed


@pytest.mark.parametrize(
    ("speed", "step", "then", "told"),
    [
        ("normal", 1, "fast", "Reading speed: fast, about 190 words a minute."),
        ("normal", -1, "slow", "Reading speed: slow, about 130 words a minute."),
        ("fast", 1, "fast", "It does not go faster."),
        ("slow", -1, "slow", "It does not go slower."),
    ],
)
def test_a_step_leads_to_the_next_speed_and_not_beyond_the_last(
    speed: str, step: int, then: str, told: str
) -> None:
    before = Settings(reading_speed=speed)  # type: ignore[arg-type]
    after, said = at_other_speed(before, step)
    assert (after.reading_speed, said) == (then, told)
    assert (after is before) == (speed == then)
