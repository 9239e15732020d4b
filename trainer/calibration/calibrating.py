"""A calibration: one reading heard by every recogniser of this machine, and what is kept of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from trainer.calibration.deviations import Heard, Read, find_read
from trainer.calibration.estimating import (
    baseline_of,
    count_errors,
    error_rate,
    expected,
    heard_of,
)
from trainer.calibration.ranking import in_order
from trainer.calibration.readings import Reading
from trainer.calibration.types import Calibration, EngineResult
from trainer.calibration.wording import words_of
from trainer.capture.files import length_s
from trainer.config import Settings
from trainer.errors import SoundError, TrainerError
from trainer.paths import Home
from trainer.transcript.choosing import model_folders, package_version
from trainer.transcript.engines import Engine
from trainer.transcript.lookup import BUILTIN, find_engine, find_models, holds_model
from trainer.transcript.measuring import measure_sound
from trainer.transcript.transcribing import transcribe
from trainer.transcript.types import HeardWord, Sound

LEAST_WORDS = 40
"""A reading of fewer words says too little: with one word in ten wrong, the rate of 40 words would
be known to no better than five in a hundred either way."""

LEAST_SURE = 15
LEAST_SHARE = 0.15
"""So many words, and such a share of what was heard, must be right in a row with others: else it
was not the text that was read. Of 756 recordings of other texts, spoken by espeak-ng, none had more
than 10. Of 31 readings that the built-in one heard with three words in four wrong, 24 pass."""

LONGEST_S = 300.0
"""A reading takes a minute or two; what is longer is something else, and heard by every engine."""

FLOOR = 0.35
"""With more wrong words than this even the best recogniser's marks are called unsure.

Measured on the 929 answers of `corpus/development.jsonl`, spoiled by `evaluation.conditions`: of
2657 marks that are met 10 were taken for missed with all words right, 15 with 15 % of them wrong,
21 with 25 %, 30 with 35 % and 46 with 45 %; kappa fell from .91 over .88, .86 and .83 to .79. At
35 % so many are lost three times as often, and of three words in a quote one is another.
"""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: `engine` is number `number` (from 1) of `of`, and has heard `share` (0..1)."""

    engine: Engine
    number: int
    of: int
    share: float


@dataclass(frozen=True, slots=True)
class Failure:
    """A recogniser that could not hear the reading, and why."""

    engine: Engine
    problem: TrainerError


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of a reading. `engines` are those of its results, in their order.

    `unread` is how many words of the text were skipped, or came after the reader had stopped.
    """

    reading: Reading
    calibration: Calibration
    engines: tuple[Engine, ...]
    failures: tuple[Failure, ...]
    unread: int

    @property
    def is_unsure(self) -> bool:
        """Whether even the recommended recogniser has too many words wrong to trust the marks."""
        return is_unsure(self.calibration)


OnProgress = Callable[[Progress], object]


def is_unsure(calibration: Calibration) -> bool:
    """Whether even the recommended recogniser has too many words wrong to trust the marks."""
    return bool(calibration.results) and calibration.results[0].errors > FLOOR


def installed_engines(home: Home, settings: Settings) -> tuple[Engine, ...]:
    """Return every recogniser of this machine: each model once, the built-in one last."""
    engines: dict[str, Engine] = {}
    if package_version("vosk"):
        chosen = find_engine(model_folders(home), settings.model)
        if chosen and chosen.folder and holds_model(chosen.folder):
            engines[chosen.model] = chosen
        for folder in find_models(model_folders(home)):
            engines.setdefault(folder.name, Engine("vosk", folder.name, folder.absolute()))
    if package_version("pocketsphinx"):
        builtin = find_engine((), BUILTIN)
        assert builtin
        engines[builtin.model] = builtin
    return tuple(engines.values())


def no_engine() -> SoundError:
    """Return the error for a machine without a recogniser."""
    hint = "Install one: trainer models list, or in the application: Settings, Recogniser."
    return SoundError("There is no recogniser on this machine to measure.", hint)


def measure_recording(
    recording: Path,
    readings: Sequence[Reading],
    engines: Sequence[Engine],
    on_progress: OnProgress = lambda progress: None,
    device: str | None = None,
) -> Measured:
    """Let each engine hear a recording of ours, one after the other, and compare.

    It is one of `readings` that was read. What `on_progress` raises ends it, and its child. Raises
    `TrainerError` where it was none of them, where too little was read, and where no engine could
    hear it.
    """
    whole_s = length_s(recording)
    if whole_s > LONGEST_S:
        raise TrainerError(
            f"This recording has {whole_s / 60:.0f} minutes, and a reading takes about one.",
            f"Record only the text, in less than {LONGEST_S / 60:.0f} minutes.",
        )
    heard: dict[Engine, tuple[HeardWord, ...]] = {}
    work: dict[Engine, float] = {}
    failures: list[Failure] = []
    for number, engine in enumerate(engines, 1):
        began = time.monotonic()

        def tell(share: float, engine: Engine = engine, number: int = number) -> None:
            on_progress(Progress(engine, number, len(engines), share))

        tell(0.0)
        try:
            heard[engine] = transcribe(recording, engine, tell)
        except SoundError as error:
            failures.append(Failure(engine, error))
        else:
            work[engine] = (time.monotonic() - began) / max(whole_s, 1.0)
    if not heard:
        raise failures[0].problem if failures else no_engine()
    return compare(readings, heard, work, measure_sound(recording), tuple(failures), device)


def compare(
    readings: Sequence[Reading],
    heard: dict[Engine, tuple[HeardWord, ...]],
    work: dict[Engine, float],
    sound: Sound,
    failures: tuple[Failure, ...] = (),
    device: str | None = None,
) -> Measured:
    """Return what the words that were heard tell. Raises `TrainerError` as `measure_recording`.

    The engine that heard the text best tells what of it was read.
    """
    words = {engine: heard_of(found) for engine, found in heard.items()}
    reading, sentences, read = _find_reading(readings, tuple(words.values()), sound)
    results = {}
    for engine, found in words.items():
        counts = count_errors(sentences, read, found)
        result = EngineResult(
            engine.name, engine.model, error_rate(counts), *expected(counts), work.get(engine)
        )
        results[result] = engine
    ordered = in_order(tuple(results))
    calibration = Calibration(
        datetime.now(UTC).isoformat(timespec="seconds"),
        device,
        len(read.words),
        ordered,
        baseline_of(read, sound),
    )
    unread = sum(map(len, sentences)) - len(read.words)
    return Measured(reading, calibration, tuple(results[one] for one in ordered), failures, unread)


def _find_reading(
    readings: Sequence[Reading], heard: Sequence[Sequence[Heard]], sound: Sound
) -> tuple[Reading, list[tuple[str, ...]], Read]:
    """Return which text was read, its words by sentence, and what of it was read."""
    best: tuple[Reading, list[tuple[str, ...]], Read] | None = None
    for reading in readings:
        sentences = [words_of(sentence) for sentence in reading.sentences]
        text = [word for sentence in sentences for word in sentence]
        for words in heard:
            read = find_read(text, words, sound.voiced)
            if best is None or read.sure > best[2].sure:
                best = reading, sentences, read
    if not any(heard):
        raise TrainerError(
            "No words were heard in this recording.",
            "Check your microphone with the sound check, and read again. Nothing was stored.",
        )
    if best is None or best[2].sure < LEAST_SURE or best[2].sure < LEAST_SHARE * best[2].heard:
        raise TrainerError(
            "What was heard does not fit the text: other words were read, or the sound was too "
            "unclear.",
            "Read the text as it stands, close to the microphone. Nothing was stored.",
        )
    if len(best[2].words) < LEAST_WORDS:
        raise TrainerError(
            f"Only {len(best[2].words)} words of the text were read, and that is too little to "
            "tell.",
            "Read on for about a minute. Nothing was stored.",
        )
    return best
