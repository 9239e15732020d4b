"""The journal: what was told is on the disk, what is torn is dropped, what is wrong is named."""

import errno
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.peer.sessions import PEOPLE, answer, asked, machine_entry, moment, token
from trainer.bank.types import Mark
from trainer.peer import events, journal
from trainer.peer.encoding import as_line
from trainer.peer.held import Arrival, Held
from trainer.peer.holding import HeldSession
from trainer.peer.journal import JournalError, resume
from trainer.peer.refusing import RefusedError
from trainer.peer.types import Phase, Planned, Session

EVENTS: tuple[events.Event, ...] = (
    *(events.Joined(one, "", one.title(), "observer", token(one)) for one in PEOPLE),
    events.SeatsSet("ann", "", "ben", "ann"),
    events.RoundBegun("ann", ""),
    events.QuestionChosen("ann", "", asked(1)),
    events.QuestionAsked("ann", ""),
    events.AnswerBegun("ben", ""),
    events.MomentMarked("cat", "", "m", "note", 2.5, "naïve — \u202e or not\n"),
    events.AnswerEnded("ben", "", 12.5),
    events.AnswerGiven("ben", "", answer(asked(1), "attempt-1")),
    events.MachineRated("ben", "", machine_entry(asked(1), "attempt-1")),
    events.Rated("ben", "", {"c1": Mark.MET}, "mine"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A place for a journal."""
    return tmp_path / "session.jsonl"


@pytest.fixture
def states(path: Path) -> list[Session]:
    """The session after each event of a journal that was closed."""
    held = HeldSession.begin(path, "session", "ann", "An evening", clock=lambda: moment(1))
    found = [held.session]
    for event in EVENTS:
        held.do(event)
        found.append(held.session)
    held.close()
    return found


def test_a_journal_gives_back_the_session_and_is_for_the_user_alone(
    path: Path, states: list[Session]
) -> None:
    assert resume(path) == states[-1]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_wherever_the_last_lines_are_torn_the_session_before_them_is_there(
    path: Path, states: list[Session]
) -> None:
    data = path.read_bytes()
    starts = [0, *(at + 1 for at, byte in enumerate(data) if byte == 0x0A)]
    for cut in range(starts[-4], len(data), 7):
        path.write_bytes(data[:cut])
        whole = sum(start <= cut for start in starts) - 1
        assert resume(path) == states[whole - 2]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.floats(0, 1, exclude_max=True), other=st.integers(1, 255))
def test_one_byte_that_differs_is_found_and_its_line_named(
    path: Path, states: list[Session], where: float, other: int
) -> None:
    data = path.read_bytes()
    at = int(where * len(data))
    line = data[:at].count(b"\n") + 1
    changed = path.with_name("changed.jsonl")
    changed.write_bytes(data[:at] + bytes([data[at] ^ other]) + data[at + 1 :])
    if at == len(data) - 1:
        assert resume(changed) == states[-2]
        return
    with pytest.raises(JournalError) as caught:
        resume(changed)
    assert caught.value.line == line


def _lines(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[bytes], bytes]:
    return lambda data: b"\n".join([*change(data.split(b"\n")[:-1]), b""])


def _forged(event: dict[str, Any]) -> bytes:
    data = {"n": len(EVENTS) + 2, "number": 0, "event": event}
    return as_line({**data, "sum": journal._sum(data)})


_MOVED = {"event": "plan_moved", "by": "eve", "at": moment(2), "entry_id": "x", "position": 0}
_HOSTILE = [
    (lambda data: b"", 1),
    (lambda data: b"\x00" * 5000 + b"\n", 1),
    (lambda data: b"[" * 100_000 + b"\n" + data, 1),
    (_lines(lambda lines: lines[:1]), 0),
    (_lines(lambda lines: [lines[0], lines[2], lines[1], *lines[3:]]), 2),
    (_lines(lambda lines: [*lines[:5], lines[4], *lines[5:]]), 6),
    (_lines(lambda lines: [*lines[:5], b"[" * 100_000, *lines[5:]]), 6),
    (_lines(lambda lines: [*lines[:5], b"9" * 10_000, *lines[5:]]), 6),
    (_lines(lambda lines: [*lines, _forged(_MOVED)]), len(EVENTS) + 3),
    (_lines(lambda lines: [*lines, _forged({**_MOVED, "more": 1})]), len(EVENTS) + 3),
    (_lines(lambda lines: [*lines, _forged({"event": "__init__"})]), len(EVENTS) + 3),
    (_lines(lambda lines: [lines[0].replace(b":1", b":2"), *lines[1:]]), 1),
]


@pytest.mark.parametrize(("spoil", "line"), _HOSTILE)
def test_lines_that_are_no_events_of_this_session_are_refused_by_their_number(
    path: Path, states: list[Session], spoil: Callable[[bytes], bytes], line: int
) -> None:
    path.write_bytes(spoil(path.read_bytes()))
    before = path.read_bytes()
    with pytest.raises(JournalError) as caught:
        HeldSession.resume(path)
    assert caught.value.line == line
    assert len(str(caught.value)) < 500
    assert path.read_bytes() == before


def test_a_journal_is_never_followed_elsewhere_nor_written_over(
    path: Path, states: list[Session]
) -> None:
    if os.name == "posix":
        link = path.with_name("link.jsonl")
        link.symlink_to(path)
        pipe = path.with_name("pipe.jsonl")
        os.mkfifo(pipe)
        for other in (link, pipe):
            with pytest.raises(JournalError):
                HeldSession.resume(other)
    before = path.read_bytes()
    with pytest.raises(JournalError):
        HeldSession.begin(path, "session", "ann")
    assert path.read_bytes() == before


def test_a_session_that_is_resumed_goes_on_and_one_program_holds_it(
    path: Path, states: list[Session]
) -> None:
    with path.open("ab") as file:
        file.write(b'{"torn')
    held = HeldSession.resume(path, clock=lambda: moment(3))
    assert not any(one.here for one in held.session.participants)
    with pytest.raises(JournalError, match="Another program"):
        HeldSession.resume(path)
    held.do(events.Joined("ann", "", "Ann", "observer", token("ann")))
    held.do(events.Revealed("ann", ""))
    held.close()
    assert resume(path) == held.session
    assert held.session.round
    assert held.session.round.phase is Phase.REVEALED


def test_a_full_disk_refuses_the_event_and_leaves_session_and_journal_whole(
    path: Path, states: list[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = HeldSession.resume(path, clock=lambda: moment(3))
    before, on_disk = held.session, path.read_bytes()
    write = os.write
    halves = iter([20])

    def fail(descriptor: int, data: bytes) -> int:
        for most in halves:
            return write(descriptor, bytes(data)[:most])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", fail)
        with pytest.raises(JournalError, match="No space"):
            held.do(events.Joined("ann", "", "Ann", "observer", token("ann")))
    assert held.session is before
    assert path.read_bytes() == on_disk
    held.do(events.Joined("ann", "", "Ann", "observer", token("ann")))
    assert resume(path) == held.session
    held.close()


def test_what_was_told_survives_a_kill(path: Path) -> None:
    held = HeldSession.begin(path, "session", "ann", clock=lambda: moment(1))
    held.do(events.Joined("ann", "", "Ann"))
    held.do(events.PlanAdded("ann", "", (Planned("entry"),)))
    held.close()
    program = [sys.executable, "-m", "tests.peer.marking", str(path)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        for line in child.stdout:
            if int(line) == 30:
                break
        child.kill()
        told = [30, *(int(line) for line in child.stdout if line.endswith("\n"))][-1]
    held = HeldSession.resume(path)
    assert held.last_number("ann") in (told, told + 1)
    held.close()


def test_it_is_what_the_wire_asks_for(path: Path) -> None:
    held = HeldSession.begin(path, "session", "ann", clock=lambda: moment(1))
    wire: Held = held
    wire.arrive(Arrival("ben", "Ben", "candidate", token("ben"), back=False))
    wire.arrive(Arrival("ann", "Ann", "interviewer", token("ann"), back=False))
    assert (wire.digest("ben"), wire.digest("cat")) == (token("ben"), None)
    wire.take("ann", 1, {"event": "round_begun", "by": "ben", "at": "never"})
    with pytest.raises(RefusedError):
        wire.take("ann", 2, {"event": "left"})
    with pytest.raises(RefusedError):
        wire.take("ben", 1, {"event": "question_asked"})
    assert (wire.last_number("ann"), wire.last_number("ben")) == (1, 0)
    assert wire.view("ben")["role"] == "candidate"
    wire.leave("ben")
    wire.leave("ben")
    held.close()
    again = HeldSession.resume(path)
    assert again.last_number("ann") == 1
    again.close()


def test_twenty_who_look_share_the_data_of_a_long_answer(path: Path, states: list[Session]) -> None:
    held = HeldSession.resume(path)
    for one in PEOPLE:
        held.do(events.Joined(one, "", one, "observer", token(one)))
    documents = [held.view(one)["rounds"][0]["answer"]["document"] for one in PEOPLE]
    assert all(one is documents[0] for one in documents)
    assert json.loads(json.dumps(documents[0]))["id"] == "attempt-1"
    held.close()


def test_a_text_that_no_journal_could_give_back_is_refused_before_it_is_written(
    path: Path, states: list[Session]
) -> None:
    held = HeldSession.resume(path)
    held.do(events.Joined("cat", "", "Cat", "observer", token("cat")))
    before = path.read_bytes()
    for text in ("x" * 501, "\ud800"):
        with pytest.raises(Exception, match="MomentMarked"):
            held.do(events.MomentMarked("cat", "", "new", "note", 1.0, text))
    assert path.read_bytes() == before
    held.close()
