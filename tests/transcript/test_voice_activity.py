"""Voice and pauses are measured from the sound."""

from __future__ import annotations

import logging
import sys
import wave
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.speech.voices import speak, write_wav
from trainer.audio.format import BYTES_A_SECOND, HEADER_BYTES
from trainer.transcript.recognising import TRIAL
from trainer.transcript.voice_activity import (
    FRAME_S,
    OFF_FRAMES,
    ON_FRAMES,
    find_voice,
    join_frames,
)

RUNS = st.lists(st.tuples(st.booleans(), st.integers(1, 30)), max_size=20)


def frames(*runs: tuple[bool, int]) -> list[bool]:
    return [voice for voice, length in runs for _ in range(length)]


@given(RUNS)
def test_stretches_of_voice_are_in_order_and_inside(runs: list[tuple[bool, int]]) -> None:
    voiced = frames(*runs)
    stretches = join_frames(voiced)
    for start_s, end_s in stretches:
        assert 0 <= start_s < end_s <= len(voiced) * FRAME_S + 1e-9
        assert all(voiced[round(start_s / FRAME_S) :][:ON_FRAMES])
    for (_, end_s), (start_s, _) in pairwise(stretches):
        assert start_s - end_s > (OFF_FRAMES - 1) * FRAME_S


@pytest.mark.parametrize(
    ("runs", "stretches"),
    [
        ([], ()),
        ([(False, 50)], ()),
        ([(True, ON_FRAMES - 1), (False, 50)], ()),
        # What ends within the time that the detector holds on is a click.
        ([(True, 6), (False, 50)], ()),
        ([(False, 5), (True, 26), (False, 50)], ((0.1, 0.5),)),
        # A gap that is too short is none, and a voice at the end lasts to the end.
        ([(True, 20), (False, OFF_FRAMES - 1), (True, 21)], ((0.0, 1.0),)),
        ([(True, 26), (False, OFF_FRAMES), (True, 14)], ((0.0, 0.4), (0.72, 1.0))),
        ([(True, 26), (False, OFF_FRAMES - 1)], ((0.0, 0.4),)),
    ],
)
def test_three_frames_on_and_ten_off(
    runs: list[tuple[bool, int]], stretches: tuple[tuple[float, float], ...]
) -> None:
    assert join_frames(frames(*runs)) == stretches


@pytest.mark.audio
@pytest.mark.parametrize("voice", ["en-us", "en-gb-x-rp", "en-gb-scotland"])
def test_pauses_have_their_length(tmp_path: Path, voice: str) -> None:
    speech = speak(["the patient was in pain"] * 4, voice, pause_s=(0.5, 1.0, 2.0), before_s=0.6)
    write_wav(tmp_path / "a.wav", speech.pcm)
    stretches = find_voice(tmp_path / "a.wav")
    assert stretches is not None
    assert len(stretches) == 4
    assert stretches[0][0] == pytest.approx(speech.spans[0][0], abs=0.05)
    for at, pause_s in enumerate((0.5, 1.0, 2.0)):
        assert stretches[at + 1][0] - stretches[at][1] == pytest.approx(pause_s, abs=0.05)


def test_a_quarter_of_an_hour_is_heard_through(tmp_path: Path) -> None:
    with wave.open(str(TRIAL)) as clip:
        speech = clip.readframes(clip.getnframes())
    once = speech + bytes(5 * BYTES_A_SECOND - len(speech))
    (tmp_path / "a.wav").write_bytes(bytes(HEADER_BYTES) + once * 180)
    stretches = find_voice(tmp_path / "a.wav")
    assert stretches is not None
    assert [int(start_s // 5) for start_s, _ in stretches] == list(range(180))


@pytest.mark.parametrize("size", [0, 10, HEADER_BYTES, HEADER_BYTES + 1, HEADER_BYTES + 639])
def test_a_recording_without_a_whole_frame_has_no_voice(tmp_path: Path, size: int) -> None:
    (tmp_path / "a.wav").write_bytes(bytes(size))
    assert find_voice(tmp_path / "a.wav") == ()


def test_no_file_has_no_voice(tmp_path: Path) -> None:
    assert find_voice(tmp_path / "a.wav") == ()


def test_without_the_detector_nothing_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "webrtcvad", None)
    caplog.set_level(logging.WARNING, "trainer.transcript")
    assert find_voice(tmp_path / "a.wav") is None
    assert "no voice detection" in caplog.text
