"""Sound files of all kinds become recordings; what is none is told with its remedy."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from tests.capture.steps import pcm_of
from tests.playback.recordings import frequency_hz, noise, tone, write_recording
from tests.processes import replace_package
from trainer.audio.format import header
from trainer.capture import files, sound_files
from trainer.capture.sound_files import convert
from trainer.children.parent import Stopped
from trainer.errors import SoundError, TrainerError, UsageError

PITCH_HZ = 440


def write(
    file: Path, rate_hz: int, channels: int, length_s: float = 2.0, **form: Any
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Write a tone that is the same in each channel, and return it."""
    wave = 0.3 * np.sin(2 * np.pi * PITCH_HZ * np.arange(round(length_s * rate_hz)) / rate_hz)
    soundfile.write(file, np.stack([wave] * channels, axis=1), rate_hz, **form)
    return wave


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "recordings" / "0123.wav"


@pytest.fixture
def without_ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


def refusal(source: Path, target: Path) -> TrainerError:
    """Return why a file is refused. Nothing is left behind then."""
    with pytest.raises(TrainerError) as caught:
        convert(source, target)
    assert caught.value.hint
    assert not target.parent.is_dir() or not list(target.parent.iterdir())
    return caught.value


@pytest.mark.parametrize(
    ("name", "rate_hz", "channels", "form"),
    [
        ("wav.wav", 16_000, 1, {"subtype": "PCM_16"}),
        ("eight.wav", 8_000, 1, {"subtype": "PCM_U8"}),
        ("ulaw.wav", 8_000, 1, {"subtype": "ULAW"}),
        ("cd.wav", 44_100, 2, {"subtype": "PCM_24"}),
        ("surround.wav", 48_000, 6, {"subtype": "PCM_32"}),
        ("float.wav", 96_000, 2, {"subtype": "FLOAT"}),
        ("double.wav", 11_025, 3, {"subtype": "DOUBLE"}),
        ("mac.aiff", 22_050, 2, {"subtype": "PCM_16"}),
        ("flac.flac", 44_100, 2, {"subtype": "PCM_16"}),
        ("vorbis.ogg", 44_100, 2, {"format": "OGG", "subtype": "VORBIS"}),
        ("opus.opus", 48_000, 1, {"format": "OGG", "subtype": "OPUS"}),
        ("mp3.mp3", 44_100, 2, {"format": "MP3", "subtype": "MPEG_LAYER_III"}),
    ],
)
def test_a_sound_file_becomes_a_recording(
    tmp_path: Path, target: Path, name: str, rate_hz: int, channels: int, form: dict[str, str]
) -> None:
    write(tmp_path / name, rate_hz, channels, **form)
    length_s = convert(tmp_path / name, target).length_s
    assert length_s == pytest.approx(2.0, abs=0.001)
    pcm = pcm_of(target)
    assert target.read_bytes() == header(len(pcm)) + pcm
    assert len(pcm) == round(length_s * 32_000)
    middle = pcm[6400:-6400]
    assert frequency_hz(middle) == pytest.approx(PITCH_HZ, rel=0.001)
    loudness = float(np.sqrt(np.mean(np.frombuffer(middle, np.int16).astype(float) ** 2)))
    assert loudness == pytest.approx(0.3 * 32768 / np.sqrt(2), rel=0.02)
    assert os.listdir(target.parent) == [target.name]  # noqa: PTH208


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_a_recording_is_for_the_user_alone(tmp_path: Path, target: Path) -> None:
    write(tmp_path / "a.wav", 16_000, 1)
    convert(tmp_path / "a.wav", target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert stat.S_IMODE(target.parent.stat().st_mode) == 0o700


def test_sound_of_the_right_kind_stays_as_it_is(tmp_path: Path, target: Path) -> None:
    pcm = noise(1.0)
    soundfile.write(tmp_path / "a.wav", np.frombuffer(pcm, np.int16), 16_000)
    assert convert(tmp_path / "a.wav", target).length_s == 1.0
    assert pcm_of(target) == pcm


@pytest.mark.parametrize(
    "form",
    [
        {"format": "MP3", "subtype": "MPEG_LAYER_III"},
        {"format": "OGG", "subtype": "OPUS"},
        {"format": "OGG", "subtype": "VORBIS"},
    ],
    ids=["mp3", "opus", "vorbis"],
)
def test_nothing_crackles_between_blocks(
    tmp_path: Path, target: Path, form: dict[str, str]
) -> None:
    write(tmp_path / "a", 16_000, 1, length_s=5, **form)
    decoded, _ = soundfile.read(tmp_path / "a", dtype="float32")
    convert(tmp_path / "a", target)
    samples = np.frombuffer(pcm_of(target), np.int16)
    assert len(samples) == len(decoded)
    assert np.abs(samples - decoded * 32768).max() <= 1


def test_a_recording_that_was_never_closed_is_read_whole(tmp_path: Path, target: Path) -> None:
    pcm = noise(1.5)
    assert convert(write_recording(tmp_path / "a.wav", pcm), target).length_s == 1.5
    assert pcm_of(target) == pcm


def test_the_name_of_a_file_does_not_matter(tmp_path: Path, target: Path) -> None:
    for name in ("a.raw", "a.txt", "-a b;c\n.mp3", "a"):
        write(tmp_path / name, 16_000, 1, format="FLAC")
        assert convert(tmp_path / name, target).length_s == 2.0


def test_channels_are_mixed(tmp_path: Path, target: Path) -> None:
    left = np.frombuffer(tone(300, 1.0), np.int16) / 32768
    soundfile.write(tmp_path / "a.wav", np.stack([left, np.zeros(len(left))], axis=1), 16_000)
    convert(tmp_path / "a.wav", target)
    mixed = np.frombuffer(pcm_of(target), np.int16)
    assert np.abs(mixed - np.round(left * 16384)).max() <= 1


def test_numbers_that_are_no_sound_do_no_harm(tmp_path: Path, target: Path) -> None:
    odd = np.array([np.nan, np.inf, -np.inf, 7.0, -7.0, 0.5] * 100, np.float32)
    soundfile.write(tmp_path / "a.wav", odd, 16_000, subtype="FLOAT")
    convert(tmp_path / "a.wav", target)
    samples = np.frombuffer(pcm_of(target), np.int16)
    assert samples[:6].tolist() == [0, 32767, -32768, 32767, -32768, 16384]


def test_a_truncated_file_is_kept_up_to_there(tmp_path: Path, target: Path) -> None:
    chance = np.random.default_rng(1)
    soundfile.write(tmp_path / "a.flac", chance.standard_normal(320_000) * 0.1, 16_000)
    whole = (tmp_path / "a.flac").read_bytes()
    (tmp_path / "a.flac").write_bytes(whole[: len(whole) // 2])
    converted = convert(tmp_path / "a.flac", target)
    assert converted.damaged
    assert converted.length_s == files.length_s(target)
    assert 8.0 < converted.length_s < 11.0


def test_a_missing_file(tmp_path: Path, target: Path) -> None:
    error = refusal(tmp_path / "a.wav", target)
    assert isinstance(error, UsageError)
    assert error.message.endswith("a.wav is not there.")


def test_a_folder(tmp_path: Path, target: Path) -> None:
    assert refusal(tmp_path, target).message.endswith(" is a folder.")


def test_an_empty_file(tmp_path: Path, target: Path) -> None:
    (tmp_path / "a.wav").touch()
    assert refusal(tmp_path / "a.wav", target).message.endswith("a.wav is empty.")


def test_a_file_without_samples(tmp_path: Path, target: Path) -> None:
    write(tmp_path / "a.wav", 44_100, 2, length_s=0)
    assert "holds no sound: it is empty" in refusal(tmp_path / "a.wav", target).message


def test_a_path_that_no_system_takes(target: Path) -> None:
    assert "cannot be read" in refusal(Path("a" * 5000), target).message
    assert "cannot be read" in refusal(Path("a\0b"), target).message


@pytest.mark.skipif(os.name != "posix", reason="files of POSIX")
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_is_no_plain_file_is_not_opened(tmp_path: Path, target: Path, kind: str) -> None:
    source = Path("/dev/zero")
    if kind == "pipe":
        source = tmp_path / "pipe.wav"
        os.mkfifo(source)
    assert "not a file but a device or a pipe" in refusal(source, target).message


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights(tmp_path: Path, target: Path) -> None:
    write(tmp_path / "a.wav", 16_000, 1)
    (tmp_path / "a.wav").chmod(0)
    assert "cannot be read: Permission denied" in refusal(tmp_path / "a.wav", target).message


@pytest.mark.parametrize(
    "content",
    [b"Tell me about yourself.\n" * 50, b"\x89PNG\r\n\x1a\n" + bytes(500), bytes(5000), b"R"],
    ids=["text", "picture", "zeros", "one byte"],
)
@pytest.mark.usefixtures("without_ffmpeg")
def test_what_is_no_sound(tmp_path: Path, target: Path, content: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    error = refusal(tmp_path / "a.wav", target)
    assert isinstance(error, UsageError)
    assert error.message.endswith("a.wav holds no sound that can be read.")


def test_sound_that_is_too_long(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sound_files, "LONGEST_S", 60.0)
    write(tmp_path / "a.wav", 8_000, 1, length_s=61)
    error = refusal(tmp_path / "a.wav", target)
    assert error.message.endswith("is longer than 1:00 minutes.")
    # Its header says nothing of its length: only the sound itself does.
    write_recording(tmp_path / "a.wav", bytes(32_000 * 61))
    assert refusal(tmp_path / "a.wav", target).message == error.message


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, target: Path) -> None:
    import resource

    write_recording(tmp_path / "a.wav", noise(2.0) * 10)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, before[1]))
    try:
        error = refusal(tmp_path / "a.wav", target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert isinstance(error, SoundError)
    assert "cannot be kept in" in error.message
    assert "Free some space" in error.hint


def test_a_place_that_cannot_be_written_to(tmp_path: Path) -> None:
    write(tmp_path / "a.wav", 16_000, 1)
    (tmp_path / "file").touch()
    with pytest.raises(SoundError, match="cannot be kept in"):
        convert(tmp_path / "a.wav", tmp_path / "file" / "b.wav")


def test_a_failure_keeps_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "b.wav").write_bytes(b"old")
    (tmp_path / "a.wav").write_bytes(b"a text")
    with pytest.raises(UsageError):
        convert(tmp_path / "a.wav", tmp_path / "b.wav")
    assert (tmp_path / "b.wav").read_bytes() == b"old"


def test_a_missing_library_is_told(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.wav", 16_000, 1)
    code = "raise OSError('sndfile library not found')"
    replace_package(monkeypatch, tmp_path, "soundfile", code)
    error = refusal(tmp_path / "a.wav", target)
    assert "soundfile cannot be used: sndfile library not found" in error.message
    assert "soundfile" in error.hint


# A part of a file


@pytest.mark.parametrize(("from_s", "to_s"), [(0.5, 1.25), (0.0, 0.1), (1.9, None), (0.3, 99.0)])
def test_a_part_is_taken_to_the_sample(
    tmp_path: Path, target: Path, from_s: float, to_s: float | None
) -> None:
    pcm = noise(2.0)
    source = write_recording(tmp_path / "call.wav", pcm)
    converted = convert(source, target, from_s, to_s)
    end = len(pcm) if to_s is None else 2 * round(to_s * 16_000)
    assert pcm_of(target) == pcm[2 * round(from_s * 16_000) : end]
    assert converted.length_s == pytest.approx(min(to_s or 2.0, 2.0) - from_s)


def test_a_part_of_a_file_of_another_rate_is_taken(tmp_path: Path, target: Path) -> None:
    write(tmp_path / "call.ogg", 44_100, 2, 3.0, format="OGG", subtype="VORBIS")
    assert convert(tmp_path / "call.ogg", target, 1.0, 2.0).length_s == 1.0
    assert frequency_hz(pcm_of(target)) == pytest.approx(PITCH_HZ, abs=2)


def test_a_part_may_be_taken_of_a_file_that_is_too_long_as_a_whole(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sound_files, "LONGEST_S", 1.5)
    source = write_recording(tmp_path / "call.wav", noise(4.0))
    write(tmp_path / "cd.wav", 44_100, 1, 4.0)
    for file in (source, tmp_path / "cd.wav"):
        assert "longer than" in refusal(file, target).message
        assert convert(file, target, 2.0, 3.0).length_s == 1.0
        target.unlink()
        assert "longer than" in refusal_of_part(file, target, 1.0, None).message
        assert convert(file, target, 2.75, None).length_s == 1.25
        target.unlink()
        assert "longer than" in refusal_of_part(file, target, 0.0, 2.0).message


@pytest.mark.parametrize(("from_s", "to_s"), [(5.0, None), (5.0, 6.0), (2.0, 1.0), (-1.0, None)])
def test_a_part_that_is_not_there_is_refused(
    tmp_path: Path, target: Path, from_s: float, to_s: float | None
) -> None:
    source = write_recording(tmp_path / "call.wav", noise(2.0))
    said = refusal_of_part(source, target, from_s, to_s).message
    assert ("ends at 0:02" in said) == (from_s == 5.0)


def refusal_of_part(source: Path, target: Path, from_s: float, to_s: float | None) -> TrainerError:
    with pytest.raises(UsageError) as caught:
        convert(source, target, from_s, to_s)
    assert not target.parent.is_dir() or not list(target.parent.iterdir())
    return caught.value


def test_a_conversion_that_is_cancelled_leaves_nothing(tmp_path: Path, target: Path) -> None:
    source = write_recording(tmp_path / "call.wav", noise(1.0))
    with pytest.raises(Stopped):
        convert(source, target, cancelled=lambda: True)
    assert not list(target.parent.iterdir())
