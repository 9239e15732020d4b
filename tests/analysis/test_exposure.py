import pytest

from trainer.analysis.exposure import (
    asks_about_record,
    asks_for_weakness,
    find_repeated_weakness,
    find_weak_record,
)
from trainer.transcript.types import Transcript


@pytest.mark.parametrize(
    "question",
    [
        "Your Step 1 score is lower than most of our residents'. What happened?",
        "I see a failed attempt at Step 2. Tell me about it.",
        "What is the weakest part of your application?",
        "There is a gap on your CV.",
        "You applied last cycle and did not match. Why do you think that was?",
        "How would you describe yourself as a test taker?",
        "You graduated in 2009. Why should we consider you now?",
    ],
)
def test_a_question_about_the_record_is_known(question):
    assert asks_about_record(question)
    assert not asks_for_weakness(question)


@pytest.mark.parametrize(
    "question",
    [
        "Tell me about yourself.",
        "Why internal medicine?",
        "Tell me about a setback and how you dealt with it.",
        "Tell me about something you failed at. Please do not choose an exam.",
        "Leave your test scores aside. What is a goal you did not reach, and what happened?",
        "Apart from your exam scores, what should we know?",
        "",
    ],
)
def test_other_questions_do_not_ask_about_the_record(question):
    assert not asks_about_record(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is your greatest weakness as a doctor? Please give me a real one.",
        "Which part of your daily work still needs the most improvement?",
        "What would your last supervisor ask you to work on?",
        "What are your weak points?",
        "What do you need to improve?",
    ],
)
def test_a_question_for_a_weakness_is_known(question):
    assert asks_for_weakness(question)


@pytest.mark.parametrize(
    "question",
    [
        "Describe a team you worked in to improve something for patients.",
        "Tell me about a time you improved a process.",
        "What are your strengths?",
    ],
)
def test_other_questions_ask_for_no_weakness(question):
    assert not asks_for_weakness(question)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I grew up in Pune. My Step 1 was 204, and since then I improved.", "204"),
        ("I failed Step 1 once but I love medicine.", "failed Step 1"),
        ("I know that my scores are low but I work hard.", "scores are low"),
        ("I did not pass Step 2 the first time.", "not pass Step 2"),
        ("I needed two attempts, as you can see.", "two attempts"),
        ("even though my usmle scores are not great i am a good doctor", "usmle scores are not"),
        ("I passed my boards on the second attempt with my Step 1.", "second attempt"),
        ("Then I flunked the exam, and my father was angry.", "flunked the exam"),
        ("My Step 2 CK was two hundred and twelve.", "two hundred and twelve"),
    ],
)
def test_a_weak_point_of_the_record_is_found(text, words):
    transcript = Transcript.typed(text)
    found = find_weak_record(transcript)
    assert found is not None
    assert words in transcript.quote(*found)


@pytest.mark.parametrize(
    "text",
    [
        "I was born in Lagos and I like to listen to patients.",
        "I have never failed an exam in my life.",
        "My friend failed Step 1 and I helped him study.",
        "If I failed Step 1 I would try again.",
        "The patient failed a trial of extubation, and his CK was two hundred.",
        "I got 249 on Step 2 CK.",
        "I passed Step 3 on my first attempt.",
        "Her score was low, a GCS of 9, so I called the senior.",
        "On exam he had a low pressure and weak pulses.",
        "We made two attempts to place the line.",
        "",
    ],
)
def test_other_words_are_not_taken_for_it(text):
    assert find_weak_record(Transcript.typed(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "My biggest weakness is standardized tests.",
        "I would say my Step 1 score.",
        "I am not a good test taker.",
        "I get nervous in exams, that is my weakness.",
        "My weakness is that I failed Step 1.",
        "i struggle with multiple choice questions",
    ],
)
def test_a_weakness_that_repeats_the_record_is_found(text):
    assert find_repeated_weakness(Transcript.typed(text)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "I say yes too often, so I now write down what I have taken on.",
        "I was slow with notes. I order fewer tests now, and my notes are done by five.",
        "My weakness is not exams, it is delegation.",
    ],
)
def test_another_weakness_is_not_taken_for_it(text):
    assert find_repeated_weakness(Transcript.typed(text)) is None
