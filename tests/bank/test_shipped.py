"""The banks that come with the program."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from trainer.analysis.patterns import check_classes, check_pattern
from trainer.bank.loading import load_library
from trainer.bank.types import Library
from trainer.paths import shipped

FAMILIES = {
    *("opening", "motivation", "region", "red-flag", "reapplicant", "img", "record", "behavioral"),
    *("systems", "culture", "fit", "uncertainty", "case", "situational", "improper", "closing"),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    nothing = tmp_path_factory.mktemp("home")
    return load_library(shipped("question_banks"), nothing, check_pattern, check_classes)


def test_they_load_without_complaint(library: Library) -> None:
    assert [str(complaint) for complaint in library.complaints] == []


def test_they_are_many(library: Library) -> None:
    assert len(library.banks) >= 12
    assert sum(len(loaded.bank.questions) for loaded in library.banks) >= 120


def test_they_cover_every_family(library: Library) -> None:
    counts: Counter[str] = Counter()
    for loaded in library.banks:
        counts[loaded.bank.family] += len(loaded.bank.questions)
    assert {family: counts[family] for family in FAMILIES if counts[family] < 4} == {}


def test_every_question_can_be_found_by_its_id(library: Library) -> None:
    for loaded in library.banks:
        for question in loaded.bank.questions:
            assert library.find(question.id) == (loaded.bank, question)


def test_pydantic_stays_out_until_a_file_is_checked() -> None:
    code = (
        "import sys, trainer.bank.loading, trainer.bank.schema\n"
        "assert not {'pydantic', 'pydantic_core'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
