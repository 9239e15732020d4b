"""A recording as FLAC: the same to the last sample, in half the room, at any moment readable."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.keeping.stored import PCM, Stock
from tests.playback.recordings import noise, tone
from tests.waiting import wait_until
from trainer.audio.reading import NotARecording, flac_length, open_samples, pieces
from trainer.capture import files
from trainer.capture.sound_files import convert
from trainer.keeping import compressing, compression
from trainer.keeping.keeping import Keeping
from trainer.paths import Home
from trainer.playback.parts import open_part
from trainer.store.database import Store
from trainer.transcript.following import GrowingSound
from trainer.transcript.voice_activity import find_voice

Make = Callable[..., Keeping]
ROOT = Path(__file__).parents[2]


def pcm_of(file: Path) -> bytes:
    return b"".join(pieces(file, 7_000))


def test_a_compressed_recording_holds_every_sample_in_less_room_and_all_that_is_known_of_it(
    stock: Stock, keeping: Make, tmp_path: Path
) -> None:
    pcm = tone(220, 20.0)
    stock.answer(pcm=pcm, days=3)
    before = stock.wav().stat().st_mtime_ns
    done = keeping().tidy()
    assert done.compressed.count == 1
    assert stock.left() == ["flac", "json"]
    assert stock.named() == stock.flac().name
    assert pcm_of(stock.flac()) == pcm
    assert stock.flac().stat().st_size == done.compressed.bytes - done.saved_bytes
    assert stock.flac().stat().st_size < len(pcm) / 2
    assert stock.flac().stat().st_mode & 0o777 == 0o600
    assert stock.flac().stat().st_mtime_ns == before
    assert files.length_s(stock.flac()) == files.length_s(stock.wav()) == 20.0
    assert files.read_notes(stock.flac()).device == "mic"
    convert(stock.flac(), tmp_path / "again.wav")
    assert pcm_of(tmp_path / "again.wav") == pcm
    content = stock.flac().read_bytes()
    with pytest.raises(OSError, match="nothing can be added"):
        files.open_for_sound(stock.flac())
    assert stock.flac().read_bytes() == content


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    samples=st.lists(st.integers(-32768, 32767), min_size=1, max_size=3000),
    at=st.integers(0, 3000),
    count=st.integers(0, 3000),
)
def test_any_sound_comes_back_from_any_place(
    tmp_path: Path, samples: list[int], at: int, count: int
) -> None:
    pcm = struct.pack(f"<{len(samples)}h", *samples)
    wav, flac = tmp_path / f"{'a' * 32}.wav", tmp_path / f"{'a' * 32}.flac"
    wav.unlink(missing_ok=True)
    with files.open_for_sound(wav) as sound:
        sound.write(pcm)
    compressing.compress(wav, flac)
    assert compressing.is_same(wav, flac)
    assert flac_length(flac) == (len(samples), 16_000)
    with closing(open_samples(flac)) as kept:
        assert kept.read(at, count) == pcm[2 * at : 2 * (at + count)]
        assert kept.read(0, len(samples)) == pcm


def test_what_is_played_measured_and_read_is_the_same_in_either_form(
    stock: Stock, keeping: Make
) -> None:
    stock.answer(pcm=(pcm := noise(4.0)))
    plain = open_part(stock.wav(), 1.2345, 3.3)
    voice = find_voice(stock.wav())
    keeping().tidy()
    part = open_part(stock.flac(), 1.2345, 3.3)
    assert (part.start_s, part.end_s) == (plain.start_s, plain.end_s)
    assert b"".join(part.pieces(800)) == b"".join(plain.pieces(800))
    assert part.read(900, 50) == plain.read(900, 50)  # backwards, as a slower speed asks
    plain.recording.close()
    part.recording.close()
    assert find_voice(stock.flac()) == voice
    growing = GrowingSound(stock.flac(), from_s=1.0)
    heard = b"".join(iter(lambda: growing.read(to_end=True), b""))
    growing.close()
    assert heard == pcm[32_000:]
    assert growing.read_s == 4.0


def test_whoever_knew_the_wav_file_finds_the_flac(stock: Stock, keeping: Make) -> None:
    stock.answer()
    wav = stock.wav()
    keeping().tidy()
    assert not wav.exists()
    assert files.length_s(wav) == 1.5
    assert pcm_of(wav) == PCM
    part = open_part(wav, 0.0, None)
    assert part.read(0, len(PCM)) == PCM
    part.recording.close()
    assert files.mend(wav) == 1.5
    assert not wav.exists()


@pytest.mark.parametrize("keep", [10, 100, 2000])
def test_a_flac_file_that_was_cut_off_is_no_copy(stock: Stock, tmp_path: Path, keep: int) -> None:
    wav, flac = stock.record(), tmp_path / "cut.flac"
    compressing.compress(wav, flac)
    flac.write_bytes(flac.read_bytes()[:keep])
    assert not compressing.is_same(wav, flac)


def test_a_flac_file_with_one_other_sample_is_no_copy(stock: Stock, tmp_path: Path) -> None:
    wav, flac = stock.record(), tmp_path / "other.flac"
    compressing.compress(wav, flac)
    with wav.open("r+b") as changed:
        changed.seek(2000)
        changed.write(b"\1\2")
    assert not compressing.is_same(wav, flac)


@pytest.mark.parametrize("junk", [b"", b"fLaC", b"RIFF" * 20, bytes(100), b"fLaC" + b"\x81" * 60])
def test_what_is_no_flac_is_told_as_that(tmp_path: Path, junk: bytes) -> None:
    file = tmp_path / f"{'a' * 32}.flac"
    file.write_bytes(junk)
    assert files.length_s(file) == 0.0
    with pytest.raises(NotARecording):
        open_samples(file)
    with pytest.raises(OSError, match="FLAC"):
        list(pieces(file, 100))


def test_what_was_written_wrongly_is_thrown_away(
    stock: Stock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compressing, "is_same", lambda plain, flac: False)
    with pytest.raises(compressing.Problem, match="differs"):
        compressing.compress(stock.record(), tmp_path / "x.flac")
    assert not (tmp_path / "x.flac").exists()


def test_a_wav_file_that_is_none_stays_and_the_next_is_compressed(
    stock: Stock, keeping: Make
) -> None:
    for number in (1, 2, 3):
        stock.answer(number)
    stock.wav(1).write_bytes(b"no recording at all, but long enough to look like one " * 3)
    stock.wav(2).write_bytes(stock.wav(2).read_bytes()[:44])
    keeper = keeping()
    done = keeper.tidy()
    assert (done.compressed.count, done.left, done.problem) == (1, 2, None)
    assert stock.named(1) == stock.wav(1).name
    assert stock.wav(1).exists()
    assert stock.flac(3).exists()
    assert keeper.tidy().left == 0  # it is not tried over and over


def test_a_full_disk_leaves_the_recording_and_says_so(
    stock: Stock, keeping: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        stock.answer(number, pcm=noise(20.0))
    limited = (
        "import resource, runpy, signal, sys;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000));"
        "runpy.run_module('trainer.keeping.compressing', run_name='__main__', alter_sys=True)"
    )
    popen = subprocess.Popen

    def start(command: list[str], **options: object) -> subprocess.Popen[bytes]:
        if "trainer.keeping.compressing" in command:
            command = [sys.executable, "-c", limited, *command[4:]]
        return popen(command, **options)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(subprocess, "Popen", start)
    done = keeping().tidy()
    assert done.problem
    assert "Check the free space" in done.problem.hint
    assert done.compressed.count == 0
    assert stock.left() == ["json", "json", "wav", "wav"]
    assert stock.named() == stock.wav().name


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_leaves_the_recording(
    stock: Stock, keeping: Make, home: Home
) -> None:
    stock.answer()
    home.recordings.chmod(0o500)
    try:
        assert keeping().tidy().problem
        assert stock.left() == ["json", "wav"]
    finally:
        home.recordings.chmod(0o700)


def test_a_folder_in_the_way_leaves_the_recording(stock: Stock, keeping: Make) -> None:
    stock.answer()
    stock.flac().with_name(f"{stock.flac().name}.partial").mkdir()
    done = keeping().tidy()
    assert done.problem
    assert stock.wav().exists()


def test_a_child_that_dies_leaves_the_recording(
    stock: Stock, keeping: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock.answer()
    monkeypatch.setattr(compression, "_CHILD", "tests.keeping.no_such_child")
    done = keeping().tidy()
    assert done.problem
    assert "exit code" in done.problem.message
    assert stock.left() == ["json", "wav"]


def test_a_child_that_hangs_is_ended(
    stock: Stock, keeping: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock.answer()
    monkeypatch.setattr(compression, "LIMIT_S", 0.0)
    monkeypatch.setattr(compression, "SLOWEST_BYTES_A_SECOND", 10**12)
    monkeypatch.setattr(compression, "_CHILD", "tests.keeping.hanging")
    done = keeping().tidy()
    assert done.problem
    assert "given up" in done.problem.message
    assert stock.left() == ["json", "wav"]


def test_it_ends_at_once_when_it_is_cancelled(stock: Stock, keeping: Make) -> None:
    for number in (1, 2, 3):
        stock.answer(number)
    asked = iter([False, False, False, False, False])
    done = keeping().tidy(lambda: next(asked, True))
    assert done.problem is None
    assert done.compressed.count < 3
    assert not [ending for ending in stock.left() if "partial" in ending]


def test_only_so_many_are_compressed_as_were_asked_for(stock: Stock, keeping: Make) -> None:
    for number in (1, 2, 3):
        stock.answer(number)
    assert keeping().tidy(most=2).compressed.count == 2
    assert keeping().tidy(most=2).compressed.count == 1


# Crashes

STEPS = ("before the copy", "in the copy", "before the name", "before the rows", "before the end")


@pytest.mark.skipif(os.name != "posix", reason="nothing is killed like that elsewhere")
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_it_leaves_a_recording_that_its_row_names(
    stock: Stock, keeping: Make, home: Home, step: str
) -> None:
    stock.answer(pcm=(pcm := noise(30.0)))
    script = [sys.executable, "-m", "tests.keeping.dying", str(home.root), step]
    assert subprocess.run(script, cwd=ROOT, timeout=60).returncode == -9
    named = stock.named()
    assert named
    assert pcm_of(home.recordings / named) == pcm
    assert (home.recordings / named).exists()
    assert stock.store.stray_recordings() == ()

    def tidied() -> bool:
        keeping().tidy()
        return stock.left() == ["flac", "json"]

    # The child of the one that was killed may be there for a moment more.
    wait_until(tidied, f"one recording is left, compressed; there are {stock.left()}")
    assert stock.named() == stock.flac().name
    assert pcm_of(stock.flac()) == pcm


@pytest.mark.skipif(os.name != "posix", reason="nothing is killed like that elsewhere")
def test_after_a_kill_a_copy_that_is_damaged_does_not_take_the_place_of_the_recording(
    stock: Stock, keeping: Make, home: Home
) -> None:
    stock.answer()
    script = [sys.executable, "-m", "tests.keeping.dying", str(home.root), "before the end"]
    subprocess.run(script, cwd=ROOT, timeout=60)
    stock.flac().write_bytes(stock.flac().read_bytes()[:500])
    keeping().tidy()
    assert pcm_of(stock.flac()) == PCM
    assert stock.left() == ["flac", "json"]


def test_a_row_of_an_old_copy_of_the_history_finds_its_recording(
    stock: Stock, keeping: Make, store: Store
) -> None:
    stock.answer()
    keeping().tidy()
    (sound,) = store.sounds.of_answers()
    store.sounds.change(sound, lambda: None, stock.wav().name)  # as a backup has it
    assert store.stray_recordings() == ()
    keeping().tidy()
    assert stock.named() == stock.flac().name
    assert stock.left() == ["flac", "json"]


def test_of_two_programs_that_tidy_one_does_it(stock: Stock, keeping: Make, home: Home) -> None:
    for number in range(1, 7):
        stock.answer(number)
    script = [sys.executable, "-m", "tests.keeping.dying", str(home.root), "never"]
    others = [subprocess.Popen(script, cwd=ROOT) for _ in range(2)]
    keeping().tidy()
    assert [other.wait(60) for other in others] == [0, 0]
    keeping().tidy()
    assert stock.left() == ["flac"] * 6 + ["json"] * 6
    for number in range(1, 7):
        assert stock.named(number) == stock.flac(number).name
        assert pcm_of(stock.flac(number)) == PCM
