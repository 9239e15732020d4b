"""The marks must not fall behind what docs/rating.md says of answers that no cue was written on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from trainer.catalogue import open_catalogue
from trainer.evaluation.evaluating import evaluate
from trainer.evaluation.marked import read_answers
from trainer.evaluation.resampling import Resampler
from trainer.evaluation.types import Condition, Evaluation, Share
from trainer.paths import Home

CORPUS = Path(__file__).parent.parent / "corpus"
LEAST_KAPPA = {"typed": 0.62, "plain": 0.62, "errors_5": 0.58, "errors_10": 0.58, "errors_15": 0.54}
MOST_MISSED_READ_AS_MET = 0.14
MOST_MET_READ_AS_MISSED = {
    "typed": 0.08,
    "plain": 0.08,
    "errors_5": 0.1,
    "errors_10": 0.11,
    "errors_15": 0.15,
}
LEAST_FLAG_PRECISION, LEAST_FLAG_RECALL = 0.65, 0.45
LEAST_EVIDENCE = 0.55
LEAST_CORRELATION = 0.7


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    catalogue = open_catalogue(Home(tmp_path_factory.mktemp("home")))
    with (CORPUS / "held-out.jsonl").open("rb") as stream:
        answers = read_answers(stream, "held-out.jsonl", catalogue.library().rubrics)
    return evaluate(answers, catalogue, resampler=Resampler(20))


@pytest.fixture(params=LEAST_KAPPA)
def condition(request: pytest.FixtureRequest, evaluation: Evaluation) -> Condition:
    (found,) = (each for each in evaluation.conditions if each.name == request.param)
    return found


def value(share: Share) -> float:
    assert share.value is not None
    return share.value


def test_marks_agree_with_the_raters(condition: Condition) -> None:
    assert condition.marks.kappa.value is not None
    assert condition.marks.kappa.value >= LEAST_KAPPA[condition.name]


def test_praise_is_earned_and_good_points_are_heard(condition: Condition) -> None:
    assert value(condition.marks.missed_as_met) <= MOST_MISSED_READ_AS_MET
    most = MOST_MET_READ_AS_MISSED[condition.name]
    assert value(condition.marks.met_as_missed) <= most


def test_flags_are_raised_rightly_and_found(condition: Condition) -> None:
    assert value(condition.flags.precision) >= LEAST_FLAG_PRECISION
    assert value(condition.flags.recall) >= LEAST_FLAG_RECALL


def test_quotes_lie_on_the_evidence_and_scores_follow_the_impression(condition: Condition) -> None:
    assert value(condition.evidence) >= LEAST_EVIDENCE
    assert condition.overall.value is not None
    assert condition.overall.value >= LEAST_CORRELATION


def test_sure_marks_are_better_than_all_and_both_than_the_baselines(evaluation: Evaluation) -> None:
    told = (
        evaluation.sureness.sure.kappa.value,
        evaluation.conditions[0].marks.kappa.value,
        *(part.marks.kappa.value for part in evaluation.baselines),
    )
    sure, every, *baselines = (kappa or 0.0 for kappa in told)
    assert sure > every > max(baselines) + 0.1


FILES = ("development", "held-out", "unseen")


def rows(name: str) -> list[dict[str, Any]]:
    lines = (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("name", FILES)
def test_the_corpus_is_whole(name: str) -> None:
    found = rows(name)
    assert len({row["id"] for row in found}) == len(found)
    for row in found:
        assert all(quote in row["text"] for quotes in row["quotes"].values() for quote in quotes)


def test_no_author_or_speaker_stands_in_two_files() -> None:
    for field in ("author", "speaker"):
        found = [{row[field] for row in rows(name)} for name in FILES]
        assert sum(map(len, found)) == len(set().union(*found))
