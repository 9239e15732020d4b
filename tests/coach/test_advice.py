from dataclasses import replace

from tests import fakes
from trainer.analysis.types import Chances, Rating, Remark
from trainer.bank.types import Rubric
from trainer.coach.advice import advise, probe, weakest
from trainer.transcript.types import Transcript

RUBRIC = fakes.rubric()


def rated(text: str, rubric: Rubric = RUBRIC) -> tuple[Transcript, Rating]:
    transcript = Transcript.typed(text)
    return transcript, fakes.FakeRater().rate(transcript, rubric, "")


def test_the_weakest_criterion_is_the_one_that_would_gain_most() -> None:
    _, nothing = rated("hello")
    assert weakest(nothing, RUBRIC) is RUBRIC.criteria[1]
    _, changed = rated("my change")
    assert weakest(changed, RUBRIC) is RUBRIC.criteria[0]
    _, all_met = rated("I acknowledge the change")
    assert weakest(all_met, RUBRIC) is None


def test_half_of_a_heavy_criterion_weighs_more_than_all_of_a_light_one() -> None:
    _, rating = rated("a half-change")
    assert weakest(rating, RUBRIC) is RUBRIC.criteria[1]


def test_what_is_surely_missing_comes_before_what_is_probably_there() -> None:
    _, nothing = rated("hello")
    doubted = replace(nothing, unsure=("change",), chances={"change": Chances(0.9, 0.8)})
    assert weakest(doubted, RUBRIC) is RUBRIC.criteria[0]


def test_what_is_not_sure_is_chosen_only_where_nothing_sure_is_open() -> None:
    transcript, nothing = rated("hello")
    doubted = replace(nothing, unsure=("change",), chances={"change": Chances(0.2, 0.1)})
    assert weakest(doubted, RUBRIC) is RUBRIC.criteria[0]
    advice = advise(RUBRIC, transcript, doubted)
    assert advice is not None
    assert advice.criterion_id == RUBRIC.criteria[0].id
    all_doubted = replace(nothing, unsure=tuple(nothing.marks))
    assert weakest(all_doubted, RUBRIC) is RUBRIC.criteria[1]
    guess = advise(RUBRIC, transcript, all_doubted)
    assert guess is not None
    assert guess.missing == "Not sure. Perhaps: I did not hear it."


def test_advice_quotes_the_speaker_and_gives_only_an_opener() -> None:
    transcript, rating = rated("I acknowledge it")
    advice = advise(RUBRIC, transcript, rating)
    assert advice is not None
    assert advice.quote == "acknowledge"
    assert advice.missing == "I did not hear it."
    assert advice.opener == "What I changed was"
    assert advice.criterion_id == "change"


def test_advice_without_any_evidence_quotes_the_beginning() -> None:
    transcript, rating = rated(
        "well it was a long year and then more words follow here for sure ok"
    )
    advice = advise(RUBRIC, transcript, rating)
    assert advice is not None
    assert advice.quote
    assert transcript.text.startswith(advice.quote)


def test_a_flag_that_costs_more_than_any_criterion_comes_first() -> None:
    transcript, rating = rated("I acknowledge the change was unfair")
    advice = advise(RUBRIC, transcript, rating)
    assert advice is not None
    assert (advice.title, advice.quote, advice.opener) == ("Blame", "unfair", None)
    assert advice.missing == "Say your own share first."


def test_nothing_is_advised_on_a_remark_or_when_all_is_met() -> None:
    transcript, rating = rated("x")
    remarked = replace(rating, remark=Remark.OFF_QUESTION)
    assert advise(RUBRIC, transcript, remarked) is None
    assert probe(fakes.question(), RUBRIC, remarked) is None
    transcript, rating = rated("I acknowledge the change")
    assert advise(RUBRIC, transcript, rating) is None


def test_the_probe_is_the_question_s_own_and_falls_back_to_the_criterion() -> None:
    _, rating = rated("hello")
    found = probe(fakes.question(), RUBRIC, rating)
    assert found is not None
    assert found.text == "What did a study day look like after Step 1?"
    own = probe(fakes.question(probes={}), RUBRIC, rating)
    assert own is not None
    assert own.text == RUBRIC.criteria[1].asks


def test_the_beginning_ends_with_its_sentence() -> None:
    transcript, rating = rated(
        "I was the intern. Then many other things came and went by for a year."
    )
    advice = advise(RUBRIC, transcript, rating)
    assert advice is not None
    assert advice.quote == "I was the intern."
