"""Damaged and hostile files of shared answers: refused with the place, and nothing was done."""

from __future__ import annotations

import base64
import copy
import json
import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.shares import changed, full
from trainer.exchange import share_document
from trainer.exchange.problems import FileError
from trainer.exchange.share_reading import holds_share, read_share
from trainer.exchange.share_reviewing import show_share
from trainer.exchange.share_sound import BadSoundError, write_sound

Change = Callable[[Any], object]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return full(tmp_path_factory.mktemp("good"))


def refused(tmp_path: Path, data: str | bytes) -> str:
    file = tmp_path / "sent.json"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(FileError) as caught:
        read_share(file)
    assert sorted(tmp_path.rglob("*")) == before
    assert caught.value.hint
    return caught.value.message


def put(*place: str | int, value: object) -> Change:
    def change(data: Any) -> None:
        for part in place[:-1]:
            data = data[part]
        data[place[-1]] = value

    return change


@pytest.mark.parametrize("data", ["", "{", "[" * 200_000, '{"a":' * 200_000, b"PK\x03\x04", b"\0"])
def test_what_is_no_json_is_refused(tmp_path: Path, data: str | bytes) -> None:
    assert "It is no JSON, or it is cut off" in refused(tmp_path, data)


@pytest.mark.parametrize("data", ["[]", "{}", "7", '{"format": "interview-trainer-history"}'])
def test_other_json_is_no_shared_answer(tmp_path: Path, data: str) -> None:
    assert "no shared answer" in refused(tmp_path, data)


def test_a_newer_form_says_so(tmp_path: Path, good: dict[str, Any]) -> None:
    assert "schema_version is 2, not 1" in refused(
        tmp_path, changed(good, put("schema_version", value=2))
    )


BAD: tuple[tuple[Change, str], ...] = (
    (put("path", value="/etc/passwd"), "path"),
    (put("attempt_id", value="../../x"), "attempt_id"),
    (put("attempt_id", value="x" * 65), "attempt_id"),
    (put("shared_at", value="2026-02-31T10:00:00Z"), "shared_at"),
    (put("asked", "lower_s", value=999), "asked"),
    (put("words", "text", value=""), "words"),
    (put("words", "text", value="x" * 200_001), "words.text"),
    (put("words", "text", value="x " * 50_000), "words"),
    (put("words", "words", value=[{"start": 0, "end": 9999}]), "words.words[0]"),
    (put("words", "words", value=[{"start": 0, "end": 2, "start_s": 1e400}]), ""),
    (put("checklist", "criteria", 0, "cues", value=["(a+)+$"]), "checklist.criteria[0].cues"),
    (put("checklist", "topic", value=["(a+)+$"]), "checklist.topic"),
    (lambda d: d["checklist"]["criteria"].append(d["checklist"]["criteria"][0]), "criteria"),
    (put("checklist", "criteria", value=[]), "checklist.criteria"),
    (put("checklist", value=None), "ratings[0]"),
    (put("ratings", 0, "spans", 0, "end", value=999), "ratings[0].spans[0]"),
    (put("ratings", 0, "rubric", value="other"), "ratings[0]"),
    (put("ratings", 0, "transcript_id", value="other"), "ratings[0]"),
    (put("ratings", 0, "rater", value="peer"), "ratings[0]"),
    (lambda d: d["ratings"].append(d["ratings"][0]), "ratings[1]"),
    (put("reviews", 0, "marks", "acknowledge", value=3), "reviews[0].marks"),
    (put("reviews", 0, "marks", "acknowledge", value=True), "reviews[0].marks"),
    (put("reviews", 0, "marks", value={"acknowledge": 1}), "reviews[0].marks"),
    (put("reviews", 0, "name", value=""), "reviews[0].name"),
    (put("reviews", 0, "name", value="Amal "), "reviews[0].name"),
    (put("comments", 0, "name", value="Amal\nBen"), "comments[0].name"),
    (put("reviews", 0, "name", value="x" * 81), "reviews[0].name"),
    (lambda d: d["reviews"].append({**d["reviews"][0]}), "reviews[1]"),
    (lambda d: d.update(reviews=[{**d["reviews"][0], "id": f"{n}"} for n in range(51)]), "reviews"),
    (put("comments", 0, "end", value=999), "comments[0]"),
    (put("comments", 0, "end", value=0), "comments[0]"),
    (put("comments", 0, "text", value="\u200b" * 4001), "comments[0].text"),
    (put("sound", "form", value="wav"), "sound.form"),
    (put("sound", "length_s", value=30), "sound"),
)


@pytest.mark.parametrize(("change", "place"), BAD)
def test_what_does_not_fit_is_refused_with_its_place(
    tmp_path: Path, good: dict[str, Any], change: Change, place: str
) -> None:
    assert place in refused(tmp_path, changed(good, change))


def _told(flac: bytes, count: int, rate: int = 16_000, channels: int = 1) -> bytes:
    """Return FLAC whose beginning tells another form."""
    (packed,) = struct.unpack(">Q", flac[18:26])
    form = rate << 44 | (channels - 1) << 41 | (packed >> 36 & 0b11111) << 36 | count
    return flac[:18] + struct.pack(">Q", form) + flac[26:]


def _with_tags(flac: bytes) -> bytes:
    return flac[:4] + b"\x00" + flac[5:42] + b"\x84\x00\x00\x04abcd" + flac[42:]


SOUNDS: tuple[Callable[[bytes], bytes], ...] = (
    lambda flac: b"",
    lambda flac: b"RIFF" + flac,
    lambda flac: b"\x7fELF" + flac[4:],
    lambda flac: flac[:41],
    lambda flac: flac[:42],
    lambda flac: flac[:42] + b"#!/bin/sh\n" * 50,
    lambda flac: _told(flac, 0),
    lambda flac: _told(flac, 2**36 - 1),
    lambda flac: _told(flac, 21 * 60 * 16_000),
    lambda flac: _told(flac, 16_000, rate=96_000),
    lambda flac: _told(flac, 16_000, channels=2),
    lambda flac: flac + b"\0" * 200_000,
    _with_tags,
)


@pytest.mark.parametrize("make", SOUNDS)
def test_sound_that_is_no_sound_is_refused(
    tmp_path: Path, good: dict[str, Any], make: Callable[[bytes], bytes]
) -> None:
    data = base64.b64encode(make(base64.b64decode(good["sound"]["data"]))).decode()
    assert "sound" in refused(tmp_path, changed(good, put("sound", "data", value=data)))


@pytest.mark.parametrize("data", ["====", "ab\ncd", "../../etc", "QUJD" * 10 + "=" * 3, "QUJDR"])
def test_what_is_no_base_64_is_refused(tmp_path: Path, good: dict[str, Any], data: str) -> None:
    assert "sound" in refused(tmp_path, changed(good, put("sound", "data", value=data)))


def test_damaged_frames_leave_no_file(tmp_path: Path, good: dict[str, Any]) -> None:
    flac = base64.b64decode(good["sound"]["data"])
    with pytest.raises(BadSoundError):
        write_sound(flac[:60] + b"\x55" * (len(flac) - 60), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_never_larger_than_sound_and_some_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good: dict[str, Any]
) -> None:
    def full_of_text(data: Any) -> None:
        data["reviews"][0]["marks"] = {f"c{n}": 0 for n in range(1000)}

    sound = base64.b64encode(b"x" * 100_000).decode()
    monkeypatch.setattr(share_document, "MOST_TEXT_BYTES", 9_000)
    large = changed(good, full_of_text)
    assert "larger than a shared answer" in refused(tmp_path, large)
    two = changed(good, lambda d: (put("sound", "data", value=sound)(d), d.update(x=sound)))
    assert "larger than a shared answer" in refused(tmp_path, two)
    one = changed(good, put("sound", "data", value=sound))
    assert "no FLAC" in refused(tmp_path, one)
    monkeypatch.setattr(share_document, "MOST_BYTES", 1_000)
    assert "larger than" in refused(tmp_path, one)


def test_a_file_of_many_small_parts_is_refused_before_it_is_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good: dict[str, Any]
) -> None:
    """Commas of a text are no parts, whatever stands before a quote."""
    monkeypatch.setattr(share_document, "MOST_PARTS", 500)
    file = tmp_path / "good.json"
    said = '\\"' * 100 + "," * 3000 + '"\\'
    file.write_text(changed(good, put("comments", 0, "text", value=said)))
    assert read_share(file).entry.comments[0].text == said
    many = refused(tmp_path, changed(good, put("comments", value=[1] * 600)))
    assert "more parts" in many


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    for name in (tmp_path, tmp_path / "gone.json", Path("a\0b")):
        assert not holds_share(name)
        with pytest.raises(FileError):
            read_share(name)
    if hasattr(os, "mkfifo"):
        pipe = tmp_path / "pipe.json"
        os.mkfifo(pipe)
        assert not holds_share(pipe)
        with pytest.raises(FileError, match="no file"):
            read_share(pipe)


def _places(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for name, part in pairs:
        found.append((*here, name))
        if isinstance(part, dict | list):
            found += _places(part, (*here, name))
    return found


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from([[], {}, [[]], {"a": 1}, "\x1b[31m", "\ud800", "x" * 5000, 10**400]),
)


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_changed_is_refused_or_can_be_shown(
    tmp_path: Path, good: dict[str, Any], data: st.DataObject
) -> None:
    value = copy.deepcopy(good)
    place = data.draw(st.sampled_from(_places(value)))
    put(*place, value=data.draw(JUNK))(value)
    file = tmp_path / "sent.json"
    file.write_text(json.dumps(value))
    try:
        read = read_share(file)
    except FileError as error:
        assert error.hint
        return
    show_share(read)
