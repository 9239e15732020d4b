"""Child process: makes FLAC of a recording, or looks whether both forms hold the same.

Its argument is a JSON object with `source`, a WAV recording, and `target`. It writes the target,
reads it again, and says `{"bytes": ...}` only where every sample is the same; with `check` it
writes nothing and says `{"same": ...}`. Or it says a `problem`. Whatever ends it, a target that is
not whole goes. It gives way to every other program.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import zip_longest
from pathlib import Path
from typing import Any

from trainer.audio.format import RATE_HZ, SAMPLE_BYTES
from trainer.audio.reading import NotARecording, open_flac, open_samples
from trainer.children.child import Problem, leave, listen, say
from trainer.paths import PRIVATE_FILE_MODE
from trainer.system import give_way

PIECE_SAMPLES = 10 * RATE_HZ
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def compress(source: Path, target: Path) -> dict[str, Any]:
    """Write `target`, and return its size once it is known to hold what `source` does.

    Raises `Problem` and `OSError`.
    """
    try:
        _write(source, target)
        same = is_same(source, target)
        if not same:
            raise Problem("differs")
        return {"bytes": target.stat().st_size}
    except BaseException:
        with suppress(OSError):
            target.unlink(missing_ok=True)
        raise


def is_same(plain: Path, flac: Path) -> bool:
    """Tell whether both forms of a recording hold the same samples at the same rate."""
    with closing(open_samples(plain)) as first:
        try:
            second = open_flac(flac)
        except NotARecording:
            return False
        with closing(second):
            if (first.count, first.rate_hz) != (second.count, second.rate_hz):
                return False
            try:
                pairs = zip_longest(_pieces(first), _pieces(second))
                return all(one == other for one, other in pairs)
            except OSError:
                return False


def _write(source: Path, target: Path) -> None:
    import numpy as np
    import soundfile  # type: ignore[import-untyped]

    with (
        closing(open_samples(source)) as samples,
        os.fdopen(os.open(target, _FLAGS, PRIVATE_FILE_MODE), "w+b") as file,
    ):
        if not samples.count:
            raise Problem("no samples")
        try:
            with soundfile.SoundFile(
                file.fileno(), "w", samples.rate_hz, 1, "PCM_16", format="FLAC", closefd=False
            ) as flac:
                for piece in _pieces(samples):
                    flac.write(np.frombuffer(piece, "<i2"))
        except soundfile.LibsndfileError as error:
            raise Problem("not written", str(error)) from None
        os.fsync(file.fileno())
    before = source.stat()
    os.utime(target, ns=(before.st_atime_ns, before.st_mtime_ns))


def _pieces(samples: Any) -> Iterator[bytes]:
    for at in range(0, samples.count, PIECE_SAMPLES):
        piece = samples.read(at, PIECE_SAMPLES)
        yield piece[: len(piece) // SAMPLE_BYTES * SAMPLE_BYTES]


def _answer(order: dict[str, Any]) -> dict[str, Any]:
    source, target = Path(order["source"]), Path(order["target"])
    try:
        if order.get("check"):
            return {"same": is_same(source, target)}
        return compress(source, target)
    except Problem as problem:
        return problem.message
    except NotARecording:
        return Problem("no recording").message
    except ImportError as error:
        return Problem("no library", str(error)).message
    except OSError as error:
        return Problem("system", error.strerror or str(error)).message


def _take_away(order: dict[str, Any]) -> None:
    if not order.get("check"):
        Path(order["target"]).unlink(missing_ok=True)


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    listen(lambda message: None, on_end=lambda: _take_away(given))
    give_way()
    say(_answer(given))
    leave()
