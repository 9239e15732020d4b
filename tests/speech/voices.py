"""The voices that tests speak with, and speaking with them through the espeak-ng program.

The test model knows exactly these voices well (see README.md); another voice may be understood
badly. Tests that speak are marked `audio`: they are skipped where espeak-ng is missing, which
counts as failed under TRAINER_REQUIRE_AUDIO.
"""

from __future__ import annotations

import shutil
import subprocess
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soxr

RATE_HZ = 16000
SAMPLE_BYTES = 2

# Names as `espeak-ng -v` takes them: a language, and behind the plus a variant of the speaker.
# "en" is British too; after "en-gb" the program ignores a variant without a word.
VOICES: tuple[str, ...] = (
    "en-us",
    "en-us+f3",
    "en-us+m3",
    "en-gb",
    "en+f2",
    "en-gb-x-rp",
    "en-gb-scotland",
    "en-us-nyc",
)
DEFAULT_VOICE = VOICES[0]

# Where the parts of a WAV header stand. The program does not know the length before it has
# spoken: the sizes in the header of --stdout are made up, so the rest of the stream counts.
HEADER_BYTES = 44
HEADER_RATE = slice(24, 28)


@dataclass(frozen=True, slots=True)
class Speech:
    """Sound with what was said in it: 16-bit mono PCM at `RATE_HZ`.

    `spans` holds, for every sentence, the seconds at which its sound begins and ends; between
    the sentences is digital silence.
    """

    pcm: bytes
    sentences: tuple[str, ...]
    spans: tuple[tuple[float, float], ...]

    @property
    def text(self) -> str:
        """All that was said, in one line."""
        return " ".join(self.sentences)

    @property
    def length_s(self) -> float:
        """How long it lasts."""
        return len(self.pcm) / SAMPLE_BYTES / RATE_HZ


def say(
    text: str,
    voice: str = DEFAULT_VOICE,
    *,
    rate_wpm: int = 165,
    pitch: int = 50,
    level_db: float = 0.0,
) -> bytes:
    """Return the text spoken: 16-bit mono PCM at `RATE_HZ`, without silence around it.

    `pitch` goes from 0 to 99, `level_db` changes the loudness (0 leaves it). Skips the test
    where espeak-ng is missing.
    """
    if not shutil.which("espeak-ng"):
        pytest.skip("espeak-ng is not installed")
    command = ["espeak-ng", "-v", voice, "-s", str(rate_wpm), "-p", str(pitch)]
    command += ["--stdin", "--stdout"]
    spoken = subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout
    if len(spoken) <= HEADER_BYTES:
        raise ValueError(f"espeak-ng said nothing with the voice {voice}")
    rate_hz = int.from_bytes(spoken[HEADER_RATE], "little")
    sound = np.frombuffer(spoken[HEADER_BYTES:], dtype="<i2").astype(np.float32)
    resampled = soxr.resample(_without_silence(sound), rate_hz, RATE_HZ)
    return _as_pcm(resampled * 10 ** (level_db / 20))


def speak(
    sentences: Sequence[str],
    voice: str = DEFAULT_VOICE,
    *,
    pause_s: float | Sequence[float] = 0.8,
    before_s: float = 0.3,
    after_s: float = 1.0,
    rate_wpm: int = 165,
    pitch: int = 50,
    level_db: float = 0.0,
) -> Speech:
    """Speak sentences with pauses between them: one length for all, or one after each but the last.

    `before_s` and `after_s` are the silence around the whole.
    """
    gaps = len(sentences) - 1
    pauses_s = [pause_s] * gaps if isinstance(pause_s, int | float) else list(pause_s)
    if len(pauses_s) != gaps:
        raise ValueError(f"{len(sentences)} sentences have {gaps} pauses, not {len(pauses_s)}")
    sound = bytearray(_silence(before_s))
    spans = []
    for sentence, silence_s in zip(sentences, [*pauses_s, after_s], strict=True):
        begin = len(sound)
        sound += say(sentence, voice, rate_wpm=rate_wpm, pitch=pitch, level_db=level_db)
        spans.append((_seconds(begin), _seconds(len(sound))))
        sound += _silence(silence_s)
    return Speech(bytes(sound), tuple(sentences), tuple(spans))


def say_to(file: Path, sentences: str | Sequence[str], voice: str = DEFAULT_VOICE) -> Speech:
    """Write spoken sentences to a WAV file, paused as `speak` does, and return what is in it."""
    speech = speak([sentences] if isinstance(sentences, str) else sentences, voice)
    write_wav(file, speech.pcm)
    return speech


def write_wav(file: Path, pcm: bytes) -> None:
    """Write 16-bit mono PCM at `RATE_HZ` to a WAV file."""
    with wave.open(str(file), "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(SAMPLE_BYTES)
        target.setframerate(RATE_HZ)
        target.writeframes(pcm)


def _without_silence(sound: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    loud = np.flatnonzero(np.abs(sound) > 1)
    return sound[loud[0] : loud[-1] + 1] if len(loud) else sound


def _as_pcm(sound: npt.NDArray[np.float32]) -> bytes:
    return np.clip(np.round(sound), -32768, 32767).astype("<i2").tobytes()


def _silence(length_s: float) -> bytes:
    return bytes(SAMPLE_BYTES * round(length_s * RATE_HZ))


def _seconds(size: int) -> float:
    return size / SAMPLE_BYTES / RATE_HZ
