from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.calibration.spoken import READING, misheard, say, sound_of
from trainer.calibration.deviations import Read, find_read
from trainer.calibration.estimating import (
    Counted,
    baseline_of,
    count_errors,
    error_rate,
    expected,
    heard_of,
)
from trainer.calibration.word_errors import count_differences
from trainer.calibration.wording import words_of
from trainer.transcript.types import Sound

SENTENCES = [words_of(sentence) for sentence in READING.sentences]
TEXT = [word for sentence in SENTENCES for word in sentence]
WHOLE = Read(tuple(range(len(TEXT))), ())
COUNTS = st.lists(
    st.builds(Counted, st.integers(0, 12), st.integers(1, 20)), min_size=1, max_size=15
)


@given(st.floats(0, 1), st.integers(0, 99))
def test_sentences_together_have_the_fewest_errors(share: float, seed: int) -> None:
    heard = heard_of(misheard(say(READING.text), share, seed))
    counts = count_errors(SENTENCES, WHOLE, heard)
    assert [count.words for count in counts] == [len(sentence) for sentence in SENTENCES]
    wanted = count_differences(TEXT, [word.text for word in heard])
    assert sum(count.errors for count in counts) == wanted
    assert error_rate(counts) == wanted / len(TEXT) <= 1


def test_figures_case_and_spelt_letters_are_no_errors() -> None:
    heard = heard_of(say("on step two C K my score was 241"))
    counts = count_errors([words_of("On Step 2 CK my score was two forty one.")], _all(11), heard)
    assert error_rate(counts) == 0


def test_errors_count_where_they_are() -> None:
    words = say(READING.text)
    del words[13]
    counts = count_errors(SENTENCES, WHOLE, heard_of(words))
    assert [count.errors for count in counts] == [0, 1, 0, 0, 0, 0]


def test_what_was_not_read_and_what_was_more_counts_for_nothing() -> None:
    words = say(f"hello there {' '.join(TEXT[:22])}")
    read = Read(tuple(range(22)), ((words[0].start_s, words[1].end_s),))
    counts = count_errors(SENTENCES, read, heard_of(words))
    assert counts == (Counted(0, 10), Counted(0, 12))


def test_a_recogniser_that_heard_nothing_has_every_word_wrong() -> None:
    assert error_rate(count_errors(SENTENCES, WHOLE, ())) == 1
    with pytest.raises(ValueError, match="no words were read"):
        error_rate(())


@given(COUNTS)
@settings(max_examples=20)
def test_the_interval_holds_the_rate_and_is_the_same_each_time(counts: list[Counted]) -> None:
    low, high = expected(counts)
    assert 0 <= low <= error_rate(counts) <= high
    assert (low, high) == expected(counts)


def test_no_error_seen_is_no_promise() -> None:
    low, high = expected([Counted(0, 15)] * 10)
    assert low == 0
    assert 0.005 < high < 0.03


def test_uneven_sentences_and_short_readings_tell_less() -> None:
    even, uneven = [Counted(2, 15)] * 10, [Counted(0, 15), Counted(4, 15)] * 5
    assert _width(expected(uneven)) > _width(expected(even))
    assert _width(expected(uneven[:4])) > _width(expected(uneven))


def _width(interval: tuple[float, float]) -> float:
    return interval[1] - interval[0]


def _all(count: int) -> Read:
    return Read(tuple(range(count)), ())


def test_the_pace_is_that_of_the_words_that_were_read() -> None:
    first, second = say(" ".join(TEXT[:40])), say(" ".join(TEXT[40:]), from_s=14.5)
    said = [*first, *second]
    sound = sound_of(said)
    baseline = baseline_of(find_read(TEXT, heard_of(said), sound.voiced), sound)
    assert baseline
    whole_s = said[-1].end_s - said[0].start_s
    assert baseline.pace_wpm == pytest.approx(len(TEXT) * 60 / whole_s)
    assert baseline.articulation_wpm == pytest.approx(200)


def test_remarks_and_words_read_twice_have_no_part_in_the_pace() -> None:
    said = say(f"one moment please i begin {READING.text} that was it thank you so much")
    twice = say(" ".join((*TEXT[:15], *TEXT[10:])))
    for words in (said, twice):
        sound = sound_of(words)
        baseline = baseline_of(find_read(TEXT, heard_of(words), sound.voiced), sound)
        assert baseline
        assert baseline.pace_wpm == pytest.approx(200, abs=1)
        assert baseline.articulation_wpm == pytest.approx(200, abs=1)


def test_there_is_no_pace_without_a_measured_voice() -> None:
    read = find_read(TEXT, heard_of(say(READING.text)), None)
    assert read.words == WHOLE.words
    assert baseline_of(read, Sound()) is None
    assert baseline_of(Read((), ()), sound_of(say("x"))) is None
