"""The delay from a key in a shared session to the last of all views, with 1 and with 20 observers.

The host holds a real session with its journal; each observer is a program of its own that reads
its views as the screens do. The clock is the system's monotonic one, which all processes share.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.ratio import Amount
from trainer.peer import events
from trainer.peer.code import Code
from trainer.peer.encoding import event_data, read_view
from trainer.peer.held import Arrival
from trainer.peer.holding import HeldSession
from trainer.peer.hosting import Host
from trainer.peer.joining import Codec, Guest
from trainer.peer.passes import issue
from trainer.peer.types import Asked, SessionView

OBSERVERS = (1, 20)
KEYS = 30
QUICK_MS = 100.0
"""What is felt as at once."""

CODEC: Codec[events.Event, SessionView] = Codec(event_data, read_view)
_HOST = "the-host"


def measure() -> Iterator[Amount | str]:
    """Let the interviewer ask further, and wait for the views of all observers."""
    for count in OBSERVERS:
        with tempfile.TemporaryDirectory() as folder:
            delays = _delays(Path(folder), count)
        delays.sort()
        what = f"from a key to the last view of {count} observers, median of {KEYS}"
        yield Amount(what, 1000 * median(delays), "ms", target=QUICK_MS)
        yield Amount("the slowest of them", 1000 * delays[-1], "ms")


def _delays(folder: Path, count: int) -> list[float]:
    held = HeldSession.begin(folder / "session.jsonl", "benchmark", _HOST)
    host = Host(held, folder)
    code = host.start()
    guest = Guest(CODEC, folder)
    digest = issue(folder, "benchmark", _HOST, "Host")
    host.act(lambda: held.arrive(Arrival(_HOST, "Host", "interviewer", digest, back=False)))
    guest.connect(code, "Host", "interviewer", _HOST)
    candidate = Guest(CODEC, folder / "candidate")
    candidate.connect(code, "Candidate", "candidate")
    asked = Asked("", "", "Tell me about yourself.", None, improvised=True)
    for who, event in (
        (guest, events.RoundBegun(_HOST, "")),
        (guest, events.QuestionChosen(_HOST, "", asked)),
        (guest, events.QuestionAsked(_HOST, "")),
        (candidate, events.AnswerBegun(candidate.participant, "")),
    ):
        who.send(event).result(5.0)
    watching = [_observer(folder / str(at), code.text) for at in range(count)]
    try:
        for each in watching:
            _line(each)  # it is in
        return [_press(guest, watching, at) for at in range(KEYS)]
    finally:
        for each in watching:
            each.kill()
            each.communicate()
        candidate.close()
        guest.close()
        host.stop()
        held.close()


def _press(
    guest: Guest[events.Event, SessionView], watching: list[subprocess.Popen[str]], at: int
) -> float:
    time.sleep(0.05)  # a key by itself, not a row of them
    began = time.monotonic()
    guest.send(events.ProbeAsked(_HOST, "", f"What happened then? {at}"))
    return max(_when(each, at + 1) for each in watching) - began


def _observer(folder: Path, code: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.peer", str(folder), code]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)


def _line(process: subprocess.Popen[str]) -> tuple[float, int]:
    assert process.stdout
    when, probes = json.loads(process.stdout.readline())
    return when, probes


def _when(process: subprocess.Popen[str], probes: int) -> float:
    """Return when an observer saw so many probes."""
    while True:
        when, seen = _line(process)
        if seen >= probes:
            return when


def watch(folder: Path, code: str) -> None:
    """Be one observer, and print when a view came and how many probes were in it."""

    def say() -> None:
        view = guest.view()
        if view and view.round:
            print(json.dumps([time.monotonic(), len(view.round.probes)]), flush=True)

    guest = Guest(CODEC, folder, on_change=say)
    guest.connect(Code.read(code), "Observer", "observer")
    sys.stdin.read()


if __name__ == "__main__":
    watch(Path(sys.argv[1]), sys.argv[2])
