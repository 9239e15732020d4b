"""The machine's rating beside what people gave."""

from __future__ import annotations

from dataclasses import replace

from tests import fakes
from tests.evaluation.conftest import answer
from trainer.analysis.types import Chances, Rating
from trainer.bank.types import Mark, Rubric
from trainer.catalogue import Catalogue
from trainer.evaluation.conditions import FORMS, TYPED, Spoiler
from trainer.evaluation.observing import cluster_numbers, observe
from trainer.evaluation.types import MarkedAnswer, Seen
from trainer.transcript.types import Transcript

PLAIN, FIVE = FORMS[1], FORMS[2]


class ConfidentRater(fakes.FakeRater):
    def rate(self, transcript: Transcript, rubric: Rubric, question: str) -> Rating:
        plain = super().rate(transcript, rubric, question)
        return replace(plain, unsure=("change",), chances={"acknowledge": Chances(1.0, 0.75)})


def look(catalogue: Catalogue, *answers: MarkedAnswer, form: object = TYPED) -> Seen:
    return observe(answers, form, catalogue, Spoiler(a.text for a in answers))[0]  # type: ignore[arg-type]


def test_marks_stand_side_by_side_and_null_is_not_measured(catalogue: Catalogue) -> None:
    seen = look(
        catalogue,
        answer("A half-acknowledge."),
        answer("A change.", marks={"acknowledge": None, "change": Mark.PARTLY}),
    )
    assert [(m.cluster, m.criterion, m.given, m.found) for m in seen.marks] == [
        (0, "acknowledge", 2, 1),
        (0, "change", 0, 0),
        (1, "change", 1, 2),
    ]


def test_flags_stand_side_by_side_and_null_is_not_measured(catalogue: Catalogue) -> None:
    seen = look(
        catalogue,
        answer("It was unfair."),
        answer("x", flags={"blame": True}),
        answer("unfair", flags={"blame": None}),
    )
    assert [(f.given, f.found) for f in seen.flags] == [(False, True), (True, False)]


def test_the_overall_impression_stands_beside_the_score(catalogue: Catalogue) -> None:
    seen = look(catalogue, answer("acknowledge change", overall=4.5), answer("x"))
    assert [(s.overall, s.score) for s in seen.scores] == [(4.5, 100)]


def test_only_quotes_of_marks_that_both_gave_are_measured(catalogue: Catalogue) -> None:
    both = {"acknowledge": Mark.MET, "change": Mark.MET}
    quotes = {"acknowledge": ("I acknowledge",), "change": ("something else",)}
    seen = look(
        catalogue,
        answer("I acknowledge it. A change.", marks=both, quotes=quotes),
        answer("I acknowledge it.", id=2, marks=both, quotes=quotes),
        answer("I acknowledge it.", id=3, marks=both),
        answer("I acknowledge it.", id=4, marks={"acknowledge": Mark.MISSED}, quotes=quotes),
    )
    assert [quote.hit for quote in seen.quotes] == [True, False, True]


def test_a_mark_without_a_quote_is_no_hit() -> None:
    class Quoteless(fakes.FakeRater):
        def rate(self, transcript: Transcript, rubric: Rubric, question: str) -> Rating:
            return replace(super().rate(transcript, rubric, question), spans=())

    seen = look(
        Catalogue(fakes.library, Quoteless), answer(quotes={"acknowledge": ("I acknowledge it",)})
    )
    assert [quote.hit for quote in seen.quotes] == [False]


def test_of_wrong_words_it_is_the_place_that_counts(catalogue: Catalogue) -> None:
    text = "one two three acknowledge five six seven"
    spoiler = Spoiler([text])
    wanted = answer(text, quotes={"acknowledge": ("acknowledge",)})
    heavy = replace(FIVE, errors=0.5)
    hits = [
        quote.hit
        for k in range(40)
        for quote in observe([replace(wanted, id=k)], heavy, catalogue, spoiler)[0].quotes
    ]
    assert len(hits) > 5
    # the word is put in elsewhere now and then, and then the place is another
    assert sum(hits) > 0.7 * len(hits)


def test_plain_text_has_no_punctuation_to_read(catalogue: Catalogue) -> None:
    text = "Half-acknowledge!"
    assert look(catalogue, answer(text)).marks[0].found == 0
    assert look(catalogue, answer(text), form=PLAIN).marks[0].found == 2


def test_sureness_comes_from_the_rating() -> None:
    marks = look(Catalogue(fakes.library, ConfidentRater), answer()).marks
    assert [(mark.sure, mark.confidence) for mark in marks] == [(True, 0.75), (False, None)]


def test_answers_of_a_speaker_are_one_cluster() -> None:
    answers = [answer(speaker=speaker) for speaker in ("a", None, "b", "a", None)]
    assert cluster_numbers(answers) == (0, 1, 2, 0, 3)
