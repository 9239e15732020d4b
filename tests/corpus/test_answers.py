"""Every answer of the corpus is marked by its rubric, and its quotes are its own words.

A failure names answers by their ids only: some files must not be read by whoever writes cues.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.corpus.files import Row, every_row, rows, splits
from trainer.bank.types import Rubric
from trainer.catalogue import open_catalogue
from trainer.paths import Home

FIELDS = {
    *("id", "author", "speaker", "kind", "rubric", "question", "text"),
    *("marks", "flags", "quotes", "overall"),
}
LATER_FIELDS = {"flag_quotes", "raters"}  # of authors from a3 on
FEWEST_QUOTED, MOST_QUOTED = 4, 30

pytestmark = pytest.mark.parametrize("file", splits(), ids=lambda file: file.stem)


@pytest.fixture(scope="module")
def rubrics(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rubric]:
    return open_catalogue(Home(tmp_path_factory.mktemp("home"))).library().rubrics


def wrong(file: Path, is_right: Callable[[Row], bool]) -> list[str]:
    return [row.get("id", "?") for row in rows(file) if not is_right(row)]


def test_they_have_the_fields_that_the_readme_names(file: Path) -> None:
    assert wrong(file, lambda row: row.keys() in (FIELDS, FIELDS | LATER_FIELDS)) == []
    assert wrong(file, lambda row: row["kind"] in ("plain", "adversarial")) == []
    assert wrong(file, lambda row: row.get("raters", 1) in (1, 2)) == []
    assert wrong(file, lambda row: bool(row["question"].strip() and row["text"].strip())) == []


def test_ids_and_voices_belong_to_an_author(file: Path) -> None:
    for field in ("id", "speaker"):
        others = [row["id"] for row in rows(file) if not row[field].startswith(row["author"] + "-")]
        assert others == []


def test_every_criterion_and_flag_of_the_rubric_is_marked(
    file: Path, rubrics: dict[str, Rubric]
) -> None:
    def whole(row: Row) -> bool:
        rubric = rubrics[row["rubric"]]
        criteria = {criterion.id for criterion in rubric.criteria}
        flags = {flag.id for flag in rubric.flags}
        return (set(row["marks"]), set(row["flags"])) == (criteria, flags)

    assert wrong(file, whole) == []


def test_marks_flags_and_impressions_are_in_range(file: Path) -> None:
    def in_range(row: Row) -> bool:
        kinds = {type(value) for value in (*row["marks"].values(), *row["flags"].values())}
        return (
            kinds <= {int, bool, type(None)}
            and set(row["marks"].values()) <= {0, 1, 2, None}
            and all(flag in (True, False, None) for flag in row["flags"].values())
            and 1 <= row["overall"] <= 5
        )

    assert wrong(file, in_range) == []


def test_quotes_are_copied_and_of_a_fitting_length(file: Path) -> None:
    def copied(row: Row) -> bool:
        return all(
            quote in row["text"] and FEWEST_QUOTED <= len(quote.split()) <= MOST_QUOTED
            for quote in quoted(row)
        )

    assert wrong(file, copied) == []


def test_what_earned_a_mark_or_a_flag_is_quoted_and_nothing_else(file: Path) -> None:
    def fits(row: Row) -> bool:
        marks = quotes_fit(row["marks"], row["quotes"])
        return marks and ("flag_quotes" not in row or quotes_fit(row["flags"], row["flag_quotes"]))

    assert wrong(file, fits) == []


def test_no_id_author_or_voice_stands_in_two_files(file: Path) -> None:
    ids = [row["id"] for row in every_row()]
    assert len(ids) == len(set(ids))
    for field in ("author", "speaker"):
        here = {row[field] for row in rows(file)}
        others = {row[field] for other in splits() if other != file for row in rows(other)}
        assert here & others == set()


def quoted(row: Row) -> Iterator[str]:
    for quotes in (*row["quotes"].values(), *row.get("flag_quotes", {}).values()):
        yield from quotes


def quotes_fit(marks: dict[str, int | None], quotes: dict[str, list[str]]) -> bool:
    """Whether each mark above missed has a quote, and no missed one; None is either."""
    return quotes.keys() <= marks.keys() and all(
        mark is None or bool(mark) is bool(quotes.get(name)) for name, mark in marks.items()
    )
