"""Damaged and hostile files of a history: refused with the place, and nothing has changed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import fakes
from tests.exchange.histories import answer
from tests.exchange.test_round_trip import written
from trainer.exchange import encodings, reading
from trainer.exchange.markdown import write_markdown
from trainer.exchange.page import write_page
from trainer.exchange.problems import FileError
from trainer.exchange.reading import read_history
from trainer.exchange.sheet import write_sheet
from trainer.recall import show_attempt

GOOD = json.loads(written([answer(1), answer(2)]))


def refused(tmp_path: Path, data: str | bytes) -> str:
    file = tmp_path / "history.json"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    with pytest.raises(FileError) as caught:
        read_history(file)
    assert caught.value.hint
    assert caught.value.message.startswith("history.json")
    return caught.value.message


def changed(change: Callable[[Any], object]) -> str:
    value = copy.deepcopy(GOOD)
    change(value)
    return json.dumps(value)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        "[" * 200_000,
        '{"a":' * 200_000,
        json.dumps(GOOD)[:-30],
        b"\xff\xfe{}",
        b"\x00" * 50,
        '{"format": "\ud800"}'.encode("utf-8", "surrogatepass"),
        '{"format": "\\ud800"}',
    ],
)
def test_what_is_no_json_is_refused(tmp_path: Path, data: str | bytes) -> None:
    assert "no JSON, or it is cut off" in refused(tmp_path, data)


@pytest.mark.parametrize("data", ["[]", "{}", "7", '"x"', "null", '{"format": "other"}'])
def test_other_json_is_no_history(tmp_path: Path, data: str) -> None:
    assert "no exported history" in refused(tmp_path, data)


def test_a_newer_form_says_so(tmp_path: Path) -> None:
    told = refused(tmp_path, changed(lambda value: value.update(schema_version=2)))
    assert "schema_version is 2, not 1" in told


def put(*place: str | int, value: object) -> Callable[[Any], object]:
    def change(data: Any) -> None:
        for part in place[:-1]:
            data = data[part]
        data[place[-1]] = value

    return change


ATTEMPT = ("attempts", 1)
VERSION = (*ATTEMPT, "transcripts", 0)
RATING = (*ATTEMPT, "ratings", 0)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ((*ATTEMPT, "id"), "../../etc/passwd"),
        ((*ATTEMPT, "id"), "a1"),
        ((*ATTEMPT, "id"), "x" * 65),
        ((*ATTEMPT, "started_at"), "yesterday"),
        ((*ATTEMPT, "started_at"), "2026-02-31T00:00:00+00:00"),
        ((*ATTEMPT, "started_at"), "0001-01-01T00:00:00+00:00"),
        ((*ATTEMPT, "started_at"), "2026-01-01T00:00:00+05:00"),
        ((*ATTEMPT, "recording"), "../config.json"),
        ((*ATTEMPT, "recording"), "/etc/passwd"),
        ((*ATTEMPT, "recording"), "ab" * 16 + ".wav/../../x"),
        ((*ATTEMPT, "recording"), "ab" * 16 + ".wav\n"),
        ((*ATTEMPT, "take"), 10**30),
        ((*ATTEMPT, "take"), True),
        ((*ATTEMPT, "take"), 1.5),
        ((*ATTEMPT, "lower_s"), 500),
        ((*ATTEMPT, "superseded"), "yes"),
        ((*ATTEMPT, "probe_of"), "a2"),
        ((*ATTEMPT, "tags"), ["b", "a"]),
        ((*ATTEMPT, "tags"), ["a\x1b[31m"]),
        ((*ATTEMPT, "tags"), ["x" * 41]),
        ((*ATTEMPT, "surprise"), 1),
        ((*VERSION, "words"), [{"start": 0, "end": 10**6}]),
        ((*VERSION, "words"), [{"start": 3, "end": 3}]),
        ((*VERSION, "words"), [{"start": 0, "end": 4}, {"start": 2, "end": 6}]),
        ((*VERSION, "words"), [{"start": 0, "end": 1, "start_s": -1.0, "end_s": 0.0}]),
        ((*VERSION, "words"), [{"start": 0, "end": 1, "start_s": 2.0, "end_s": 1.0}]),
        ((*VERSION, "words"), [{"start": 0, "end": 1, "start_s": 1e300, "end_s": 1e301}]),
        ((*VERSION, "source"), "dictated"),
        ((*VERSION, "delivery", "words"), 10**400),
        ((*VERSION, "delivery", "pace_wpm"), -1.0),
        ((*VERSION, "sound"), {"voiced": [[2.0, 1.0]]}),
        ((*VERSION, "id"), "a1-t"),
        ((*RATING, "transcript_id"), "a1-t"),
        ((*RATING, "score"), 101),
        ((*RATING, "marks"), {}),
        ((*RATING, "marks", "change"), 3),
        ((*RATING, "rubric"), "none of them"),
        ((*RATING, "spans", 0, "end"), 4000),
        ((*RATING, "spans", 0, "end"), 0),
        ((*RATING, "chances"), {"change": {"partly": 0.1, "met": 0.9}}),
        ((*ATTEMPT, "notes", 0, "end"), 4000),
        ((*ATTEMPT, "notes", 0, "transcript_id"), "a1-t"),
        ((*ATTEMPT, "notes", 0, "rater_name"), "not of a peer"),
        ((*RATING, "rater_name"), "not of a peer"),
        ((*RATING, "comment"), "x" * 10_001),
        ((*ATTEMPT, "moments"), [{"id": "m", "kind": "shot", "at_s": 1.0}]),
        ((*ATTEMPT, "moments"), [{"id": "m", "kind": "good", "at_s": -1.0}]),
        ((*ATTEMPT, "moments"), [{"id": "m", "kind": "good", "at_s": 1.0}] * 2),
        ((*ATTEMPT, "shared"), {"session_id": "s", "number": 0, "role": "candidate",
                                "candidate": "", "interviewer": ""}),
        ((*ATTEMPT, "shared"), {"session_id": "s", "number": 1, "role": "judge",
                                "candidate": "", "interviewer": ""}),
        (
            (*ATTEMPT, "filler_reviews"),
            [{"id": "f", "created_at": "2026-01-01T00:00Z", "rater": "self", "count": 2,
              "moments": []}],
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_names_its_place(
    tmp_path: Path, place: tuple[str | int, ...], value: object
) -> None:
    assert "attempts[1]" in refused(tmp_path, changed(put(*place, value=value)))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none_are_refused(tmp_path: Path, number: str) -> None:
    text = json.dumps(GOOD)
    assert "attempts[0]" in refused(tmp_path, text.replace('"score": 50.0', f'"score": {number}'))
    refused(tmp_path, text.replace('"half_width": ', f'"half_width": {number}, "x": ', 1))


def test_a_rubric_with_twins_is_refused(tmp_path: Path) -> None:
    def twins(value: Any) -> None:
        (rubric,) = value["rubrics"].values()
        rubric["criteria"] *= 2

    assert "rubrics" in refused(tmp_path, changed(twins))


def test_an_answer_that_follows_itself_in_a_ring_is_refused(tmp_path: Path) -> None:
    def ring(value: Any) -> None:
        value["attempts"][0]["probe_of"] = "a2"
        value["attempts"][1]["probe_of"] = "a1"

    assert "follows itself" in refused(tmp_path, changed(ring))


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading.entries, "MOST_BYTES", 1_000_000)
    assert "larger than 1 MB" in refused(tmp_path, b" " * 1_000_001)
    with pytest.raises(FileError, match="larger than 5 MB"):
        file = tmp_path / "call.txt"
        file.write_bytes(b"a " * encodings.MOST_BYTES)
        encodings.read_text(file)


def places(value: object, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [place] if place else []
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(
        value, list
    ) else ()  # fmt: skip
    for name, part in parts:
        if place[-1:] != ("rubrics",) or len(place) < 4:
            found += places(part, (*place, name))
    return found


SMALL = json.loads(written([answer(1)]))
PLACES = places(SMALL)
strange = st.sampled_from(
    [None, -1, 0, 1, 2, 3, 1e308, "", "x", "<script>", "\x1b[2J", [], {}, [1], {"a": 1}, True]
)


@given(st.lists(st.tuples(st.sampled_from(PLACES), strange), min_size=1, max_size=2))
@settings(deadline=None)
def test_whatever_is_taken_can_be_shown(
    tmp_path_factory: pytest.TempPathFactory,
    changes: list[tuple[tuple[str | int, ...], object]],
) -> None:
    value = copy.deepcopy(SMALL)
    for place, new in changes:
        try:
            put(*place, value=copy.deepcopy(new))(value)
        except (LookupError, TypeError):
            continue
    file = tmp_path_factory.getbasetemp() / "changed.json"
    file.write_text(json.dumps(value), encoding="utf-8")
    try:
        records = read_history(file)
    except FileError as error:
        assert error.hint
        return
    shown = [show_attempt(r, None, fakes.library()) for r in records if r.transcripts]
    assert "".join(write_page(shown))
    "".join(write_markdown(shown))
    write_sheet(shown)
