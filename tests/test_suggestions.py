from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests import fakes
from tests.transcript.misheard import transcript
from trainer.bank.types import Library, Term
from trainer.paths import Home
from trainer.profile.storing import add_name
from trainer.suggestions import Suggestions, names_in


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def library() -> Library:
    made = fakes.library()
    first = replace(made.banks[0], bank=replace(made.banks[0].bank, terms=("Kowalska",)))
    terms = (Term("sepsis", (), "condition"), Term("Montefiore", ("montifee oar ee",), "hospital"))
    return replace(made, banks=(first, *made.banks[1:]), terms=terms)


def test_the_users_own_names_come_first_then_the_question_and_its_bank(home: Home) -> None:
    add_name(home, "programs", "Montefiore")
    terms = Suggestions(home, library).terms("low-score-direct")
    assert terms == (
        Term("Montefiore", ("montifee oar ee",), "program"),  # how it is said, nobody need repeat
        Term("Kowalska", (), "bank"),
        Term("Step 1", (), "question"),
        Term("sepsis", (), "condition"),
    )


@pytest.mark.parametrize("question", [None, "gone"])
def test_without_a_question_there_are_the_common_ones(home: Home, question: str | None) -> None:
    terms = Suggestions(home, library).terms(question)
    assert [term.text for term in terms] == ["sepsis", "Montefiore"]


def test_a_bad_profile_is_told_and_stops_nothing(home: Home) -> None:
    home.prepare()
    home.profile.write_text("programs: [a\n")
    made = Suggestions(home, library)
    assert len(made.terms()) == 2
    (complaint,) = made.complaints()
    assert str(home.profile) in complaint


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("What happened with Step 1?", ["Step 1"]),
        ("Why the United States, and why now? Tell me.", ["United States"]),
        ("I'd like to hear of your J-1 visa.", ["J-1"]),
        ("And if I ask \u201cWhat then?\u201d", []),
        ("Tell me of your professionalism.", ["professionalism"]),
        ("", []),
    ],
)
def test_a_question_gives_its_names_and_long_words(prompt: str, names: list[str]) -> None:
    assert list(names_in(fakes.question(prompt=prompt, wordings=()))) == names


def test_what_was_declined_is_remembered_for_the_text(home: Home) -> None:
    words = transcript([("it", False), ("was", False), ("sep", True), ("sis", True)])
    made = Suggestions(home, library)
    offers = made.offers(words, "low-score-direct", "a")
    offers.decline(words, offers.standing(words)[0])
    assert made.offers(words, "low-score-direct", "a").standing(words) == ()
    assert len(made.offers(words, "low-score-direct", "b").standing(words)) == 1
