"""A recording is whole at every moment, and mended whatever was left of it."""

from __future__ import annotations

import json
import os
import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.capture.steps import heard_by_others, noise, pcm_of
from trainer.audio.format import HEADER_BYTES, header
from trainer.capture.files import (
    Event,
    Notes,
    cuts,
    delete,
    length_s,
    mend,
    open_for_sound,
    read_notes,
    sidecar,
    write_notes,
)
from trainer.capture.types import Cut


def test_a_new_recording_is_a_whole_file_for_the_user_alone(file: Path) -> None:
    open_for_sound(file).close()
    assert heard_by_others(file) == b""
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert length_s(file) == 0.0


def test_sound_is_on_disk_as_soon_as_it_is_written(file: Path) -> None:
    with open_for_sound(file) as sound:
        sound.write(noise(0.5))
        assert length_s(file) == 0.5
        assert pcm_of(file) == noise(0.5)


def test_what_is_there_is_mended_and_continued(file: Path) -> None:
    with open_for_sound(file) as sound:
        sound.write(noise(0.5, 1) + b"odd")
    with open_for_sound(file) as sound:
        sound.write(noise(0.5, 2))
    assert mend(file) == length_s(file)
    assert heard_by_others(file) == noise(0.5, 1) + b"od" + noise(0.5, 2)


@settings(deadline=None)  # it writes files
@given(st.binary(max_size=200))
def test_whatever_was_left_is_mended(left: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "take.wav")
        file.write_bytes(left)
        mended_s = mend(file)
        pcm = left[HEADER_BYTES:]
        assert heard_by_others(file) == pcm[: len(pcm) // 2 * 2]
        assert mended_s == length_s(file) == len(pcm) // 2 / 16_000
        assert mend(file) == mended_s


@settings(deadline=None)  # it writes files
@given(st.binary(max_size=200))
def test_a_length_is_known_whatever_was_left(left: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "take.wav")
        file.write_bytes(left)
        before_s = length_s(file)
        assert file.read_bytes() == left
        assert mend(file) == before_s


def test_mending_keeps_the_time_of_the_last_sound(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(header(0) + noise(0.1))
    os.utime(file, (1e9, 1e9))
    mend(file)
    assert file.stat().st_mtime == 1e9
    assert seconds_of(file) == 0.1


def seconds_of(file: Path) -> float:
    return len(heard_by_others(file)) / 32_000


def test_the_size_on_disk_tells_the_length(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(header(0)[:10])
    assert length_s(file) == 0.0
    file.write_bytes(header(0) + bytes(8001))
    assert length_s(file) == 0.25


def test_a_file_that_is_not_there_has_no_length_and_is_not_made(file: Path) -> None:
    assert (length_s(file), mend(file), cuts(file)) == (0.0, 0.0, ())
    assert not file.parent.exists()


def test_notes_are_kept_for_the_user_alone_and_in_one_step(file: Path) -> None:
    open_for_sound(file).close()
    notes = Notes(
        "2026-01-02T03:04:05Z",
        "Mikrofon \u202e1",
        (Cut(1.5, 3.25), Cut(2.0, 60.0)),
        (Event("lost", 2.5),),
    )
    write_notes(file, notes)
    assert read_notes(file) == notes
    assert cuts(file) == notes.cuts
    assert stat.S_IMODE(sidecar(file).stat().st_mode) == 0o600
    assert sorted(file.parent.iterdir()) == sorted([file, sidecar(file)])
    stored = json.loads(sidecar(file).read_text(encoding="utf-8"))
    assert stored["schema"] == 1
    assert stored["cuts"][0] == {"at_s": 1.5, "paused_s": 3.25}


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "[]",
        "[" * 100_000,
        '{"schema": 2, "cuts": [{"at_s": 1, "paused_s": 1}]}',
        '{"schema": 1, "cuts": "none", "events": [1, null]}',
    ],
    ids=["empty", "broken", "a list", "deep", "of another version", "of other types"],
)
def test_damaged_notes_are_no_notes(file: Path, damage: str) -> None:
    file.parent.mkdir()
    sidecar(file).write_text(damage, encoding="utf-8")
    assert read_notes(file) == Notes()


def test_what_is_right_in_notes_still_counts(file: Path) -> None:
    file.parent.mkdir()
    text = '{"schema": 1, "cuts": [{"at_s": 1}, {"at_s": "x", "paused_s": 2}], "device": null}'
    sidecar(file).write_text(text, encoding="utf-8")
    assert cuts(file) == (Cut(1.0, 0.0), Cut(0.0, 2.0))


@pytest.mark.parametrize("number", ["1" + "0" * 400, "NaN", "Infinity", "-1", '"2 s"', "[]"])
def test_what_is_no_number_of_seconds_is_none(file: Path, number: str) -> None:
    file.parent.mkdir()
    text = f'{{"schema": 1, "cuts": [{{"at_s": 2, "paused_s": {number}}}]}}'
    sidecar(file).write_text(text, encoding="utf-8")
    assert cuts(file) == (Cut(2.0, 0.0),)


def test_a_file_that_no_header_has_room_for_is_no_error(file: Path) -> None:
    with open_for_sound(file) as sound:
        sound.truncate(2**32 + 2**20)
    assert mend(file) == length_s(file)


def test_deleting_takes_all_that_belongs_to_a_recording(file: Path) -> None:
    other = file.with_name("other.wav")
    for each in (file, other):
        open_for_sound(each).close()
        write_notes(each, Notes())
    file.with_suffix(".json.partial").write_text("{")
    delete(file)
    delete(file)
    assert sorted(file.parent.iterdir()) == sorted([other, sidecar(other)])
