"""The encoder: reading a two-minute answer on one core, loading, and the memory of the process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.encoder_alone import MOST_WORDS
from benchmarks.processes import one_core
from benchmarks.rating_alone import ANSWER
from benchmarks.ratio import Amount, Ratio
from trainer.encoder.loading import shipped_folder
from trainer.encoder.manifest import WEIGHTS

READING_MS = 500.0
MEMORY_MB = 150.0


def measure(folder: Path | None = None) -> Iterator[Ratio | Amount | str]:
    """Measure the shipped encoder, or the one in `folder`, in a process of its own."""
    folder = folder or shipped_folder()
    if not (folder / WEIGHTS).exists():
        yield f"not measured: there is no {WEIGHTS}"
        return
    command = [sys.executable, "-m", "benchmarks.encoder_alone", str(folder)]
    with one_core() as environment:
        done = subprocess.run(
            command, check=True, capture_output=True, text=True, input=ANSWER, env=environment
        )
    found: dict[str, Any] = json.loads(done.stdout)
    what = f"reading of {found['words']} words"
    product = "one numpy matrix product of as many multiplications"
    yield Ratio.of(what, found["read_s"], product, found["product_s"])
    yield Amount(f"{what} on one core, warm", 1000 * median(found["read_s"]), "ms", READING_MS)
    yield Amount(f"reading of {MOST_WORDS} words on one core", found["long_s"][0], "s")
    yield Ratio.of("loading", found["load_s"], "the checksum of the weights", found["checksum_s"])
    yield Amount("memory of a process that loads and reads", found["memory_mb"], "MB", MEMORY_MB)
    yield Amount(f"memory after {MOST_WORDS} words", found["long_memory_mb"], "MB", MEMORY_MB)
