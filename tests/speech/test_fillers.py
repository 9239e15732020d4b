"""Filled pauses and pauses are found in speech that was never used to choose or fit anything."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.speech.fillers import (
    HELD_OUT_KINDS,
    HELD_OUT_SPEAKERS,
    TUNING_KINDS,
    TUNING_SPEAKERS,
    Hesitant,
    Speaker,
    _pitch_of,
    _Telling,
    hesitate,
)
from tests.speech.hearing_measurement import (
    Found,
    Surroundings,
    alike,
    measure,
    pair,
    score_fillers,
    score_pauses,
)
from tests.speech.hesitant_texts import HELD_OUT, TUNING
from tests.speech.noise import KINDS, TALKERS, Kind, add_noise
from tests.speech.voices import RATE_HZ
from trainer.transcript.filled_pauses import LIKELY, SURE
from trainer.transcript.measuring import NOISY_DB, measure_sound
from trainer.transcript.types import FilledPause


def scores(speech: Hesitant, file: Path) -> list[Found]:
    sound = measure_sound(file)
    filled = sound.filled or ()
    assert sound.voiced is not None
    assert sound.snr_db is not None
    return [
        score_fillers(speech, [each for each in filled if each.chance >= LIKELY]),
        score_fillers(speech, [each for each in filled if each.chance >= SURE]),
        score_pauses(speech, sound.voiced),
        Found(errors_s=(sound.snr_db,)),
    ]


# What the benchmark measures, less some: precision 87 to 95 %, recall 83, 84 and 71 %. The target
# of 90 % is not reached, as half of the filled pauses under 0.3 s are not told from words. White
# noise does what pink noise does.
LEAST_PRECISION = 0.78
LEAST_RECALL: dict[Kind, float] = {"pink": 0.74, "babble": 0.58}


@pytest.mark.audio
def test_filled_pauses_and_pauses_are_found_at_20_db(tmp_path: Path) -> None:
    """One round of every speaker; benchmarks/hearing.py measures more."""
    around = [Surroundings(kind, 20.0) for kind in LEAST_RECALL]
    found = measure("held-out", 1, around, tmp_path / "a.wav", scores)
    for each in around:
        likely, sure, pauses, snr = found[each]
        assert likely.true >= 40
        assert likely.precision >= LEAST_PRECISION
        assert each.noise and likely.recall >= LEAST_RECALL[each.noise]
        assert sure.precision >= likely.precision
        assert pauses.precision >= 0.9
        assert pauses.recall >= 0.9
        assert pauses.error_s < 0.08
        assert all(NOISY_DB < snr_db < 25 for snr_db in snr.errors_s)


@pytest.mark.audio
def test_a_speaker_says_what_the_seed_has(tmp_path: Path) -> None:
    once, again, other = (
        hesitate(TUNING[0][:4], TUNING_SPEAKERS[0], TUNING_KINDS, seed) for seed in (1, 1, 2)
    )
    assert once.pcm == again.pcm != other.pcm
    for start_s, end_s in (*once.inside, *once.between):
        assert not once.samples[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)].any()
    for start_s, end_s in once.fillers:
        assert 0.19 < end_s - start_s < 0.91
        assert once.samples[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)].any()


class Planned:
    """Chance that has the pitch three semitones lower, and falling by three a second."""

    def normal(self, middle: float, spread: float) -> float:
        return -3.0 if middle else 0.0

    def uniform(self, least: float, most: float) -> float:
        return -3.0

    def random(self) -> float:
        return 0.0


@pytest.mark.audio
@pytest.mark.parametrize("speaker", [TUNING_SPEAKERS[0], TUNING_SPEAKERS[3]])
def test_the_pitch_of_a_stretched_filled_pause_goes_as_chance_has_it(speaker: Speaker) -> None:
    telling = _Telling(speaker, TUNING_KINDS, Planned())  # type: ignore[arg-type]
    own = telling._say("[[V:]]")
    usual_hz = _pitch_of(own[len(own) // 8 : len(own) * 7 // 8])
    sound = telling._from_phonemes("V:", 0.8)
    assert len(sound) == round(0.8 * RATE_HZ)
    first, last = sound[: len(sound) // 4], sound[len(sound) * 3 // 4 :]
    first_st, last_st = (12 * np.log2(_pitch_of(part) / usual_hz) for part in (first, last))
    assert -4.5 < first_st < -2.5
    assert last_st < first_st - 0.3


@pytest.mark.audio
@pytest.mark.parametrize("kind", KINDS)
def test_noise_is_as_strong_as_asked_for(kind: str) -> None:
    speech = hesitate(TUNING[0][:2], TUNING_SPEAKERS[0], TUNING_KINDS, 1).samples
    noise = add_noise(speech, kind, 10.0, 1) - speech
    spoken = speech[np.abs(speech) > 1]
    ratio_db = 10 * np.log10(np.mean(spoken**2) / np.mean(noise**2))
    assert ratio_db == pytest.approx(10.0, abs=0.1)


def test_nothing_of_the_tuning_part_is_in_the_held_out_part() -> None:
    def voices(speakers: tuple[object, ...]) -> set[str]:
        return {speaker.voice for speaker in speakers}  # type: ignore[attr-defined]

    assert not voices(TUNING_SPEAKERS) & voices(HELD_OUT_SPEAKERS)
    assert not (voices(TUNING_SPEAKERS) | voices(HELD_OUT_SPEAKERS)) & set(TALKERS)
    assert not set(TUNING_KINDS) & set(HELD_OUT_KINDS)
    assert not {s for text in TUNING for s in text} & {s for text in HELD_OUT for s in text}


def test_half_of_the_shorter_one_makes_two_alike() -> None:
    assert alike((1.0, 2.0), (1.5, 1.9))
    assert alike((1.0, 2.0), (1.5, 2.5))
    assert not alike((1.0, 2.0), (1.6, 2.6))
    assert not alike((1.0, 2.0), (2.0, 3.0))


def test_each_is_paired_once() -> None:
    assert pair([(1.0, 2.0)], [(1.0, 1.4), (1.3, 2.0)]) == [(0, 1)]
    assert pair([(1.0, 2.0), (2.1, 3.0)], [(1.0, 3.0)]) == [(0, 0)]


def test_a_second_one_for_the_same_is_a_false_one() -> None:
    speech = Hesitant(np.zeros(16_000 * 5, np.float32), ((1.0, 2.0), (4.0, 4.5)), (), ())
    found = score_fillers(speech, [FilledPause(1.0, 1.4, 1.0), FilledPause(1.5, 2.0, 1.0)])
    assert (found.true, found.hit, found.told, found.right) == (2, 1, 2, 1)
    assert (found.recall, found.precision) == (0.5, 0.5)


def test_short_silences_are_neither_missed_nor_false() -> None:
    speech = Hesitant(np.zeros(16_000 * 9, np.float32), (), ((2.0, 2.38),), ((4.0, 5.0),))
    found = score_pauses(speech, [(1.0, 1.98), (2.39, 4.0), (5.1, 7.0)])
    assert (found.true, found.hit, found.told, found.right) == (1, 1, 2, 2)
    assert found.error_s == pytest.approx(0.1)
