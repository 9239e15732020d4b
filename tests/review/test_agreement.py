"""How raters agree: side by side, leniency, kappa, and what to talk about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import fakes
from trainer.agreement.resampling import Resampler
from trainer.analysis.types import Delivery, Rater, Rating, Span
from trainer.bank.types import Mark
from trainer.lines.agreement import agreement_lines
from trainer.recall import decode_rubric, encode_rubric
from trainer.review.agreement import LEAST_SESSIONS, RaterAgreement, find_agreement
from trainer.review.rated import RatedAnswer, Who, rated_answer
from trainer.review.telling_agreement import tell_leniency, tell_pair, tell_rater, tell_who
from trainer.store.types import (
    Attempt,
    AttemptRecord,
    SharedRound,
    StoredRating,
    StoredTranscript,
)
from trainer.transcript.types import Transcript, Word

RUBRIC = fakes.library().rubrics["ownership"]
FIRST, SECOND = (criterion.id for criterion in RUBRIC.criteria)
ANA, BO, MACHINE, SELF = Who("peer", "Ana"), Who("peer", "Bo"), Who("machine"), Who("self")
DRAWS = Resampler(200)


def record(
    marks: Mapping[Who, tuple[int, int]], number: int = 1, session: str = "", **changes: object
) -> AttemptRecord:
    own, at = f"a{number}", f"2026-01-01T00:00:{number:02}+00:00"
    times = (Word(0, 1, 61.0, 61.2), Word(2, 6, 61.3, 62.0), Word(7, 9, 62.0, 62.5))
    words = StoredTranscript(
        f"{own}-t",
        own,
        at,
        Transcript("I said no", times, "vosk"),
        Delivery(3, 9.0, 1.0, 1, 2, 1, 0),
    )
    attempt = Attempt(own, session or f"s{number}", "b", "B", "q", "Why?", RUBRIC.id, at, 60, 120)
    ratings = tuple(
        rating(words, who, given, index) for index, (who, given) in enumerate(marks.items())
    )
    made = AttemptRecord(attempt, (words,), ratings)
    return replace(made, **changes)  # type: ignore[arg-type]


def rating(
    words: StoredTranscript, who: Who, marks: tuple[int, int], index: int, **changes: object
) -> StoredRating:
    spans = (Span(1, 3, "criterion", FIRST),) if who.rater == "machine" else ()
    made = Rating(
        who.rater,
        RUBRIC.id,
        "v1",
        who.rater,
        {FIRST: Mark(marks[0]), SECOND: Mark(marks[1])},
        {},
        spans,
    )
    made = replace(made, **changes)  # type: ignore[arg-type]
    return StoredRating(
        f"{words.attempt_id}-r{index}",
        words.attempt_id,
        words.id,
        words.created_at,
        made,
        50.0,
        encode_rubric(RUBRIC),
        who.name,
    )


def rated(marks: Mapping[Who, tuple[int, int]], number: int = 1, session: str = "") -> RatedAnswer:
    found = rated_answer(record(marks, number, session), decode_rubric)
    assert found
    return found


def agreed(*marks: Mapping[Who, tuple[int, int]], sessions: int = 0) -> RaterAgreement:
    return find_agreement(
        (
            rated(one, number, f"s{number % sessions}" if sessions else "")
            for number, one in enumerate(marks)
        ),
        DRAWS,
    )


def test_marks_stand_side_by_side_with_the_words_and_their_second() -> None:
    found = rated({MACHINE: (2, 0), BO: (0, 0), ANA: (1, 0), SELF: (2, 0)})
    assert [one.who for one in found.given] == [SELF, ANA, BO, MACHINE]
    first, second = found.lines
    assert (first.marks, first.step) == ((Mark.MET, Mark.PARTLY, Mark.MISSED, Mark.MET), 2)
    assert (second.step, second.quote) == (0, None)
    assert first.quote
    assert (first.quote.text, first.quote.start_s, first.quote.end_s) == ("said no", 61.3, 62.5)


def test_one_rater_alone_gives_nothing_to_compare() -> None:
    assert rated_answer(record({ANA: (1, 1)}), decode_rubric) is None
    assert rated_answer(record({}), decode_rubric) is None


def test_the_newest_marks_of_each_by_the_same_form_are_compared() -> None:
    made = record({MACHINE: (0, 0), ANA: (1, 1)})
    words = made.transcripts[0]
    again = rating(words, ANA, (2, 2), 5)
    other_form = rating(words, MACHINE, (2, 2), 6, rubric_version="v2")
    settled = rating(words, MACHINE, (2, 2), 7, settled=(FIRST,))
    found = rated_answer(
        replace(made, ratings=(*made.ratings, again, other_form, settled)), decode_rubric
    )
    assert found
    assert found.lines[0].marks == (Mark.MET, Mark.MISSED)


@pytest.mark.parametrize(("role", "name"), [("candidate", ""), ("interviewer", "Chi")])
def test_who_answered_is_the_user_or_has_a_name(role: str, name: str) -> None:
    shared = SharedRound("a1", "shared", 1, role, "Chi", "Ana")  # type: ignore[arg-type]
    found = rated_answer(record({SELF: (1, 1), ANA: (1, 1)}, shared=shared), decode_rubric)
    assert found
    assert (found.given[0].who, found.session_id) == (Who("self", name), "shared")


def test_who_gives_more_is_told_with_its_interval() -> None:
    marks = [{ANA: (2, 1), BO: (1, 1)}, {ANA: (2, 2), BO: (1, 0)}] * 5
    ana, bo = agreed(*marks).leniency
    assert (ana.who, ana.answers, ana.marks, ana.step.value) == (ANA, 10, 20, 1.0)
    assert bo.step.value == -1.0
    assert ana.is_sure
    assert bo.is_sure
    assert tell_leniency(ana).endswith("Gives more than the others.")
    assert tell_leniency(bo).endswith("Gives less than the others.")


def test_few_sessions_have_no_interval() -> None:
    marks = [{ANA: (2, 1), BO: (1, 1)}, {ANA: (2, 2), BO: (1, 0)}] * 5
    few = agreed(*marks, sessions=LEAST_SESSIONS - 1)
    assert {one.step.low for one in few.leniency} | {p.kappa.low for p in few.pairs} == {None}
    assert not few.leniency[0].is_sure
    enough = agreed(*marks[:9], sessions=LEAST_SESSIONS)
    assert enough.pairs[0].kappa.low is not None


def test_kappa_of_two() -> None:
    same = agreed({ANA: (2, 0), BO: (2, 0)}, {ANA: (1, 2), BO: (1, 2)}).pairs[0]
    assert (same.one, same.other, same.equal, same.marks, same.kappa.value) == (ANA, BO, 4, 4, 1.0)
    opposite = agreed({ANA: (2, 0), BO: (0, 2)}).pairs[0]
    assert opposite.kappa.value == -1.0
    flat = agreed({ANA: (2, 2), BO: (2, 2)}).pairs[0]
    assert "no kappa" in tell_pair(flat)


def test_what_differs_most_is_talked_about_first() -> None:
    found = agreed({ANA: (2, 1), BO: (1, 1)}, {ANA: (2, 1), BO: (0, 1)})
    assert [(one.answer.attempt_id, one.line.step) for one in found.disagreements] == [
        ("a1", 2),
        ("a0", 1),
    ]
    assert [(one.criterion_id, one.equal) for one in found.criteria] == [(FIRST, 0), (SECOND, 2)]


def test_each_session_tells_how_much_was_the_same() -> None:
    found = agreed(
        {ANA: (2, 1), BO: (2, 0)}, {ANA: (1, 1), BO: (1, 1), MACHINE: (1, 0)}, sessions=1
    )
    (session,) = found.over_time
    assert (session.answers, session.pairs, session.equal) == (2, 8, 5)
    one, other = agreed({ANA: (2, 1), BO: (2, 0)}, {ANA: (1, 1), BO: (1, 1)}).over_time
    assert (one.session_id, one.equal, one.pairs) == ("s0", 1, 2)
    assert one.began < other.began
    told = list(agreement_lines(agreed({ANA: (2, 1), BO: (2, 0)}, {ANA: (1, 1), BO: (1, 1)})))
    at = told.index("Marks that were the same, by session")
    assert [line.split("  ")[-1] for line in told[at + 1 : at + 3]] == [
        "1 of 2 pairs of marks",
        "2 of 2 pairs of marks",
    ]


def test_names_from_files_are_shown_as_one_line() -> None:
    assert tell_who(Who("peer", "A\n\x1b[31mB")).isprintable()
    assert [tell_who(who) for who in (SELF, MACHINE, Who("peer"))] == [
        "You",
        "Machine",
        "A listener",
    ]


def test_who_marks_own_answers_and_those_of_others_is_two_raters() -> None:
    told = [tell_rater(who) for who in (SELF, Who("self", "Ana"), ANA, MACHINE)]
    assert told == ["You", "Ana (own answers)", "Ana", "Machine"]


raters = st.sampled_from([SELF, ANA, BO, MACHINE, Who("peer", "ana")])
pairs = st.tuples(st.integers(0, 2), st.integers(0, 2))


@given(st.lists(st.dictionaries(raters, pairs, min_size=2), max_size=4))
def test_any_marks_give_figures_that_fit_together(marks: list[dict[Who, tuple[int, int]]]) -> None:
    found = find_agreement((rated(one, n) for n, one in enumerate(marks)), Resampler(5))
    total = sum(one.marks * (one.step.value or 0.0) for one in found.leniency if len(marks) == 1)
    assert abs(total) < 1e-9  # of the raters of one answer what one gives more others give less
    assert sum(pair.equal for pair in found.pairs) == sum(one.equal for one in found.criteria)
    for pair in found.pairs:
        assert pair.kappa.value is None or -1 <= pair.kappa.value <= 1
    names: list[Rater] = [one.who.rater for one in found.leniency]
    assert set(names) == {who.rater for one in marks for who in one}
