"""Worked examples: the shipped ones are whole, and one that does not fit its rubric is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainer.bank.examples import FOLDER, check_example, example_file, read_example
from trainer.bank.strict_yaml import read_file
from trainer.bank.types import Mark
from trainer.catalogue import open_catalogue
from trainer.paths import Home, shipped

BANKS = shipped("question_banks")


@pytest.fixture(scope="module")
def rubrics(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return open_catalogue(Home(tmp_path_factory.mktemp("home"))).library().rubrics


@pytest.mark.parametrize("file", sorted((BANKS / FOLDER).iterdir()), ids=lambda file: file.stem)
def test_a_shipped_example_teaches_all_three_marks(file: Path, rubrics: Any) -> None:
    document = read_file(file)
    example = check_example(document, rubrics[file.stem])
    assert document.complaints == ()
    assert example
    assert {mark.given for mark in example.marks.values()} == set(Mark)
    assert read_example(BANKS, rubrics[file.stem]) == example


def test_a_story_and_a_weak_point_have_one() -> None:
    assert all(example_file(BANKS, name).is_file() for name in ("star", "ownership"))


def change(line: str, by: str) -> Callable[[str], str]:
    return lambda text: text.replace(line, by, 1)


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (change("quote: it all went well", "quote: it all went badly"), "is not in the answer"),
        (change("rubric: star", "rubric: ownership"), "is another rubric"),
        (change("  reflection:", "  insight:"), "has no mark for reflection"),
        (change("  reflection:", "  insight:"), "is no point of the rubric"),
        (change("    quote: it all went well\n", ""), "has no quote"),
        (change("mark: partly", "mark: missed"), "proves a missed point"),
        (change("mark: partly", "mark: nearly"), "partly"),
        (change("    say: ", "    hint: "), "is no known field"),
        (change("schema: 1", "schema: 2"), "schema"),
        (change("marks:", "marks: ["), ""),
    ],
)
def test_an_example_that_does_not_fit_is_refused(
    tmp_path: Path, rubrics: Any, spoil: Callable[[str], str], problem: str
) -> None:
    good = example_file(BANKS, "star").read_text(encoding="utf-8")
    assert spoil(good) != good
    file = example_file(tmp_path, "star")
    file.parent.mkdir()
    file.write_text(spoil(good), encoding="utf-8")
    document = read_file(file)
    assert check_example(document, rubrics["star"]) is None
    assert problem in " ".join(f"{c.path} {c.problem} {c.remedy}" for c in document.complaints)
    assert read_example(tmp_path, rubrics["star"]) is None


def test_a_rubric_without_an_example_has_none(tmp_path: Path, rubrics: Any) -> None:
    assert read_example(tmp_path, rubrics["star"]) is None
