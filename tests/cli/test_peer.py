"""`trainer peer`, up to the moment where a screen would open."""

import pytest

from tests.cli.conftest import Run
from trainer.paths import Home
from trainer.services import open_services


def test_without_a_terminal_nothing_is_begun_and_ssh_is_told_how_to_have_one(
    run: Run, home: Home
) -> None:
    told = run("peer", "join", "K7MP-2XQH")
    assert (told.code, told.out) == (2, "")
    assert "ssh -t HOST trainer peer join K7MP-2XQH" in told.err
    assert run("peer", "host").code == run("peer", "together", "Ann", "Ben").code == 2
    assert not home.peer.exists()


def test_sessions_that_wait_are_listed_with_their_people_and_where_they_stand(
    run: Run, home: Home
) -> None:
    assert "No session" in run("peer", "sessions").err
    services = open_services(home)
    meeting = services.meetings.together(["Ann\x1b[31m", "Ben"])
    ben = meeting.places[1]
    from trainer.peer import events

    ben.send(events.RoundBegun(*ben.stamp())).result(5)
    told = run("peer", "sessions")
    assert "open in another program" in told.out
    meeting.close()
    services.close()
    told = run("peer", "sessions")
    assert told.code == 0
    assert "\x1b" not in told.out
    assert "on one keyboard, planned" in told.out
    (session,) = run("peer", "sessions", "--json").json["sessions"]
    assert session["id"] == meeting.session_id
    assert (session["names"][1], session["rounds"], session["phase"]) == ("Ben", 1, "planned")
    assert run("peer", "forget", session["id"]).code == 2, "nobody can be asked"
    assert run("peer", "forget", session["id"][:4], "--yes").code == 0
    assert run("peer", "sessions", "--json").json["sessions"] == []
    assert [path.suffix for path in home.peer.iterdir()] == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("join", "hello"), 2, "A code has"),
        (("join", "K7MP-2XQH"), 2, "must be another one"),
        (("join", "AAAA-AAAS", "--name", "Ben"), 1, "No session is open under this code"),
        (("resume",), 2, "no session to go on with"),
        (("resume", "abc"), 2, "no such session"),
        (("together", "Ann"), 2, "at least 2 people"),
        (("host", "--name", " "), 2, "A name is missing"),
    ],
)
def test_what_goes_wrong_is_told_before_a_screen_opens(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int, said: str
) -> None:
    monkeypatch.setattr("trainer.cli.peer.has_terminal", lambda: True)
    monkeypatch.setattr("trainer.cli.application.has_terminal", lambda: True)
    told = run("peer", *arguments)
    assert said in told.err
    assert (told.code, told.out) == (code, "")
