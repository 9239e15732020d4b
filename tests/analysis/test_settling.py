from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.conftest import a_criterion, a_cue, a_flag, a_rubric
from trainer.analysis.evidence import quotes
from trainer.analysis.settling import carry_over, locate, other_words, overrule, settle
from trainer.analysis.types import Chances, Rating, Remark, Span
from trainer.bank.types import Mark
from trainer.errors import UsageError
from trainer.transcript.types import Transcript

SAID = Transcript.typed(
    "I failed Step 1 in 2019. My father was ill, but I had also started too late. "
    "Since then I do forty questions every morning."
)
RATING = Rating(
    rater="machine",
    rubric_id="made",
    rubric_version="7",
    scorer_version="encoder-1",
    marks={"cause": Mark.PARTLY, "change": Mark.MISSED, "name": Mark.MET},
    flags={"blame": True},
    spans=(
        Span(0, 6, "criterion", "name", ("failing",)),
        Span(6, 10, "criterion", "cause", ("outside",)),
        Span(10, 17, "criterion", "cause", ("own",)),
        Span(17, 25, "candidate", "change", ("deed",)),
        Span(0, 6, "candidate", "change"),
        Span(6, 10, "flag", "blame"),
        Span(0, 25, "part", "situation"),
    ),
    unsure=("cause", "change"),
    chances={"cause": Chances(0.9, 0.5), "change": Chances(0.4, 0.3)},
)


def spans(rating: Rating, name: str) -> list[tuple[str, int, int]]:
    return [
        (span.kind, span.start, span.end)
        for span in rating.spans
        if span.name == name and span.kind in ("criterion", "candidate")
    ]


def test_a_decision_takes_the_place_of_the_guess_and_all_else_stays_the_machine_s():
    settled = settle(RATING, "change", Mark.MET, (17, 25))
    assert settled.marks == {**RATING.marks, "change": Mark.MET}
    assert (settled.unsure, settled.settled) == (("cause",), ("change",))
    assert spans(settled, "change") == [("criterion", 17, 25)]
    assert settled.spans_of("criterion", "change")[0].reasons == ("deed",)
    assert quotes(SAID, settled, "criterion", "change") == (
        "Since then I do forty questions every morning.",
    )
    untouched = replace(
        settled, marks=RATING.marks, spans=RATING.spans, unsure=RATING.unsure, settled=()
    )
    assert untouched == RATING


def test_without_words_of_the_speaker_s_the_machine_s_own_stay():
    settled = settle(RATING, "cause", Mark.MET)
    assert spans(settled, "cause") == [("criterion", 6, 10), ("criterion", 10, 17)]
    chosen = settle(RATING, "cause", Mark.MET, (10, 17))
    assert spans(chosen, "cause") == [("criterion", 10, 17)]
    elsewhere = settle(RATING, "cause", Mark.PARTLY, (0, 3))
    assert spans(elsewhere, "cause") == [("criterion", 0, 3)]


def test_settled_as_missed_what_was_quoted_is_a_candidate_and_no_quote():
    settled = settle(RATING, "cause", Mark.MISSED)
    assert spans(settled, "cause") == [("candidate", 6, 10), ("candidate", 10, 17)]
    assert quotes(SAID, settled, "criterion", "cause") == ()
    assert settle(RATING, "change", Mark.MISSED).marks == RATING.marks


def test_a_settled_mark_can_be_settled_again():
    once = settle(RATING, "cause", Mark.MISSED)
    again = settle(once, "cause", Mark.MET, (10, 17))
    assert (again.marks["cause"], again.settled) == (Mark.MET, ("cause",))
    assert spans(again, "cause") == [("criterion", 10, 17)]


@pytest.mark.parametrize("span", [None, (3, 3), (-1, 2), (4, 2)])
def test_a_mark_above_missed_needs_its_words(span):
    with pytest.raises(ValueError, match="words"):
        settle(RATING, "change", Mark.PARTLY, span)


def test_only_what_is_not_sure_can_be_settled():
    with pytest.raises(UsageError, match="sure") as told:
        settle(RATING, "name", Mark.MISSED)
    assert told.value.hint == "Points that you can settle: cause, change"
    with pytest.raises(UsageError, match="no point 'x\u241b'"):
        settle(RATING, "x\x1b", Mark.MET)
    with pytest.raises(UsageError) as told:
        settle(replace(RATING, unsure=()), "cause", Mark.MET)
    assert "Nothing in this rating is unsure" in told.value.hint


@given(st.lists(st.tuples(st.sampled_from(("cause", "change")), st.sampled_from(Mark))))
def test_whatever_is_decided_every_mark_above_missed_keeps_its_words(decisions):
    rating = RATING
    for name, mark in decisions:
        rating = settle(rating, name, mark, (10, 17))
    decided = {name for name, _ in decisions}
    assert set(rating.settled) == decided
    assert set(rating.unsure) == {"cause", "change"} - decided
    for name, mark in rating.marks.items():
        assert bool(rating.spans_of("criterion", name)) == (mark is not Mark.MISSED)


RUBRIC = a_rubric(
    *(a_criterion(a_cue("x"), name=name) for name in ("cause", "change", "name")),
    a_flag(a_cue("x"), name="blame", unless_met=("cause",)),
    a_flag(a_cue("x"), name="vague", unless_partly=("change",)),
)
FLAGGED = replace(
    RATING,
    flags={"blame": True, "vague": True},
    spans=(*RATING.spans, Span(17, 20, "flag", "vague")),
)


def raised(rating: Rating) -> tuple[set[str], set[str]]:
    shown = {span.name for span in rating.spans if span.kind == "flag"}
    return {name for name, value in rating.flags.items() if value}, shown


def test_a_flag_goes_where_the_speaker_settles_what_speaks_against_it_and_comes_back():
    met = overrule(settle(FLAGGED, "cause", Mark.MET), FLAGGED, RUBRIC)
    assert raised(met) == ({"vague"}, {"vague"})
    half = overrule(settle(FLAGGED, "cause", Mark.PARTLY), FLAGGED, RUBRIC)
    assert raised(half) == ({"blame", "vague"}, {"blame", "vague"})
    both = overrule(settle(met, "change", Mark.PARTLY, (17, 25)), FLAGGED, RUBRIC)
    assert raised(both) == (set(), set())
    back = overrule(settle(both, "cause", Mark.MISSED), FLAGGED, RUBRIC)
    assert raised(back) == ({"blame"}, {"blame"})


def test_a_flag_that_the_machine_did_not_raise_never_comes():
    calm = replace(FLAGGED, flags={"blame": False, "vague": False}, spans=RATING.spans[:-2])
    assert raised(overrule(settle(calm, "cause", Mark.MISSED), calm, RUBRIC)) == (set(), set())


def test_words_that_are_rated_again_keep_every_decision():
    before = settle(settle(RATING, "change", Mark.MET, (17, 25)), "cause", Mark.MISSED)
    after = carry_over(before, SAID, RATING, SAID)
    assert after.marks == before.marks
    assert (after.unsure, after.settled) == ((), ("change", "cause"))
    assert spans(after, "change") == [("criterion", 17, 25)]
    assert spans(after, "cause") == [("candidate", 6, 10), ("candidate", 10, 17)]


def test_corrected_words_keep_a_decision_whose_quote_is_still_there():
    before = settle(settle(RATING, "change", Mark.MET, (17, 25)), "cause", Mark.MISSED)
    mended = Transcript.typed("Well. " + SAID.text.replace("2019", "2018"))
    new = replace(RATING, spans=(Span(7, 11, "criterion", "cause"),))
    after = carry_over(before, SAID, new, mended)
    assert (after.settled, after.unsure) == (("change",), ("cause",))
    assert spans(after, "change") == [("criterion", 18, 26)]
    assert after.marks["cause"] is Mark.PARTLY
    twice = Transcript.typed(f"Since then I do forty questions every morning. {SAID.text}")
    assert spans(carry_over(before, SAID, new, twice), "change") == [("criterion", 25, 33)]
    moved = Transcript.typed(f"{SAID.quote(17, 25)} {SAID.quote(0, 17)}")
    assert spans(carry_over(before, SAID, new, moved), "change") == [("criterion", 0, 8)]
    other = Transcript.typed("My score was 204.")
    assert carry_over(before, SAID, new, other) == new
    remarked = replace(RATING, remark=Remark.EMPTY)
    assert carry_over(before, SAID, remarked, SAID) == remarked


def test_other_words_are_the_clauses_that_are_not_quoted_already():
    def text(taken):
        return [SAID.quote(*place) for place in other_words(SAID, taken)]

    assert text(()) == [
        "I failed Step 1 in 2019.",
        "My father was ill,",
        "but I had also started too late.",
        "Since then I do forty questions every morning.",
    ]
    assert text(RATING.spans_of("criterion", "cause")) == [
        "I failed Step 1 in 2019.",
        "Since then I do forty questions every morning.",
    ]


@pytest.mark.parametrize(
    ("quote", "place"),
    [
        ("i had ALSO started", (11, 15)),
        ("Step 1 in 2019", (2, 6)),
        ("late. Since then", (16, 19)),
        ("forty questions every evening", None),
        ("...", None),
        ("", None),
    ],
)
def test_words_are_found_whatever_their_case_and_punctuation(quote, place):
    assert locate(SAID, quote) == place
