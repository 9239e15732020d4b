"""The marks must not fall behind what docs/rating.md says, on authors whom nobody read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from trainer.agreement.resampling import Resampler
from trainer.agreement.types import Share
from trainer.catalogue import open_catalogue
from trainer.evaluation.conditions import FORMS, Form
from trainer.evaluation.evaluating import evaluate
from trainer.evaluation.marked import read_answers
from trainer.evaluation.types import Condition, Evaluation
from trainer.paths import Home

pytestmark = pytest.mark.xdist_group("agreement")  # the answers are rated once

CORPUS = Path(__file__).parent.parent / "corpus"
LEAST_KAPPA = {"typed": 0.82, "errors_15": 0.82}
MOST_MISSED_READ_AS_MET = 0.03
MOST_MET_READ_AS_MISSED = 0.04
LEAST_FLAG_PRECISION, LEAST_FLAG_RECALL = 0.7, 0.78
LEAST_EVIDENCE = 0.78
LEAST_CORRELATION = 0.87
LEAST_SURE_KAPPA = 0.9


def measure(name: str, home: Path, forms: Sequence[Form], every: int = 1) -> Evaluation:
    catalogue = open_catalogue(Home(home))
    with (CORPUS / f"{name}.jsonl").open("rb") as stream:
        answers = read_answers(stream, f"{name}.jsonl", catalogue.library().rubrics)[::every]
    return evaluate(answers, catalogue, forms=forms, resampler=Resampler(1))


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """What holds with 15 wrong words of 100 says what holds with fewer, and with none."""
    forms = [form for form in FORMS if form.name in LEAST_KAPPA]
    return measure("held-out", tmp_path_factory.mktemp("home"), forms)


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
    assert value(condition.marks.met_as_missed) <= MOST_MET_READ_AS_MISSED


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
    assert sure > every > max(baselines) + 0.3
    assert sure >= LEAST_SURE_KAPPA


@pytest.mark.xdist_group("unseen")  # by another worker
def test_authors_whom_nobody_trained_on_are_marked_as_well(tmp_path: Path) -> None:
    """Half of the answers of each; `trainer evaluate corpus/unseen.jsonl` measures all."""
    evaluation = measure("unseen", tmp_path, FORMS[:1], every=2)
    assert evaluation.speakers == 29
    (typed,) = evaluation.conditions
    assert typed.marks.kappa.value is not None
    assert typed.marks.kappa.value >= 0.8
    assert value(typed.marks.missed_as_met) <= 0.04
    assert value(typed.marks.met_as_missed) <= 0.02
    assert value(typed.flags.precision) >= 0.85
    assert value(typed.flags.recall) >= 0.85
    assert value(typed.evidence) >= 0.8
    assert typed.overall.value is not None
    assert typed.overall.value >= 0.87
