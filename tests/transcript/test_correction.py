import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.transcript.correction import UNSURE_BELOW, align, unsure
from trainer.transcript.types import HeardWord, Sound, Source, Transcript, Word


def heard(text: str, source: Source = "vosk", confidence: float = 0.9) -> Transcript:
    """Return words of one second each, half a second apart."""
    words = [
        HeardWord(word, 1.5 * at, 1.5 * at + 1, confidence) for at, word in enumerate(text.split())
    ]
    return Transcript.heard(words, source, sound=Sound(((0.0, 1.0),)))


def times(transcript: Transcript) -> list[tuple[float | None, float | None]]:
    return [(word.start_s, word.end_s) for word in transcript.words]


def test_words_that_stay_keep_times_and_confidence() -> None:
    before = heard("i failed step one")
    after = align(before, "i failed step one")
    assert after.words == before.words
    assert after.source == "corrected"
    assert after.sound == before.sound


def test_case_and_punctuation_are_no_correction() -> None:
    after = align(heard("i dont blame the exam"), "I don't blame the exam.\n")
    assert times(after) == times(heard("i dont blame the exam"))
    assert {word.confidence for word in after.words} == {0.9}
    assert after.text == "I don't blame the exam.\n"


def test_one_word_for_another_takes_its_time_and_no_confidence() -> None:
    after = align(heard("my seat exam"), "my step exam")
    assert after.words[1] == Word(3, 7, 1.5, 2.5)
    assert [word.confidence for word in after.words] == [0.9, None, 0.9]


def test_as_many_words_as_before_take_their_times_one_by_one() -> None:
    after = align(heard("a seat won b"), "a step one b")
    assert times(after) == times(heard("a seat won b"))


def test_one_word_for_two_takes_the_time_of_both() -> None:
    after = align(heard("i a knowledge it"), "i acknowledge it")
    assert times(after) == [(0.0, 1.0), (1.5, 4.0), (4.5, 5.5)]


def test_two_words_for_one_share_its_time_by_their_lengths() -> None:
    after = align(heard("a lotta b"), "a lot of b")
    assert after.words[1].end_s == pytest.approx(1.5 + 3 / 5)
    assert times(after)[2] == (after.words[1].end_s, 2.5)


def test_added_words_get_the_gap_between_their_neighbours() -> None:
    after = align(heard("i failed"), "well i really failed once")
    assert times(after) == [(0.0, 0.0), (0.0, 1.0), (1.0, 1.5), (1.5, 2.5), (2.5, 2.5)]
    assert after.words[2].confidence is None


def test_words_that_overlap_leave_no_gap_for_an_added_one() -> None:
    before = Transcript.heard([HeardWord("i", 0, 1.2, 1), HeardWord("failed", 1, 2, 1)], "vosk")
    assert times(align(before, "i really failed"))[1] == (1, 1)


def test_deleted_words_vanish_and_the_others_keep_their_times() -> None:
    after = align(heard("um i failed um once"), "i failed once")
    assert times(after) == [(1.5, 2.5), (3.0, 4.0), (6.0, 7.0)]


def test_a_figure_that_stays_keeps_what_was_said() -> None:
    before = Transcript(
        "score 249 now", (Word(0, 5), Word(6, 9, 1, 2, 0.8, "two forty nine")), "vosk"
    )
    assert align(before, "Score: 249.").words[1].said == "two forty nine"
    assert align(before, "Score: 248.").words[1].said is None


def test_a_typed_transcript_has_no_times_to_give() -> None:
    after = align(Transcript.typed("i failed once"), "i failed only twice")
    assert times(after) == [(None, None)] * 4


def test_nothing_heard_and_nothing_left_are_no_special_case() -> None:
    assert align(heard(""), "typed by hand").words == Transcript.typed("typed by hand").words
    assert align(heard("i failed"), " \n").words == ()


def test_letters_that_differ_in_their_marks_differ() -> None:
    assert align(heard("की का"), "का का").words[0].confidence is None


def test_words_below_the_floor_are_unsure() -> None:
    low, floor = UNSURE_BELOW - 0.01, UNSURE_BELOW
    words = [HeardWord("a", 0, 1, low), HeardWord("b", 1, 2, floor), HeardWord("c", 2, 3, 0.0)]
    assert unsure(Transcript.heard(words, "vosk")) == (0, 2)
    assert unsure(Transcript.typed("a b")) == ()


WORDS = st.lists(
    st.sampled_from(["a", "the", "step", "one", "I", "don't", "249", "é"]), max_size=30
)
TEXTS = st.one_of(
    WORDS.map(" ".join),
    st.text(alphabet=st.sampled_from("aI é'.-—\n\t249"), max_size=60),
    st.text(max_size=40),
)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    at_s, words = 0.0, []
    for word in draw(WORDS):
        start_s = at_s + draw(st.sampled_from([0.0, 0.1, 3.0]))
        at_s = start_s + draw(st.sampled_from([0.0, 0.03, 0.7]))
        words.append(HeardWord(word, start_s, at_s, draw(st.sampled_from([0.2, 0.7, 1.0]))))
    return Transcript.heard(words, "vosk")


@given(transcripts(), TEXTS)
def test_any_text_is_kept_verbatim_and_its_times_go_forward_within_what_was_heard(
    before: Transcript, text: str
) -> None:
    after = align(before, text)
    assert after.text == text
    assert [text[w.start : w.end] for w in after.words] == [
        text[w.start : w.end] for w in Transcript.typed(text).words
    ]
    if not before.words:
        return
    marks = [seconds for pair in times(after) for seconds in pair]
    assert marks == sorted(marks)  # type: ignore[type-var]
    assert all(before.words[0].start_s <= s <= before.words[-1].end_s for s in marks)  # type: ignore[operator]


@given(transcripts())
def test_the_same_text_changes_nothing(before: Transcript) -> None:
    assert align(before, before.text).words == before.words


@given(transcripts(), TEXTS)
def test_only_words_that_were_heard_have_a_confidence(before: Transcript, text: str) -> None:
    kept = [(w.start_s, w.end_s, w.confidence) for w in align(before, text).words if w.confidence]
    known = iter([(w.start_s, w.end_s, w.confidence) for w in before.words])
    assert all(word in known for word in kept)


def test_a_correction_of_the_longest_answer_is_quick() -> None:
    spoken = [f"word{at % 150}" if at % 3 else "the" for at in range(2250)]  # 15 minutes
    fixed = ["fixed" if at % 7 == 0 else word for at, word in enumerate(spoken)]
    noise = ["the"] * 2250
    begin = time.process_time()
    align(heard(" ".join(spoken)), " ".join(fixed))
    align(heard(" ".join(noise)), " ".join(fixed))
    assert time.process_time() - begin < 10


def test_a_whole_book_in_place_of_the_answer_still_has_times() -> None:
    after = align(heard("one " + "the " * 500 + "two"), "one " + "a book " * 40_000 + "two")
    assert times(after)[0] == (0.0, 1.0)
    assert times(after)[-1] == (751.5, 752.5)
    assert after.words[-2].end_s == pytest.approx(751.0)
