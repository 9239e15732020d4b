"""Child process: makes a recording of a sound file, and says how long it is or what hindered it.

Its argument is a JSON object with `source`, `target` and `longest_s`; with `from_s` and `to_s` only
that part of the sound is taken. It says
`{"length_s": ..., "damaged": ...}` or `{"problem": ..., "detail": ...}`. Sound goes through it in
blocks, so its memory does not grow with the file. When its parent is gone it takes the target away.
"""

from __future__ import annotations

import json
import os
import sys
from functools import partial
from io import FileIO
from math import inf
from pathlib import Path
from typing import Any

from trainer.audio.format import BYTES_A_SECOND, RATE_HZ, SAMPLE_BYTES, header
from trainer.capture.decoding import DamagedError, decode
from trainer.capture.ffmpeg import stop
from trainer.children.child import Problem, leave, listen, say
from trainer.paths import PRIVATE_FILE_MODE

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def convert(
    source: Path, target: Path, longest_s: float, from_s: float = 0.0, to_s: float | None = None
) -> dict[str, Any]:
    """Write the recording, and return what to tell the parent. Raises `Problem` and `OSError`."""
    damaged = False
    first, last = _byte(from_s), inf if to_s is None else _byte(to_s)
    most = from_s + longest_s if to_s is None else to_s
    read = kept = 0
    with FileIO(os.open(target, _FLAGS, PRIVATE_FILE_MODE), "w") as recording:
        _write(recording, header(0))
        try:
            for block in decode(source, most, whole=to_s is None):
                piece = block[max(0, first - read) : int(min(max(0, last - read), len(block)))]
                read += len(block)
                kept += len(piece)
                if kept > longest_s * BYTES_A_SECOND:
                    raise Problem("too long")
                _write(recording, piece)
                if read >= last:
                    break
        except DamagedError:  # what came before is worth keeping
            damaged = True
        if not kept:
            raise (
                Problem("beyond", f"{read / BYTES_A_SECOND:.1f}") if read else Problem("no samples")
            )
        recording.seek(0)
        _write(recording, header(kept))
        os.fsync(recording.fileno())
    return {"length_s": kept / BYTES_A_SECOND, "damaged": damaged}


def _byte(at_s: float) -> int:
    """Return where a second begins, at a whole sample."""
    return round(at_s * RATE_HZ) * SAMPLE_BYTES


def _write(recording: FileIO, data: bytes) -> None:
    while data:  # a disk that is nearly full takes a part
        data = data[recording.write(data) :]


def _tidy(target: Path) -> None:
    stop()
    target.unlink(missing_ok=True)


if __name__ == "__main__":
    order = json.loads(sys.argv[1])
    listen(lambda message: None, on_end=partial(_tidy, Path(order["target"])))
    try:
        source, target = Path(order["source"]), Path(order["target"])
        say(convert(source, target, order["longest_s"], order["from_s"], order["to_s"]))
    except Problem as problem:
        say(problem.message)
    except OSError as error:
        say({"problem": "no room", "detail": error.strerror or str(error)})
    leave()
