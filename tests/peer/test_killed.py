"""Real programs are killed, stopped and started again; nothing is lost or doubled."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.waiting import wait_until

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


class Program:
    """A running `tests.peer.table`, and the last that it said."""

    def __init__(self, *args: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.peer.table", *args],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.last: Any = None
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.last = json.loads(line)

    def say(self, event: object) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(event) + "\n")
        self.process.stdin.flush()

    def said(self) -> list[Any]:
        view = (self.last or {}).get("view") or {"said": []}
        return [event for _, _, event in view["said"]]

    def stands(self, kind: str) -> bool:
        return bool(self.last) and self.last["kind"] == kind

    def send_signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.kill()
        self._reader.join()
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Program]]:
    programs: list[Program] = []

    def run(task: str, *args: str) -> Program:
        folder = tmp_path / task
        folder.mkdir(exist_ok=True)
        programs.append(Program(task, str(folder), *args))
        return programs[-1]

    yield run
    for program in programs:
        program.close()


def test_killed_programs_come_back_as_the_same(start: Callable[..., Program]) -> None:
    host = start("host")
    wait_until(lambda: bool(host.last), "the host has a code")
    code = host.last
    amina, ben = start("guest", code, "Amina"), start("guest", code, "Ben")
    wait_until(lambda: amina.stands("in") and ben.stands("in"), "both are in")
    who = amina.last["who"]
    amina.say("one")
    wait_until(lambda: ben.said() == ["one"], "the other sees it")

    host.kill()
    wait_until(lambda: amina.stands("away") and ben.stands("away"), "both are told", 5.0)
    assert "is gone" in amina.last["trouble"]
    amina.say("two")
    host = start("host")
    wait_until(lambda: ben.stands("in") and ben.said() == ["one", "two"], "all is back")
    assert host.last == code

    amina.kill()
    wait_until(lambda: not ben.last["view"]["here"][who], "a killed guest is missed", 5.0)
    amina = start("guest", code, "Amina")
    wait_until(lambda: amina.stands("in") and amina.said() == ["one", "two"], "they are back")
    assert amina.last["who"] == who
    amina.say("three")
    wait_until(lambda: ben.said() == ["one", "two", "three"], "and go on")


def test_a_host_that_slept_is_told_in_five_seconds_and_comes_back(
    start: Callable[..., Program],
) -> None:
    host = start("host")
    wait_until(lambda: bool(host.last), "the host has a code")
    amina = start("guest", host.last, "Amina")
    wait_until(lambda: amina.stands("in"), "in")
    host.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    wait_until(lambda: amina.stands("away"), "the silence is told")
    assert time.monotonic() - began < 5.0
    assert "does not answer" in amina.last["trouble"]
    amina.say("while it slept")
    host.send_signal(signal.SIGCONT)
    wait_until(lambda: amina.said() == ["while it slept"], "the host is back")
    assert amina.stands("in")
