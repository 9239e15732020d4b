from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.analysis.conftest import a_criterion, a_cue, a_rubric
from trainer.analysis.parts import PARTS
from trainer.analysis.shape import SHAPE, StoryPart, Verdict, tells_story
from trainer.analysis.story import Story, read_story
from trainer.analysis.tokens import MOST_WORDS
from trainer.analysis.types import Note, Rating, Remark, Span
from trainer.bank.types import Mark, Part, Rubric
from trainer.transcript.types import HeardWord, Transcript

STAR = a_rubric(*(a_criterion(a_cue("x"), name=part, part=part) for part in PARTS))
RECORD = a_rubric(
    a_criterion(a_cue("x"), name="acknowledge", part="situation", within=0.3),
    a_criterion(a_cue("x"), name="change", part="action"),
    a_criterion(a_cue("x"), name="evidence", part="result"),
    a_criterion(a_cue("x"), name="connect", part="reflection"),
)
ABOUT_YOU = "Tell me about yourself."


def a_rating(rubric: Rubric, *spans: Span, **options: object) -> Rating:
    settings_: dict[str, object] = {"rater": "machine"} | options
    return Rating(
        rubric_id=rubric.id,
        rubric_version="",
        scorer_version="made",
        marks={c.id: Mark.MET for c in rubric.criteria},
        flags={},
        spans=spans,
        **settings_,  # type: ignore[arg-type]
    )


def parts_of(*lengths: tuple[Part, int]) -> list[Span]:
    """Return part spans one behind the other."""
    spans, at = [], 0
    for name, length in lengths:
        spans.append(Span(at, at + length, "part", name))
        at += length
    return spans


def spoken(text: str, word_s: float = 0.5, begin_s: float = 2.0) -> Transcript:
    """Return a text whose words take half a second each, without pauses."""
    words = [
        HeardWord(word, begin_s + k * word_s, begin_s + (k + 1) * word_s, 1.0)
        for k, word in enumerate(text.split())
    ]
    return Transcript.heard(words, "vosk")


def story_of(
    rubric: Rubric, *lengths: tuple[Part, int], transcript: Transcript | None = None
) -> Story:
    spans = parts_of(*lengths)
    words = transcript or Transcript.typed(" ".join(["word"] * spans[-1].end))
    story = read_story(words, rubric, a_rating(rubric, *spans), "")
    assert story is not None
    return story


def by_name(story: Story) -> dict[str, StoryPart]:
    return {part.name: part for part in story.parts}


def test_parts_come_in_order_with_words_and_shares():
    story = story_of(
        STAR, ("situation", 10), ("task", 10), ("action", 60), ("result", 10), ("reflection", 10)
    )
    assert [part.name for part in story.parts] == list(PARTS)
    assert [part.words for part in story.parts] == [10, 10, 60, 10, 10]
    assert [part.share for part in story.parts] == pytest.approx([0.1, 0.1, 0.6, 0.1, 0.1])
    assert all(part.seconds is None and part.start_s is None for part in story.parts)
    assert {part.verdict for part in story.parts} == {Verdict.AS_USUAL}


def test_heard_words_give_seconds_and_shares_of_the_time():
    transcript = spoken(" ".join(["word"] * 100))
    story = story_of(STAR, ("situation", 20), ("action", 60), ("result", 20), transcript=transcript)
    parts = by_name(story)
    assert parts["action"].seconds == pytest.approx(30)
    assert parts["action"].share == pytest.approx(0.6)
    assert (parts["action"].start_s, parts["action"].end_s) == pytest.approx((12, 42))
    assert parts["task"].seconds == 0
    assert parts["task"].verdict is Verdict.NOT_HEARD


def test_a_part_told_twice_is_one_part_with_two_runs():
    story = story_of(STAR, ("situation", 10), ("action", 20), ("situation", 10), ("result", 10))
    assert by_name(story)["situation"].words == 20
    assert (by_name(story)["situation"].start, by_name(story)["situation"].end) == (0, 40)
    assert [(run.name, run.start, run.end) for run in story.runs] == [
        ("situation", 0, 10),
        ("action", 10, 30),
        ("situation", 30, 40),
        ("result", 40, 50),
    ]


def test_an_overlong_pair_blames_its_long_part():
    story = story_of(STAR, ("situation", 50), ("task", 5), ("action", 35), ("result", 10))
    parts = by_name(story)
    assert parts["situation"].verdict is Verdict.LONG
    assert parts["task"].verdict is Verdict.AS_USUAL
    assert parts["reflection"].verdict is Verdict.NOT_HEARD


def test_a_part_far_below_the_usual_shape_is_short():
    story = story_of(STAR, ("situation", 36), ("action", 30), ("result", 3), ("reflection", 3))
    assert by_name(story)["result"].verdict is Verdict.SHORT
    assert by_name(story)["reflection"].verdict is Verdict.SHORT


def test_the_advised_shape_fills_an_answer():
    assert sum(usual.advised for usual in SHAPE) == pytest.approx(1)
    assert [part for usual in SHAPE for part in usual.parts] == list(PARTS)
    assert all(usual.least < usual.advised < usual.most for usual in SHAPE)


@pytest.mark.parametrize(
    "lengths",
    [
        [("action", 40)],
        [("situation", 3), ("action", 3)],
    ],
)
def test_parts_that_are_too_thin_are_not_told_apart(lengths):
    story = story_of(STAR, *lengths, transcript=Transcript.typed("word " * 40))
    assert story.unclear
    assert story.parts == story.runs == ()


def test_a_text_that_was_pasted_twice_has_the_story_of_one_copy():
    said = " ".join(f"word{k}" for k in range(40))
    spans = parts_of(("situation", 8), ("action", 20), ("result", 8))
    once = a_rating(STAR, *spans)
    twice = replace(once, notes=(Note.PASTED_TWICE,))
    story = read_story(Transcript.typed(f"{said}\n\n{said}"), STAR, twice, "")
    assert story is not None
    assert story == read_story(Transcript.typed(said), STAR, once, "")
    assert story.words == 40
    assert by_name(story)["action"].share == pytest.approx(0.5)


def test_words_that_were_too_many_to_be_rated_have_no_share():
    transcript = Transcript.typed("word " * (MOST_WORDS * 3))
    spans = parts_of(("situation", MOST_WORDS // 2), ("action", MOST_WORDS // 2))
    story = read_story(transcript, STAR, a_rating(STAR, *spans, notes=(Note.CUT,)), "")
    assert story is not None
    assert by_name(story)["action"].share == pytest.approx(0.5)


def test_a_person_who_rates_gives_no_parts_and_nobody_complains():
    words = Transcript.typed("word " * 50)
    assert read_story(words, STAR, a_rating(STAR, rater="peer"), "") is None


def test_i_and_we_are_counted_in_the_action_alone():
    text = "We were at work, we two. " + "I called and then we wrote. " * 6 + "We won I think. " * 3
    transcript = Transcript.typed(text)
    story = story_of(STAR, ("situation", 6), ("action", 36), ("result", 12), transcript=transcript)
    assert (story.i_words, story.we_words) == (6, 6)


def test_ownership_is_where_the_first_words_of_it_are():
    spans = parts_of(("situation", 40), ("action", 40), ("result", 10), ("reflection", 10))
    own = Span(30, 36, "criterion", "acknowledge"), Span(20, 25, "criterion", "acknowledge")
    transcript = spoken("word " * 100)
    story = read_story(transcript, RECORD, a_rating(RECORD, *spans, *own), "")
    assert story is not None
    assert story.owned is not None
    assert (story.owned.word, story.owned.share) == (20, 0.2)
    assert story.owned.seconds == pytest.approx(10)
    assert story.problem is not None
    assert story.change is not None
    assert (story.problem.words, story.change.words) == (40, 60)
    assert story.problem.seconds == pytest.approx(20)
    assert story.change.seconds == pytest.approx(30)


def test_ownership_that_was_not_heard_has_no_place():
    story = story_of(RECORD, ("situation", 40), ("action", 40))
    assert story.asks_to_own
    assert story.owned is None


@pytest.mark.parametrize("mark", [Mark.MISSED, Mark.PARTLY])
def test_only_what_is_met_is_owned_somewhere(mark):
    own = Span(0, 6, "criterion", "acknowledge")
    rating = a_rating(RECORD, *parts_of(("situation", 40), ("action", 40)), own)
    rating = replace(rating, marks={**rating.marks, "acknowledge": mark}, settled=("acknowledge",))
    story = read_story(Transcript.typed("word " * 80), RECORD, rating, "")
    assert story is not None
    assert (story.owning, story.owned) == (mark, None)


def test_a_story_that_is_nobodys_fault_asks_for_no_ownership():
    story = story_of(STAR, ("situation", 40), ("action", 40))
    assert not story.asks_to_own
    assert story.problem is None


def test_only_what_happened_is_a_story(library):
    told = {name for name, rubric in library.rubrics.items() if tells_story(rubric)}
    assert told == {"star", "teamwork", "resilience", "ownership", "case"}


VOLUNTEERED = "I grew up in Pune. My Step 1 was 204. I like to read and to cook for friends."


def test_a_score_that_nobody_asked_for_is_found_without_a_rubric():
    transcript = Transcript.typed(VOLUNTEERED)
    story = read_story(transcript, None, None, ABOUT_YOU)
    assert story is not None
    assert story.volunteered is not None
    assert "204" in transcript.quote(*story.volunteered)


@pytest.mark.parametrize("question", ["Tell me about your Step 1 score.", ""])
def test_a_score_that_was_asked_for_is_not_volunteered(question):
    assert read_story(Transcript.typed(VOLUNTEERED), None, None, question) is None


def test_a_rubric_that_asks_to_own_asks_about_the_record():
    rating = a_rating(RECORD)
    story = read_story(Transcript.typed(VOLUNTEERED), RECORD, rating, "What happened there?")
    assert story is not None
    assert story.volunteered is None


def test_a_weakness_that_is_the_exam_again_is_found():
    transcript = Transcript.typed("My weakness is exams. I failed Step 1, I am slow.")
    story = read_story(transcript, RECORD, a_rating(RECORD), "What is your greatest weakness?")
    assert story is not None
    assert story.repeated is not None
    assert story.volunteered is None


def test_a_remark_is_all_that_is_said():
    rating = a_rating(STAR, *parts_of(("situation", 20), ("action", 30)), remark=Remark.KEYWORDS)
    assert read_story(Transcript.typed("word " * 50), STAR, rating, ABOUT_YOU) is None


def check(story: Story | None, transcript: Transcript) -> None:
    """Assert everything that holds for any story."""
    if story is None:
        return
    count = len(transcript.words)
    assert sum(part.share for part in story.parts) <= 1 + 1e-6
    assert all(0 <= part.share <= 1 + 1e-6 for part in story.parts)
    assert all(part.seconds is None or part.seconds >= 0 for part in story.parts)
    order = [PARTS.index(part.name) for part in story.parts]
    assert order == sorted(set(order))
    at = 0
    for run in story.runs:
        assert at <= run.start < run.end <= count
        at = run.end
    for stretch in (story.volunteered, story.repeated):
        assert stretch is None or 0 <= stretch[0] < stretch[1] <= count
    assert story.owned is None or 0 <= story.owned.word < count
    assert not (story.unclear and story.parts)


SAID = """i we my friend he called told the nurse would did not never failed step 1 score 204 two
    oh four since then learned because every day , . ? ! exam weakness is am low attempt second
    question bank mentor resident in 2019 on the ward patient died if test taker our us"""
ANY_TEXT = st.lists(st.sampled_from(SAID.split()), max_size=90).map(" ".join) | st.text(
    max_size=200
)
QUESTIONS = st.sampled_from([ABOUT_YOU, "What is your weakness?", "Your score is low. Why?", ""])


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANY_TEXT, st.sampled_from(["ownership", "star", "teamwork", "motivation"]), QUESTIONS)
def test_any_text_has_a_sound_story(rater, library, text, family, question):
    transcript, rubric = Transcript.typed(text), library.rubrics[family]
    story = read_story(transcript, rubric, rater.rate(transcript, rubric, question), question)
    check(story, transcript)
    check(read_story(transcript, None, None, question), transcript)


@given(
    st.lists(
        st.tuples(st.floats(-5, 100, width=32), st.floats(-5, 100, width=32)),
        min_size=30,
        max_size=60,
    ),
    st.lists(
        st.tuples(st.integers(-5, 70), st.integers(0, 30), st.sampled_from([*PARTS, "other"])),
        max_size=8,
    ),
    st.sets(st.integers(0, 59)),
)
def test_any_times_and_spans_have_a_sound_story(times, spans, untimed):
    heard = Transcript.heard((HeardWord("word", a, b, 1.0) for a, b in times), "vosk")
    words = tuple(
        replace(word, start_s=None, end_s=None) if k in untimed else word
        for k, word in enumerate(heard.words)
    )
    transcript = replace(heard, words=words)
    given_spans = (Span(start, start + length, "part", name) for start, length, name in spans)
    check(read_story(transcript, STAR, a_rating(STAR, *given_spans), ""), transcript)
