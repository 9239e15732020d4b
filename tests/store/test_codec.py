from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.analysis.types import Delivery, Rating, Remark, Span
from trainer.bank.types import Mark
from trainer.store import codec
from trainer.transcript.types import Transcript, Word

patient = settings(deadline=None)  # machines under load are slow

texts = st.text(st.characters(), max_size=60)
names = st.text(max_size=8)
seconds = st.none() | st.floats(0, 1e6)
counts = st.integers(0, 100_000)
spans = st.builds(
    Span,
    counts,
    counts,
    st.sampled_from(("criterion", "flag", "part")),
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
)
deliveries = st.builds(Delivery, counts, seconds, seconds, counts, counts, counts, counts)


@st.composite
def heard(draw: st.DrawFn) -> Transcript:
    text = draw(st.text(min_size=1, max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    words = tuple(
        Word(start, end, draw(seconds), draw(seconds), draw(st.none() | st.floats(0, 1)))
        for start, end in pairwise(cuts)
    )
    return Transcript(text, words, "vosk")


@patient
@given(heard())
def test_words_come_back(transcript: Transcript) -> None:
    value = codec.encode_words(transcript)
    assert codec.decode_words(transcript.text, value) == transcript.words


@patient
@given(texts)
def test_typed_words_follow_from_the_text(text: str) -> None:
    transcript = Transcript.typed(text)
    assert codec.encode_words(transcript) is None
    assert codec.decode_words(text, None) == transcript.words


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
        codec.decode_words("some text", value)


@pytest.mark.parametrize(
    "words",
    [
        {"schema": 2, "start": [0], "end": [4]},
        {"schema": 1, "start": [0]},
        {"schema": 1, "start": [0, 5], "end": [4]},
        {"schema": 1, "start": [0], "end": [40]},
        {"schema": 1, "start": [4], "end": [4]},
        {"schema": 1, "start": [0], "end": [4], "start_s": [0.0, 1.0]},
    ],
)
def test_words_that_do_not_fit_their_text(words: object) -> None:
    with pytest.raises(ValueError, match="unreadable words"):
        codec.decode_words("some text", json.dumps(words))


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
