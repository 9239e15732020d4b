"""A recording is read while it grows: whole samples, each once, whatever the file does."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.audio.format import BYTES_A_SECOND, HEADER_BYTES
from trainer.transcript.following import BLOCK_BYTES, LARGE_BLOCK_BYTES, GrowingSound

HEADER = b"RIFF".ljust(HEADER_BYTES, b"\0")


def read_all(sound: GrowingSound, *, to_end: bool = False) -> bytes:
    heard = b""
    while block := sound.read(to_end=to_end):
        assert len(block) <= LARGE_BLOCK_BYTES
        assert len(block) % 2 == 0
        assert to_end or len(block) >= BLOCK_BYTES
        heard += block
    return heard


def append(file: Path, more: bytes) -> None:
    with file.open("ab") as opened:
        opened.write(more)


@given(st.lists(st.binary(max_size=40).map(lambda seed: seed * 400), max_size=6), st.booleans())
def test_every_sample_is_read_once(pieces: list[bytes], header_first: bool) -> None:
    pcm = b"".join(pieces)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a.wav")
        sound = GrowingSound(file)
        assert sound.read() == b""
        heard = b""
        if header_first:
            file.write_bytes(HEADER)
        else:
            pieces = [HEADER[:20], HEADER[20:], *pieces]
        for piece in pieces:
            append(file, piece)
            heard += read_all(sound)
        heard += read_all(sound, to_end=True)
        assert heard == pcm[: len(pcm) // 2 * 2]
        assert sound.read_s == pytest.approx(len(heard) / BYTES_A_SECOND)
        sound.close()


def test_reading_begins_where_it_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.wav"
    pcm = bytes(range(256)) * 250
    file.write_bytes(HEADER + pcm)
    sound = GrowingSound(file, from_s=0.50001)
    assert sound.read_s == 0.5
    assert read_all(sound, to_end=True) == pcm[BYTES_A_SECOND // 2 :]
    assert sound.read_s == 2.0
    sound.close()


def test_beyond_the_end_is_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.wav"
    file.write_bytes(HEADER + bytes(2 * BLOCK_BYTES))
    sound = GrowingSound(file, from_s=60.0)
    assert sound.read(to_end=True) == b""
    sound.close()


def test_a_file_that_shrinks_gives_nothing_until_it_has_grown_again(tmp_path: Path) -> None:
    file = tmp_path / "a.wav"
    file.write_bytes(HEADER + b"a" * 2 * BLOCK_BYTES)
    sound = GrowingSound(file)
    assert read_all(sound) == b"a" * 2 * BLOCK_BYTES
    with file.open("r+b") as opened:
        opened.truncate(HEADER_BYTES)
    assert sound.read() == sound.read(to_end=True) == b""
    append(file, b"b" * 3 * BLOCK_BYTES)
    assert read_all(sound) == b"b" * BLOCK_BYTES
    sound.close()


def test_a_folder_in_place_of_the_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        GrowingSound(tmp_path).read()
