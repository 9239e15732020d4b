"""A program of one home in a session: does each step that it reads, and tells what it did.

`python -m tests.meeting.program HOME host` prints its code first; `HOME join CODE`, `HOME resume`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from concurrent.futures import Future
from pathlib import Path

from tests.meeting import playing
from trainer.meeting.types import Meeting
from trainer.meeting.wired import WiredPlace
from trainer.paths import Home
from trainer.peer import events
from trainer.peer.types import Phase
from trainer.services import Services


def _step(services: Services, meeting: Meeting, step: str) -> object:
    place = meeting.place
    match step:
        case "ask":
            playing.ask(place)
        case "answer":
            return playing.answer(services, place)
        case "rate":
            playing.mark_and_rate(place)
        case "reveal":
            playing.do(place, events.Revealed)
        case "see":
            playing.until(place, Phase.REVEALED)
        case "keep":
            return playing.kept_whole(services, meeting)
        case "die while keeping":
            WiredPlace.send = _die  # type: ignore[method-assign]
            services.meetings.keep_rounds(meeting)
    return step


def _die(_: WiredPlace, event: events.Event) -> Future[None]:
    """End at once, between what is stored and what the host is told."""
    assert isinstance(event, events.RoundKept)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _meet(services: Services, how: str, code: str) -> Meeting:
    if how == "host":
        return services.meetings.host("Ben", "interviewer")
    if how == "join":
        return services.meetings.join(code, "Ann", "candidate")
    (kept,) = services.meetings.kept()
    return services.meetings.resume(kept.session_id)


def main(folder: str, how: str, code: str = "") -> None:
    """Take part until nothing more is read."""
    services = playing.open_home(Home(Path(folder)))
    meeting = _meet(services, how, code)
    print(json.dumps(meeting.code.text if meeting.code else "in"), flush=True)
    for line in sys.stdin:
        print(json.dumps(_step(services, meeting, line.strip())), flush=True)
    meeting.close()
    services.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
