"""Two sides of answers compared, and what holds for any two."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import fakes
from tests.review.sides import CLASSES, LONG, UNSURE, rating, side, spoken, story
from trainer.analysis.types import Delivery, FillerCount, Remark
from trainer.bank.types import Mark
from trainer.review.comparing import compare
from trainer.review.sides import Side
from trainer.review.telling import (
    tell_facts,
    tell_figure,
    tell_flag,
    tell_marks,
    tell_part,
    tell_same_words,
    tell_standing,
)
from trainer.store.types import FillerReview

MISSED, PARTLY, MET = Mark

_WORDS = st.lists(
    st.sampled_from(
        [
            "i",
            "called",
            "the",
            "nurse",
            "in",
            "Omaha",
            "209",
            "forty",
            "days",
            "attending",
            "we",
            "asked",
            "ward",
            "a",
        ]
    ),
    max_size=30,
).map(" ".join)
_MARKS = st.fixed_dictionaries({name: st.sampled_from(Mark) for name in ("acknowledge", "change")})


@st.composite
def sides(draw: st.DrawFn) -> Side:
    made = side(draw(_WORDS), draw(st.none() | _MARKS), attempt_id=draw(st.sampled_from("ab")))
    if made.rating is None:
        return made
    unsure = draw(st.sampled_from([(), ("change",)]))
    chances = draw(st.sampled_from([{}, UNSURE]))
    flags = {"blame": draw(st.booleans())}
    changed = replace(
        rating(made.rating.marks, flags=flags), unsure=unsure, chances=chances, spans=()
    )
    return replace(made, rating=changed)


@given(sides())
@settings(max_examples=40)
def test_a_side_beside_itself_has_no_change(one: Side) -> None:
    compared = compare(one, one, CLASSES)
    assert not compared.gained
    assert not compared.lost
    assert compared.added == compared.dropped == ()
    assert all(pair.change is None for pair in compared.figures)
    assert all(pair.before == pair.after for pair in compared.flags)
    assert all(pair.before == pair.after for pair in compared.parts)
    assert not compared.is_rehearsed
    assert compared.same in (0.0, 1.0)


@given(sides(), sides())
def test_what_one_way_gains_the_other_way_loses(one: Side, other: Side) -> None:
    there, back = compare(one, other, CLASSES), compare(other, one, CLASSES)

    def changes(pairs: tuple[object, ...]) -> set[tuple[object, ...]]:
        return {(p.id, abs(p.step), p.is_sure, p.chance) for p in pairs}  # type: ignore[attr-defined]

    assert changes(there.gained) == changes(back.lost)
    assert changes(there.lost) == changes(back.gained)
    assert (there.added, there.dropped) == (back.dropped, back.added)
    assert (there.only_before, there.only_after) == (back.only_after, back.only_before)
    assert (there.same, there.is_rehearsed) == (back.same, back.is_rehearsed)
    assert [(p.before, p.after) for p in there.flags] == [(p.after, p.before) for p in back.flags]
    turned = {"more": "less", "less": "more", None: None}
    assert [turned[p.change] for p in there.figures] == [p.change for p in back.figures]
    assert (there.checklists, there.scores) == (back.checklists, back.scores)


def test_a_gained_mark_is_told_with_its_words() -> None:
    compared = compare(side(marks={"change": MISSED}), side(marks={"change": MET}), CLASSES)
    lines = tell_marks(compared)
    assert lines[0].startswith("Gained: You changed (missed before, met now). Now: “My score”.")
    assert "Not sure" not in lines[0]
    back = compare(compared.after, compared.before, CLASSES)
    assert tell_marks(back)[0].startswith(
        "Lost: You changed (met before, missed now). Before: “My score”."
    )


def test_a_change_within_not_sure_says_how_likely_it_is() -> None:
    before = side(marks={"change": MISSED})
    unsure = rating({"change": MET}, unsure=("change",), chances=UNSURE)
    compared = compare(before, replace(before, rating=unsure), CLASSES)
    (gained,) = compared.gained
    assert (gained.is_sure, gained.chance) == (False, pytest.approx(0.6))
    assert "Not sure: about 60 in 100 that this is a change." in tell_marks(compared)[0]
    without = replace(compared.after, rating=replace(unsure, chances={}))
    (guess,) = compare(before, without, CLASSES).gained
    assert guess.chance is None
    assert not guess.is_sure


def test_flags_come_go_and_stay() -> None:
    clean = side(marks={"change": MET})
    blaming = replace(clean, rating=rating({"change": MET}, flags={"blame": True}))
    assert not compare(clean, clean, CLASSES).flags
    (new,) = compare(clean, blaming, CLASSES).flags
    assert tell_flag(new) == "New: Blame. Now: “score was”."
    (gone,) = compare(blaming, clean, CLASSES).flags
    assert tell_flag(gone) == "Gone: Blame. Before: “score was”."
    (still,) = compare(blaming, blaming, CLASSES).flags
    assert tell_flag(still).startswith("Still there: Blame.")


def test_another_checklist_compares_only_what_means_the_same() -> None:
    ownership = fakes.rubric()
    shared, own = ownership.criteria
    other = replace(ownership, id="other", criteria=(shared, replace(own, id="else", title="Else")))
    marks = {"acknowledge": MET, "change": MET}
    compared = compare(
        side(marks=marks, rubric=ownership),
        side(marks={"acknowledge": MET, "else": MET}, rubric=other),
        CLASSES,
    )
    assert [pair.id for pair in compared.marks] == ["acknowledge"]
    assert (compared.checklists, compared.scores) == ("different", False)
    told = " ".join(tell_standing(compared))
    assert "different checklists" in told
    assert "Only before: You changed. Only now: Else." in told
    assert "Score" not in told
    # the same id with another meaning is another criterion
    meant = replace(shared, marks=replace(shared.marks, met="Something else."))
    alien = replace(other, criteria=(meant,))
    assert not compare(
        side(marks=marks, rubric=ownership), side(marks=marks, rubric=alien), CLASSES
    ).marks


def test_scores_of_a_follow_up_are_not_compared() -> None:
    whole = fakes.rubric()
    narrow = replace(whole, criteria=whole.criteria[1:])
    marks = {"acknowledge": MET, "change": MET}
    compared = compare(side(marks=marks), side(marks=marks, rubric=narrow), CLASSES)
    assert (compared.checklists, compared.scores) == ("changed", False)


def test_a_remark_stands_in_place_of_marks() -> None:
    rated = side(marks={"change": MET})
    off = replace(rated, rating=rating({"change": MET}, remark=Remark.OFF_QUESTION))
    compared = compare(rated, off, CLASSES)
    assert (compared.marks, compared.checklists) == ((), "none")
    assert any(line.startswith("No marks now:") for line in tell_standing(compared))


@pytest.mark.parametrize(
    ("before", "after", "dropped"),
    [
        ("my score was two oh nine", "my score was 209 points", []),
        ("it took four months", "it took four weeks", ["four months"]),
        ("The attending agreed", "the consultant agreed", []),
        ("I saw the surgeon", "I saw the cardiologist", ["surgeon"]),
        ("we met in Omaha then", "we met in omaha then", []),
        ("we met in Omaha then", "we met in Tampa then", ["Omaha"]),
        ("I called the pharmacy about insulin", "so insulin, I phoned the pharmacy at once", []),
        ("I called the pharmacy about insulin", "I slept", ["I called the pharmacy about insulin"]),
        ("I never called the pharmacy", "I slept", []),
        (
            "I wrote a plan with Petra Novak and 30 patients from Omaha",
            "I wrote a plan",
            ["Petra Novak", "30 patients", "Omaha"],
        ),
        ("I visited Omaha", "I slept", ["I visited Omaha", "Omaha"]),
        ("I was on the ward", "I was in the icu", ["ward"]),
    ],
)
def test_a_fact_in_other_words_is_kept(before: str, after: str, dropped: list[str]) -> None:
    found = compare(side(before), side(after), CLASSES).dropped
    assert found is not None
    assert [fact.text for fact in found] == dropped


def test_facts_are_told_by_kind() -> None:
    compared = compare(side("Well."), side(LONG), CLASSES)
    assert compared.added is not None
    lines = tell_facts(compared.added)
    assert lines[0].startswith("Numbers: 209; three weeks; forty questions; four months; 226.")
    assert "Names: Petra; Omaha." in lines
    assert "People: nurse; attending." in lines
    for fact in compared.added:
        assert fact.text in compared.after.transcript.quote(fact.start, fact.end)


def test_guessed_words_have_no_facts() -> None:
    guessed = replace(side(LONG).delivery, unmeasurable=("words",))
    compared = compare(side(LONG), replace(side("Well."), delivery=guessed), CLASSES)
    assert (compared.added, compared.dropped) == (None, None)


def test_a_pace_changes_only_where_the_ranges_do_not_touch() -> None:
    slow, slower, fast = (side(spoken(LONG, gap_s=gap), answer_s=None) for gap in (0.3, 0.32, 0.05))

    def pace(before: Side, after: Side) -> object:
        pairs = compare(before, after, CLASSES).figures
        return next(pair for pair in pairs if pair.name == "pace")

    assert pace(slow, slower).change is None  # type: ignore[attr-defined]
    quick = pace(slow, fast)
    assert quick.change == "more"  # type: ignore[attr-defined]
    assert tell_figure(quick).endswith("(words a minute). Now faster.")  # type: ignore[arg-type]


def _delivered(**figures: object) -> Side:
    base = Delivery(100, 60.0, None, 30, 60, 0, 0)
    return replace(side(spoken(LONG)), delivery=replace(base, **figures))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [((2, 4), (3, 9), None), ((1, 2), (14, 20), "more"), ((14, 20), (1, 2), "less")],
)
def test_fillers_are_ranges(
    before: tuple[int, int], after: tuple[int, int], change: str | None
) -> None:
    one, other = (_delivered(fillers=(FillerCount("um", *ends),)) for ends in (before, after))
    (pair,) = (p for p in compare(one, other, CLASSES).figures if p.name == "fillers")
    assert pair.before
    assert pair.before.low <= before[0] <= before[1] <= pair.before.high
    assert pair.change == change


def test_an_um_that_was_counted_by_ear_goes_first() -> None:
    heard = _delivered(fillers=(FillerCount("um", 0, 30),))
    counted = replace(heard, reviews=(FillerReview("r", "a", "", "self", 2),))
    (pair,) = (p for p in compare(heard, counted, CLASSES).figures if p.name == "fillers")
    assert pair.after
    assert pair.after.value == 2.0
    assert pair.after.high < 10


def test_figures_of_short_answers_are_not_told_by_the_minute() -> None:
    assert [p.name for p in compare(*[_delivered(pauses=9)] * 2, CLASSES).figures] == [
        "length",
        "pauses",
    ]
    short = _delivered(pauses=9, answer_s=10.0)
    assert [p.name for p in compare(short, short, CLASSES).figures] == ["length"]


def test_near_verbatim_takes_are_named() -> None:
    again = LONG.replace("forty questions", "fifty pages")
    one, other = side(LONG, attempt_id="a"), side(again, attempt_id="b")
    compared = compare(one, other, CLASSES)
    assert compared.is_rehearsed
    assert "sounds rehearsed" in tell_same_words(compared)[0]
    # a corrected version of one answer has the same words because it is the same answer
    assert not compare(one, replace(other, attempt_id="a"), CLASSES).is_rehearsed
    short = side("I own it.", attempt_id="a"), side("I own it.", attempt_id="b")
    assert not compare(*short, CLASSES).is_rehearsed


def test_only_the_rating_differs() -> None:
    before = side(marks={"change": MISSED})
    newer = rating({"change": MET}, scorer_version="2")
    told = tell_standing(compare(before, replace(before, rating=newer, rating_number=2), CLASSES))
    assert told[0] == "The words are the same. Only the rating differs."
    assert any("versions of the rater" in line for line in told)


def test_guessed_words_have_no_score_to_compare() -> None:
    rated = side(marks={"change": MET})
    guessed = replace(rated, delivery=replace(rated.delivery, unmeasurable=("words",)))
    assert compare(rated, rated, CLASSES).scores
    assert guessed.score is None
    assert not compare(rated, guessed, CLASSES).scores


def test_parts_stand_side_by_side() -> None:
    compared = compare(story(20, 20, 0), story(10, 20, 10), CLASSES)
    assert [
        (pair.name, pair.before.words, pair.after.words)
        for pair in compared.parts
        if pair.before and pair.after
    ] == [("situation", 20, 10), ("action", 20, 20), ("result", 0, 10)]
    assert tell_part(compared.parts[0]) == "Situation: 8 s (20 words) before, 4 s (10 words) now."
    assert tell_part(compared.parts[2]).startswith("Result: not heard before, 4 s")


def test_parts_that_cannot_be_told_apart_are_not_known() -> None:
    compared = compare(story(5, 5, 0), story(10, 20, 10), CLASSES)
    assert compared.unclear == (True, False)
    assert tell_part(compared.parts[0]) == "Situation: not known before, 4 s (10 words) now."
