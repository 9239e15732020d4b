from __future__ import annotations

from tests.transcript.misheard import transcript
from trainer.bank.types import Term
from trainer.transcript.correction import align
from trainer.transcript.likely import MOST, find_likely
from trainer.transcript.offers import Offers, Sign

TERMS = (Term("metformin"), Term("sepsis"))
WORDS = [(word, True) for word in ("met", "form", "in")]
HEARD = transcript([("we", False), *WORDS, ("and", False), *WORDS, ("sep", True), ("sis", True)])


def offers(declined: set[Sign] | None = None) -> Offers:
    return Offers(HEARD, find_likely(HEARD, TERMS), declined)


def spans(made: Offers, text: str) -> list[tuple[int, int, str]]:
    return [(one.start, one.end, one.text) for one in made.standing(align(HEARD, text))]


def test_they_stand_where_they_were_found() -> None:
    assert spans(offers(), HEARD.text) == [
        (1, 4, "metformin"), (5, 8, "metformin"), (8, 10, "sepsis")
    ]  # fmt: skip


def test_they_move_with_their_words_and_go_with_them() -> None:
    text = "so then we met form in and sep sis"
    assert spans(offers(), text)[-1] == (7, 9, "sepsis")
    assert spans(offers(), "we met form and sep this") == []


def test_a_word_between_ends_one() -> None:
    assert spans(offers(), HEARD.text.replace("sep sis", "sep or sis"))[-1][2] == "metformin"


def test_what_is_declined_is_gone_for_this_place_only() -> None:
    declined: set[Sign] = set()
    made = offers(declined)
    made.decline(HEARD, made.standing(HEARD)[0])
    assert [one[0] for one in spans(made, HEARD.text)] == [5, 8]
    assert [one[0] for one in spans(offers(declined), HEARD.text)] == [5, 8]
    assert len(spans(offers(), HEARD.text)) == 3


def test_without_anything_found_nothing_stands() -> None:
    assert Offers().standing(HEARD) == ()


def test_a_handful_is_shown_at_a_time_and_makes_room_for_the_next() -> None:
    heard = transcript([*WORDS, ("and", False)] * (MOST + 2))
    made = Offers(heard, find_likely(heard, TERMS, limit=99))
    shown = made.standing(heard)
    assert len(shown) == MOST
    made.decline(heard, shown[0])
    again = made.standing(heard)
    assert len(again) == MOST
    assert again != shown
