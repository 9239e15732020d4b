"""What became of the cues of an answer, and that it is what the rating was made of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import fakes
from tests.analysis.conftest import FAMILIES, a_criterion, a_cue, a_flag, a_rubric
from trainer.analysis.evidence import quotes
from trainer.analysis.explaining import FoundCue, Hold, Why
from trainer.analysis.guards import Guard
from trainer.analysis.rating import ChecklistRater
from trainer.analysis.types import Rating
from trainer.bank.types import Levels, Library, Mark, Rubric
from trainer.transcript.types import Transcript

DEVELOPMENT = Path(__file__).parents[2] / "corpus" / "development.jsonl"
ASKED = "Tell me about a time when something went wrong."


def why(rubric: Rubric, text: str, question: str = "") -> tuple[Why, ...]:
    return ChecklistRater({}).explain(Transcript.typed(text), rubric, question)


def cues_of(rubric: Rubric, text: str, question: str = "") -> list[tuple[str, float, list[Guard]]]:
    """Return the words, weight and guards of each cue of the first line, in order of the text."""
    words = text.split()
    cues = sorted(why(rubric, text, question)[0].cues, key=lambda cue: cue.start)
    return [(" ".join(words[c.start : c.end]), round(c.weight, 3), sorted(c.guards)) for c in cues]


# guards -----------------------------------------------------------------------------------------

PLAN = a_rubric(a_criterion(a_cue("made|make a (new) plan"), first_person=True))


@pytest.mark.parametrize(
    ("text", "weight", "guard"),
    [
        ("I would make a plan next year.", 0.3, Guard.PLANNED),
        ("My friend made a plan that year.", 0.25, Guard.SOMEBODY_ELSE),
        ("In that year we made a plan.", 0.5, Guard.TOLD_AS_WE),
        ("I did not really make a plan.", 0.2, Guard.DENIED),
    ],
)
def test_a_guard_leaves_its_share_of_the_weight_and_is_named(
    text: str, weight: float, guard: Guard
) -> None:
    ((_, left, guards),) = cues_of(PLAN, text)
    assert (left, guards) == (weight, [guard])


def test_a_cue_that_counts_in_full_has_no_guard() -> None:
    assert cues_of(PLAN, "That year I made a plan.") == [("made a plan.", 1.0, [])]


def test_several_guards_are_all_named() -> None:
    ((_, left, guards),) = cues_of(PLAN, "My friend would never make a plan at all.")
    assert guards == sorted((Guard.PLANNED, Guard.SOMEBODY_ELSE, Guard.DENIED))
    assert left == pytest.approx(0.3 * 0.25 * 0.2)


def test_a_clause_that_only_repeats_the_question_counts_nothing_and_is_named() -> None:
    text = "So I made a new plan then. On the ward I made a plan with each nurse and patient."
    (first, second) = cues_of(PLAN, text, "Tell me why you made a new plan then.")
    assert first[1:] == (0.0, [Guard.REPEATED])
    assert second[1:] == (1.0, [])


def test_words_of_the_question_alone_count_nothing_for_a_general_cue() -> None:
    rubric = a_rubric(a_criterion(a_cue("conflict", general=True)))
    ((_, left, guards),) = cues_of(
        rubric, "There was a conflict that day.", "Tell me of a conflict"
    )
    assert (left, guards) == (0.0, [Guard.REPEATED])


def test_a_cue_that_never_stands_alone_is_named_where_it_does() -> None:
    rubric = a_rubric(a_criterion(a_cue("plan"), a_cue("weekly", name="often", alone=False)))
    text = "I came in weekly to the ward. Much later I wrote down a plan."
    assert cues_of(rubric, text)[0] == ("weekly", 0.0, [Guard.ALONE])
    assert cues_of(rubric, "I wrote down a weekly plan.")[0] == ("weekly", 1.0, [])


def test_a_cue_that_other_words_overrule_is_named() -> None:
    rubric = a_rubric(a_criterion(a_cue("plan", unless=("parking",))))
    assert cues_of(rubric, "I read the parking plan aloud.") == [
        ("plan", 0.0, [Guard.OVERRULED]),
    ]


def test_a_cue_out_of_its_zone_is_named() -> None:
    rubric = a_rubric(a_criterion(a_cue("plan", zone=(0.5, 1.0))))
    ((_, left, guards),) = cues_of(rubric, "My plan was made on the first day of that year.")
    assert (left, guards) == (0.25, [Guard.OUT_OF_PLACE])


def test_an_answer_to_another_kind_of_question_is_named() -> None:
    rubric = a_rubric(a_criterion(a_cue("plan"), elsewhere=("hobby",)))
    text = "My plan was good. My hobby is chess. A hobby is fun. One hobby more is tennis."
    ((_, left, guards),) = cues_of(rubric, text)
    assert (left, guards) == (0.3, [Guard.ELSEWHERE])


# what the rubric asks for beside evidence -------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "hold"),
    [
        ({"distinct": 2}, Hold.ALIKE),
        ({"met_needs": ("other",)}, Hold.WITHOUT_NEEDED),
        ({"within": 0.1}, Hold.LATE),
        ({"max_share": 0.1}, Hold.LONG),
    ],
)
def test_what_keeps_from_met_is_named(options: dict[str, object], hold: Hold) -> None:
    rubric = a_rubric(a_criterion(a_cue("plan"), **options))
    text = (
        "It was a long and hard year for all of us in that town, with little sleep and less money "
        "than we had hoped for when we came there by train. I made a plan then."
    )
    reason = why(rubric, text)[0]
    assert reason.mark is Mark.PARTLY
    assert reason.reached == (2.0, 1.0)
    assert reason.holds == (hold,)


def test_how_far_cues_reach_is_told_below_the_levels_too() -> None:
    rubric = a_rubric(a_criterion(a_cue("plan", weight=0.3), levels=Levels(0.6, 1.2)))
    reason = why(rubric, "I made a plan then.")[0]
    assert (reason.mark, reason.reached) == (Mark.MISSED, (0.5, 0.25))


def test_a_flag_names_what_keeps_it_down_and_what_speaks_against_it() -> None:
    own = a_criterion(a_cue("plan"))
    excused = a_flag(a_cue("bad"), unless_met=("own",))
    weighed = a_flag(a_cue("bad"), name="we", against=(a_cue("good", name="fine", most=3),))
    short = a_flag(a_cue("bad"), name="short", min_share=0.9)
    text = "I made a plan then. It was a bad year. The next one was good and good again."
    _, first, second, third = why(a_rubric(own, excused, weighed, short), text)
    assert (first.raised, first.holds) == (False, (Hold.EXCUSED,))
    assert (second.raised, second.holds) == (False, (Hold.OUTWEIGHED,))
    assert {cue.cue for cue in second.against} == {"fine"}
    assert (third.raised, third.holds, third.reached) == (False, (Hold.SHORT,), (1.0, 1.0))


# the explanation is of the rating ---------------------------------------------------------------


def test_cues_stand_strongest_first() -> None:
    rubric = a_rubric(a_criterion(a_cue("plan", weight=0.4), a_cue("log", name="log")))
    (reason,) = why(rubric, "I made a plan and kept a log.")
    assert reason.cues == (FoundCue("log", 7, 8, 1.0), FoundCue("cue", 3, 4, 0.4))


def test_without_an_answer_there_is_nothing_to_explain() -> None:
    assert why(PLAN, "um, well") == ()


def test_a_general_cue_is_told_as_such() -> None:
    rubric = a_rubric(a_criterion(a_cue("plan", general=True)))
    (cue,) = why(rubric, "I made a plan then.")[0].cues
    assert cue.general


def test_heads_add_what_they_say_and_the_closest_example(library: Library) -> None:
    rater = ChecklistRater(library.word_classes, fakes.FakeReader())
    rubric = library.rubrics["ownership"]
    for reason in rater.explain(Transcript.typed("I failed Step 1 and I told nobody."), rubric, ""):
        assert reason.trained
        assert reason.chances
        assert reason.needed
        assert reason.example
        assert reason.example.head == f"ownership/{reason.name}"


# every mark has its words -----------------------------------------------------------------------


@pytest.fixture(params=["cues", "heads"])
def any_rater(request: pytest.FixtureRequest, library: Library) -> ChecklistRater:
    """A rater by cues alone, and one whose trained reader thinks anything of any answer."""
    reader = fakes.FakeReader() if request.param == "heads" else None
    return ChecklistRater(library.word_classes, reader)


def unproven(rating: Rating, said: Transcript) -> list[str]:
    """Return the marks above missed and the raised flags without a verbatim quote with a word."""
    claims = [("criterion", name) for name, mark in rating.marks.items() if mark > Mark.MISSED]
    claims += [("flag", name) for name, raised in rating.flags.items() if raised]
    found = []
    for kind, name in claims:
        said_so = quotes(said, rating, kind, name)  # type: ignore[arg-type]
        good = [q for q in said_so if q in said.text and any(c.isalnum() for c in q)]
        if not said_so or len(good) < len(said_so):
            found.append(name)
    return found


def agree(whys: tuple[Why, ...], rating: Rating) -> bool:
    """Tell whether an explanation is of this very rating."""
    marks = {w.name: w.mark for w in whys if w.kind == "criterion"}
    flags = {w.name: w.raised for w in whys if w.kind == "flag"}
    return (marks, flags) == (rating.marks, rating.flags)


def answers() -> Iterator[tuple[str, str, str]]:
    """Yield rubric, question and text of some answers, half of them as a recogniser gives them."""
    lines = DEVELOPMENT.read_text(encoding="utf-8").splitlines()[::16]
    for number, line in enumerate(map(json.loads, lines)):
        text = line["text"]
        if number % 2:
            text = "".join(c for c in text.lower() if c.isalnum() or c in " '")
        yield line["rubric"], line["question"], text


def test_every_mark_of_the_corpus_has_its_words_and_is_explained(
    any_rater: ChecklistRater, library: Library
) -> None:
    for number, (rubric_id, question, text) in enumerate(answers()):
        rubric, said = library.rubrics[rubric_id], Transcript.typed(text)
        rating = any_rater.rate(said, rubric, question)
        assert unproven(rating, said) == [], text
        if number % 4 == 0 and not rating.remark:
            assert agree(any_rater.explain(said, rubric, question), rating), text


VOCABULARY = """
I we my he she would not never every because nurse senior called asked changed failed score 209
schedule questions log learned since plan sorry unfair team patient morning Friday help resident
program and but so then , . ... - !
"""
WORDS = st.lists(
    st.one_of(
        st.sampled_from(VOCABULARY.split()),
        st.text(max_size=8),
    ),
    max_size=60,
).map(" ".join)


@given(text=WORDS, family=st.sampled_from((*FAMILIES, "case", "fit", "closing")))
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_mark_of_any_text_has_its_words_and_is_explained(
    any_rater: ChecklistRater, library: Library, text: str, family: str
) -> None:
    rubric, said = library.rubrics[family], Transcript.typed(text)
    rating = any_rater.rate(said, rubric, ASKED)
    assert unproven(rating, said) == []
    whys = any_rater.explain(said, rubric, ASKED)
    assert not whys or agree(whys, rating)
    for reason in whys:
        for cue in (*reason.cues, *reason.against):
            assert 0 <= cue.start < cue.end <= len(said.words)
            assert cue.weight >= 0.0
