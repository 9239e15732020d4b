"""Filled pauses are found by what the voice does, and by nothing else that lasts."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.speech.voices import write_wav
from trainer.audio.format import HEADER_BYTES, RATE_HZ
from trainer.transcript.filled_pauses import LIKELY, POSSIBLE, SURE, find_filled_pauses
from trainer.transcript.measuring import measure_sound, snr_of
from trainer.transcript.steady import find_stretches
from trainer.transcript.voicing import read_frames

Floats = npt.NDArray[np.float32]
UH, AH, EE, MM = (600, 1200, 2400), (750, 1100, 2450), (300, 2250, 3000), (250, 1050, 2200)
LEVEL = 4000.0


def tone(
    length_s: float,
    pitch_hz: float | tuple[float, float] = 110.0,
    mouth: tuple[int, ...] = UH,
    other: tuple[int, ...] | None = None,
) -> Floats:
    """A voice: harmonics of a pitch under the resonances of a mouth, which go over to another."""
    count = round(length_s * RATE_HZ)
    first_hz, last_hz = pitch_hz if isinstance(pitch_hz, tuple) else (pitch_hz, pitch_hz)
    pitch = np.geomspace(first_hz, last_hz, count)
    share = np.linspace(0, 1, count)
    sound = np.zeros(count)
    for harmonic in range(1, int(3800 / max(first_hz, last_hz))):
        hz = harmonic * pitch
        gain = sum(1 / (1 + ((hz - peak) / 90) ** 2) for peak in mouth)
        if other:
            gain = gain * (1 - share) + share * sum(
                1 / (1 + ((hz - peak) / 90) ** 2) for peak in other
            )
        sound += gain * np.sin(2 * np.pi * np.cumsum(hz) / RATE_HZ)
    edge = round(0.01 * RATE_HZ)
    sound[:edge] *= np.linspace(0, 1, edge)
    sound[-edge:] *= np.linspace(1, 0, edge)
    return (sound * (LEVEL / np.sqrt(np.mean(sound**2)))).astype(np.float32)


def silence(length_s: float) -> Floats:
    return np.zeros(round(length_s * RATE_HZ), np.float32)


def words(count: int = 8) -> list[Floats]:
    """What moves as words do, with gaps as between them."""
    moving = [
        (tone(0.22, (130, 100), EE, AH), silence(0.06), tone(0.18, (115, 135), AH, EE)),
        (tone(0.16, (110, 140), UH, EE), silence(0.05), tone(0.24, (140, 95), EE, UH)),
    ]
    return [each for number in range(count) for each in (*moving[number % 2], silence(0.12))]


def find(tmp_path: Path, *sounds: Floats, least: float = LIKELY) -> list[tuple[float, float]]:
    write(tmp_path / "a.wav", *sounds)
    found = find_filled_pauses(tmp_path / "a.wav", None)
    return [(each.start_s, each.end_s) for each in found if each.chance >= least]


def write(file: Path, *sounds: Floats) -> None:
    whole = np.concatenate(sounds)
    write_wav(file, np.clip(np.round(whole), -32768, 32767).astype("<i2").tobytes())


@pytest.mark.parametrize("mouth", [UH, AH, MM])
@pytest.mark.parametrize("pitch_hz", [85.0, 120.0, 210.0])
def test_a_voice_that_waits_is_a_filled_pause(
    tmp_path: Path, mouth: tuple[int, ...], pitch_hz: float
) -> None:
    speech = words()
    begin_s = sum(map(len, speech)) / RATE_HZ
    found = find(tmp_path, *speech, tone(0.5, pitch_hz, mouth), silence(0.3), *words())
    assert len(found) == 1
    assert found[0] == pytest.approx((begin_s, begin_s + 0.5), abs=0.05)


def test_a_vowel_and_its_nasal_are_one(tmp_path: Path) -> None:
    closing = np.interp(np.arange(RATE_HZ // 2) / RATE_HZ, (0.22, 0.28), (0, 1)).astype(np.float32)
    um = tone(0.5, 110, UH) * (1 - closing) + tone(0.5, 110, MM) * closing
    assert len(find(tmp_path, *words(), um, silence(0.3), *words())) == 1
    write(tmp_path / "a.wav", um, silence(1))
    frames = read_frames(tmp_path / "a.wav")
    assert frames is not None
    (stretch,) = find_stretches(frames)
    assert stretch.end_s - stretch.start_s == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(
    "sound",
    [
        tone(0.6, (100, 160)),  # the pitch rises
        tone(0.6, (190, 110)),  # and falls
        tone(0.8, (128, 100)),  # and falls slowly
        tone(0.3, 110, EE, AH),  # the mouth moves
        tone(0.15),
        tone(2.5),  # nobody says "um" for so long
        silence(0.8),
    ],
)
def test_what_moves_or_is_too_short_or_too_long_is_none(tmp_path: Path, sound: Floats) -> None:
    assert find(tmp_path, *words(), sound, silence(0.3), *words()) == []


def test_words_alone_have_none(tmp_path: Path) -> None:
    assert find(tmp_path, *words(20)) == []


@pytest.mark.parametrize("hz", [50, 60, 100, 120])
def test_what_always_hums_is_none(tmp_path: Path, hz: int) -> None:
    at_s = np.arange(20 * RATE_HZ) / RATE_HZ
    hum = sum(300 / n * np.sin(2 * np.pi * n * hz * at_s) for n in range(1, 8))
    speech = np.concatenate([silence(1), *words(), silence(1), *words(), silence(2)])
    together = hum.astype(np.float32)
    together[: len(speech)] += speech[: len(together)]
    assert find(tmp_path, together, least=POSSIBLE) == []


@pytest.mark.parametrize("hz", [600, 1000, 1700, 3000])
def test_a_whistle_is_none(tmp_path: Path, hz: int) -> None:
    whistle = LEVEL * np.sin(2 * np.pi * hz * np.arange(RATE_HZ // 2) / RATE_HZ)
    sounds = (*words(), whistle.astype(np.float32), silence(0.3), *words())
    assert find(tmp_path, *sounds, least=POSSIBLE) == []


def test_noise_is_none(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    noise = (800 * chance.standard_normal(10 * RATE_HZ)).astype(np.float32)
    assert find(tmp_path, noise, least=POSSIBLE) == []


@pytest.mark.parametrize("gain", [0.03, 1.0, 12.0])
def test_neither_level_nor_clipping_nor_an_offset_matters(tmp_path: Path, gain: float) -> None:
    speech = np.concatenate([*words(), tone(0.5), silence(0.3), *words()])
    write(tmp_path / "a.wav", speech * np.float32(gain) + 500)
    found = find_filled_pauses(tmp_path / "a.wav", None)
    assert sum(each.chance >= LIKELY for each in found) == 1


def test_only_what_is_voice_counts_where_that_is_known(tmp_path: Path) -> None:
    write(tmp_path / "a.wav", *words(), tone(0.5), silence(0.3), *words())
    (found,) = find_filled_pauses(tmp_path / "a.wav", None)
    assert find_filled_pauses(tmp_path / "a.wav", [(0.0, 30.0)]) == (found,)
    assert find_filled_pauses(tmp_path / "a.wav", [(0.0, found.start_s + 0.1)]) == ()
    assert find_filled_pauses(tmp_path / "a.wav", ()) == ()


def test_the_limits_are_in_order() -> None:
    assert 0 < POSSIBLE < LIKELY < SURE < 1


@pytest.mark.parametrize("size", [0, 10, HEADER_BYTES, HEADER_BYTES + 1, HEADER_BYTES + 1279])
def test_hardly_a_file_has_none(tmp_path: Path, size: int) -> None:
    (tmp_path / "a.wav").write_bytes(bytes(size))
    sound = measure_sound(tmp_path / "a.wav")
    assert sound.filled == ()
    assert sound.snr_db is None


def test_no_file_has_none(tmp_path: Path) -> None:
    assert find_filled_pauses(tmp_path / "a.wav", None) == ()
    assert measure_sound(tmp_path / "a.wav").filled == ()


def test_half_a_file_has_what_is_in_it(tmp_path: Path) -> None:
    write(tmp_path / "a.wav", *words(), tone(0.5), silence(0.3), *words())
    whole = (tmp_path / "a.wav").read_bytes()
    (tmp_path / "a.wav").write_bytes(whole[: len(whole) * 2 // 3 + 1])
    assert len(find_filled_pauses(tmp_path / "a.wav", None)) == 1


def test_zeros_have_none(tmp_path: Path) -> None:
    assert find(tmp_path, silence(70), least=0.0) == []


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, 2**32), st.integers(0, 100_000), st.sampled_from((1, 40, 32768)))
def test_whatever_the_file_holds_something_is_told(
    tmp_path: Path, seed: int, size: int, step: int
) -> None:
    """Noise, what repeats early, and what repeats late."""
    pattern = random.Random(seed).randbytes(max(1, size // step))
    (tmp_path / "a.wav").write_bytes((pattern * (step + 1))[:size])
    for pause in measure_sound(tmp_path / "a.wav").filled or ():
        assert 0 <= pause.start_s < pause.end_s
        assert POSSIBLE <= pause.chance <= 1


def test_blocks_do_not_show(tmp_path: Path) -> None:
    """The same second is measured alike wherever the blocks are cut."""
    second = np.concatenate([tone(0.4, 110), silence(0.2), tone(0.3, (100, 150)), silence(0.1)])
    write(tmp_path / "a.wav", *[second] * 130)
    frames = read_frames(tmp_path / "a.wav")
    assert frames is not None
    assert len(frames.strength) == 130 * 100 - 3
    seconds = frames.semitones[: 129 * 100].reshape(129, 100)
    assert np.allclose(seconds[1:, 5:35], seconds[1, 5:35], atol=0.05)
    pauses = find_filled_pauses(tmp_path / "a.wav", None)
    assert [int(each.start_s) for each in pauses] == list(range(130))


def test_the_voice_over_the_noise_is_told_in_db() -> None:
    level_db = np.full(1000, -60.0, np.float32)
    level_db[200:800] = -30.0
    assert snr_of(level_db, [(2.0, 8.0)]) == pytest.approx(30.0, abs=0.1)
    assert snr_of(level_db - 40, [(2.0, 8.0)]) == pytest.approx(30.0, abs=0.1)


def test_without_a_pause_the_softest_moments_are_the_noise() -> None:
    level_db = np.full(1000, -20.0, np.float32)
    level_db[::10] = -30.0
    assert snr_of(level_db, [(0.0, 10.0)]) == pytest.approx(9.1, abs=0.5)


def test_too_little_voice_tells_nothing_about_noise() -> None:
    assert snr_of(np.full(1000, -30.0, np.float32), [(2.0, 2.8)]) is None
    assert snr_of(np.full(1000, -30.0, np.float32), []) is None
    assert snr_of(np.zeros(0, np.float32), [(0.0, 5.0)]) is None


def test_silence_from_a_file_is_no_endless_distance() -> None:
    level_db = np.full(1000, -100.0, np.float32)
    level_db[200:800] = -10.0
    assert snr_of(level_db, [(2.0, 8.0)]) == 60.0
