"""Programs that host and join, each with a home of its own, and journals that are gone on with."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import pytest

from tests.peer.sessions import asked
from tests.waiting import wait_until
from trainer.errors import TrainerError, UsageError
from trainer.meeting.journals import discard, find, kept_sessions
from trainer.meeting.keyboard import KeyboardMeeting
from trainer.meeting.types import Meeting
from trainer.meeting.wired import WiredMeeting
from trainer.peer import events
from trainer.peer.types import Phase

M = TypeVar("M", KeyboardMeeting, WiredMeeting)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    return tmp_path / "one"


def _closing(stack: ExitStack, meeting: M) -> M:
    stack.callback(meeting.close)
    return meeting


def _do(meeting: Meeting, kind: type[events.Event], *said: object) -> None:
    meeting.place.send(kind(*meeting.place.stamp(), *said)).result(5)


def test_a_host_comes_back_with_the_same_code_and_its_guest_with_it(
    folder: Path, stack: ExitStack
) -> None:
    path = folder / "hosted-a1.jsonl"
    host = _closing(stack, WiredMeeting.host(path, "Ann", "interviewer", "Friday"))
    assert host.code
    guest = _closing(stack, WiredMeeting.join(folder.parent / "two", host.code, "Ben", "candidate"))
    assert (host.is_host, guest.is_host, guest.code) == (True, False, None)
    assert host.session_id == guest.session_id == "a1"
    assert guest.place.view.host_id == host.place.you
    assert (host.place.view.role, guest.place.view.role) == ("interviewer", "candidate")
    told: list[None] = []
    guest.listen(lambda: told.append(None))
    assert host.at_door
    assert (host.at_door.kind, host.at_door.participant) == ("came", guest.place.you)
    _do(host, events.RoundBegun)
    _do(host, events.QuestionChosen, asked(1))
    wait_until(lambda: guest.place.view.round is not None, "the guest sees the round")
    assert told
    assert (kept_sessions(folder)[0].in_use, kept_sessions(folder)[0].problem) == (True, "")
    with pytest.raises(TrainerError, match="open in another program"):
        discard(path)
    host.close()
    wait_until(lambda: guest.standing.kind == "away", "the guest is told")
    kept = kept_sessions(folder)[0]
    assert (kept.names, kept.title, kept.phase) == (("Ann", "Ben"), "Friday", Phase.PLANNED)
    assert not kept.in_use
    again = _closing(stack, WiredMeeting.resume(find(folder, "a")))
    assert again.code == host.code
    assert again.place.you == host.place.you
    wait_until(lambda: guest.standing.kind == "in", "the guest is back")
    _do(again, events.Ended)
    again.close()
    wait_until(lambda: guest.standing.kind == "over", "the guest is told that it is over")
    assert kept_sessions(folder) == ()
    assert not path.exists()


def test_a_session_whose_pass_is_gone_is_not_opened_again(folder: Path, stack: ExitStack) -> None:
    path = folder / "hosted-a1.jsonl"
    host = WiredMeeting.host(path, "Ann", "interviewer")
    _do(host, events.PlanAdded, (events.Planned("p1"),))
    host.close()
    assert not kept_sessions(folder)[0].problem
    for kept in folder.glob("pass-*.json"):
        kept.unlink()
    with pytest.raises(TrainerError, match="cannot be opened again"):
        WiredMeeting.resume(path)
    (told,) = kept_sessions(folder)
    assert not told.in_use
    assert (told.names, told.problem[:27]) == (("Ann",), "It cannot be opened again: ")
    discard(path)
    assert kept_sessions(folder) == ()


def test_a_session_in_which_nothing_began_leaves_nothing_behind(folder: Path) -> None:
    WiredMeeting.host(folder / "hosted-a1.jsonl", "Ann", "interviewer").close()
    KeyboardMeeting.begin(folder / "together-b1.jsonl", ["Ann", "Ben"]).close()
    assert not [*folder.glob("*.jsonl*"), *folder.glob("door-*.json")]


def test_a_damaged_journal_is_told_of_and_an_unknown_one_refused(folder: Path) -> None:
    (folder / "hosted-a1.jsonl").write_text("nothing\n")
    (kept,) = kept_sessions(folder)
    assert "no journal" in kept.problem
    for unknown in ("b", ""):
        with pytest.raises(UsageError):
            find(folder, unknown)
