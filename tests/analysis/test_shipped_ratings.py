"""The shipped rubrics on typical openings: what an ordinary good sentence must get."""

import pytest

from trainer.analysis.evidence import quotes
from trainer.analysis.types import Rating
from trainer.bank.types import Mark
from trainer.catalogue import Catalogue, open_catalogue
from trainer.paths import Home
from trainer.transcript.types import Transcript

SCORE = "Your Step 1 score is lower than most of our residents'. What happened?"
REST = (
    "I read a lot, but I hardly tested myself. Then I did two timed blocks every morning and "
    "I wrote each mistake into a log. My Step 2 CK score was 238."
)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return open_catalogue(Home(tmp_path_factory.mktemp("home")))


def rated(
    catalogue: Catalogue, rubric_id: str, text: str, question: str
) -> tuple[Transcript, Rating]:
    rubric = catalogue.rubric(rubric_id)
    assert rubric
    transcript, rating, _ = catalogue.rate(text, rubric, question)
    return transcript, rating


@pytest.mark.parametrize(
    "opening",
    ["My Step 1 score was 209.", "My Step 1 score was two oh nine.", "My Step 1 score was low."],
)
def test_an_answer_in_the_question_s_words_is_an_answer(catalogue: Catalogue, opening: str) -> None:
    transcript, rating = rated(catalogue, "ownership", f"{opening} {REST}", SCORE)
    assert rating.marks["acknowledge"] is Mark.MET
    quote = quotes(transcript, rating, "criterion", "acknowledge")[0]
    assert quote.startswith(opening)
    assert len(quote.split()) < len(opening.split()) + 8


def test_the_question_turned_round_is_no_answer(catalogue: Catalogue) -> None:
    text = "My Step 1 score is lower than most of our residents. What happened, what happened."
    _, rating = rated(catalogue, "ownership", text, SCORE)
    assert rating.marks["acknowledge"] is not Mark.MET


def test_a_stock_phrase_is_on_the_question(catalogue: Catalogue) -> None:
    text = "I worked hard and I love helping people. I always wanted this since I was a child."
    _, rating = rated(catalogue, "motivation", text, "Why did you become a doctor?")
    assert rating.remark is None
