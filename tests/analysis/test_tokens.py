import pytest

from trainer.analysis.numbers import find_numbers
from trainer.analysis.tokens import MOST_WORDS, read, read_text, read_word
from trainer.transcript.types import Transcript


@pytest.mark.parametrize(
    ("said", "value", "kind"),
    [
        ("two oh four", 204, "score"),
        ("one ninety nine", 199, "score"),
        ("two hundred and eight", 208, "score"),
        ("two-eleven", 211, "score"),
        ("two thirty one", 231, "score"),
        ("231", 231, "score"),
        ("forty questions", 40, "count"),
        ("two hundred patients", 200, "count"),
        ("1,200 patients", 1200, "count"),
        ("sixty percent", 60, "percent"),
        ("60%", 60, "percent"),
        ("in 2015", 2015, "year"),
        ("twenty nineteen", 2019, "year"),
        ("two thousand and nineteen", 2019, "year"),
        ("nineteen ninety eight", 1998, "year"),
        ("a 60-year-old man", 60, "age"),
        ("step one", 1, "label"),
        ("bed 12", 12, "label"),
    ],
)
def test_numbers_are_read_as_they_are_said(said, value, kind):
    (number,) = find_numbers(read_text(said))
    assert (number.value, number.kind) == (value, kind)


def test_the_pronoun_one_is_no_number():
    assert find_numbers(read_text("one of them went home and no one came")) == []


def test_an_exams_name_its_year_and_its_score_stay_apart():
    kinds = [n.kind for n in find_numbers(read_text("Step 1 in 2019 I got 231"))]
    assert kinds == ["label", "year", "score"]


@pytest.mark.parametrize(
    ("written", "tokens"),
    [
        ("didn't", ["did", "not"]),
        ("DIDN\u2019T,", ["did", "not"]),
        ("didnt", ["did", "not"]),
        ("I've", ["i", "have"]),
        ("can't", ["can", "not"]),
        ("patient's", ["patient"]),
        ("it's", ["it", "is"]),
        ("low-score.", ["low", "score"]),
        ("(US)", ["usa"]),
        ("us", ["us"]),
        ("\U0001f642", []),
        ("\u200f\u202e", []),
        ("\u0645\u0631\u062d\u0628\u0627", ["\u0645\u0631\u062d\u0628\u0627"]),
    ],
)
def test_a_word_is_written_out(written, tokens):
    assert read_word(written) == tokens


def test_i_would_and_i_had_are_told_apart():
    assert read_text("I'd called") == ("i", "had", "called")
    assert read_text("I'd call") == ("i", "would", "call")


def test_tokens_know_their_words_and_names_are_seen_only_with_case():
    reading = read(Transcript.typed("We met in Recife, didn't we?"))
    assert reading.tokens == ("we", "met", "in", "recife", "did", "not", "we")
    assert reading.words == (0, 1, 2, 3, 4, 4, 5)
    assert reading.firsts == (0, 1, 2, 3, 4, 6, 7)
    assert reading.names == {3}
    assert read(Transcript.typed("WE MET IN RECIFE")).names == frozenset()


def test_only_the_first_words_are_read():
    reading = read(Transcript.typed("word " * (MOST_WORDS + 50)))
    assert len(reading.firsts) == MOST_WORDS + 1
