"""A history taken apart before it is parsed: what no file of ours can be costs neither memory."""

from __future__ import annotations

import json
import os
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.histories import answer
from tests.exchange.test_round_trip import written
from trainer.exchange import document
from trainer.exchange.problems import FileError
from trainer.exchange.reading import read_history
from trainer.exchange.said import holds_history
from trainer.exchange.splitting import BrokenError, split

GOOD = json.loads(written([answer(1), answer(2)]))

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=5), parts),
    max_leaves=8,
)
members = st.sampled_from(["format", "attempts", "a", '"]', "\\"])


@given(
    st.dictionaries(members, values, max_size=3),
    st.lists(st.dictionaries(st.text(max_size=5), values, max_size=3), max_size=4),
    st.sampled_from([None, 1]),
    st.booleans(),
)
def test_each_answer_is_found_whatever_stands_around(
    rest: dict[str, Any], answers: list[dict[str, Any]], indent: int | None, ascii_only: bool
) -> None:
    rest.pop("attempts", None)
    value = {**rest, "attempts": answers, "z": ["attempts", {"attempts": [1]}]}
    data = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "replace")
    found = split(data, 1_000_000)
    assert [json.loads(data[a:b]) for a, b in found.answers] == json.loads(data)["attempts"]
    bare = json.loads(data[: found.begin] + b"[]" + data[found.end :])
    assert bare == {**json.loads(data), "attempts": []}


@pytest.mark.parametrize(
    ("data", "index"),
    [
        (b'{"attempts":[1]}', 0),
        (b'{"attempts":[{},{},"a"]}', 2),
        (b'{"attempts":[{} {}]}', 1),
        (b'{"attempts":[{},,{}]}', 1),
        (b'{"attempts":[,{}]}', 0),
        (b'{"attempts":[{},]}', 1),
        (b'{"attempts":[{}, {"a":"', 1),
        (b'{"attempts":[' + b"[" * 100, 0),
        (b'{"attempts":[{"a":"' + b"x" * 2000 + b'"}]}', 0),
    ],
)
def test_an_array_that_is_none_of_answers_names_the_bad_one(data: bytes, index: int) -> None:
    with pytest.raises(BrokenError) as caught:
        split(data, 1000)
    assert caught.value.index == index


def test_millions_of_tiny_answers_end_at_the_first(tmp_path: Path) -> None:
    text = '{"attempts":[' + ",".join(["{}"] * 1000) + "]}"
    assert "attempts[0]: Here is no answer" in refused(tmp_path, text)
    assert len(split(text.encode(), 1000).answers) == 1000


def refused(tmp_path: Path, text: str) -> str:
    file = tmp_path / "history.json"
    file.write_text(text)
    with pytest.raises(FileError) as caught:
        read_history(file)
    assert caught.value.hint
    return caught.value.message


def test_the_place_of_a_mistake_is_that_in_the_whole_file(tmp_path: Path) -> None:
    value = json.loads(json.dumps(GOOD))
    value["attempts"][1]["take"] = "two"
    assert "attempts[1].take: " in refused(tmp_path, json.dumps(value))


def test_answers_stand_in_a_file_once(tmp_path: Path) -> None:
    again = json.dumps(GOOD)[:-1] + ', "attempts": ' + json.dumps(GOOD["attempts"]) + "}"
    assert "attempts twice" in refused(tmp_path, again)


def test_a_million_mistakes_are_not_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    value = {**GOOD, "attempts": [{**GOOD["attempts"][0], "tags": [1] * 20_000}]}
    assert "attempts[0]: It has 20000 mistakes." in refused(tmp_path, json.dumps(value))
    monkeypatch.setattr(document, "MOST_PARTS", 5_000)
    assert "attempts[0]: It has more parts" in refused(tmp_path, json.dumps(value))
    value = {**GOOD, "rubrics": {"a": [[]] * 6_000}}
    assert "history.json: It has more parts" in refused(tmp_path, json.dumps(value))


def test_of_a_file_that_is_too_large_nothing_is_read(tmp_path: Path) -> None:
    file = tmp_path / "history.json"
    with file.open("wb") as opened:
        opened.truncate(document.MOST_BYTES + 1)
    tracemalloc.start()
    try:
        with pytest.raises(FileError, match="larger than 100 MB"):
            read_history(file)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_a_folder_and_a_device_are_refused_with_what_to_do(tmp_path: Path) -> None:
    pipe = tmp_path / "history.json"
    os.mkfifo(pipe)
    unnamed = tmp_path / "history"
    os.mkfifo(unnamed)
    for file in (pipe, unnamed, tmp_path, Path("/dev/zero")):
        assert holds_history(file) == (file == pipe)
        with pytest.raises(FileError, match="no file: it is a folder, a pipe or a device") as told:
            read_history(file)
        assert "into one first" in told.value.hint
