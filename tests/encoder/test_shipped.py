"""The encoder that comes with the program: its files, its answers, and what it takes."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from tests.encoder.agreement import check_agreement
from trainer.encoder.loading import open_reader, shipped_folder
from trainer.encoder.manifest import VOCABULARY

DATA = shipped_folder()
PUBLISHED_VOCABULARY = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
MEMORY_MB = 150

ANSWER = """
In my second year as a house officer the nurse on the night shift told me that a dose was missing
on the chart. I had signed it without reading it twice. I told my consultant at once, we called the
patient's daughter, and I stayed until his potassium was normal. Since then I read every order
aloud with the nurse before I sign it, and in the next three months nothing was missed again.
"""


def test_the_vocabulary_is_the_published_one_on_every_system() -> None:
    content = (DATA / VOCABULARY).read_bytes()
    assert hashlib.sha256(content).hexdigest() == PUBLISHED_VOCABULARY


def test_the_licence_of_the_weights_is_beside_them() -> None:
    text = (DATA / "LICENSE-MiniLM.txt").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text


def test_the_shipped_network_keeps_the_formulas() -> None:
    check_agreement(DATA, ANSWER.split())


def test_the_closest_examples_are_of_the_heads_that_were_asked() -> None:
    reader = open_reader()
    opinion = reader.read(ANSWER.split(), reader.heads)
    assert set(opinion.impressions) == reader.heads
    closest = {head: reader.closest(head, i) for head, i in opinion.impressions.items()}
    for head, example in closest.items():
        assert example is None or (example.head, bool(example.quote)) == (head, True)
    assert any(closest.values())


def test_an_answer_about_a_mistake_is_no_closing_question() -> None:
    kinds = open_reader().read(ANSWER.split(), ()).kinds
    assert kinds["closing"] < max(kinds.values())


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells the peak of a process")
def test_memory_of_a_process_that_loads_and_reads() -> None:
    code = """
import sys
from pathlib import Path
from trainer.encoder.loading import open_reader
reader = open_reader(Path(sys.argv[1]))
reader.read(sys.stdin.read().split() * 5, reader.heads)
status = Path("/proc/self/status").read_text(encoding="utf-8")
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(DATA)],
        input=ANSWER,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) / 1000 < MEMORY_MB
