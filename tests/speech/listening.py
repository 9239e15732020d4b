"""Vosk hearing sound, in a process of its own: it can crash, and it prints what it likes.

`listen` starts this module as a program: it loads a model, hears raw PCM files one after another,
and prints a line of JSON for each.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.speech.voices import RATE_HZ, SAMPLE_BYTES

MODEL = Path(__file__).parent / "model"
BLOCK_BYTES = SAMPLE_BYTES * RATE_HZ // 20  # 50 ms, as the recorder writes them


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word as Vosk reports it, with seconds from the beginning of the sound."""

    text: str
    start_s: float
    end_s: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Partial:
    """What Vosk took a phrase for before it had ended, and how much it had been given by then."""

    text: str
    at_s: float


@dataclass(frozen=True, slots=True)
class Phrase:
    """What Vosk gave at a pause or at the end; `at_s` is how much sound it had been given then."""

    text: str
    words: tuple[HeardWord, ...]
    at_s: float


@dataclass(frozen=True, slots=True)
class Heard:
    """Everything that Vosk made of one sound. Phrases without a word are left out."""

    phrases: tuple[Phrase, ...]
    partials: tuple[Partial, ...]

    @property
    def text(self) -> str:
        """All words in one line."""
        return " ".join(phrase.text for phrase in self.phrases)

    @property
    def words(self) -> tuple[HeardWord, ...]:
        """The words of all phrases."""
        return tuple(word for phrase in self.phrases for word in phrase.words)


def listen(sounds: Sequence[bytes], model: Path = MODEL) -> list[Heard]:
    """Let Vosk hear each sound from the beginning: 16-bit mono PCM, in blocks of 50 ms.

    Skips the test where vosk is missing: it has no package for some machines.
    """
    if not importlib.util.find_spec("vosk"):
        pytest.skip("vosk is not installed")
    with tempfile.TemporaryDirectory(prefix="listening-") as folder:
        files = []
        for number, sound in enumerate(sounds):
            files.append(Path(folder) / f"{number}.raw")
            files[-1].write_bytes(sound)
        command = [sys.executable, "-m", __name__, str(model), *map(str, files)]
        done = subprocess.run(
            command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=120
        )
    if done.returncode:
        raise AssertionError(f"Vosk ended with {done.returncode}:\n{done.stderr}")
    return [_heard(json.loads(line)) for line in done.stdout.splitlines()]


def _heard(answer: dict[str, Any]) -> Heard:
    phrases = tuple(
        Phrase(
            result["text"],
            tuple(
                HeardWord(word["word"], word["start"], word["end"], word["conf"])
                for word in result.get("result", ())
            ),
            at_s,
        )
        for at_s, result in answer["results"]
        if result["text"]
    )
    return Heard(phrases, tuple(Partial(text, at_s) for at_s, text in answer["partials"]))


def _recognise(model: Any, sound: bytes) -> dict[str, Any]:
    import vosk

    recogniser = vosk.KaldiRecognizer(model, RATE_HZ)
    recogniser.SetWords(True)
    results, partials = [], []
    for begin in range(0, len(sound), BLOCK_BYTES):
        block = sound[begin : begin + BLOCK_BYTES]
        at_s = (begin + len(block)) / SAMPLE_BYTES / RATE_HZ
        if recogniser.AcceptWaveform(block):
            results.append((at_s, json.loads(recogniser.Result())))
        elif text := json.loads(recogniser.PartialResult()).get("partial"):
            partials.append((at_s, text))
    results.append((len(sound) / SAMPLE_BYTES / RATE_HZ, json.loads(recogniser.FinalResult())))
    return {"results": results, "partials": partials}


def main() -> None:
    """Recognise the files of the command line with the model named first."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever Vosk prints must not stand between the answers
    import vosk

    vosk.SetLogLevel(-1)
    folder, *files = sys.argv[1:]
    model = vosk.Model(folder)
    for file in files:
        print(json.dumps(_recognise(model, Path(file).read_bytes())), file=answers, flush=True)


if __name__ == "__main__":
    main()
