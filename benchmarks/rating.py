"""The rating: of a two-minute answer, of a batch and of its first line, and the memory it takes.

Each process is held to one core, and where nothing is waited for its CPU is counted, so that a busy
machine does no harm. What was measured is told by the version of the scorer: with the encoder, or
by cues alone.
"""

from __future__ import annotations

import json
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.processes import cpu_of_children_s, one_core, peak_mb
from benchmarks.rating_alone import ANSWER, RUBRIC, SPLITS
from benchmarks.ratio import Amount, Ratio

CORPUS = Path(__file__).parents[1] / "corpus" / "development.jsonl"
TRAINER = str(Path(sys.executable).with_name("trainer"))
WITH_ENCODER_MS = 500.0
CUES_ALONE_MS = 20.0
ANSWERS_A_SECOND = 6.0
MEMORY_MB = 250.0
BATCH = 120
STREAMED = 12
LONGEST_WAIT_S = 60.0


def measure() -> Iterator[Ratio | Amount | str]:
    """Measure one process after the other."""
    version = yield from _one_answer()
    answers = _answers()
    yield from _batch(answers, version)
    yield from _streaming(answers, version)
    yield from _memory(version)


def _one_answer() -> Generator[Ratio | Amount | str, None, str]:
    """Yield what one answer costs; return the version of the scorer that users meet."""
    with one_core() as environment:
        command = [sys.executable, "-m", "benchmarks.rating_alone"]
        done = subprocess.run(command, check=True, capture_output=True, env=environment)
    found: dict[str, Any] = json.loads(done.stdout)
    alone, shipped = str(found["versions"]["alone"]), str(found["versions"]["shipped"])
    what = f"rating of {found['words']} words by {alone}"
    splits = f"{SPLITS} splits into words with re"
    yield Ratio.of(what, found["alone"], splits, found["splits"])
    yield Amount(f"{what} on one core", 1000 * median(found["alone"]), "ms", CUES_ALONE_MS)
    if shipped == alone:
        yield f"not measured with the encoder: this installation rates by {shipped}"
        return shipped
    what = f"rating of {found['words']} words by {shipped}"
    products = "the encoder's matrix products alone"
    yield Ratio.of(what, found["shipped"], products, found["products"])
    yield Amount(f"{what} on one core", 1000 * median(found["shipped"]), "ms", WITH_ENCODER_MS)
    return shipped


def _batch(answers: list[bytes], version: str) -> Iterator[Ratio | Amount]:
    """Rate answers of the corpus from a file, with the start of the program."""
    with tempfile.TemporaryDirectory() as folder, one_core() as environment:
        file = Path(folder) / "answers.jsonl"
        file.write_bytes(b"".join(answers))
        before_s = cpu_of_children_s()
        command = [TRAINER, "score", "--batch", str(file)]
        done = subprocess.run(command, check=True, capture_output=True, env=environment)
        seconds = cpu_of_children_s() - before_s
    assert len(done.stdout.splitlines()) == len(answers)
    what = f"answers of a batch of {len(answers)} on one core by {version}, from start to end"
    yield Amount(what, len(answers) / seconds, "a second of CPU", least=ANSWERS_A_SECOND)


def _streaming(answers: list[bytes], version: str) -> Iterator[Amount | str]:
    """Write a line only when the one before it was answered."""
    with one_core() as environment:
        began = time.perf_counter()
        process = subprocess.Popen(
            [TRAINER, "score", "--batch", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            bufsize=0,
        )
    with process:
        assert process.stdin and process.stdout
        times = []
        for answer in answers[:STREAMED]:
            process.stdin.write(answer)
            if not select.select([process.stdout], [], [], LONGEST_WAIT_S)[0]:
                process.kill()
                yield "NOT STREAMING: a line was not answered before the next was written"
                return
            process.stdout.readline()
            times.append(time.perf_counter() - began)
            began = time.perf_counter()
        memory_mb = peak_mb(process.pid)
        process.stdin.close()
    yield Amount("from the start of a batch to its first result", 1000 * times[0], "ms")
    what = "from a line of a batch to its result, before the next line is written"
    yield Amount(what, 1000 * median(times[1:]), "ms")
    what = f"memory of trainer score --batch by {version}"
    yield Amount(what, memory_mb, "MB", MEMORY_MB)


def _memory(version: str) -> Iterator[Amount]:
    """Rate one answer as `trainer score` does, and let the process tell its peak."""
    code = f"""
import os, sys
from benchmarks.processes import peak_mb
from trainer.cli.main import main
sys.argv = ["trainer", "score", "-", "--rubric", {RUBRIC!r}, "--json"]
try:
    main()
finally:
    print(peak_mb(os.getpid()), file=sys.stderr)
"""
    command = [sys.executable, "-c", code]
    with one_core() as environment:
        done = subprocess.run(
            command, check=True, capture_output=True, text=True, input=ANSWER, env=environment
        )
    rated = json.loads(done.stdout)["scorer"]
    assert rated == version
    peak = float(done.stderr.split()[-1])
    yield Amount(f"memory of trainer score by {rated}", peak, "MB", MEMORY_MB)


def _answers() -> list[bytes]:
    """Return the first answers of the corpus as lines of a batch."""
    with CORPUS.open(encoding="utf-8") as lines:
        marked = [json.loads(line) for line, _ in zip(lines, range(BATCH), strict=False)]
    fields = ("id", "rubric", "question", "text")
    return [
        (json.dumps({name: answer[name] for name in fields}) + "\n").encode() for answer in marked
    ]
