"""What is recorded is what was heard, between the keys and nowhere else."""

from __future__ import annotations

import itertools
import json
import math
import os
import stat
import struct
from pathlib import Path

import pytest

from tests.capture.steps import (
    bend_sounddevice,
    ended,
    heard_by_others,
    noise,
    reach,
    record,
    recorder,
    seconds,
    wav,
    words,
)
from tests.sound import SoundServer
from tests.waiting import wait_until
from trainer.capture.devices import check_sound
from trainer.capture.files import cuts, length_s, read_notes
from trainer.capture.types import SILENCE_DBFS, RecorderPhase

pytestmark = pytest.mark.audio


def test_what_was_played_is_on_disk_bit_for_bit(
    sound_server: SoundServer, file: Path, tmp_path: Path
) -> None:
    played = noise(1.5)
    with recorder(file) as taking:
        record(taking)
        sound_server.play(wav(tmp_path / "clip.wav", played))
        taking.stop()
        assert taking.state().phase is RecorderPhase.STOPPING
        state = ended(taking)
    assert state.problem is None
    assert state.device == "default"
    assert played in heard_by_others(file)
    assert state.length_s == length_s(file) == seconds(heard_by_others(file))


def test_nothing_is_kept_before_the_word(
    sound_server: SoundServer, file: Path, tmp_path: Path
) -> None:
    private, spoken = noise(0.5, 1), noise(0.5, 2)
    with recorder(file) as taking:
        reach(taking, RecorderPhase.READY)
        sound_server.play(wav(tmp_path / "private.wav", private))
        assert not file.parent.exists()
        record(taking)
        sound_server.play(wav(tmp_path / "spoken.wav", spoken))
        taking.stop()
        ended(taking)
    before, found, _ = heard_by_others(file).partition(spoken)
    assert found
    assert set(before) <= {0}


def test_a_pause_is_left_out_and_written_down(
    sound_server: SoundServer, file: Path, tmp_path: Path
) -> None:
    first, private, second = noise(0.5, 1), noise(0.7, 2), noise(0.5, 3)
    with recorder(file) as taking:
        record(taking)
        sound_server.play(wav(tmp_path / "first.wav", first))
        taking.pause()
        reach(taking, RecorderPhase.PAUSED)
        paused_at = taking.state().length_s
        assert paused_at == length_s(file) == seconds(heard_by_others(file))
        sound_server.play(wav(tmp_path / "private.wav", private))
        taking.record()
        reach(taking, RecorderPhase.RECORDING)
        sound_server.play(wav(tmp_path / "second.wav", second))
        taking.stop()
        ended(taking)
    pcm = heard_by_others(file)
    between = pcm.partition(first)[2].partition(second)[0]
    assert first in pcm
    assert second in pcm
    assert set(between) <= {0}
    (cut,) = cuts(file)
    assert cut.at_s == pytest.approx(paused_at, abs=0.001)
    assert 0.7 <= cut.paused_s < 5.0


def test_half_a_second_is_kept_past_stop(sound_server: SoundServer, file: Path) -> None:
    with recorder(file) as taking:
        record(taking, at_least_s=0.3)
        before_s = taking.state().length_s
        taking.stop()
        assert 0.4 < ended(taking).length_s - before_s < 1.5


def test_a_pause_ends_at_once_when_it_is_stopped(sound_server: SoundServer, file: Path) -> None:
    with recorder(file) as taking:
        record(taking)
        taking.pause()
        reach(taking, RecorderPhase.PAUSED)
        kept_s = length_s(file)
        taking.stop()
        assert ended(taking).length_s == kept_s
    assert cuts(file) == ()


@pytest.mark.parametrize("phase", [RecorderPhase.OPENING, RecorderPhase.READY])
def test_a_recorder_that_kept_nothing_leaves_nothing(
    sound_server: SoundServer, file: Path, phase: RecorderPhase
) -> None:
    with recorder(file) as taking:
        reach(taking, phase)
        taking.stop()
        state = ended(taking)
    assert (state.problem, state.length_s) == (None, 0.0)
    assert not file.parent.exists()


def test_a_file_is_continued_with_a_cut(
    sound_server: SoundServer, file: Path, tmp_path: Path
) -> None:
    takes = noise(0.5, 1), noise(0.5, 2)
    for number, pcm in enumerate(takes):
        with recorder(file) as taking:
            assert taking.state().length_s == length_s(file)
            record(taking)
            sound_server.play(wav(tmp_path / f"{number}.wav", pcm))
            taking.stop()
            ended(taking)
        if not number:
            kept_s = length_s(file)
            os.utime(file, (1e9, file.stat().st_mtime - 60))
    pcm = heard_by_others(file)
    assert takes[0] in pcm[: pcm.find(takes[1])]
    (cut,) = cuts(file)
    assert cut.at_s == pytest.approx(kept_s, abs=0.001)
    assert 60 <= cut.paused_s < 120


def test_files_are_for_the_user_alone_and_say_what_they_are(
    sound_server: SoundServer, file: Path
) -> None:
    with recorder(file) as taking:
        record(taking)
        taking.stop()
        ended(taking)
    beside = file.with_suffix(".json")
    assert sorted(file.parent.iterdir()) == [beside, file]
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (file, beside)} == {0o600}
    notes = json.loads(beside.read_text(encoding="utf-8"))
    assert notes["device"] == "default"
    assert notes["started_at"].endswith("Z")


def test_levels_come_without_a_file(sound_server: SoundServer, tmp_path: Path) -> None:
    amplitude = 0.1 * 32768  # -20 dBFS at its peak, 3 less on average
    wave = [amplitude * math.sin(2 * math.pi * 400 * n / 16_000) for n in range(32_000)]
    tone = wav(tmp_path / "tone.wav", struct.pack("<32000h", *map(round, wave)))
    loud = wav(tmp_path / "loud.wav", struct.pack("<h", 32_767) * 16_000)
    with recorder(None) as listening:
        reach(listening, RecorderPhase.READY)
        wait_until(lambda: listening.state().level_dbfs == SILENCE_DBFS, "silence")
        with sound_server.playing(tone):
            wait_until(lambda: abs(listening.state().level_dbfs + 23.0) < 0.2, "the tone")
            assert abs(listening.state().peak_dbfs + 20.0) < 0.2
            assert not listening.state().clipped
        with sound_server.playing(loud):
            wait_until(lambda: listening.state().clipped, "a sound at the limit")
        listening.record()
        wait_until(lambda: not listening.state().clipped, "silence")
        assert listening.state().phase is RecorderPhase.READY
        listening.stop()
        assert ended(listening).problem is None


def test_a_microphone_is_chosen_by_its_name(sound_server: SoundServer, file: Path) -> None:
    sound_server.add_device("other")
    assert {"other", "default"} <= {device.name for device in check_sound().devices}
    with recorder(file, "other") as taking:
        record(taking)
        assert taking.state().device == "other"
        taking.stop()
        ended(taking)
    assert read_notes(file).device == "other"


def test_a_recording_ends_when_it_is_as_long_as_it_may_be(
    sound_server: SoundServer, file: Path
) -> None:
    with recorder(file, longest_s=0.5) as taking:
        record(taking)
        state = ended(taking)
    assert state.length_s == length_s(file) == seconds(heard_by_others(file)) == 0.5
    message, hint = words(state)
    assert message.startswith("The recording is as long as it may be.")
    assert "Less than a second of your answer is kept." in message
    assert hint
    assert [(e.kind, e.at_s) for e in read_notes(file).events] == [("limit", 0.5)]
    with recorder(file, longest_s=0.5) as taking:
        reach(taking, RecorderPhase.READY)
        taking.record()
        assert words(ended(taking)) == (message, hint)
    assert length_s(file) == 0.5


def test_a_microphone_that_refuses_the_rate_is_converted(
    sound_server: SoundServer, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PulseAudio takes any rate, so the refusal is that of a device, and the rest is real."""
    code = """
def refusing(samplerate, **options):
    if samplerate == 16000:
        raise sounddevice.PortAudioError("Error opening RawInputStream: Invalid sample rate", -9997)
    return Real(samplerate=samplerate, **options)
sounddevice.RawInputStream = refusing
"""
    bend_sounddevice(monkeypatch, tmp_path / "bent", code)
    tone = [round(8000 * math.sin(2 * math.pi * 440 * n / 16_000)) for n in range(16_000)]
    with recorder(file) as taking:
        record(taking)
        sound_server.play(wav(tmp_path / "tone.wav", struct.pack("<16000h", *tone)))
        taking.stop()
        state = ended(taking)
    assert state.problem is None
    samples = struct.unpack(f"<{round(state.length_s * 16_000)}h", heard_by_others(file))
    loud = [n for n, sample in enumerate(samples) if abs(sample) > 4000]
    middle = samples[loud[0] + 800 : loud[0] + 15_200]
    ups = sum(1 for a, b in itertools.pairwise(middle) if a < 0 <= b)
    assert (loud[-1] - loud[0]) / 16_000 == pytest.approx(1.0, abs=0.01)
    assert ups / (len(middle) / 16_000) == pytest.approx(440, abs=5)
    assert max(middle) == pytest.approx(8000, rel=0.05)
