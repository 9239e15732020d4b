from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.analysis.types import Chances, Delivery, Note, Rating, Remark, Span
from trainer.bank.types import Mark
from trainer.store import codec
from trainer.transcript.types import FilledPause, Sound, Transcript, Word

patient = settings(deadline=None)  # machines under load are slow

texts = st.text(st.characters(), max_size=60)
names = st.text(max_size=8)
seconds = st.none() | st.floats(0, 1e6)
counts = st.integers(0, 100_000)
spans = st.builds(
    Span,
    counts,
    counts,
    st.sampled_from(("criterion", "flag", "part", "candidate")),
    names,
    st.lists(names, max_size=3).map(tuple),
)
ratings = st.builds(
    Rating,
    st.sampled_from(("machine", "self", "peer")),
    names,
    names,
    names,
    st.dictionaries(names, st.sampled_from(Mark)),
    st.dictionaries(names, st.booleans()),
    st.lists(spans, max_size=5).map(tuple),
    st.lists(names, max_size=3).map(tuple),
    st.none() | st.sampled_from(Remark),
    st.lists(st.sampled_from(Note), max_size=3).map(tuple),
    st.dictionaries(names, st.builds(Chances, st.floats(0, 1), st.floats(0, 1))),
    st.lists(names, max_size=3).map(tuple),
)
deliveries = st.builds(Delivery, counts, seconds, seconds, counts, counts, counts, counts)


measures = (seconds, seconds, st.none() | st.floats(0, 1), st.none() | texts)
seconds = st.floats(0, 1e6)
stretches = st.none() | st.lists(st.tuples(seconds, seconds)).map(tuple)
fillings = st.none() | st.lists(st.builds(FilledPause, seconds, seconds, seconds)).map(tuple)
sounds = st.none() | st.builds(Sound, stretches, fillings, st.none() | seconds)


@st.composite
def heard(draw: st.DrawFn) -> Transcript:
    text = draw(st.text(min_size=1, max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    words = tuple(
        Word(start, end, *(draw(column) for column in measures)) for start, end in pairwise(cuts)
    )
    return Transcript(text, words, "vosk", draw(sounds))


@patient
@given(heard())
def test_words_come_back(transcript: Transcript) -> None:
    value = codec.encode_words(transcript)
    assert codec.decode_transcript(transcript.text, "vosk", value) == transcript


@patient
@given(texts)
def test_typed_words_follow_from_the_text(text: str) -> None:
    transcript = Transcript.typed(text)
    assert codec.encode_words(transcript) is None
    assert codec.decode_transcript(text, "typed", None) == transcript


@patient
@given(heard())
def test_heard_words_come_back_with_their_text(transcript: Transcript) -> None:
    decoded = codec.decode_heard(codec.encode_heard(transcript))
    assert decoded == replace(transcript, text=codec.storable(transcript.text))


def test_nothing_heard_is_nothing_stored() -> None:
    assert codec.encode_heard(None) is codec.decode_heard(None) is None
    silence = Transcript("", (), "vosk", Sound(()))
    assert codec.decode_heard(codec.encode_heard(silence)) == silence


def test_typed_words_of_a_measured_voice_keep_the_voice() -> None:
    spoken = replace(
        Transcript.typed("I did."), sound=Sound(((0.5, 1.5),), (FilledPause(0.6, 0.9, 0.8),), 21.5)
    )
    value = codec.encode_words(spoken)
    assert codec.decode_transcript("I did.", "typed", value) == spoken


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a.wav",
        f"{'a' * 32}.wav\n",
        f"{'A' * 32}.wav",
        f"{'a' * 32}.json",
        f"../{'a' * 32}.wav",
        f"/tmp/{'a' * 32}.wav",
        f"{'a' * 33}.wav",
        f"{'a' * 32}.wav\0",
        7,
    ],
)
def test_what_could_lead_out_of_the_folder_names_no_recording(name: object) -> None:
    with pytest.raises(ValueError, match="name of a recording"):
        codec.recording_name(name)  # type: ignore[arg-type]


def test_the_name_of_a_recording() -> None:
    name = f"{'0123456789abcdef' * 2}.wav"
    assert (codec.recording_name(name), codec.recording_name(None)) == (name, None)


@patient
@given(texts)
def test_text_is_made_storable_in_place(text: str) -> None:
    stored = codec.storable(text)
    assert stored.encode().decode() == stored
    assert Transcript.typed(stored).words == Transcript.typed(text).words
    kept = [b for a, b in zip(text, stored, strict=True) if not "\ud800" <= a <= "\udfff"]
    assert kept == [a for a in text if not "\ud800" <= a <= "\udfff"]


def test_a_pair_of_surrogates_stays_two_characters() -> None:
    assert codec.storable("\ud83d\ude00 \N{GRINNING FACE}") == "\ufffd\ufffd \N{GRINNING FACE}"


@patient
@given(deliveries)
def test_delivery_comes_back(delivery: Delivery) -> None:
    assert codec.decode_delivery(codec.encode_delivery(delivery)) == delivery


@pytest.mark.parametrize(
    "changes",
    [
        {"words": -3},
        {"words": None},
        {"words": True},
        {"pace_wpm": "x"},
        {"pauses": float("nan")},
        {"paused_s": float("inf")},
        {"longest_pause_s": -1.0},
        {"fillers": [{"what": 5, "low": 1, "high": 2}]},
        {"fillers": [{"what": "um", "low": "a", "high": 2}]},
        {"fillers": [{"what": "um", "low": 1, "high": 1e999}]},
        {"unmeasurable": "words"},
        {"unmeasurable": [["words"]]},
    ],
)
def test_figures_that_nothing_can_be_told_of_are_unreadable(changes: dict[str, object]) -> None:
    value = json.dumps(json.loads(DELIVERY) | changes)
    with pytest.raises(ValueError, match="unreadable delivery"):
        codec.decode_delivery(value)


@patient
@given(ratings)
def test_a_rating_comes_back(rating: Rating) -> None:
    decoded = codec.decode_rating(codec.encode_rating(rating))
    assert decoded == rating
    assert all(isinstance(mark, Mark) for mark in decoded.marks.values())
    assert decoded.remark is None or isinstance(decoded.remark, Remark)


DELIVERY = codec.encode_delivery(Delivery(3, 1.5, None, 60, 120, 1, 0))
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@patient
@given(st.text() | anything.map(json.dumps) | anything.map(lambda x: json.dumps({"schema": x})))
def test_what_was_not_written_here_is_a_value_error(value: str) -> None:
    for decode in (codec.decode_delivery, codec.decode_rating):
        with pytest.raises(ValueError, match="unreadable"):
            decode(value)
    with pytest.raises(ValueError, match="unreadable"):
        codec.decode_transcript("some text", "vosk", value)
    with pytest.raises(ValueError, match="unreadable"):
        codec.decode_heard(value)


@pytest.mark.parametrize(
    "words",
    [
        {"schema": 2, "start": [0], "end": [4]},
        {"schema": 1, "start": [0]},
        {"schema": 1, "start": [0, 5], "end": [4]},
        {"schema": 1, "start": [0], "end": [40]},
        {"schema": 1, "start": [4], "end": [4]},
        {"schema": 1, "start": [0], "end": [4], "start_s": [0.0, 1.0]},
        {"schema": 1, "start": [0], "end": [4], "said": [7]},
        {"schema": 1, "start": [0], "end": [4], "voiced": [[1.0]]},
        {"schema": 1, "start": [0], "end": [4], "voiced": [["a", "b"]]},
        {"schema": 1, "start": [0], "end": [4], "voiced": [[float("nan"), 1.0]]},
        {"schema": 1, "start": [0], "end": [4], "voiced": [[0.0, float("inf")]]},
        {"schema": 1, "start": [0], "end": [4], "voiced": [[-1.0, 1.0]]},
        {"schema": 1, "start": [0], "end": [4], "voiced": [[0, 10**400]]},
        {"schema": 1, "start": [0], "end": [4], "voiced": [], "filled": [[1.0, 2.0, "0.5"]]},
        {"schema": 1, "start": [0], "end": [4], "voiced": [], "filled": [[1.0, 2.0, -0.5]]},
        {"schema": 1, "start": [0], "end": [4], "voiced": [], "snr_db": float("inf")},
        {"schema": 1, "start": [0], "end": [4], "start_s": ["x"], "end_s": [1.0]},
        {"schema": 1, "start": [0], "end": [4], "confidence": [float("nan")]},
        {"schema": 1, "start": [0], "end": [4], "confidence": [float("inf")]},
    ],
)
def test_words_that_do_not_fit_their_text(words: object) -> None:
    value = json.dumps(words)
    for written in {value, value.replace("Infinity", "1e999")}:
        with pytest.raises(ValueError, match="unreadable words"):
            codec.decode_transcript("some text", "vosk", written)


@pytest.mark.parametrize("start_s", ['"x"', "true", "-0.5", "1e999", "-Infinity", "NaN", "2e6"])
def test_times_that_are_none(start_s: str) -> None:
    value = f'{{"schema":1,"start":[0,2],"end":[1,3],"start_s":[null,{start_s}]}}'
    with pytest.raises(ValueError, match="unreadable words"):
        codec.decode_times(value)
    assert codec.decode_times(value.replace(start_s, "7")) == (((None, None), (7, None)), True)


@pytest.mark.parametrize("changes", [{"source": "radio"}, {"text": None}, {"text": "I"}])
def test_heard_words_without_text_or_source(changes: dict[str, object]) -> None:
    value = json.loads(codec.encode_heard(Transcript.typed("I did", "vosk")) or "")
    with pytest.raises(ValueError, match="unreadable heard words"):
        codec.decode_heard(json.dumps(value | changes))


def test_every_value_carries_its_schema() -> None:
    assert json.loads(DELIVERY)["schema"] == 1
    heard = Transcript("ab", (Word(0, 2, 0.5, 1.0),), "vosk")
    assert json.loads(codec.encode_words(heard) or "") == {
        "schema": 1,
        "start": [0],
        "end": [2],
        "start_s": [0.5],
        "end_s": [1.0],
    }
