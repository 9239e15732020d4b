"""Hearing what words do not tell: filled pauses and pauses, in speech where they are known.

The speech is synthetic: espeak-ng, and a source with a filter, made it (tests/speech/fillers.py).
Its speakers, texts and filled pauses were never used for choosing or fitting. People differ more
than these voices do. On human clips, without filled pauses that we know of, false ones are counted.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

from benchmarks.ratio import Amount, Ratio
from tests.speech.fillers import Hesitant
from tests.speech.hearing_measurement import (
    ALL,
    Found,
    Surroundings,
    record,
    score_fillers,
    score_pauses,
    tell,
)
from tests.speech.hearing_measurement import measure as measure_part
from tests.speech.voices import write_wav
from trainer.capture.sound_files import convert
from trainer.transcript.filled_pauses import LIKELY, SURE
from trainer.transcript.measuring import measure_sound

CLIPS = Path(__file__).parents[2] / "shared" / "speech" / "clips"
ROUNDS = 3
TARGET_PERCENT = 90.0
LONG_FILLER_S = 0.3
LONG_S = 120.0
LONG_TARGET_MS = 1000.0
# Between what can be told and what cannot: `NOISY_DB` lies here.
IN_BETWEEN = tuple(Surroundings(each.noise, 15.0) for each in ALL if each.snr_db == 20)


def measure() -> Iterator[Ratio | Amount | str]:
    """Measure how well it is found, and what that costs."""
    if not shutil.which("espeak-ng"):
        yield "not measured: espeak-ng is not installed"
        return
    with tempfile.TemporaryDirectory(prefix="hearing-") as name:
        folder = Path(name)
        yield from _filled_pauses_and_pauses(folder / "speech.wav")
        yield from _human_clips(folder / "clip.wav")
        yield from _cost(folder / "long.wav")


def _filled_pauses_and_pauses(file: Path) -> Iterator[Amount | str]:
    """Targets are held at 20 dB and in quiet only; at 10 dB the report tells nothing."""
    around = (*ALL, *IN_BETWEEN)
    for each, found in measure_part("held-out", ROUNDS, around, file, _scores).items():
        likely, long, sure, pauses, snr = found
        least = TARGET_PERCENT if each.snr_db >= 20 else None
        yield f"synthetic, {each}: {likely.true} filled pauses in {likely.seconds / 60:.0f} minutes"
        yield Amount("precision of filled pauses", 100 * likely.precision, "%", least=least)
        yield Amount("recall of filled pauses", 100 * likely.recall, "%", least=least)
        yield Amount("recall of filled pauses of 0.3 s and more", 100 * long.recall, "%")
        yield Amount("precision of the sure ones", 100 * sure.precision, "%")
        yield Amount("recall of the sure ones", 100 * sure.recall, "%")
        yield Amount(
            "precision of pauses of 0.4 s and more", 100 * pauses.precision, "%", least=least
        )
        yield Amount("recall of pauses of 0.4 s and more", 100 * pauses.recall, "%", least=least)
        yield Amount("their middle error in length", 1000 * pauses.error_s, "ms")
        if snr.errors_s:
            yield Amount("middle estimate of the voice over the noise", median(snr.errors_s), "dB")


def _scores(speech: Hesitant, file: Path) -> list[Found]:
    """Score those that are likely, those that are sure, and pauses; the last carries the SNR."""
    sound = measure_sound(file)
    filled = sound.filled or ()
    likely = [each for each in filled if each.chance >= LIKELY]
    long = tuple(span for span in speech.fillers if span[1] - span[0] >= LONG_FILLER_S)
    return [
        score_fillers(speech, likely),
        score_fillers(replace(speech, fillers=long), likely),
        score_fillers(speech, [each for each in filled if each.chance >= SURE]),
        score_pauses(speech, sound.voiced or ()),
        Found(errors_s=() if sound.snr_db is None else (sound.snr_db,)),
    ]


def _human_clips(file: Path) -> Iterator[Amount | str]:
    if not CLIPS.is_dir():
        yield "false filled pauses in human speech not measured: the folder of clips is not here"
        return
    seconds, likely, sure = 0.0, 0, 0
    for clip in sorted(CLIPS.glob("*.wav")):
        convert(clip, file)
        filled = measure_sound(file).filled or ()
        seconds += file.stat().st_size / 32_000
        likely += sum(each.chance >= LIKELY for each in filled)
        sure += sum(each.chance >= SURE for each in filled)
    what = f"filled pauses found in {seconds:.0f} s of human read speech that should have none"
    yield Amount(what, 60 * likely / seconds, "a minute")
    yield Amount(f"{what}, sure ones", 60 * sure / seconds, "a minute")


def _cost(file: Path) -> Iterator[Amount]:
    speech = next(tell("held-out", 1))
    record(speech, ALL[1], file, 0)
    pcm = file.read_bytes()[44:]
    wanted = round(LONG_S * 32_000)
    write_wav(file, (pcm * (wanted // len(pcm) + 1))[:wanted])
    times = []
    for _ in range(3):
        before_s = time.process_time()
        measure_sound(file)
        times.append(1000 * (time.process_time() - before_s))
    what = f"CPU to measure the sound of {LONG_S:.0f} s"
    yield Amount(what, median(times), "ms", LONG_TARGET_MS)
