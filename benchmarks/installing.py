"""What installing a speech model costs: download, check and unpack, against reading the same file.

The archive is made here, 40 MB like the small published model, half of it random and half of it
zeros and text. It comes from a server of the standard library on the loopback, in a process of its
own. The trial of the model is left out: it is the recogniser's time. All files are in the memory of
the system, so reading is as fast as it can be.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.ratio import Amount, Ratio
from trainer.installing.archives import examine, opened
from trainer.installing.checksums import fits
from trainer.installing.downloading import Partial, download
from trainer.installing.installing import Models
from trainer.installing.meter import Meter
from trainer.installing.unpacking import unpack
from trainer.paths import Home
from trainer.transcript import lookup
from trainer.transcript.catalogue import Checksum, Model

NAME = "model-of-40-mb"
RANDOM_BYTES = 40_000_000
TEXT_BYTES = 25_000_000
ROUNDS = 5
_BLOCK_BYTES = 1 << 20
HTTP = ("http",)


def measure() -> Iterator[Ratio | Amount]:
    """Measure the whole way, then each step of it alone."""
    with tempfile.TemporaryDirectory(prefix="installing-") as name:
        folder = Path(name)
        file = _write_archive(folder / "served" / f"{NAME}.zip")
        with _serving(file.parent) as address:
            model = _entry(file, f"{address}/{file.name}")
            yield from _measured(model, file, folder)


def _measured(model: Model, file: Path, folder: Path) -> Iterator[Ratio | Amount]:
    models = Models(Home(folder / "home"), [model], schemes=HTTP)
    read: list[float] = []
    whole: list[float] = []
    steps: dict[str, list[float]] = {"download": [], "check": [], "unpack and write to disk": []}
    trial, lookup.try_engine = lookup.try_engine, lambda *_: None
    try:
        for number in range(ROUNDS):
            read.append(_timed(_read, file))
            whole.append(_timed(models.install, NAME, lambda progress: None, lambda: False))
            models.remove(NAME)
            for times, time_s in zip(
                steps.values(), _steps(model, folder / str(number)), strict=True
            ):
                times.append(time_s)
    finally:
        lookup.try_engine = trial
    reading = "reading the archive"
    yield Ratio.of("install, without the trial", whole, reading, read)
    for step, times in steps.items():
        yield Ratio.of(step, times, reading, read)
    yield Amount("of the archive installed in a second", model.bytes / 1e6 / median(whole), "MB")


def _steps(model: Model, folder: Path) -> Iterator[float]:
    """Yield how long each step takes alone."""
    meter = Meter(lambda progress: None, lambda: False)
    folder.mkdir()
    partial = Partial(folder / "got.zip.partial")
    yield _timed(download, model, partial, meter, schemes=HTTP)
    with partial.file.open("rb") as got:
        yield _timed(fits, got, model.checksum, meter)
        target = folder / "unpacked"
        target.mkdir()
        with opened(got) as archive:
            files = examine(archive, model.bytes, sys.maxsize)
            yield _timed(unpack, archive, files, target, meter)
    shutil.rmtree(folder)


def _timed(act: Callable[..., object], *args: object, **more: object) -> float:
    began = time.perf_counter()
    act(*args, **more)
    return time.perf_counter() - began


def _read(file: Path) -> int:
    count = 0
    with file.open("rb") as source:
        while block := source.read(_BLOCK_BYTES):
            count += len(block)
    return count


def _write_archive(file: Path) -> Path:
    """Write an archive with the files that a Vosk model must have."""
    chance = random.Random(1)
    words = " ".join(f"word{chance.randrange(50_000)}" for _ in range(TEXT_BYTES // 10)).encode()
    file.parent.mkdir()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{NAME}/am/final.mdl", chance.randbytes(RANDOM_BYTES * 2 // 5))
        archive.writestr(f"{NAME}/graph/HCLG.fst", chance.randbytes(RANDOM_BYTES * 2 // 5))
        archive.writestr(f"{NAME}/graph/words.txt", words)
        archive.writestr(f"{NAME}/conf/model.conf", b"")
    return file


def _entry(file: Path, url: str) -> Model:
    data = file.read_bytes()
    checksum = Checksum("sha256", hashlib.sha256(data).hexdigest())
    return Model(NAME, "none", "none", url, len(data), checksum)


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            assert server.stdout
            port = server.stdout.readline().partition(" port ")[2].split()[0]
            os.environ["no_proxy"] = "127.0.0.1"
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()
