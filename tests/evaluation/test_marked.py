"""Files of marked answers: what is read of them, and every mistake with its line."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import fakes
from trainer.bank.types import Mark
from trainer.errors import TrainerError, UsageError
from trainer.evaluation.marked import MistakesError, read_answers
from trainer.evaluation.types import MarkedAnswer

RUBRICS = {"ownership": fakes.rubric()}


def line(**changes: Any) -> str:
    fields = {
        "id": "a",
        "rubric": "ownership",
        "text": "I acknowledge it.",
        "marks": {"acknowledge": 2},
        **changes,
    }
    return json.dumps({name: value for name, value in fields.items() if value is not ...})


def read(*lines: str | bytes) -> tuple[MarkedAnswer, ...]:
    raw = b"\n".join(text.encode() if isinstance(text, str) else text for text in lines)
    return read_answers(io.BytesIO(raw), "my.jsonl", RUBRICS)


def complaints(*lines: str | bytes) -> list[str]:
    with pytest.raises(MistakesError) as caught:
        read(*lines)
    assert caught.value.exit_code == 2
    return [str(complaint) for complaint in caught.value.complaints]


def test_all_that_a_line_can_hold_is_read() -> None:
    (found,) = read(
        line(
            id=7,
            speaker="s1",
            question="Why?",
            marks={"acknowledge": 2, "change": None},
            flags={"blame": True},
            quotes={"acknowledge": ["I acknowledge"], "change": None},
            overall=3.5,
            author="x",
            remark="of her own",
        )
    )
    assert found == MarkedAnswer(
        id=7,
        speaker="s1",
        rubric=RUBRICS["ownership"],
        question="Why?",
        text="I acknowledge it.",
        marks={"acknowledge": Mark.MET, "change": None},
        flags={"blame": True},
        quotes={"acknowledge": ("I acknowledge",), "change": ()},
        overall=3.5,
    )


def test_rubric_text_and_marks_are_enough() -> None:
    first, second = read(line(id=...), "", line(id=...))
    assert (first.id, second.id) == ("line 1", "line 3")
    assert (first.speaker, first.question, first.flags, first.overall) == (None, "", {}, None)


def test_byte_order_mark_blank_lines_and_windows_line_ends_are_accepted() -> None:
    text = "\ufeff" + line(id="1") + "\r\n\r\n  \r\n" + line(id="2") + "\r\n"
    assert [answer.id for answer in read(text)] == ["1", "2"]


def test_text_is_data() -> None:
    text = "\u202e\x1b[31m I [bold]acknowledge[/] \ud800 it.\u2028"
    assert read(line(text=text))[0].text == text


BAD: dict[str, tuple[str | bytes, str]] = {
    "no JSON": ("nonsense", "not JSON: Expecting value, column 1"),
    "a list": ("[]", "a list, not an object"),
    "a constant": (line().replace("2", "NaN"), "NaN is not JSON"),
    "a field twice": ('{"id": 1, "id": 2}', '"id" is there twice'),
    "a long number": ('{"id": ' + "9" * 5000 + "}", "a number is too long"),
    "nested deeply": ("[" * 100_000, "nested too deeply"),
    "a long line": (line(text="x" * 1_000_000), "the line is longer than 1 MB"),
    "Latin-1": (line().encode().replace(b"it.", b"\xe9"), "not UTF-8 text: byte 0xe9 at position"),
    "no rubric": (line(rubric=...), "rubric: it is missing"),
    "unknown rubric": (line(rubric="x"), 'rubric: there is no rubric "x", known are: ownership'),
    "rubric no text": (line(rubric=1), "rubric: it is a number, write text"),
    "no text": (line(text=...), "text: it is missing"),
    "text no text": (line(text=None), "text: it is null, write text"),
    "no marks": (line(marks=...), "marks: it is missing"),
    "marks no object": (line(marks=[2]), "marks: it is a list, write an object"),
    "unknown criterion": (
        line(marks={"x": 1}),
        "marks.x: the rubric has no such criterion, known are: acknowledge, change",
    ),
    "mark of 3": (line(marks={"change": 3}), "marks.change: 3 is no mark, write 0, 1, 2 or null"),
    "mark below 0": (line(marks={"change": -1}), "marks.change: -1 is no mark"),
    "mark of 1.0": (line(marks={"change": 1.0}), "marks.change: 1.0 is no mark"),
    "mark of true": (line(marks={"change": True}), "marks.change: true is no mark"),
    "mark in words": (line(marks={"change": "met"}), 'marks.change: "met" is no mark'),
    "unknown flag": (line(flags={"x": True}), "flags.x: the rubric has no such flag"),
    "flag of 1": (line(flags={"blame": 1}), "flags.blame: it is a number, write true, false"),
    "quote of nothing": (line(quotes={"x": []}), "quotes.x: the rubric has no such criterion"),
    "quotes no list": (line(quotes={"change": "it"}), "quotes.change: it is text, write a list"),
    "foreign quote": (
        line(quotes={"change": ["I changed"]}),
        'quotes.change: "I changed" is not in the text, copy the words from the text',
    ),
    "overall of 6": (line(overall=6), "overall: 6 is outside 1 to 5"),
    "overall no number": (line(overall="3"), "overall: it is text"),
    "overall of true": (line(overall=True), "overall: it is true or false"),
    "id of 1.5": (line(id=1.5), "id: it is a number with decimals"),
    "id of null": (line(id=None), "id: it is null"),
    "speaker no text": (line(speaker=4), "speaker: it is a number"),
    "misspelt": (line(flag={}), 'unknown field "flag", is "flags" meant?'),
}


@pytest.mark.parametrize("name", BAD)
def test_a_mistake_is_told_with_file_and_line(name: str) -> None:
    bad, told = BAD[name]
    (found,) = complaints(line(id="1"), "", bad, line(id="2"))
    assert found.startswith("my.jsonl:3: ")
    assert told in found


def test_every_mistake_of_a_file_is_told() -> None:
    found = complaints(
        "nonsense", line(rubric="x", marks={"change": 5}), line(id="b", flags=[], overall=0)
    )
    assert [text.split(": ")[0] for text in found] == [f"my.jsonl:{n}" for n in (1, 2, 2, 3, 3)]


def test_an_id_that_comes_twice_is_a_mistake() -> None:
    found = complaints(line(id="a"), line(id="b"), line(id="a"))
    assert found == [
        'my.jsonl:3: id: "a" is also the id of line 1, give every answer an id of its own'
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_refused(encoding: str) -> None:
    assert complaints((line() + "\n" + line(id="b")).encode(encoding))


def test_utf_16_with_its_mark_is_one_mistake() -> None:
    found = complaints("\n".join(line(id=str(k)) for k in range(9)).encode("utf-16"))
    assert found == ["my.jsonl:1: the file is UTF-16 text, save it as UTF-8"]


def test_no_mistake_can_draw_on_a_terminal() -> None:
    evil = "\x1b[31m\nx\u202e"
    lines = (line(rubric=evil), line(marks={evil: 1}), line(**{"flag" + evil: 1, "id": evil}))
    for found in complaints(*lines, line(id=evil), line(overall=evil, quotes={"change": [evil]})):
        assert "\x1b" not in found
        assert "\n" not in found
        assert "\u202e" not in found


@pytest.mark.parametrize("lines", [(), ("",), (line(marks={}),), (line(marks={"change": None}),)])
def test_a_file_without_any_mark_is_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="holds no mark to measure by"):
        read(*lines)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
NAMES = st.sampled_from(["id", "speaker", "question", "flags", "quotes", "overall", "marks"])


@given(st.dictionaries(NAMES, JSON))
def test_any_object_is_read_or_refused_and_nothing_else(fields: dict[str, Any]) -> None:
    try:
        assert len(read(line(**fields))) == 1
    except TrainerError as error:
        assert error.exit_code == 2


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused_and_nothing_else(raw: bytes) -> None:
    with pytest.raises(UsageError):
        read(raw)
