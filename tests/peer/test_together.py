"""A whole round over the wire, as the host keeps it and as each program sees it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.peer.sessions import answer, asked, machine_entry
from tests.waiting import wait_until
from trainer.bank.types import Mark
from trainer.errors import TrainerError
from trainer.peer import events
from trainer.peer.encoding import as_line, event_data, read_view
from trainer.peer.holding import HeldSession
from trainer.peer.hosting import Host
from trainer.peer.joining import Codec, Guest
from trainer.peer.journal import resume
from trainer.peer.types import MACHINE, Phase, RoundView, SessionView

Program = Guest[events.Event, SessionView]


class _Table:
    """A host and its guests, each with a home of its own; `heard` is all that each was sent."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.stack = stack
        self.held = HeldSession.begin(folder / "session.jsonl", "session", "host")
        stack.callback(self.held.close)
        self.host = Host(self.held, folder)
        self.host.start()
        stack.callback(self.host.stop)
        self.heard: dict[str, list[bytes]] = {}

    def join(self, name: str, role: str) -> Program:
        heard = self.heard.setdefault(name, [])

        def read(data: Any) -> SessionView:
            heard.append(as_line(data))
            return read_view(data)

        home = self.folder / name
        home.mkdir()
        guest: Program = Guest(Codec(event_data, read), home)
        self.stack.callback(guest.close)
        guest.connect(self.host.code, name, role)
        return guest


@pytest.fixture
def table(tmp_path: Path) -> Iterator[_Table]:
    with ExitStack() as stack:
        yield _Table(tmp_path, stack)


def _do(guest: Program, kind: Callable[..., events.Event], *said: Any) -> None:
    guest.send(kind(guest.participant, "", *said)).result(10.0)


def _all_done(guest: Program) -> bool:
    view = guest.view()
    return view is not None and view.round is not None and len(view.round.done) == 4


def _round(guest: Program, phase: Phase) -> RoundView:
    def shown() -> RoundView | None:
        view = guest.view()
        return view.round if view else None

    def is_there() -> bool:
        current = shown()
        return current is not None and current.phase is phase

    wait_until(is_there, f"a round that is {phase.value}")
    current = shown()
    assert current
    return current


def test_a_round_is_played_over_the_wire_and_nothing_hidden_is_ever_sent(table: _Table) -> None:
    ann, ben = table.join("Ann", "interviewer"), table.join("Ben", "candidate")
    cat = table.join("Cat", "observer")
    assert table.held.session.host_id == ann.participant
    question = asked(1)
    _do(ann, events.RoundBegun)
    _do(ann, events.QuestionChosen, question)
    with pytest.raises(TrainerError, match="Only the interviewer"):
        _do(ben, events.QuestionAsked)
    _do(ann, events.QuestionAsked)
    _do(ben, events.AnswerBegun)
    _do(ann, events.MomentMarked, "m1", "filler", 2.5, "her-mark")
    _do(ben, events.AnswerEnded, 12.5)
    _do(ben, events.AnswerGiven, answer(question, "attempt-1"))
    _do(ben, events.MachineRated, machine_entry(question, "attempt-1"))
    for guest in (ann, ben, cat):
        _do(guest, events.Rated, {"c1": Mark.MET}, f"note-of-{guest.participant}")
    for guest in (ann, ben, cat):
        wait_until(partial(_all_done, guest), "all who rated are told")
    blind = {"Ann": (ben, cat), "Ben": (ann, cat), "Cat": (ann, ben)}
    for name, others in blind.items():
        sent = b"".join(table.heard[name])
        assert not any(f"note-of-{other.participant}".encode() in sent for other in others)
        assert b"scorer-secret" not in sent
    for hidden in (b"intent-1", b"pitfall-1", b"probe-1", b"her-mark"):
        assert hidden not in b"".join(table.heard["Ben"])
    _do(ben, events.Revealed)
    for guest in (ann, ben, cat):
        current = _round(guest, Phase.REVEALED)
        raters = {ann.participant, ben.participant, cat.participant, MACHINE}
        assert {one.participant_id for one in current.ratings} == raters
        assert current.answer
        assert current.answer.document == answer(question, "attempt-1").document
        assert [one.text for one in current.moments] == ["her-mark"]
    assert resume(table.folder / "session.jsonl") == table.held.session
