"""`score --batch`: what comes in, what comes out, and every kind of bad line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.conftest import GOOD, Run
from tests.fakes import FakeRater
from trainer.analysis.evidence import LONGEST_QUOTE_WORDS
from trainer.bank.types import Library
from trainer.catalogue import Catalogue, make_rater
from trainer.cli import batch
from trainer.cli.shortfalls import Shortfall
from trainer.paths import Home

FIELDS = {
    *("id", "rubric", "marks", "flags", "quotes", "score", "unsure", "settled", "chances"),
    *("remark", "notes", "scorer"),
}


def line(**changes: Any) -> str:
    fields = {"id": "a", "rubric": "ownership", "question": "Why?", "text": GOOD, **changes}
    return json.dumps({name: value for name, value in fields.items() if value is not ...})


def test_a_line_is_answered_with_marks_flags_quotes_and_score(run: Run) -> None:
    result = run("score", "--batch", "-", stdin=line(text="I acknowledge it. So unfair."))
    assert (result.code, result.err) == (0, "")
    assert result.json == {
        "id": "a",
        "rubric": "ownership",
        "marks": {"acknowledge": 2, "change": 0},
        "flags": {"blame": True},
        "quotes": {"acknowledge": ["acknowledge"], "change": []},
        "score": 15,
        "unsure": [],
        "settled": [],
        "chances": {},
        "remark": None,
        "notes": [],
        "scorer": "fake-1",
    }


def test_a_file_is_read_too(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(line(id="1") + "\n" + line(id="2"))
    assert [answer["id"] for answer in run("score", path, "--batch").json_lines] == ["1", "2"]


@pytest.mark.parametrize(("given", "echoed"), [("a", "a"), (0, 0), (None, None), (..., None)])
def test_the_id_comes_back_as_it_is(run: Run, given: object, echoed: object) -> None:
    result = run("score", "--batch", "-", stdin=line(id=given))
    assert (result.code, result.json["id"]) == (0, echoed)


@pytest.mark.parametrize("question", [..., None, "", "Not in any bank?"])
def test_the_question_may_be_any_wording_or_none(run: Run, question: object) -> None:
    assert run("score", "--batch", "-", stdin=line(question=question)).code == 0


def test_further_fields_are_ignored(run: Run) -> None:
    assert run("score", "--batch", "-", stdin=line(marks={"x": [1, {}]}, speaker=7)).code == 0


def test_the_score_is_a_number_with_at_most_one_decimal(run_real: Run, tiny: Home) -> None:
    answers = run_real(
        "score", "--batch", "-", stdin=line(rubric="tiny", text="") + "\n" + line(rubric="tiny")
    ).json_lines
    assert [answer["score"] for answer in answers] == [0, 0]
    assert answers[0]["remark"] == "empty"


def test_blank_lines_byte_order_mark_and_windows_line_ends_are_accepted(run: Run) -> None:
    text = "\ufeff" + line(id="1") + "\r\n\r\n  \n" + line(id="2") + "\r\nnonsense\r\n"
    result = run("score", "--batch", "-", stdin=text)
    assert [answer["id"] for answer in result.json_lines] == ["1", "2", None]
    assert result.json_lines[2]["line"] == 5


def test_text_is_kept_as_it_is(run_real: Run, tiny: Home) -> None:
    text = "\u202e\x1b[31m I  checked\u00a0 the \ud800 chart\u2028 myself, my friend."
    result = run_real("score", "--batch", "-", stdin=line(rubric="tiny", text=text))
    (quote,) = result.json["quotes"]["checked"]
    assert "checked" in quote
    assert quote in text
    assert result.out.isascii()
    assert "\x1b" not in result.out


def test_an_empty_batch_is_no_error(run: Run) -> None:
    assert run("score", "--batch", "-").code == 0


DEEP = "[" * 100_000
BAD_LINES: dict[str, tuple[str | bytes, str | int | None, str]] = {
    "no JSON": ("{nonsense", None, "not JSON"),
    "half a line": (line()[:-5], None, "not JSON"),
    "two objects": (line() + line(), None, "not JSON"),
    "NaN": ('{"id": "a", "score": NaN}', None, "NaN"),
    "a list": ("[1]", None, "a list, not an object"),
    "text": ('"a"', None, "text, not an object"),
    "a number": ("12", None, "a number, not an object"),
    "null": ("null", None, "null, not an object"),
    "id has decimals": (line(id=5.0), None, 'The field "id" is a number with decimals'),
    "id is true": (line(id=True), None, 'The field "id" is true or false'),
    "id is a list": (line(id=[5]), None, 'The field "id" is a list'),
    "id is a number": (line(id=5, text=...), 5, 'The field "text" is missing'),
    "id is null": (line(id=None, text=...), None, 'The field "text" is missing'),
    "no rubric": (line(rubric=...), "a", 'The field "rubric" is missing'),
    "rubric is a list": (line(rubric=["star"]), "a", 'The field "rubric" is a list'),
    "unknown rubric": (line(rubric="nope"), "a", "There is no rubric 'nope'"),
    "escape in the rubric": (line(rubric="\x1b[2J\n" + "x" * 9999), "a", "There is no rubric"),
    "question is a number": (line(question=1.5), "a", 'The field "question" is a number'),
    "no text": (line(text=...), "a", 'The field "text" is missing'),
    "text is null": (line(text=None), "a", 'The field "text" is null'),
    "text is true": (line(text=True), "a", 'The field "text" is true or false'),
    "text is an object": (line(text={}), "a", 'The field "text" is an object'),
    "a field twice": ('{"id": "a", "id": "b"}', None, 'The field "id" is there twice'),
    "nested too deeply": (DEEP, None, "nested too deeply"),
    "nested in a field": ('{"id": "a", "x": ' + DEEP, None, "nested too deeply"),
    "a long number": ('{"id": "a", "x": ' + "9" * 5000 + "}", None, "too long"),
    "not UTF-8": (b'{"id": "caf\xe9"}', None, "byte 0xe9 at position 12"),
    "UTF-16": (line().encode("utf-16"), None, "not UTF-8"),
    "surrogate in UTF-8": (b'{"id": "\xed\xa0\x80"}', None, "not UTF-8"),
    "binary": (bytes(range(256)).replace(b"\n", b""), None, "not UTF-8"),
    "10 MB": (line(text="x " * 5_000_000), None, "longer than 1 MB"),
}


@pytest.mark.parametrize("kind", BAD_LINES)
def test_a_bad_line_is_told_and_the_others_are_rated(run: Run, kind: str) -> None:
    bad, identifier, message = BAD_LINES[kind]
    raw = bad.encode() if isinstance(bad, str) else bad
    good = line(id="good").encode()
    result = run("score", "--batch", "-", stdin=b"\n".join([good, raw, good, b""]))
    first, problem, last = result.json_lines
    assert result.code == 1
    assert first["id"] == last["id"] == "good"
    assert problem.keys() == {"line", "id", "error"}
    assert (problem["line"], problem["id"]) == (2, identifier)
    assert message in problem["error"]["message"]
    assert problem["error"]["hint"]
    assert len(problem["error"]["message"]) < 200
    assert result.err == ""


def test_a_long_last_line_without_an_end_is_told_once(run: Run) -> None:
    result = run("score", "--batch", "-", stdin=b"x" * 3_000_001)
    assert [answer["line"] for answer in result.json_lines] == [1]


def test_a_rater_that_fails_costs_its_own_line_only(
    run: Run, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    rate = FakeRater.rate

    def fail(self: FakeRater, transcript: Any, rubric: Any, question: str) -> Any:
        if "secret" in transcript.text:
            raise RuntimeError(transcript.text)
        return rate(self, transcript, rubric, question)

    monkeypatch.setattr(FakeRater, "rate", fail)
    result = run("score", "--batch", "-", stdin=line(text="my secret") + "\n" + line(id="b"))
    problem, good = result.json_lines
    assert problem["error"]["message"] == "This line could not be rated."
    assert str(home.logs) in problem["error"]["hint"]
    assert "secret" not in (home.logs / "trainer.log").read_text()
    assert good["id"] == "b"
    assert result.code == 1


@pytest.mark.parametrize("option", [("--question", "low-score-direct"), ("--rubric", "ownership")])
def test_the_rubric_stands_in_the_lines(run: Run, option: tuple[str, str]) -> None:
    result = run("score", "--batch", "-", *option, stdin=line())
    assert result.code == 2
    assert result.out == ""


def test_what_cannot_be_opened_is_told(run: Run, tmp_path: Path) -> None:
    for name, message in (("none.jsonl", "There is no file"), (".", "is a folder")):
        result = run("score", "--batch", tmp_path / name)
        assert (result.code, result.out) == (2, "")
        assert message in result.err


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
PHRASES = """
I checked the chart | . | , | we never changed | because | the patient | my nurse | should | would
| It was in Lahore in 2019 | unfair | my score | is not my fault | since then | every week | -
| \x00 | \x1b[0m | \u202e | \u2028 | \ud83d
"""
WORDS = st.sampled_from([phrase.strip(" \n") for phrase in PHRASES.split("|")])
ANSWERS = st.text() | st.lists(WORDS, max_size=120).map(" ".join)


@pytest.fixture(scope="module")
def real_catalogue(real_library: Library) -> Catalogue:
    return Catalogue(lambda: real_library, make_rater)


def answer_to(raw: bytes, real_catalogue: Catalogue) -> dict[str, Any]:
    answer, good = batch._answer(1, raw, real_catalogue, Shortfall(real_catalogue))
    written = json.dumps(answer, allow_nan=False)
    assert written.isascii()
    value: dict[str, Any] = json.loads(written)
    assert value.keys() == (FIELDS if good else {"line", "id", "error"})
    return value


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(st.sampled_from(["id", "rubric", "question", "text", "x"]), JSON_VALUES)
    | JSON_VALUES
)
def test_any_json_is_answered(real_catalogue: Catalogue, value: object) -> None:
    answer_to(json.dumps(value).encode(), real_catalogue)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_answered(real_catalogue: Catalogue, raw: bytes) -> None:
    answer_to(raw, real_catalogue)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=ANSWERS, question=st.text(max_size=50), number=st.integers(0, 99))
def test_quotes_are_verbatim_and_short(
    real_catalogue: Catalogue, real_library: Library, text: str, question: str, number: int
) -> None:
    rubrics = sorted(real_library.rubrics)
    rubric = rubrics[number % len(rubrics)]
    raw = json.dumps({"id": "1", "rubric": rubric, "question": question, "text": text}).encode()
    answer = answer_to(raw, real_catalogue)
    assert set(answer["marks"]) == {c.id for c in real_library.rubrics[rubric].criteria}
    assert set(answer["marks"].values()) <= {0, 1, 2}
    assert 0 <= answer["score"] <= 100
    for name, quotes in answer["quotes"].items():
        assert bool(quotes) == (answer["marks"][name] > 0)
        for quote in quotes:
            assert quote in text
            assert 0 < len(quote.split()) <= LONGEST_QUOTE_WORDS
