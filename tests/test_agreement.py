"""The marks must not fall behind what docs/rating.md says of answers that no cue was written on."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from benchmarks.agreement import Tally, measure, weighted_kappa
from trainer.catalogue import open_catalogue
from trainer.paths import Home

CORPUS = Path(__file__).parent.parent / "corpus"
LEAST_KAPPA = 0.62
MOST_MISSED_READ_AS_MET = 0.14
MOST_MET_READ_AS_MISSED = 0.08


@pytest.fixture(scope="module", params=[False, True], ids=["typed", "plain"])
def tally(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tally:
    catalogue = open_catalogue(Home(tmp_path_factory.mktemp("home")))
    return measure(catalogue, rows("held-out"), plain=request.param)


def test_the_metric_on_known_values() -> None:
    assert weighted_kappa([(0, 0), (1, 1), (2, 2)]) == 1
    assert weighted_kappa([(0, 2), (2, 0)]) == -1
    assert math.isclose(weighted_kappa([(0, 0), (0, 1), (1, 0), (1, 1)]), 0)
    assert math.isclose(weighted_kappa([(0, 0), (1, 1), (2, 2), (0, 2)]), 5 / 13)


def test_marks_agree_with_the_raters(tally: Tally) -> None:
    assert weighted_kappa(tally.marks) >= LEAST_KAPPA


def test_praise_is_earned_and_good_points_are_heard(tally: Tally) -> None:
    missed = [given for mark, given in tally.marks if mark == 0]
    met = [given for mark, given in tally.marks if mark == 2]
    assert sum(given == 2 for given in missed) <= MOST_MISSED_READ_AS_MET * len(missed)
    assert sum(given == 0 for given in met) <= MOST_MET_READ_AS_MISSED * len(met)


def rows(name: str) -> list[dict[str, Any]]:
    lines = (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("name", ["development", "held-out"])
def test_the_corpus_is_whole(name: str) -> None:
    found = rows(name)
    assert len({row["id"] for row in found}) == len(found)
    for row in found:
        assert all(quote in row["text"] for quotes in row["quotes"].values() for quote in quotes)


def test_no_author_stands_in_both_files() -> None:
    development, held_out = rows("development"), rows("held-out")
    assert not {row["author"] for row in development} & {row["author"] for row in held_out}
