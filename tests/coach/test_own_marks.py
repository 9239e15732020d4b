"""How far the speaker's marks lie from the machine's, in words."""

from __future__ import annotations

import pytest

from tests import fakes
from trainer.analysis.types import Rating, Remark
from trainer.bank.types import Mark
from trainer.coach.own_marks import NOTHING_BESIDE, describe_own, lay_beside

OWN = {"acknowledge": Mark.MET, "change": Mark.MISSED}


def rating(marks: dict[str, Mark], **changes: object) -> Rating:
    return Rating("machine", "ownership", "test", "fake-1", marks, {}, (), **changes)  # type: ignore[arg-type]


def told(machine: Rating | None) -> str:
    return " ".join(describe_own(lay_beside(fakes.rubric(), rating(OWN), machine)))


def test_marks_that_lie_apart_are_named_with_both() -> None:
    assert told(rating({"acknowledge": Mark.MISSED, "change": Mark.PARTLY})) == (
        "You gave 0 of 2 points to compare the same mark as the rating. "
        "Higher than the rating: You name it (you: met, the rating: missed). "
        "Lower than the rating: You changed (you: missed, the rating: partly)."
    )


def test_equal_marks_are_told_in_one_sentence() -> None:
    assert told(rating(OWN)) == "You gave all 2 points to compare the same mark as the rating."


@pytest.mark.parametrize("change", [{"unsure": ("change",)}, {"settled": ("change",)}])
def test_a_guess_and_a_mark_of_the_speakers_own_are_not_compared(
    change: dict[str, tuple[str, ...]],
) -> None:
    text = told(rating({"acknowledge": Mark.MET, "change": Mark.MET}, **change))
    assert "the one point to compare the same mark" in text
    assert "You changed (missed)" in text


@pytest.mark.parametrize("machine", [None, rating({}), rating(OWN, remark=Remark.KEYWORDS)])
def test_without_marks_of_the_machine_the_own_ones_are_told(machine: Rating | None) -> None:
    assert told(machine) == (f"You gave: You name it (met); You changed (missed). {NOTHING_BESIDE}")


def test_points_that_the_other_checklist_lacks_are_left_out() -> None:
    (one,) = lay_beside(fakes.rubric(), rating({"change": Mark.MET}), rating({"other": Mark.MET}))
    assert (one.id, one.judged, one.above) == ("change", None, 0)
