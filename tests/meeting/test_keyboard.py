"""A session of people who share one keyboard, over a real home."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from tests.peer.sessions import asked
from trainer.errors import TrainerError, UsageError
from trainer.meeting.keyboard import KeyboardMeeting
from trainer.peer import events
from trainer.peer.types import Phase


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "together-a1.jsonl"


@pytest.fixture
def meeting(path: Path) -> Iterator[KeyboardMeeting]:
    begun = KeyboardMeeting.begin(path, ["Ann", "Ben", "Cat"])
    yield begun
    begun.close()


def test_all_have_a_place_the_first_answers_and_each_sees_only_what_is_theirs(
    meeting: KeyboardMeeting,
) -> None:
    ann, ben, cat = meeting.places
    assert [place.view.role for place in meeting.places] == ["candidate", "interviewer", "observer"]
    assert meeting.place is ann
    assert ann.view.host_id == ann.you
    assert meeting.session_id == "a1"
    ben.send(events.RoundBegun(*ben.stamp())).result(5)
    ben.send(events.QuestionChosen(*ben.stamp(), asked(1))).result(5)
    assert ben.view.round
    assert ben.view.round.asked == asked(1)
    assert ann.view.round
    assert ann.view.round.asked is None
    refused = cat.send(events.QuestionAsked(*ben.stamp()))
    with pytest.raises(TrainerError, match="Only the interviewer"):
        refused.result(5)


def test_who_listens_is_told_in_another_thread_and_a_closed_meeting_refuses(
    meeting: KeyboardMeeting, path: Path
) -> None:
    told: list[Phase | None] = []
    ann, ben, _ = meeting.places

    def listen() -> None:
        told.append(ann.view.round.phase if ann.view.round else None)

    meeting.listen(listen)
    ben.send(events.RoundBegun(*ben.stamp())).result(5)
    ben.send(events.QuestionChosen(*ben.stamp(), asked(1)))
    ben.send(events.QuestionAsked(*ben.stamp())).result(5)
    assert told == [Phase.PLANNED, Phase.PLANNED, Phase.ASKING]
    meeting.close()
    assert meeting.standing.kind == "over"
    with pytest.raises(TrainerError, match="You have left"):
        ben.send(events.QuestionAsked(*ben.stamp())).result(5)
    again = KeyboardMeeting.resume(path)
    assert [place.you for place in again.places] == [place.you for place in meeting.places]
    assert again.place.view.round
    assert again.place.view.round.phase is Phase.ASKING
    again.close()


def test_two_threads_may_close_a_meeting_at_once(
    meeting: KeyboardMeeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[int] = []
    again, close = Event(), os.close

    def slow(descriptor: int) -> None:
        closed.append(descriptor)
        if len(closed) > 1:
            again.set()
        again.wait(0.1)
        close(descriptor)

    with monkeypatch.context() as patched, ThreadPoolExecutor(2) as threads:
        patched.setattr("trainer.peer.journal.os.close", slow)
        for done in [threads.submit(meeting.close) for _ in range(2)]:
            done.result(5)
    assert len(set(closed)) == len(closed)


@pytest.mark.parametrize("names", [["Ann"], ["x"] * 23])
def test_one_alone_and_too_many_are_refused_and_leave_no_file(path: Path, names: list[str]) -> None:
    make: Callable[..., KeyboardMeeting] = KeyboardMeeting.begin
    with pytest.raises(UsageError):
        make(path, names)
    assert not path.exists()
