"""Answers that have nothing to do with the question, and plain ones that have."""

import pytest

from trainer.analysis.scoring import OFF_QUESTION_MOST, score
from trainer.analysis.types import Remark
from trainer.transcript.types import Transcript

FOOTBALL = (
    "At the weekend I play football with my friends. We meet in the park at ten, and we are two "
    "teams of seven. Last Sunday we lost three to one, but I scored a goal with my left foot. "
    "After that we went to a cafe and watched the match of the league on television. My brother "
    "is a better player than me, he runs faster. I love this game because you forget everything."
)
WON = (
    "Last weekend I went to the stadium with my brother. Our team was losing at half time, then "
    "the coach changed two players and we won by three goals to two. I shouted so much that I "
    "lost my voice. I learned that you should never leave early. Since then I always stay until "
    "the end. I was very happy and we celebrated all night in the street."
)
SOUP = (
    "To make a good soup you first cut two onions and fry them in oil until they are golden. Then "
    "I add the carrots, the potatoes and a little salt. My grandmother taught me to put the lemon "
    "at the end. I cook it for one hour on a small fire. When my cousins come on Sunday they eat "
    "three plates each, and I am proud of it."
)
RICE = (
    "On Sundays I make rice with chicken for everybody at home. I wash the rice three times, I fry "
    "the onions, and I add tomatoes and spices. The secret is to keep the lid closed. Once I "
    "burned the pot and we had to order pizza. Since then I always set a clock, and in the end it "
    "tastes wonderful."
)
MOTIVE = (
    "I chose internal medicine because I like thinking about the whole patient. In medical school "
    "I enjoyed the rotation in internal medicine most, because every patient is a puzzle. I like "
    "to follow patients with chronic diseases for years. I did two observerships in internal "
    "medicine in Ohio. In the future I want to become a hospitalist and teach residents. I speak "
    "three languages, and this will help me to serve your patients."
)
QUEEN = (
    "Internal medicine is for me the queen of the specialties. What draws me is the diagnostic "
    "reasoning, from the heart to the kidneys. During my internship I saw how the internist was "
    "the one whom everybody asked. My goal is a fellowship in cardiology, and then I want to "
    "practice in an academic hospital. I bring patience and curiosity to your program. I love the "
    "long relation with the patients in the clinic."
)
QUESTIONS = {
    "case": "Tell me about a challenging patient case and how you thought your way through it.",
    "closing": "What would you like to ask me?",
    "fit": "What are your two greatest strengths as a doctor?",
    "motivation": "Why this program?",
    "ownership": "Your Step 1 score is lower than most of our residents'. What happened?",
    "resilience": "What was the hardest period of your training, and what kept you going?",
    "situational": "A nurse asks you to look up lab results for her neighbor. What would you do?",
    "star": "Tell me about a conflict you had with someone you worked with.",
    "teamwork": "Tell me about someone on your team who did not do their share.",
}
EVERY_SUBJECT = {
    "deflection",  # a way around the question is what is asked for
    "person",  # for questions that football may answer
}
MOTIVES_BELONG = {"motivation", "fit", *EVERY_SUBJECT}


def rate(rater, library, family, text, question=None):
    transcript = Transcript.typed(text)
    return rater.rate(transcript, library.rubrics[family], question or QUESTIONS[family])


def test_every_rubric_with_a_subject_is_tried(library):
    assert set(QUESTIONS) == set(library.rubrics) - EVERY_SUBJECT


@pytest.mark.parametrize("family", QUESTIONS)
@pytest.mark.parametrize("text", [FOOTBALL, WON, SOUP, RICE])
def test_football_and_cooking_are_off_the_question(rater, library, family, text):
    rating = rate(rater, library, family, text)
    assert rating.remark is Remark.OFF_QUESTION
    assert score(rating, library.rubrics[family]).value <= OFF_QUESTION_MOST


@pytest.mark.parametrize("text", [FOOTBALL, SOUP])
def test_hardly_any_shipped_question_takes_football_for_an_answer(rater, library, text):
    passed = [
        question.id
        for loaded in library.banks
        for question in loaded.bank.questions
        if question.rubric not in {None, *EVERY_SUBJECT}
        and rate(rater, library, question.rubric, text, question.prompt).remark is None
    ]
    assert len(passed) <= 2, passed


@pytest.mark.parametrize("family", sorted(set(QUESTIONS) - MOTIVES_BELONG))
@pytest.mark.parametrize("text", [MOTIVE, QUEEN])
def test_why_internal_medicine_is_an_answer_to_another_question(rater, library, family, text):
    assert rate(rater, library, family, text).remark is Remark.OFF_QUESTION


def test_why_internal_medicine_answers_its_own_question(rater, library):
    question = "Why internal medicine?"
    assert rate(rater, library, "motivation", MOTIVE, question).remark is None
    assert rate(rater, library, "motivation", QUEEN, question).remark is None


PLAIN = [
    (
        "star",
        "We did not agree on the plan, so I sat down with her and I listened, and it ended well.",
    ),
    (
        "star",
        "My colleague shouted at me in front of all. I waited, then I asked him for five "
        "minutes alone.",
    ),
    (
        "teamwork",
        "One of us came late every day. I asked him why, and it was his sick father. We "
        "split the nights.",
    ),
    (
        "resilience",
        "My father died in that winter. I slept little, I called my aunt each evening, "
        "and slowly I went on.",
    ),
    (
        "ownership",
        "It is mine. I read too much and I practiced too little, so I failed. Later I did "
        "it with a clock.",
    ),
    (
        "ownership",
        "I was alone, I was afraid, and I did not ask anybody for help. The second time I "
        "asked, and I passed.",
    ),
    (
        "case",
        "She was sixty and could not breathe. I thought of a clot first, but her legs "
        "were fine, so I waited.",
    ),
    (
        "situational",
        "I would say no to her, kindly, and tell her that her neighbor can call the "
        "office in the morning.",
    ),
    (
        "situational",
        "No. That is private. I tell her that I cannot, and I ask her what she is so "
        "worried about.",
    ),
    (
        "closing",
        "How do the interns here learn in their first months, and who sits with them when "
        "it is hard?",
    ),
    (
        "fit",
        "I stay calm and I listen. When it was loud at night, the nurses came to me "
        "because I did not shout.",
    ),
    (
        "motivation",
        "I like to think slowly, and I like people who are old and have many diseases at "
        "the same time.",
    ),
    (
        "deflection",
        "That I would like to keep for myself. I can tell you that nothing will keep me "
        "from coming.",
    ),
    (
        "person",
        "I run three mornings in the week, and every Sunday I call my mother and we laugh "
        "for an hour.",
    ),
]


@pytest.mark.parametrize(("family", "text"), PLAIN)
def test_a_plain_answer_is_not_refused(rater, library, family, text):
    question = QUESTIONS.get(family, "What do you do to keep yourself well?")
    assert rate(rater, library, family, text, question).remark is None


def test_a_few_words_are_never_off_the_question(rater, library):
    assert rate(rater, library, "star", "I told him the truth and he agreed.").remark is None


def test_a_word_of_the_question_is_enough_of_its_subject(rater, library):
    text = "The bicycle was blue, and it stood for a long time in the yard of a green house."
    assert rate(rater, library, "star", text, "When did you lose a bicycle?").remark is None
    assert rate(rater, library, "star", text).remark is Remark.OFF_QUESTION


@pytest.mark.parametrize(
    ("family", "text"),
    [
        (
            "resilience",
            "I wrote to forty offices, and each said no. Then I went there myself with my papers "
            "in a bag. On the third day one lady opened the door and I could begin.",
        ),
        (
            "star",
            "A man shouted because he waited six hours. I gave him a chair and water and I let "
            "him finish. After that he was quiet and he came back to me each month.",
        ),
        ("fit", "People trust me with what is difficult to say. One told me what nobody knew."),
        (
            "motivation",
            "Because of my grandfather. He had a weak heart and one man came each week to him and "
            "he talked with him, long. I want to be that man.",
        ),
    ],
)
def test_an_indirect_answer_is_refused_by_no_question_of_its_rubric(rater, library, family, text):
    refused = [
        question.id
        for loaded in library.banks
        for question in loaded.bank.questions
        if question.rubric == family
        and rate(rater, library, family, text, question.prompt).remark is not None
    ]
    assert not refused
