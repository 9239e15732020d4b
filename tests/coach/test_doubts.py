from dataclasses import replace

from tests import fakes
from trainer.analysis.settling import settle
from trainer.analysis.types import Rating, Remark
from trainer.bank.types import Mark
from trainer.coach.doubts import doubts
from trainer.transcript.types import Transcript

RUBRIC = fakes.rubric()


def rated(text: str) -> tuple[Transcript, Rating]:
    transcript = Transcript.typed(text)
    return transcript, fakes.FakeRater().rate(transcript, RUBRIC, "")


def test_what_is_not_sure_is_asked_in_the_order_of_the_rubric() -> None:
    transcript, rating = rated("It was my maybe-change. It was perhaps-acknowledge.")
    first, second = doubts(RUBRIC, transcript, replace(rating, unsure=rating.unsure[::-1]))
    assert (first.criterion_id, first.title, first.mark) == (
        "acknowledge",
        "You name it",
        Mark.PARTLY,
    )
    assert first.asks == "Where is the part called acknowledge?"
    assert first.meanings.met == "You name it: fully there."
    assert [choice.quote for choice in first.found] == ["perhaps-acknowledge."]
    assert [choice.quote for choice in second.found] == ["maybe-change."]
    assert [choice.quote for choice in second.others] == [
        "It was my maybe-change.",
        "It was perhaps-acknowledge.",
    ]
    found = second.others[1]
    assert transcript.quote(found.start, found.end) == found.quote


def test_without_candidates_the_clauses_of_the_answer_are_there_to_choose_from() -> None:
    transcript, rating = rated("It was hard for me. It was hardly-change.")
    (only,) = doubts(RUBRIC, transcript, rating)
    assert only.found == ()
    assert [choice.quote for choice in only.others] == [
        "It was hard for me.",
        "It was hardly-change.",
    ]


def test_what_is_settled_is_asked_only_on_demand() -> None:
    transcript, rating = rated("It was my maybe-change.")
    settled = settle(rating, "change", Mark.MET, (0, 4))
    assert doubts(RUBRIC, transcript, settled) == ()
    (again,) = doubts(RUBRIC, transcript, settled, settled=True)
    assert (again.settled, again.mark) == (True, Mark.MET)
    assert [choice.quote for choice in again.found] == ["It was my maybe-change."]


def test_a_remark_leaves_nothing_to_ask() -> None:
    transcript, rating = rated("It was my maybe-change.")
    assert doubts(RUBRIC, transcript, replace(rating, remark=Remark.OFF_QUESTION)) == ()


def test_words_to_choose_name_those_that_the_recogniser_was_unsure_of() -> None:
    transcript, rating = rated("It was my maybe-change.")
    words = tuple(
        replace(w, confidence=0.3 if n == 3 else 0.9) for n, w in enumerate(transcript.words)
    )
    (only,) = doubts(RUBRIC, replace(transcript, words=words), rating)
    assert [(choice.quote, choice.unsure) for choice in only.found] == [
        ("maybe-change.", "maybe-change.")
    ]
    (sure,) = doubts(RUBRIC, transcript, rating)
    assert [choice.unsure for choice in sure.found] == [""]
