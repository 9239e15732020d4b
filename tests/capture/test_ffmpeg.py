"""What only ffmpeg knows goes through ffmpeg, which gets this file and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.playback.recordings import noise
from tests.processes import is_gone
from tests.waiting import wait_until
from trainer.audio.format import header
from trainer.capture import sound_files
from trainer.capture.sound_files import convert
from trainer.errors import SoundError, UsageError

M4A = b"\0\0\0\x20ftypM4A \0\0\0\0" + bytes(100)
WEBM = b"\x1a\x45\xdf\xa3" + bytes(100)
AAC = b"\xff\xf1\x50\x80" + bytes(100)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script takes ffmpeg's place")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that is all of PATH."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path


def put_ffmpeg(folder: Path, code: str, first_line: str = f"#!{sys.executable}") -> None:
    """Put a script into the place of ffmpeg. It tells `told` its process id and arguments."""
    told = folder / "told"
    head = f"import json, os, sys, time\nopen({str(told)!r}, 'w')"
    head += ".write(json.dumps([os.getpid(), sys.argv[1:]]) + '\\n')\n"
    program = folder / "bin" / "ffmpeg"
    program.write_text(f"{first_line}\n{head}{code}\n", encoding="utf-8")
    program.chmod(0o700)


def told(folder: Path) -> tuple[int, list[str]]:
    pid, arguments = json.loads((folder / "told").read_text())
    return pid, arguments


def put_file(folder: Path, content: bytes = M4A, name: str = "answer.m4a") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


@pytest.mark.parametrize(
    ("content", "kind"), [(M4A, "MPEG-4 sound, m4a"), (WEBM, "WebM"), (AAC, "AAC")]
)
def test_without_ffmpeg_the_error_names_the_command(
    folder: Path, content: bytes, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    with pytest.raises(SoundError) as caught:
        convert(put_file(folder, content), folder / "b.wav")
    assert caught.value.message.endswith(f"({kind}) needs ffmpeg.")
    assert caught.value.hint == "Run: brew install ffmpeg"


def test_what_ffmpeg_says_becomes_the_recording(folder: Path) -> None:
    pcm = noise(2.5)
    (folder / "pcm").write_bytes(pcm)
    put_ffmpeg(folder, f"sys.stdout.buffer.write(open({str(folder / 'pcm')!r}, 'rb').read())")
    assert convert(put_file(folder), folder / "b.wav").length_s == 2.5
    assert (folder / "b.wav").read_bytes() == header(len(pcm)) + pcm


def test_ffmpeg_may_read_this_file_and_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_ffmpeg(folder, "sys.stdout.buffer.write(bytes(64000)); assert not sys.stdin.read()")
    source = put_file(folder, name="-i http:; x.m4a")
    monkeypatch.chdir(folder)
    convert(Path(source.name), folder / "b.wav")
    _, arguments = told(folder)
    before = arguments[: arguments.index("-i")]
    assert arguments[arguments.index("-i") + 1] == f"file:{source}"
    assert "-nostdin" in before
    assert before[before.index("-protocol_whitelist") + 1] == "file,pipe"
    formats = before[before.index("-format_whitelist") + 1].split(",")
    assert {"mov", "matroska", "aac"} <= set(formats)
    assert not {"hls", "concat", "dash", "tty", "image2"} & set(formats)
    assert arguments[-1] == "pipe:1"


def test_what_ffmpeg_refuses(folder: Path) -> None:
    put_ffmpeg(folder, "sys.exit(1)")
    with pytest.raises(UsageError, match="holds no sound that can be read"):
        convert(put_file(folder), folder / "b.wav")
    assert not (folder / "b.wav").exists()


def test_what_ffmpeg_reads_in_part_is_kept(folder: Path) -> None:
    put_ffmpeg(folder, "sys.stdout.buffer.write(bytes(32001)); sys.exit(1)")
    converted = convert(put_file(folder), folder / "b.wav")
    assert converted.damaged
    assert converted.length_s == 1.0


def test_endless_sound_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_files, "LONGEST_S", 10.0)
    put_ffmpeg(folder, "while True: sys.stdout.buffer.write(bytes(32000))")
    with pytest.raises(UsageError, match="is longer than 0:10 minutes"):
        convert(put_file(folder), folder / "b.wav")
    wait_until(lambda: is_gone(told(folder)[0]), "ffmpeg ends")


def test_an_ffmpeg_that_cannot_be_started(folder: Path) -> None:
    put_ffmpeg(folder, "", first_line="#!/no/such/program")
    with pytest.raises(SoundError, match="ffmpeg cannot be started"):
        convert(put_file(folder), folder / "b.wav")


def test_a_hanging_ffmpeg_is_ended(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_files, "LIMIT_S", 3.0)
    put_ffmpeg(folder, "time.sleep(60)")
    began = time.monotonic()
    with pytest.raises(SoundError, match="given up after 3 s"):
        convert(put_file(folder), folder / "b.wav")
    assert time.monotonic() - began < 20
    wait_until(lambda: is_gone(told(folder)[0]), "ffmpeg ends")
    assert not list(folder.glob("b.wav*"))


def test_a_reader_that_is_killed_is_told(folder: Path) -> None:
    put_ffmpeg(folder, "os.kill(os.getppid(), 9)")
    with pytest.raises(SoundError, match="made its reader fail"):
        convert(put_file(folder), folder / "b.wav")
    assert not list(folder.glob("b.wav*"))


def test_nothing_outlives_the_program(folder: Path) -> None:
    put_ffmpeg(folder, "time.sleep(60)")
    code = f"""
import pathlib
from trainer.capture.sound_files import convert
convert(pathlib.Path({str(put_file(folder))!r}), pathlib.Path({str(folder / "b.wav")!r}))
"""
    with subprocess.Popen([sys.executable, "-c", code]) as program:
        wait_until(lambda: (folder / "told").exists() and bool(told(folder)), "ffmpeg runs")
        assert list(folder.glob("b.wav*"))
        program.kill()
    wait_until(lambda: is_gone(told(folder)[0]), "ffmpeg ends")
    wait_until(lambda: not list(folder.glob("b.wav*")), "what was written is taken away")
