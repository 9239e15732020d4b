"""The encoder in a process of its own, which may be held to one core.

Reads an answer from standard input, and prints one JSON object: seconds of CPU of every round, and
the most memory that the process has held by then.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.processes import peak_mb
from trainer.encoder.loading import open_reader
from trainer.encoder.manifest import WEIGHTS

ROUNDS = 20
LOADINGS = 5
MOST_WORDS = 4000
LAYERS, SIZE, INNER = 6, 384, 1536


def main() -> None:
    folder, words = Path(sys.argv[1]), sys.stdin.read().split()
    reader = open_reader(folder)
    reader.read(words, reader.heads)
    memory_mb = peak_mb(os.getpid())
    pieces = len(reader._vocabulary.pieces(words).ids)  # noqa: SLF001 - their number, not their use
    long_answer = (words * (MOST_WORDS // len(words) + 1))[:MOST_WORDS]
    measured = {
        "words": len(words),
        "pieces": pieces,
        "memory_mb": memory_mb,
        "long_s": _seconds(lambda: reader.read(long_answer, reader.heads), 1),
        "long_memory_mb": peak_mb(os.getpid()),
        "read_s": _seconds(lambda: reader.read(words, reader.heads), ROUNDS),
        "product_s": _seconds(_product(pieces), ROUNDS),
        "load_s": _seconds(lambda: open_reader(folder), LOADINGS),
        "checksum_s": _seconds(lambda: _checksum(folder / WEIGHTS), LOADINGS),
    }
    print(json.dumps(measured))


def _product(pieces: int) -> Callable[[], object]:
    """Return a product of two square matrices with as many multiplications as the network has."""
    import numpy as np

    tables = pieces * (4 * SIZE * SIZE + 2 * SIZE * INNER)
    attention = 2 * pieces * pieces * SIZE
    side = round((LAYERS * (tables + attention)) ** (1 / 3))
    left, right = np.random.default_rng(0).standard_normal((2, side, side), dtype=np.float32)
    return lambda: left @ right


def _checksum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _seconds(work: Callable[[], object], rounds: int) -> list[float]:
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return times


if __name__ == "__main__":
    main()
