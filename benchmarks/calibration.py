"""How well a calibration predicts the word error rate of the rest of a recording.

Needs espeak-ng: the voices are synthetic, but for the human clips, which are of several people.
They say nothing of how much more a recogniser mishears in free speech than in reading.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from statistics import mean

from benchmarks.ratio import Amount, Ratio
from benchmarks.voice import CLIPS
from tests.speech.answers import ANSWERS
from tests.speech.listening import MODEL
from tests.speech.measurement import add_noise
from tests.speech.voices import VOICES, speak, write_wav
from trainer.calibration.calibrating import installed_engines, measure_recording
from trainer.calibration.deviations import Read
from trainer.calibration.estimating import Counted, count_errors, error_rate, expected, heard_of
from trainer.calibration.readings import Reading, load_readings
from trainer.calibration.wording import words_of
from trainer.capture.sound_files import convert
from trainer.config import Settings
from trainer.errors import TrainerError
from trainer.paths import find_home
from trainer.transcript.engines import Engine
from trainer.transcript.transcribing import transcribe

TEST_ENGINE = Engine("vosk", "test model", MODEL)
TEST_VOICES = VOICES[::2]
NOISES_DB = (None, 5.0, 2.0)  # the test model is nearly right above
FIRST_ANSWERS = 2  # 70 s with their pauses
PEOPLES_VOICES = ("en-us", "en-us+m3")
SLOW_WPM = 150
PAUSE_S = 0.6


@dataclass(frozen=True)
class Outcome:
    """A prediction and what came: shares of the words."""

    predicted: float
    low: float
    high: float
    came: float

    @property
    def error(self) -> float:
        return abs(self.predicted - self.came)

    @property
    def held(self) -> bool:
        return self.low <= self.came <= self.high


def measure() -> Iterator[Ratio | Amount | str]:
    """Calibrate on the first minute, and compare with the rest of the same voice."""
    if not shutil.which("espeak-ng"):
        yield "not measured: espeak-ng is not installed"
        return
    with tempfile.TemporaryDirectory(prefix="calibration-") as name:
        folder = Path(name)
        answers = [answer.sentences for answer in ANSWERS.values()]
        first = sum(answers[:FIRST_ANSWERS], ())
        for noise_db in NOISES_DB:
            what = "in quiet" if noise_db is None else f"with noise {noise_db:.0f} dB below"
            outcomes = [
                _predict(folder, voice, first, answers[FIRST_ANSWERS:], TEST_ENGINE, noise_db)
                for voice in TEST_VOICES
            ]
            yield from _told(f"test model, {len(TEST_VOICES)} synthetic voices {what}", outcomes)
        readings = [reading.sentences for reading in load_readings()]
        home = find_home()
        for engine in installed_engines(home, Settings()):
            try:
                outcomes = [
                    _predict(folder, voice, readings[0], readings[1:], engine, None, SLOW_WPM)
                    for voice in PEOPLES_VOICES
                ]
            except TrainerError as error:
                yield f"{engine.model}: {error.message}"
            else:
                yield from _told(f"{engine.model}, synthetic voices in quiet", outcomes)
            yield from _clips(folder, engine)


def _predict(
    folder: Path,
    voice: str,
    first: Sequence[str],
    rest: Sequence[Sequence[str]],
    engine: Engine,
    noise_db: float | None,
    rate_wpm: int = 165,
) -> Outcome:
    reading = Reading("first", "The first minute", tuple(first))
    recording = _recording(folder, first, voice, noise_db, rate_wpm)
    result = measure_recording(recording, (reading,), (engine,)).calibration.results[0]
    counts: list[Counted] = []
    for sentences in rest:
        recording = _recording(folder, sentences, voice, noise_db, rate_wpm)
        counts += _count(sentences, recording, engine)
    return Outcome(result.errors, result.low, result.high, error_rate(counts))


def _recording(
    folder: Path, sentences: Sequence[str], voice: str, noise_db: float | None, rate_wpm: int
) -> Path:
    pcm = speak(sentences, voice, pause_s=PAUSE_S, rate_wpm=rate_wpm).pcm
    spoken, recording = folder / "spoken.wav", folder / "recording.wav"
    write_wav(spoken, pcm if noise_db is None else add_noise(pcm, noise_db))
    recording.unlink(missing_ok=True)
    convert(spoken, recording)
    return recording


def _count(sentences: Sequence[str], recording: Path, engine: Engine) -> tuple[Counted, ...]:
    """Count the errors of sentences that are known to have been said, all of them."""
    words = [words_of(sentence) for sentence in sentences]
    read = Read(tuple(range(sum(map(len, words)))), ())
    return count_errors(words, read, heard_of(transcribe(recording, engine)))


def _clips(folder: Path, engine: Engine) -> Iterator[Amount | str]:
    """Let half of the human clips predict the other half, each way in which they can be halved."""
    if not CLIPS.is_dir():
        yield "not measured on human clips: their folder is not here"
        return
    lines = (CLIPS / "transcripts.tsv").read_text(encoding="utf-8").splitlines()
    counted: list[tuple[Counted, ...]] = []
    for number, line in enumerate(line for line in lines if line):
        name, said = line.split("\t")
        recording = folder / f"clip-{number}.wav"
        if not recording.exists():
            convert(CLIPS / name, recording)
        counted.append(_count([said], recording, engine))
    outcomes = []
    for half in combinations(range(len(counted)), len(counted) // 2):
        first = [count for at in half for count in counted[at]]
        rest = [count for at in range(len(counted)) if at not in half for count in counted[at]]
        outcomes.append(Outcome(error_rate(first), *expected(first), error_rate(rest)))
    yield from _told(f"{engine.model}, halves of {len(counted)} human clips", outcomes)


def _told(what: str, outcomes: Sequence[Outcome]) -> Iterator[Amount]:
    came = 100 * mean(outcome.came for outcome in outcomes)
    error = 100 * mean(outcome.error for outcome in outcomes)
    held = 100 * mean(outcome.held for outcome in outcomes)
    yield Amount(f"words wrong in the rest of {len(outcomes)}: {what}", came, "%")
    yield Amount("- mean absolute error of the prediction", error, "points")
    yield Amount("- rests in the interval, which is for 90 % of them", held, "%")
