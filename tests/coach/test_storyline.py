from dataclasses import replace

import pytest

from tests.analysis.test_story import RECORD, STAR, a_rating, parts_of, spoken, story_of
from trainer.analysis.story import Story, read_story
from trainer.analysis.types import Delivery, Span
from trainer.bank.types import Mark
from trainer.coach.report import compose
from trainer.coach.storyline import UNCLEAR, tell
from trainer.transcript.types import Transcript


def lines(story: Story, transcript: Transcript) -> tuple[str, ...]:
    return tell(story, transcript).lines


def test_parts_are_told_with_their_length_and_what_is_advised():
    transcript = spoken("word " * 100)
    story = story_of(
        STAR,
        ("situation", 50),
        ("task", 6),
        ("action", 40),
        ("result", 4),
        transcript=transcript,
    )
    assert lines(story, transcript)[:3] == (
        "Situation 25 s (50 %), task 3 s (6 %): long. Coaches advise about 20 % for both.",
        "Action 20 s (40 %). Coaches advise about 60 %.",
        "Result 2 s (4 %): short. Reflection not heard. Coaches advise about 20 % for both.",
    )


def test_what_was_not_heard_is_neither_long_nor_short():
    transcript = Transcript.typed("word " * 100)
    long = story_of(STAR, ("task", 60), ("action", 40), transcript=transcript)
    told = lines(long, transcript)
    assert told[0].startswith("Task 60 words (60 %): long. Situation not heard. Coaches")
    assert told[2].startswith("Result and reflection not heard. Coaches")


def test_typed_parts_are_told_in_words():
    transcript = Transcript.typed("word " * 100)
    story = story_of(STAR, ("situation", 30), ("action", 69), ("result", 1), transcript=transcript)
    assert lines(story, transcript)[1] == "Action 69 words (69 %). Coaches advise about 60 %."
    assert "Result 1 word (1 %)" in lines(story, transcript)[2]


def test_who_acts_is_told():
    text = "at work " * 10 + "we called them and I wrote and we waited " * 3
    transcript = Transcript.typed(text)
    story = story_of(STAR, ("situation", 20), ("action", 27), transcript=transcript)
    told = lines(story, transcript)
    assert 'In the action "I" 3 times, "we" 6 times. Say what you did yourself.' in told


def test_ownership_and_balance_are_told():
    transcript = spoken("word " * 100)
    spans = parts_of(("situation", 60), ("action", 40))
    own = Span(14, 19, "criterion", "acknowledge")
    story = read_story(transcript, RECORD, a_rating(RECORD, *spans, own), "")
    assert story is not None
    told = lines(story, transcript)
    assert "You name the weak point 7 s after your first word, at 14 % of the answer." in told
    assert told[-1] == (
        "The problem takes 30 s, what you changed and what came of it 20 s. "
        "Give the change more room."
    )


def test_a_weak_point_that_was_not_named_is_told():
    assert "The weak point itself was not heard." in owning(Mark.MISSED)


def owning(mark: Mark, *starts: int) -> tuple[str, ...]:
    """Return the lines of an answer in which the weak point got this mark for these words."""
    transcript = Transcript.typed("word " * 100)
    spans = parts_of(("situation", 40), ("action", 60))
    own = (Span(start, start + 5, "criterion", "acknowledge") for start in starts)
    rating = a_rating(RECORD, *spans, *own)
    rating = replace(rating, marks={**rating.marks, "acknowledge": mark})
    story = read_story(transcript, RECORD, rating, "")
    assert story is not None
    return lines(story, transcript)


def test_a_weak_point_that_is_half_named_is_neither_placed_nor_denied():
    assert not any("weak point" in line for line in owning(Mark.PARTLY, 0))
    assert not any("weak point" in line for line in owning(Mark.MET))


def test_early_words_are_first_words():
    assert "You name the weak point in your first words." in owning(Mark.MET, 9)
    assert "You name the weak point from word 11 on, at 10 % of the answer." in owning(Mark.MET, 10)


def test_parts_that_could_not_be_told_apart_are_not_invented():
    assert lines(Story(unclear=True), Transcript.typed("word " * 40)) == (UNCLEAR,)


@pytest.mark.parametrize(("count", "named"), [(40, 0), (50, 1)])
def test_parts_are_named_beside_the_words_only_where_they_could_be_told_apart(count, named):
    transcript = Transcript.typed("word " * 50)
    spans = parts_of(("situation", 40), ("action", 10))
    rating = a_rating(STAR, *(span for span in spans if span.end <= count))
    delivery = Delivery(50, None, None, 0, 0, 0, 0)
    report = compose(transcript, delivery, STAR, rating)
    assert report.story is not None
    assert report.story.story.unclear is not bool(named)
    assert bool(report.parts) is bool(named)


def test_what_nobody_asked_for_is_quoted():
    transcript = Transcript.typed("I am from Pune. My Step 1\x1b was low. I like rivers.")
    story = read_story(transcript, None, None, "Tell me about yourself.")
    assert story is not None
    storyline = tell(story, transcript)
    assert storyline.volunteered in transcript.text
    assert "Nobody asked about your exams" in storyline.lines[0]
    assert "\x1b" not in storyline.lines[0]


def test_a_weakness_that_repeats_the_record_is_quoted():
    transcript = Transcript.typed("My biggest weakness is standardized tests.")
    story = read_story(transcript, None, None, "What is your greatest weakness?")
    assert story is not None
    storyline = tell(story, transcript)
    assert storyline.repeated in transcript.text
    assert "The weakness is your exam record again" in storyline.lines[0]
