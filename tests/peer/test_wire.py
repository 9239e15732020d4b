"""A line is exactly a message of this version, or it is refused without a word of it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.peer.messages import (
    MOST_BYTES,
    VERSION,
    Alive,
    Bye,
    GarbledError,
    Join,
    Message,
    Piece,
    Sent,
    Shown,
    VersionError,
    from_text,
    to_lines,
    to_text,
)
from trainer.peer.tries import CLOSED_S, MOST_WRONG, Tries
from trainer.peer.wire import Bucket, Pieces

TEXTS = st.text(max_size=20)
MESSAGES = st.one_of(
    st.builds(Sent, st.integers(0, 2**40), st.dictionaries(TEXTS, st.lists(TEXTS))),
    st.builds(Shown, st.lists(st.integers() | TEXTS)),
    st.builds(Join, TEXTS, TEXTS, TEXTS),
    st.builds(Bye, TEXTS, TEXTS),
    st.just(Alive()),
)


@given(MESSAGES)
def test_a_message_is_one_line_and_comes_back(message: Message) -> None:
    (line,) = to_lines(message)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert from_text(line) == message


@pytest.mark.parametrize("letter", ["a", "\x00", '"', "\\", "é", "\U0001f600"])
def test_a_long_message_goes_in_lines_that_are_short_enough(letter: str) -> None:
    message = Sent(7, letter * 300_000)
    lines = list(to_lines(message))
    assert len(lines) > 1
    assert all(len(line) <= MOST_BYTES for line in lines)
    pieces = Pieces(9_000_000)
    *parts, whole = [pieces.add(from_text(line)) for line in lines]
    assert parts == [None] * len(parts)
    assert whole == message


def test_pieces_are_limited_and_not_mixed() -> None:
    pieces = Pieces(1000)
    with pytest.raises(GarbledError):
        for _ in range(20):
            pieces.add(Piece("x" * 100, last=False))
    pieces = Pieces(1000)
    pieces.add(Piece("x", last=False))
    with pytest.raises(GarbledError):
        pieces.add(Alive())
    with pytest.raises(GarbledError):
        Pieces(1000).add(Piece(to_text(Piece("x", last=True)), last=True))


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_garbage_is_refused_and_never_quoted(line: bytes) -> None:
    with pytest.raises(GarbledError) as caught:
        from_text(line)
    assert caught.value.kind in ("no JSON", "no message")


@pytest.mark.parametrize(
    "line",
    [
        '{"v":1,"kind":"alive","more":1}',
        '{"v":1,"kind":"event","number":1}',
        '{"v":1,"kind":"event","number":-1,"event":{}}',
        '{"v":1,"kind":"event","number":true,"event":{}}',
        '{"v":1,"kind":"event","number":1.0,"event":{}}',
        '{"v":1,"kind":"event","number":1e400,"event":{}}',
        '{"v":1,"kind":"event","number":1,"event":NaN}',
        '{"v":1,"kind":"event","number":1,"event":1e999}',
        '{"v":1,"kind":"alive","kind":"alive"}',
        '{"v":1,"kind":["alive"]}',
        '{"v":true,"kind":"alive"}',
        '{"v":1,"kind":"join","name":1,"role":"","digest":""}',
        '{"v":1,"kind":"event","number":1,"event":' + "[" * 100_000 + "}",
        '{"v":1,"kind":"event","number":' + "9" * 5000 + ',"event":1}',
        json.dumps({"v": 1, "kind": "join", "name": "x" * 5000, "role": "", "digest": ""}),
    ],
)
def test_what_is_nearly_a_message_is_refused(line: str) -> None:
    with pytest.raises(GarbledError):
        from_text(line)


def test_another_version_is_told_apart() -> None:
    with pytest.raises(VersionError):
        from_text(json.dumps({"v": VERSION + 1, "kind": "what we do not know yet"}))


def test_five_wrong_codes_close_the_door_for_a_minute() -> None:
    now = [0.0]
    tries = Tries(lambda: now[0])
    assert tries.closed_s() == 0
    assert [tries.wrong() for _ in range(MOST_WRONG)] == [False] * 4 + [True]
    assert tries.closed_s() == 60
    now[0] = CLOSED_S - 0.5
    assert tries.closed_s() == 1
    now[0] = CLOSED_S
    assert tries.closed_s() == 0
    assert not tries.wrong()


@given(st.lists(st.floats(0, 0.2), min_size=30, max_size=60))
def test_a_bucket_lets_no_more_through_than_it_says(pauses: list[float]) -> None:
    now = [0.0]
    bucket = Bucket(10, 5, lambda: now[0])
    for pause in pauses:
        now[0] += pause
        now[0] += bucket.wait_s()
    assert len(pauses) <= 5 + 10 * now[0] + 1e-6
