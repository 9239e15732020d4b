"""A whole evaluation over a few answers."""

from __future__ import annotations

import pytest

from tests.evaluation.conftest import answer
from trainer.agreement.resampling import Resampler
from trainer.bank.types import Mark
from trainer.catalogue import Catalogue
from trainer.evaluation.conditions import FORMS, TYPED
from trainer.evaluation.evaluating import evaluate
from trainer.evaluation.types import Evaluation, MarkedAnswer


def answers() -> list[MarkedAnswer]:
    return [
        answer("I acknowledge it, unfair.", id=1, speaker="a", flags={"blame": True}, overall=4),
        answer("I acknowledge it.", id=2, speaker="a", overall=3),
        answer("Nothing.", id=3, speaker="b", flags={}, overall=1),
        answer(
            "A change, unfair.",
            id=4,
            speaker="b",
            marks={"acknowledge": Mark.MISSED, "change": Mark.MET},
        ),
        answer("A half-change.", id=5, marks={"acknowledge": None, "change": Mark.PARTLY}),
    ]


@pytest.fixture
def evaluation(catalogue: Catalogue) -> Evaluation:
    return evaluate(answers(), catalogue, resampler=Resampler(50))


def test_every_form_of_the_text_and_both_baselines_are_measured(evaluation: Evaluation) -> None:
    names = [condition.name for condition in evaluation.conditions]
    assert names == ["typed", "plain", "errors_5", "errors_10", "errors_15"]
    assert [part.name for part in evaluation.baselines] == ["majority", "word_count"]
    wholes = [*evaluation.conditions, *evaluation.baselines]
    assert {whole.marks.marks for whole in wholes} == {9}
    assert evaluation.scorer == "fake-1"
    assert (evaluation.answers, evaluation.speakers, evaluation.clusters) == (5, 2, 3)


def test_the_figures_of_the_typed_text(evaluation: Evaluation) -> None:
    typed = evaluation.conditions[0]
    assert (typed.marks.missed_as_met.hits, typed.marks.missed_as_met.of) == (0, 4)
    assert (typed.marks.met_as_missed.hits, typed.marks.met_as_missed.of) == (1, 4)
    assert (typed.flags.precision.hits, typed.flags.precision.of) == (1, 2)
    assert (typed.flags.recall.hits, typed.flags.recall.of) == (1, 1)
    assert typed.overall.value is not None


def test_the_parts_add_up_to_the_whole(evaluation: Evaluation) -> None:
    (rubric,) = evaluation.rubrics
    assert (rubric.name, rubric.answers, rubric.marks.marks) == ("ownership", 5, 9)
    assert [(part.name, part.marks.marks) for part in rubric.parts] == [
        ("acknowledge", 4),
        ("change", 5),
    ]
    assert [flag.name for flag in evaluation.flags] == ["blame"]
    sureness = evaluation.sureness
    assert sureness.sure.marks + sureness.unsure.marks == 9


def test_speakers_stand_from_the_lowest_agreement_up(evaluation: Evaluation) -> None:
    assert [(part.name, part.answers) for part in evaluation.by_speaker] == [("b", 2), ("a", 2)]
    low, high = (part.marks.kappa.value for part in evaluation.by_speaker)
    assert low is not None
    assert high is not None
    assert low < high


def test_the_same_file_gives_the_same_report(catalogue: Catalogue, evaluation: Evaluation) -> None:
    assert evaluate(answers(), catalogue, resampler=Resampler(50)) == evaluation


def test_progress_goes_to_the_end(catalogue: Catalogue) -> None:
    shares: list[float] = []
    evaluate(answers(), catalogue, FORMS, Resampler(5), shares.append)
    assert shares == sorted(shares)
    assert (len(shares), shares[-1]) == (25, 1)


def test_one_answer_can_be_measured(catalogue: Catalogue) -> None:
    evaluation = evaluate([answer()], catalogue, (TYPED,))
    assert evaluation.conditions[0].marks.kappa.value == 1
    assert evaluation.conditions[0].marks.kappa.low is None
    assert evaluation.by_speaker == ()
