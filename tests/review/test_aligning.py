"""A comparison part by part: each mark, fact and word in one place, and where it was said."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.review.sides import CLASSES, rating, side, story
from trainer.analysis.types import Span
from trainer.bank.types import Mark
from trainer.review.aligning import Places, align_parts, place_flags
from trainer.review.comparing import compare
from trainer.review.sides import Side

MISSED, PARTLY, MET = Mark
WORDS = "i called 209 nurses in Omaha then i asked the attending on the ward"


@st.composite
def stories(draw: st.DrawFn) -> Side:
    lengths = draw(st.tuples(*[st.integers(0, 13)] * 3))
    marks = draw(st.fixed_dictionaries({n: st.sampled_from(Mark) for n in ("situation", "result")}))
    text = " ".join(draw(st.permutations(WORDS.split())))
    told = story(*lengths, marks=marks, text=text)
    return draw(st.sampled_from([told, replace(told, rating=None), side(text)]))


@given(stories(), stories())
@settings(max_examples=60)
def test_nothing_is_left_out_and_nothing_stands_twice(one: Side, other: Side) -> None:
    compared = compare(one, other, CLASSES)
    chapters = align_parts(compared)
    for side_of, ranges in (
        (one, [r for chapter in chapters for r in chapter.before]),
        (other, [r for chapter in chapters for r in chapter.after]),
    ):
        words = sorted(at for start, end in ranges for at in range(start, end))
        assert words == list(range(len(side_of.transcript.words)))
    marks = [line.pair.id for chapter in chapters for line in chapter.marks]
    assert sorted(marks) == sorted(pair.id for pair in compared.marks)
    added = [fact for chapter in chapters for fact in chapter.added]
    dropped = [fact for chapter in chapters for fact in chapter.dropped]
    assert set(added) == set(compared.added or ())
    assert set(dropped) == set(compared.dropped or ())
    assert (len(added), len(dropped)) == (len(set(added)), len(set(dropped)))


def test_marks_and_facts_stand_with_their_part() -> None:
    before = story(20, 20, 0, text="word")
    after = story(10, 20, 10, marks={"result": MET}, text="word " * 34 + "Omaha")
    chapters = {chapter.name: chapter for chapter in align_parts(compare(before, after, CLASSES))}
    assert list(chapters) == ["situation", "action", "result"]
    assert [line.pair.id for line in chapters["result"].marks] == ["result"]
    assert [fact.text for fact in chapters["result"].added] == ["Omaha"]
    assert chapters["situation"].places == Places((0, 20), (0, 10))
    assert chapters["result"].places == Places(None, (30, 40))


def test_a_mark_is_said_where_its_first_quote_stands() -> None:
    before = story(20, 20, 0, marks={"action": MISSED})
    after = story(20, 20, 0, marks={"action": PARTLY})
    (line,) = align_parts(compare(before, after, CLASSES))[1].marks
    assert line.places == Places(None, (0, 2))
    assert [line.places.of(number) for number in (0, 1)] == [None, (0, 2)]


def test_without_a_story_all_is_one_chapter() -> None:
    (chapter,) = align_parts(compare(side("I saw 209 people"), side("I saw them"), CLASSES))
    assert (chapter.name, chapter.places) == (None, Places((0, 4), (0, 3)))
    assert [fact.kind for fact in chapter.dropped] == ["number"]
    assert align_parts(compare(side(""), side(""), CLASSES)) == ()


def test_a_flag_is_said_only_where_it_is_raised() -> None:
    raised = rating({"change": MET}, flags={"blame": True})
    spans = (*raised.spans, Span(0, 1, "flag", "blame"))
    before = replace(side(marks={"change": MET}), rating=replace(raised, spans=spans))
    after = side(marks={"change": MET})
    (line,) = place_flags(compare(before, after, CLASSES))
    assert line.places == Places((1, 3), None)
