from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.analysis.figures import with_figures
from trainer.analysis.rating import ChecklistRater
from trainer.bank.types import Library
from trainer.transcript.types import HeardWord, Transcript


def heard(text: str) -> Transcript:
    """Return words that begin every 0.4 s, with no pause that would end a clause."""
    words = enumerate(text.split())
    return Transcript.heard(
        (HeardWord(word, n * 0.4, n * 0.4 + 0.3, 1 - n / 1000) for n, word in words), "vosk", ()
    )


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("my score was two forty nine", "my score was 249"),
        ("i got two hundred and thirty one on the exam", "i got 231 on the exam"),
        ("it went from one ninety nine to two oh four", "it went from 199 to 204"),
        ("i scored two thirty eight points", "i scored 238 points"),
        ("a two ten and then a two forty", "a 210 and then a 240"),
        ("step one was two oh four and step two c k two thirty",
         "step 1 was 204 and step 2 c k 230"),
        ("step one two forty nine", "step 1 249"),
        ("step two two hundred and forty", "step 2 240"),
        ("my step two thirty was not what i hoped", "my step 230 was not what i hoped"),
        ("in nineteen ninety nine i moved", "in 1999 i moved"),
        ("i graduated in two thousand and nineteen", "i graduated in 2019"),
        ("since twenty nineteen", "since 2019"),
        ("forty percent of them and one hundred percent", "40% of them and 100%"),
        ("the score after two forty five was better", "the score after 245 was better"),
    ],
)  # fmt: skip
def test_spoken_figures_become_figures(said: str, shown: str) -> None:
    assert with_figures(heard(said)).text == shown


@pytest.mark.parametrize(
    "said",
    [
        "two forty nine year old patients",
        "a forty nine year old man",
        "one of two",
        "the one that i wanted",
        "forty nine beds",
        "two hundred and eight patients came",
        "two hundred emails",
        "two hundred more emails",
        "at two forty five the pager went off",
        "two fifteen in the morning",
        "around two thirty a m i called",
        "his pressure was one eighty over one ten",
        "zero point five percent",
        "a hundred and fifty percent",
        "two forty point five",
        "two thousand papers",
        "we had two step one was enough",
        "a day of forty eight hours and then twenty minutes",
        "bed five week two day one",
    ],
)
def test_all_other_numbers_stay_as_they_were_heard(said: str) -> None:
    text = said.replace("step one", "step 1")
    assert with_figures(heard(said)).text == text


def test_a_figure_keeps_its_words_their_time_and_the_lowest_confidence() -> None:
    figure = with_figures(heard("it was two hundred and thirty one in the end")).words[2]
    assert (figure.start, figure.end, figure.said) == (7, 10, "two hundred and thirty one")
    assert (figure.start_s, figure.end_s) == pytest.approx((0.8, 2.7))
    assert figure.confidence == pytest.approx(1 - 6 / 1000)


def test_typed_words_have_no_times_in_a_figure_either() -> None:
    figure = with_figures(Transcript.typed("I got two forty nine")).words[2]
    assert (figure.start_s, figure.end_s, figure.confidence) == (None, None, None)


def test_punctuation_and_hyphens_are_left_alone() -> None:
    for text in ("I got two-forty nine.", "I got two, forty nine", "two. forty nine"):
        assert with_figures(Transcript.typed(text)).text == text


WORDS = (
    "zero one two three four nine ten twelve nineteen twenty thirty forty fifty ninety hundred "
    "thousand million oh o and point percent % step score in at over was to the year old patients "
    "249 2019 40 of a m morning my emails Two two, 5%"
)
texts = st.lists(st.sampled_from(WORDS.split()), max_size=25).map(" ".join)


@settings(deadline=None)
@given(texts)
def test_another_call_changes_nothing_and_no_word_is_lost(text: str) -> None:
    before = heard(text)
    after = with_figures(before)
    assert with_figures(after) == after
    shown = [after.text[word.start : word.end] for word in after.words]
    assert " ".join(shown) == after.text
    spoken = [word.said or written for word, written in zip(after.words, shown, strict=True)]
    assert " ".join(spoken) == before.text
    assert [word.start_s for word in after.words] == sorted(w.start_s or 0 for w in after.words)
    for word, written in zip(after.words, shown, strict=True):
        assert (word.said is None) or written.rstrip("%").isdigit()


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(WORDS.split()), st.sampled_from([" ", "  ", "\n", " - "])))
)
def test_text_outside_figures_is_unchanged(pieces: list[tuple[str, str]]) -> None:
    before = Transcript.typed("".join(word + gap for word, gap in pieces))
    after = with_figures(before)
    told = after.text
    for word in reversed(after.words):
        if word.said is not None:
            told = told[: word.start] + word.said + told[word.end :]
    assert told == before.text


ANSWERS = [
    (
        "ownership",
        """my step one score was two oh four and i own that i planned badly and studied alone then i
        made a new plan with timed blocks each week and my step two score was two forty nine""",
    ),
    (
        "ownership",
        """i failed step one on my first attempt i got one ninety one because i did not do enough
        questions after that i kept an error log and i passed with two hundred and thirty one""",
    ),
    (
        "resilience",
        """in twenty nineteen i failed the exam i went from a one ninety nine to a two thirty eight
        after i changed how i studied and i now review my errors every week with a senior""",
    ),
    (
        "star",
        """our infection rate was forty percent so i designed a checklist and trained the nurses
        after two months it fell to ten percent and i learned to measure before i change""",
    ),
]


@pytest.mark.parametrize(("family", "text"), ANSWERS)
def test_figures_and_words_get_equal_marks(
    rater: ChecklistRater, library: Library, family: str, text: str
) -> None:
    spoken = heard(text)
    written = with_figures(spoken)
    assert written.text != spoken.text
    question = "Tell me about a low score or a failure."
    marks = [rater.rate(words, library.rubrics[family], question) for words in (spoken, written)]
    assert marks[0].marks == marks[1].marks
    assert marks[0].flags == marks[1].flags
    assert marks[0].remark == marks[1].remark
    assert any(marks[1].marks.values())
