"""No sound file takes the program down, however it was damaged or made."""

from __future__ import annotations

import io
import os
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer.capture.sound_files import convert
from trainer.errors import TrainerError

# Each example starts a process.
few = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
BEGINNINGS = (b"", b"RIFF\xff\xff\xff\xffWAVEfmt ", b"fLaC\0\0\0\x22", b"OggS\0\x02", b"ID3\x03")
FORMS = {"WAV": "PCM_16", "FLAC": "PCM_16", "OGG": "VORBIS", "MP3": "MPEG_LAYER_III"}


@pytest.fixture(autouse=True)
def no_ffmpeg(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setenv("PATH", folder)
        yield


def survives(content: bytes) -> None:
    """Either some sound comes out of the content, or an error that says what to do."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "a.wav"), Path(folder, "b.wav")
        source.write_bytes(content)
        try:
            length_s = convert(source, target).length_s
        except TrainerError as error:
            assert error.hint
            assert os.listdir(folder) == ["a.wav"]  # noqa: PTH208
        else:
            assert length_s > 0
            assert target.stat().st_size == 44 + round(length_s * 32_000)


@few
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=3000))
def test_any_bytes(beginning: bytes, rest: bytes) -> None:
    survives(beginning + rest)


@few
@given(st.sampled_from(sorted(FORMS)), st.floats(0, 1), st.integers(0, 40), st.integers(0, 999))
def test_any_damage(form: str, kept: float, changes: int, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(whole(form))
    for _ in range(changes):
        content[chance.randrange(len(content))] = chance.randrange(256)
    survives(bytes(content[: 1 + int(kept * len(content))]))


def whole(form: str) -> bytes:
    """Return half a second of noise as a file of this form."""
    file = io.BytesIO()
    sound = np.random.default_rng(1).standard_normal((11_025, 2)) * 0.1
    soundfile.write(file, sound, 22_050, format=form, subtype=FORMS[form])
    return file.getvalue()
