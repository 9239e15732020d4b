"""Programs are killed around the moment of the reveal: both histories hold the round afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.meeting.playing import open_home
from trainer.paths import Home
from trainer.store.types import AttemptRecord

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


class Program:
    """A running `tests.meeting.program`; `do` waits until a step is done."""

    def __init__(self, *args: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.meeting.program", *args],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.code = self._read()

    def _read(self) -> Any:
        assert self.process.stdout
        line = self.process.stdout.readline()
        return json.loads(line) if line else None

    def do(self, step: str) -> Any:
        assert self.process.stdin
        self.process.stdin.write(f"{step}\n")
        self.process.stdin.flush()
        return self._read()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def leave(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        if not self.process.stdin.closed:
            self.process.stdin.close()
        try:
            self.process.wait(10)
        finally:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Program]]:
    programs: list[Program] = []

    def run(name: str, *args: str) -> Program:
        programs.append(Program(str(tmp_path / name), *args))
        return programs[-1]

    yield run
    for program in programs:
        program.leave()


def _held(tmp_path: Path, name: str, attempt_id: str) -> AttemptRecord:
    with closing(open_home(Home(tmp_path / name))) as services:
        record = services.store.attempt(attempt_id)
        assert record
        assert services.count_answers() == 1
        return record


def test_who_is_killed_between_reveal_and_keeping_keeps_the_round_when_they_are_back(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    host = start("his", "host")
    guest = start("hers", "join", host.code)
    host.do("ask")
    attempt_id = guest.do("answer")
    assert host.do("rate") == "rate"
    host.do("reveal")
    guest.do("see")
    assert guest.do("die while keeping") is None
    host.kill()
    host = start("his", "resume")
    guest = start("hers", "join", host.code)
    host.do("keep")
    guest.do("keep")
    guest.leave()
    host.leave()
    hers, his = (_held(tmp_path, name, attempt_id) for name in ("hers", "his"))
    assert [r.rating.rater for r in hers.ratings] == ["machine", "peer"]
    assert [r.id for r in hers.ratings] == [r.id for r in his.ratings]
    assert len(hers.moments) == len(hers.filler_reviews) == 1
    assert (hers.moments, hers.filler_reviews) == (his.moments, his.filler_reviews)
    assert hers.shared
    assert his.shared
    assert (hers.shared.role, his.shared.role) == ("candidate", "interviewer")
