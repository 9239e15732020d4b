"""Running commands, in this process or in one of their own."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests import fakes
from trainer import catalogue, services
from trainer.bank.types import Library
from trainer.cli.main import main
from trainer.paths import HOME_VARIABLE, Home

ROOT = Path(__file__).parents[2]

GOOD = "I acknowledge it. Then came the change. I still change."
POOR = "It was unfair. I half-acknowledge it, and nothing more."


@dataclass(frozen=True)
class Result:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def json_lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Result]


class FakeTerminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A home of its own, not yet made, and a log of its own."""
    root = tmp_path / "home"
    monkeypatch.setenv(HOME_VARIABLE, str(root))
    logger = logging.getLogger("trainer")
    monkeypatch.setattr(logger, "handlers", [])
    yield Home(root)
    for handler in logger.handlers:
        handler.close()


@pytest.fixture
def run(home: Home, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, over the banks and the rater of `tests.fakes`."""
    for module in (catalogue, services):
        monkeypatch.setattr(module, "library_loader", lambda home: fakes.library)
        monkeypatch.setattr(module, "make_rater", fakes.FakeRater)
    return runner(monkeypatch)


@pytest.fixture
def run_real(home: Home, real_library: Library, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, with every real part; the shipped banks are read once."""
    load = catalogue.library_loader

    def load_once(home: Home) -> Callable[[], Library]:
        return load(home) if home.banks.exists() else lambda: real_library

    for module in (catalogue, services):
        monkeypatch.setattr(module, "library_loader", load_once)
    return runner(monkeypatch)


def runner(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs a command in this process, over streams of its own."""

    def call(*arguments: object, stdin: str | bytes = b"", terminal: bool = False) -> Result:
        raw = stdin.encode() if isinstance(stdin, str) else stdin
        kind = FakeTerminal if terminal else io.TextIOWrapper
        streams = {
            "stdin": kind(io.BytesIO(raw), "utf-8"),
            "stdout": kind(io.BytesIO(), "utf-8", newline="\n", write_through=True),
            "stderr": kind(io.BytesIO(), "utf-8", newline="\n", write_through=True),
        }
        with monkeypatch.context() as patch:
            for name, stream in streams.items():
                patch.setattr(sys, name, stream)
            code = main([str(argument) for argument in arguments])
        written = [streams[name].buffer.getvalue().decode() for name in ("stdout", "stderr")]
        return Result(code, *written)

    return call


@pytest.fixture(scope="session")
def real_library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The shipped banks and rubrics."""
    return catalogue.library_loader(Home(tmp_path_factory.mktemp("home")))()


@dataclass(frozen=True)
class Answered:
    """Ids of stored attempts: a good one, a corrected poor one, and a follow-up of the poor one."""

    good: str
    poor: str
    follow_up: str


@pytest.fixture
def answered(run: Run) -> Iterator[Answered]:
    """A history of three attempts."""
    with closing(services.open_services()) as opened:

        def answer(text: str, **follow_up: str) -> str:
            plan = opened.plan(question_ids=["low-score-direct"])
            if follow_up:
                plan = plan.with_item(plan.item.follow_up(**follow_up))
            draft = replace(opened.new_draft(plan), text=text, counted_s=42.0)
            return opened.finish(draft, plan.item)

        good = answer(GOOD)
        poor = answer("It was unfair.")
        opened.correct(poor, POOR)
        follow_up = answer("A change.", attempt_id=poor, criterion_id="change", probe="How often?")
    return Answered(good, poor, follow_up)


TINY_RUBRIC = """\
schema: 1
id: tiny
title: A tiny checklist
about: For tests of whole commands.
scoring:
  formula: Half for one word.
  values: [0, 0.5, 1]
  half_width: 8
  bands:
    - {from_score: 0, word: not there yet}
    - {from_score: 50, word: partly there}
criteria:
  - id: checked
    title: You checked
    asks: What did you check?
    weight: 1
    marks: {met: Checked., partly: Half checked., missed: Not checked.}
    feedback:
      met: You checked.
      partly: Say what you checked.
      missed: I heard no check.
      opener: I checked
    levels: {partly: 0.4, met: 0.7}
    cues:
      - {id: check, weight: 1, any: [checked]}
"""


@pytest.fixture
def tiny(home: Home) -> Home:
    """A home whose owner has written the rubric `tiny`."""
    home.prepare()
    (home.banks / "rubrics").mkdir()
    (home.banks / "rubrics" / "tiny.yaml").write_text(TINY_RUBRIC, encoding="utf-8")
    return home


def start(*arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    """Start the program in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(
        [sys.executable, "-m", "trainer", *arguments], env=environment, **{**pipes, **options}
    )


def run_process(*arguments: str, stdin: bytes = b"", **options: Any) -> Result:
    """Run the program in a process of its own, to its end."""
    with start(*arguments, **options) as process:
        out, err = process.communicate(stdin, timeout=60)
    return Result(process.returncode, (out or b"").decode(), (err or b"").decode())
