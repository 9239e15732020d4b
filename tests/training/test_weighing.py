"""How heads and cues are weighed: curves on known data, and thresholds that keep limits."""

from __future__ import annotations

import numpy as np
import pytest

from training.agreement import kappa, read_as
from training.settings import Settings, read_settings
from training.weighing import (
    Case,
    Needed,
    chance,
    chance_of_given,
    evidence,
    find_needed,
    fit_weights,
    give_marks,
    sure_from,
    without_own,
)


def case(author: str, mark: int, head: float, form: str = "typed", **changes: object) -> Case:
    fields: dict[str, object] = {
        "author": author,
        "form": form,
        "name": "star/action",
        "mark": mark,
        "head": (head, head - 1),
        "cues": (0.5, 0.5, 0.0, 0.0),
        "empty": False,
    }
    return Case(**fields | changes)  # type: ignore[arg-type]


def some_cases() -> list[Case]:
    noise = np.random.default_rng(1)
    return [
        case(f"a{number % 4}", mark, 3.0 * (mark - 1) + noise.normal(), form)
        for number, mark in enumerate(noise.integers(0, 3, 400).tolist())
        for form in ("typed", "errors_15")
    ]


def test_a_curve_finds_the_weights_that_made_the_data() -> None:
    noise = np.random.default_rng(0)
    rows = np.column_stack([np.ones(20_000), noise.normal(size=(20_000, 2))])
    wanted = np.array([0.3, -1.2, 2.0])
    truths = noise.random(20_000) < chance(rows, wanted)
    assert fit_weights(rows, truths) == pytest.approx(wanted, abs=0.1)


def test_data_that_a_line_parts_wholly_still_give_finite_weights() -> None:
    rows = np.column_stack([np.ones(20), np.r_[-np.ones(10), np.ones(10)]])
    weights = fit_weights(rows, np.arange(20) >= 10)
    assert np.isfinite(weights).all()
    assert weights[1] > 1


def test_an_authors_chances_do_not_depend_on_his_own_marks() -> None:
    cases = some_cases()
    turned = [
        case(each.author, 2 - each.mark, each.head[0], each.form) if each.author == "a0" else each
        for each in cases
    ]
    own = [each.author == "a0" for each in cases]
    assert without_own(cases, 1)[own] == pytest.approx(without_own(turned, 1)[own])


def test_an_answer_with_nothing_in_it_has_no_chance() -> None:
    cases = [*some_cases(), case("a0", 0, 9.0, empty=True)]
    assert without_own(cases, 1)[-1] == 0


def test_a_part_by_itself_does_not_see_the_other() -> None:
    rows = evidence([case("a", 2, 4.0, cues=(1.0, 1.0, 1.0, 1.0))], "cues")
    assert rows.tolist() == [[1, 0, 0, 1, 1, 1, 1]]
    rows = evidence([case("a", 2, 4.0, cues=(1.0, 1.0, 1.0, 1.0))], "head")
    assert rows.tolist() == [[1, 4, 3, 0, 0, 0, 0]]


def test_thresholds_give_marks_in_their_order() -> None:
    partly, met = np.array([0.1, 0.6, 0.9, 0.3]), np.array([0.0, 0.2, 0.8, 0.3])
    marks = give_marks(partly, met, Needed(0.5, 0.5))
    assert marks.tolist() == [0, 1, 2, 0]
    assert chance_of_given(partly, met, marks) == pytest.approx([0.9, 0.4, 0.8, 0.7])


def test_thresholds_keep_praise_of_missed_points_rare() -> None:
    cases = some_cases()
    partly = without_own(cases, 1)
    met = np.minimum(partly, without_own(cases, 2))
    marks = give_marks(partly, met, find_needed(cases, partly, met)).tolist()
    given = [each.mark for each in cases]
    assert kappa(given, marks) > 0.8
    assert read_as(given, marks, 0, 2) <= 0.05


def test_seven_of_ten_marks_are_the_surest() -> None:
    sureness = np.arange(1000) / 1000
    assert (sureness >= sure_from(sureness)).mean() == pytest.approx(0.7, abs=0.01)


def test_kappa_has_known_values() -> None:
    assert kappa([0, 1, 2], [0, 1, 2]) == 1
    assert kappa([0, 0, 2, 2], [0, 2, 0, 2]) == 0
    assert kappa([0, 0, 2, 2], [2, 2, 0, 0]) == -1


def test_settings_are_changed_by_name() -> None:
    changed = read_settings(["epochs=3", "error_rates=0.1,0.2", "half_precision=false"])
    assert (changed.epochs, changed.error_rates, changed.half_precision) == (3, (0.1, 0.2), False)
    assert read_settings([]) == Settings()
    with pytest.raises(ValueError, match="no setting epoch"):
        read_settings(["epoch=3"])
