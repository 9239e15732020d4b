from hypothesis import given
from hypothesis import strategies as st

from trainer.calibration.readings import load_readings
from trainer.calibration.word_errors import count_differences
from trainer.calibration.wording import tokens_of, words_of
from trainer.transcript.types import HeardWord, Transcript

TEXTS = st.sampled_from([reading.text for reading in load_readings()])


@given(TEXTS)
def test_case_and_punctuation_are_no_words(text: str) -> None:
    assert words_of(text.upper()) == words_of(text.lower()) == words_of(text)
    bare = text.replace(",", "").replace(".", "").replace("-", " ")
    assert words_of(bare) == words_of(text)


@given(st.integers(0, 999_999))
def test_a_figure_is_the_words_that_are_said_for_it(number: int) -> None:
    words = words_of(str(number))
    assert not any(word.isdigit() for word in words)
    assert words_of(" ".join(words)) == words
    assert words_of(f"{number:,}") == words


def test_ways_of_saying_a_number_are_one() -> None:
    said = ("241", "two forty one", "two hundred and forty one", "Two hundred forty-one")
    assert {words_of(text) for text in said} == {("two", "hundred", "forty", "one")}
    assert words_of("in 2019") == words_of("in twenty nineteen")
    assert words_of("45%") == words_of("forty five percent")
    assert words_of("9.85 1000000") == ("9.85", "1000000")


def test_spelt_letters_are_one_word() -> None:
    assert words_of("Step 2 CK.") == words_of("step two c k") == ("step", "two", "ck")
    assert words_of("step two c k i passed") == ("step", "two", "ck", "i", "passed")
    assert words_of("i took a c k test") == ("i", "took", "a", "ck", "test")
    assert words_of("i was a a student") == ("i", "was", "a", "a", "student")
    assert words_of("a chest x-ray") == ("a", "chest", "x", "ray")


def test_contractions_are_written_out_and_hesitations_left_out() -> None:
    assert words_of("Um, it's, uh, I'm sure") == words_of("it is i am sure")


def test_a_word_knows_where_it_comes_from() -> None:
    words = ["um", "two", "c", "k", "249"]
    heard = [HeardWord(word, at, at + 0.5, 1.0) for at, word in enumerate(words)]
    tokens = tokens_of(Transcript.heard(heard, "vosk"))
    assert [(t.text, t.start, t.end) for t in tokens] == [
        ("two", 1, 2),
        ("ck", 2, 4),
        ("two", 4, 5),
        ("hundred", 4, 5),
        ("forty", 4, 5),
        ("nine", 4, 5),
    ]


@given(TEXTS)
def test_a_text_has_no_errors_against_itself(text: str) -> None:
    assert count_differences(words_of(text), words_of(text.lower())) == 0
