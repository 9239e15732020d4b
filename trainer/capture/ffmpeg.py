"""Sound files that only ffmpeg knows, in the child that converts them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from trainer.audio.format import RATE_HZ, SAMPLE_BYTES

# Files that hold sound themselves. ffmpeg also knows lists of other files, and text as a picture.
_FORMATS = (
    "3g2,3gp,aac,ac3,aiff,amr,ape,asf,au,avi,caf,dts,eac3,flac,flv,loas,m4a,matroska,mj2,mov,mp3,"
    "mp4,mpeg,mpegts,ogg,tta,w64,wav,webm,wv"
)

_running: list[subprocess.Popen[bytes]] = []


class FailedError(Exception):
    """ffmpeg gave up on the file; it wrote to the log why."""


def find() -> str | None:
    """Return where ffmpeg is, None where it is not."""
    return shutil.which("ffmpeg")


def decode(program: str, source: Path, longest_s: float) -> Iterator[bytes]:
    """Return the first sound of a file as mono PCM of 16 bits, `RATE_HZ`, second by second.

    It ends a moment after `longest_s`. Nothing but this file is read, and no network. Raises
    `FailedError`, after what could be read, and `OSError` where ffmpeg cannot be started.
    """
    command = [program, "-nostdin", "-hide_banner", "-loglevel", "fatal"]
    command += ["-protocol_whitelist", "file,pipe", "-format_whitelist", _FORMATS]
    command += ["-i", f"file:{source.absolute()}", "-map", "0:a:0", "-vn", "-sn", "-dn"]
    command += ["-t", f"{longest_s + 1:.0f}", "-ac", "1", "-ar", str(RATE_HZ)]
    command += ["-f", "s16le", "pipe:1"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        _running.append(process)
        assert process.stdout
        while block := process.stdout.read(RATE_HZ * SAMPLE_BYTES):
            yield block[: len(block) // SAMPLE_BYTES * SAMPLE_BYTES]
    _running.remove(process)
    if process.returncode:
        raise FailedError


def stop() -> None:
    """End every ffmpeg that runs: a converter that ends must not leave one behind."""
    for process in _running:
        process.kill()
