"""Subtitles: lines that fit, cues that can be read in time, and text that stays text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.errors import UsageError
from trainer.exchange.captions import read_captions
from trainer.exchange.subtitles import (
    LEAST_S,
    MOST_CHARACTERS,
    MOST_LINES,
    MOST_S,
    make_cues,
    write_subtitles,
)
from trainer.transcript.types import HeardWord, Transcript, Word

SPOKEN = (
    "In my first attempt I scored two hundred and nine, because I read too much and I did not "
    "practise enough questions. So I changed my plan and every morning I did forty timed "
    "questions, and on Sundays I went through my errors with a senior resident."
)


def spoken(text: str, word_s: float = 0.35, pause_s: float = 0.6) -> Transcript:
    heard, at = [], 0.5
    for word in text.split():
        heard.append(HeardWord(word, at, at + word_s, 1.0))
        at += word_s + (pause_s if word[-1] in ".," else 0.02)
    return Transcript.heard(heard, "vosk")


def test_cues_end_where_clauses_do() -> None:
    shown = [" ".join(cue.lines) for cue in make_cues(spoken(SPOKEN))]
    assert shown[0] == "In my first attempt I scored two hundred and nine,"
    assert all(text[-1] in ".," for text in shown)


def test_usual_speech_stays_long_enough() -> None:
    for cue in make_cues(spoken(SPOKEN)):
        assert LEAST_S <= cue.end_s - cue.start_s <= MOST_S
        assert len(cue.lines) <= MOST_LINES
        assert all(len(line) <= MOST_CHARACTERS for line in cue.lines)


def test_a_lone_word_stays_for_a_second() -> None:
    (cue,) = make_cues(spoken("Yes.", word_s=0.2))
    assert cue.end_s - cue.start_s == pytest.approx(LEAST_S)


def test_without_times_there_are_none() -> None:
    with pytest.raises(UsageError, match="no times"):
        write_subtitles(Transcript.typed("I did it."), "srt")


def test_a_word_without_a_time_goes_with_the_one_before() -> None:
    words = (Word(0, 1, 1.0, 1.5), Word(2, 5), Word(6, 8, 2.0, 2.5))
    (cue,) = make_cues(Transcript("I did it", words, "corrected"))
    assert cue.lines == ("I did it",)


def test_markup_is_shown_and_not_obeyed() -> None:
    hostile = spoken("<b>x</b> --> {\\an8} \x1b[31m & end.")
    vtt = write_subtitles(hostile, "vtt")
    body = vtt.split("\n", 4)[4]
    assert "<" not in body
    assert "--&gt;" in body
    srt = write_subtitles(hostile, "srt")
    assert not set("<{\x1b") & set(srt)
    assert srt.count("-->") == srt.count("\n\n") + 1


heard_words = st.lists(
    st.tuples(
        st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60)
        .map(lambda text: "".join(text.split()))
        .filter(bool),
        st.floats(0, 30),
        st.floats(0, 12),
    ),
    min_size=1,
    max_size=40,
)


@given(heard_words)
def test_cues_never_overlap_nor_grow_too_long(words: list[tuple[str, float, float]]) -> None:
    heard = [HeardWord(text, at, at + length, 1.0) for text, at, length in words]
    cues = make_cues(Transcript.heard(heard, "vosk"))
    for cue in cues:
        assert 0 <= cue.start_s <= cue.end_s <= cue.start_s + MOST_S + 1e-6
        assert 1 <= len(cue.lines) <= MOST_LINES
        assert all(0 < len(line) <= MOST_CHARACTERS for line in cue.lines)
    for before, after in itertools.pairwise(cues):
        assert before.end_s <= after.start_s


@given(st.lists(st.sampled_from(["well", "I", "did,", "it.", "a", "colleague"]), min_size=1))
def test_what_is_written_is_read_again(words: list[str]) -> None:
    written = spoken(" ".join(words))
    for form in ("srt", "vtt"):
        passages = read_captions(write_subtitles(written, form), form)  # type: ignore[arg-type]
        assert " ".join(p.text for p in passages).split() == words
