"""What the report says after a listening drill."""

from __future__ import annotations

import pytest

from trainer.coach.listening_drill import tell_drill
from trainer.session.hearing import Hearing
from trainer.transcript.types import Transcript

QUESTION = "What is the weakest part of your application?"
RESTATED = Transcript.typed("The weakest part of my application is my gap. It was long.")
AT_ONCE = Transcript.typed("I had a gap of two years after school, because I was ill.")


@pytest.mark.parametrize(
    ("heard", "looked", "line"),
    [
        (1, False, "You heard the question once and did not look at the text."),
        (2, False, "You heard the question twice and did not look at the text."),
        (3, True, "You heard the question 3 times and looked at the text."),
    ],
)
def test_how_the_question_was_taken_in_is_told(heard: int, looked: bool, line: str) -> None:
    assert tell_drill(Hearing(True, looked, heard), AT_ONCE, QUESTION)[0] == line


def test_a_restatement_is_quoted_and_a_missing_one_explained() -> None:
    (_, restated) = tell_drill(Hearing(hidden=True, heard=1), RESTATED, QUESTION)
    assert restated == "You restated the question: “The weakest part of my application”"
    (_, at_once) = tell_drill(Hearing(hidden=True, heard=1), AT_ONCE, QUESTION)
    assert at_once.startswith("You began without restating the question.")


def test_a_quote_begins_with_its_sentence_but_not_far_before() -> None:
    hearing = Hearing(hidden=True, heard=1)
    polite = Transcript.typed("Thank you for asking. My weakest part is the application essay.")
    assert tell_drill(hearing, polite, QUESTION)[1].endswith("“My weakest part is the application”")
    heard = Transcript.typed("so yes thank you for this it is good to hear the weakest part now")
    assert tell_drill(hearing, heard, QUESTION)[1].endswith(
        "“for this it is good to hear the weakest part”"
    )


def test_nothing_is_said_outside_a_drill_or_of_a_question_that_nobody_heard() -> None:
    assert tell_drill(Hearing(heard=1), RESTATED, QUESTION) == ()
    assert tell_drill(Hearing(hidden=True, looked=True), RESTATED, QUESTION) == ()


def test_an_answer_without_words_is_not_judged() -> None:
    lines = tell_drill(Hearing(hidden=True, heard=1), Transcript("", (), "unheard"), QUESTION)
    assert len(lines) == 1
