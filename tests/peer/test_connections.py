"""Guests come in, speak and see; whoever is not invited, floods or falls silent harms nobody."""

from __future__ import annotations

import json
import os
import socket
import stat
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.peer.table import RAW, Table
from tests.waiting import wait_until
from trainer.errors import TrainerError
from trainer.holdings import holdings
from trainer.paths import Home
from trainer.peer.code import Code
from trainer.peer.held import ADDRESS, MOST_GUESTS, Arrival, Pace
from trainer.peer.hosting import Host
from trainer.peer.joining import Codec, Guest
from trainer.peer.messages import VERSION, Hello, from_text
from trainer.peer.passes import LONGEST_KEPT_S, issue
from trainer.peer.proving import Exchange

SHORT = Pace(alive_s=0.1, silent_s=1.0, knock_s=2.0, unread_s=2.0, last_retry_s=0.1, ending_s=0.0)
SOON_S = 5.0

Join = Callable[..., Guest[Any, Any]]


class Room:
    """A host in this process, and what its door told."""

    def __init__(self, folder: Path, table: Table) -> None:
        self.table = table
        self.now = 0.0
        self._told: list[str] = []
        self.host = Host(
            table,
            folder,
            pace=SHORT,
            on_told=lambda told: self._told.append(told.kind),
            clock=lambda: self.now,
        )
        self.code = self.host.start()

    def told(self, kind: str) -> int:
        return self._told.count(kind)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path / "host", Table())
    yield made
    made.host.stop()


@pytest.fixture
def join(tmp_path: Path) -> Iterator[Join]:
    guests: list[Guest[Any, Any]] = []

    def come(code: Code, name: str = "Amina", role: str = "observer") -> Guest[Any, Any]:
        guest = Guest(RAW, tmp_path / "guest", pace=SHORT)
        guests.append(guest)
        guest.connect(code, name, role)
        return guest

    yield come
    for guest in guests:
        guest.close()


def wrong(code: Code) -> Code:
    return Code(code.port, code.secret ^ 1)


def raw(code: Code) -> socket.socket:
    connection = socket.create_connection((ADDRESS, code.port), timeout=SOON_S)
    with connection.makefile("rb") as heard:
        assert isinstance(from_text(heard.readline()), Hello)
    return connection


def line(**said: object) -> bytes:
    return json.dumps({"v": VERSION, **said}).encode() + b"\n"


def entered(code: Code) -> socket.socket:
    """Return the connection of a program that came in and does as it likes from then on."""
    connection = raw(code)
    heard = connection.makefile("rb")
    exchange = Exchange(code.key, "a-session")
    connection.sendall(line(kind="knock", participant="", share=exchange.share))
    proofs = exchange.with_host(json.loads(heard.readline())["share"])
    connection.sendall(line(kind="proof", proof=proofs.guest))
    assert json.loads(heard.readline())["proof"] == proofs.host
    connection.sendall(line(kind="join", name="Raw", role="observer", digest="0" * 64))
    assert json.loads(heard.readline())["kind"] == "welcome"
    heard.close()
    return connection


def test_what_one_says_is_seen_by_all(room: Room, join: Join) -> None:
    guests = [join(room.code, name) for name in ("Amina", "Ben")]
    guests[0].send({"mark": "good"}).result(SOON_S)
    expected = [[guests[0].participant, 1, {"mark": "good"}]]
    assert guests[0].view()["said"] == expected
    wait_until(lambda: guests[1].view()["said"] == expected, "the other sees it")
    assert guests[1].view()["you"] == guests[1].participant


def test_what_is_refused_changes_nothing_and_says_why(room: Room, join: Join) -> None:
    guest = join(room.code)
    with pytest.raises(TrainerError, match=r"This is not allowed now\. Wait\."):
        guest.send("forbidden").result(SOON_S)
    with pytest.raises(TrainerError, match="could not take"):
        guest.send("crash").result(SOON_S)
    guest.send("fine").result(SOON_S)
    assert [event for _, _, event in room.table.said] == ["fine"]
    assert room.told("failed") == 1


def test_a_view_and_an_event_may_be_longer_than_a_line(room: Room, join: Join) -> None:
    guest = join(room.code)
    event = {"words": ["émigré"] * 40_000}
    guest.send(event).result(SOON_S)
    assert guest.view()["said"] == [[guest.participant, 1, event]]
    with pytest.raises(TrainerError, match="too long"):
        guest.send("x" * 1_100_000).result(SOON_S)


def test_a_host_listens_on_this_machine_only(room: Room) -> None:
    assert room.host._server
    assert [each.getsockname() for each in room.host._server.sockets] == [(ADDRESS, room.code.port)]


def test_two_programs_with_one_code_are_two_people_and_each_comes_back(
    room: Room, join: Join
) -> None:
    one, two = join(room.code), join(room.code)
    assert one.participant != two.participant
    two.close()
    wait_until(lambda: room.told("left") == 1, "the host knows that they left")
    again = join(room.code)
    assert again.participant == two.participant
    assert join(room.code, "Chen").participant not in (one.participant, two.participant)
    assert room.told("back") == 1


def test_who_comes_back_waits_for_their_program_that_is_about_to_end(
    room: Room, tmp_path: Path
) -> None:
    pace = replace(SHORT, ending_s=SOON_S)
    ending, again = (Guest(RAW, tmp_path / "guest", pace=pace) for _ in range(2))
    came = ending.connect(room.code, "Amina", "candidate")
    with ThreadPoolExecutor(1) as thread:
        back = thread.submit(again.connect, room.code, "Amina", "candidate")
        wait_until(lambda: again._wallet.is_used, "it has seen the pass")
        ending.close()
        assert back.result(SOON_S) == came
    again.close()


def test_a_pass_is_for_its_owner_and_goes_when_it_is_old(
    room: Room, join: Join, tmp_path: Path
) -> None:
    join(room.code).close()
    (kept,) = (tmp_path / "guest").glob("pass-*.json")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    for file in [*kept.parent.iterdir(), *(tmp_path / "host").iterdir()]:
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file
    long_ago = time.time() - LONGEST_KEPT_S - 60
    os.utime(kept, (long_ago, long_ago))
    join(room.code, "Ben")
    assert not kept.exists()


def test_damaged_passes_are_no_passes(room: Room, join: Join, tmp_path: Path) -> None:
    first = join(room.code)
    first.close()
    (kept,) = (tmp_path / "guest").glob("pass-*.json")
    told = json.loads(kept.read_text())
    for text in ("", "[]", "{", json.dumps(told | {"more": 1}), json.dumps(told | {"name": 3})):
        kept.write_text(text)
        assert join(room.code).participant != first.participant
    kept.write_text(json.dumps(told | {"participant": "nobody"}))
    assert join(room.code).participant != first.participant
    assert not kept.exists()


def test_wrong_codes_close_the_door_for_strangers_only(room: Room, join: Join) -> None:
    known = join(room.code)
    known.close()
    for _ in range(5):
        with pytest.raises(TrainerError, match="code of another session"):
            join(wrong(room.code), "Mallory")
    assert room.told("wrong code") == 5
    assert room.told("door closed") == 1
    with pytest.raises(TrainerError, match="in 60 seconds"):
        join(room.code, "Ben")
    assert join(room.code).participant == known.participant
    room.now = 61.0
    assert join(room.code, "Ben").participant


def test_a_guess_that_is_given_up_tells_nothing(room: Room) -> None:
    """The host proves itself only to who did: nobody learns from it whether a guess was right."""
    with raw(room.code) as connection:
        exchange = Exchange(room.code.key, "a-session")
        connection.sendall(line(kind="knock", participant="", share=exchange.share))
        connection.sendall(line(kind="proof", proof="00"))
        with connection.makefile("rb") as heard:
            kinds = [json.loads(each)["kind"] for each in heard]
    assert kinds == ["share", "bye"]
    assert room.told("wrong code") == 1


def test_a_seat_that_is_refused_says_why(room: Room, join: Join) -> None:
    with pytest.raises(TrainerError, match=r"There is no such seat\. Take another\."):
        join(room.code, role="king")
    assert not room.table.people


def test_a_code_whose_session_is_over_says_so(room: Room, join: Join) -> None:
    guest = join(room.code)
    room.host.stop()
    wait_until(lambda: guest.standing.kind == "over", "the guest knows")
    assert "has ended" in str(guest.standing.trouble)
    with pytest.raises(TrainerError, match="No session is open under this code"):
        join(room.code, "Ben")
    with pytest.raises(TrainerError, match="has ended"):
        guest.send("late").result(SOON_S)


@pytest.mark.parametrize("greeting", [b"SSH-2.0-OpenSSH_9.6\r\n", b"", b"x" * 600_000])
def test_a_port_that_is_another_programs_now_says_so(
    tmp_path: Path, join: Join, greeting: bytes
) -> None:
    with socket.create_server((ADDRESS, 0)) as server:
        heard: list[bytes] = []

        def serve() -> None:
            connection, _ = server.accept()
            with connection, suppress(OSError):
                connection.sendall(greeting)
                connection.settimeout(SOON_S)
                heard.append(connection.recv(1000))

        other = threading.Thread(target=serve)
        other.start()
        with pytest.raises(TrainerError, match="another program answers now"):
            join(Code(server.getsockname()[1], 7))
        other.join()
    assert heard in ([b""], [])  # nothing was said to it


def test_a_program_that_only_plays_the_host_is_found_out(join: Join) -> None:
    heard: list[str] = []
    with socket.create_server((ADDRESS, 0)) as server:
        code = Code(server.getsockname()[1], 7)

        def serve() -> None:
            connection, _ = server.accept()
            with connection, connection.makefile("rwb") as talk:
                talk.write(line(kind="hello", session="a-session", closed_s=0))
                talk.flush()
                heard.append(json.loads(talk.readline())["kind"])
                talk.write(line(kind="share", share=Exchange(b"a guess", "a-session").share))
                talk.write(line(kind="proof", proof="0" * 64))
                talk.flush()
                heard.extend(json.loads(each)["kind"] for each in talk)

        other = threading.Thread(target=serve)
        other.start()
        with pytest.raises(TrainerError, match="does not know the code"):
            join(code, "Amina")
        other.join()
    assert heard == ["knock", "proof"]  # not even the name


def test_another_version_is_told(join: Join) -> None:
    with socket.create_server((ADDRESS, 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(b'{"v":999,"kind":"hello","more":true}\n')

        threading.Thread(target=serve).start()
        with pytest.raises(TrainerError, match="another version"):
            join(Code(server.getsockname()[1], 7))


def test_who_comes_from_a_second_place_takes_the_seat(
    room: Room, join: Join, tmp_path: Path
) -> None:
    first = join(room.code)
    (kept,) = (tmp_path / "guest").glob("pass-*.json")
    other = tmp_path / "copied"
    other.mkdir()
    (other / kept.name).write_text(kept.read_text())
    second = Guest(RAW, other, pace=SHORT)
    assert second.connect(room.code, "Amina", "observer") == first.participant
    wait_until(lambda: first.standing.kind == "over", "the first one is told")
    assert "from another program" in str(first.standing.trouble)
    second.send("here").result(SOON_S)
    second.close()


@pytest.mark.parametrize(
    "said",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b'{"v":1,"kind":"alive"}\n',
        b'{"v":1,"kind":"knock","participant":"","share":"00"}\n',
        b"\xff\xfe\n",
        b"x" * 300_000,
        b'{"v":1,"kind":"kno',
    ],
)
def test_garbage_and_half_lines_end_their_connection_and_nothing_else(
    room: Room, join: Join, said: bytes
) -> None:
    guest = join(room.code)
    with raw(room.code) as connection:
        with suppress(OSError):
            connection.sendall(said)
        connection.settimeout(SOON_S)
        with suppress(ConnectionError):
            assert connection.recv(100) == b""
    guest.send("still here").result(SOON_S)


def test_garbage_of_a_guest_who_is_in_ends_their_connection(room: Room, join: Join) -> None:
    guest, other = join(room.code), join(room.code, "Ben")
    seat = room.host._seats[guest.participant]
    seat.pipe.pieces.most = 10  # whatever is longer is garbage
    guest.send("a long event " * 30_000)
    wait_until(lambda: room.told("garbled") == 1, "the host hung up")
    wait_until(lambda: guest.standing.kind == "in" and room.told("back") == 1, "they are back")
    other.send("still here").result(SOON_S)


def test_a_guest_who_does_not_read_slows_nobody(room: Room, join: Join) -> None:
    quick = join(room.code, "Quick")
    with entered(room.code) as lazy:
        for at in range(40):
            lazy.sendall(line(kind="alive"))
            room.table.extra = "x" * 900_000 + str(at)
            began = time.monotonic()
            quick.send(at).result(SOON_S)
            assert time.monotonic() - began < 2.0
        queued = [
            seat.pipe._writer.transport.get_write_buffer_size()
            for seat in room.host._seats.values()
        ]
        assert max(queued) < 2_000_000

        def given_up() -> bool:
            with suppress(OSError):
                lazy.sendall(line(kind="alive"))
            return room.told("left") == 1

        wait_until(given_up, "the host gives them up")
    quick.send("still here").result(SOON_S)


def test_what_is_hidden_from_somebody_sends_them_nothing(room: Room, join: Join) -> None:
    """Else a program could tell by the second when the others mark its answer."""
    other = join(room.code, "Other")
    with entered(room.code) as curious:
        began = time.monotonic()
        for _ in range(60):
            other.send("hidden").result(SOON_S)
        took_s = time.monotonic() - began
        other.send("seen").result(SOON_S)
        heard = b""
        while b"seen" not in heard:
            heard += curious.recv(65536)
    assert heard.count(b'"alive"') <= took_s / SHORT.alive_s + 2


def test_a_flood_is_slowed_and_slows_nobody(room: Room, join: Join) -> None:
    quick = join(room.code, "Quick")
    with entered(room.code) as flooding:
        flooding.settimeout(0.2)
        sent = 0
        began = time.monotonic()
        with suppress(TimeoutError):
            while sent < 200_000:
                lines = [line(kind="event", number=sent + at, event="x") for at in range(1, 101)]
                sent += flooding.send(b"".join(lines))
        for at in range(20):
            before = time.monotonic()
            quick.send(at).result(SOON_S)
            assert time.monotonic() - before < 2.0
        taken = len(room.table.said) - 20
        assert 0 < taken < 210 + 50 * (time.monotonic() - began)


def test_twenty_observers_come_see_and_go(room: Room, join: Join) -> None:
    guests = [join(room.code, f"Guest {at}") for at in range(MOST_GUESTS)]
    with pytest.raises(TrainerError, match="no free place"):
        join(room.code, "One too many")
    for guest in guests:
        guest.send({"from": guest.participant})
    wait_until(lambda: all(len(g.view()["said"]) == MOST_GUESTS for g in guests), "all see all")
    said = guests[0].view()["said"]
    assert {who for who, _, _ in said} == {guest.participant for guest in guests}
    assert all(guest.view()["said"] == said for guest in guests)
    guests[3].close()
    wait_until(lambda: not guests[0].view()["here"][guests[3].participant], "who left is known")
    assert join(room.code, "Next").participant


def test_a_session_is_held_by_one_program(room: Room, tmp_path: Path) -> None:
    with pytest.raises(TrainerError, match="open in another program"):
        Host(Table(), tmp_path / "host").start()


def test_a_session_that_is_opened_again_keeps_its_code_and_its_people(
    room: Room, join: Join, tmp_path: Path
) -> None:
    guest = join(room.code)
    room.host.stop(ended=False)
    wait_until(lambda: guest.standing.kind == "away", "the host is gone")
    waiting = guest.send("said while the host was away")
    again = Host(room.table, tmp_path / "host", pace=SHORT)
    try:
        assert again.start() == room.code
        waiting.result(SOON_S)
        assert guest.standing.kind == "in"
        assert room.table.said == [[guest.participant, 1, "said while the host was away"]]
    finally:
        again.stop()


def test_a_taken_port_gives_a_new_code_for_which_passes_still_hold(
    room: Room, join: Join, tmp_path: Path
) -> None:
    guest = join(room.code)
    guest.close()
    room.host.stop(ended=False)
    with socket.create_server((ADDRESS, room.code.port)):
        again = Host(room.table, tmp_path / "host", pace=SHORT)
        try:
            assert again.start().port != room.code.port
            assert join(again.code).participant == guest.participant
        finally:
            again.stop()


def test_what_is_sent_twice_is_taken_once(room: Room, join: Join) -> None:
    guest = join(room.code)
    guest.send("one").result(SOON_S)
    assert guest._loop
    done = guest._loop.start(_again(guest))
    done.result(SOON_S)
    guest.send("two").result(SOON_S)
    assert [event for _, _, event in room.table.said] == ["one", "two"]


async def _again(guest: Guest[Any, Any]) -> None:
    from concurrent.futures import Future

    guest._unsent[1] = ("one", Future())
    guest._outgoing.append(1)
    guest._changed.set()


def test_the_host_takes_part_as_whom_it_chose(room: Room, tmp_path: Path) -> None:
    folder = tmp_path / "host"
    other = issue(folder, "a-session", "second", "Me")
    digest = issue(folder, "a-session", "the-host", "Me")
    for who, kept in (("second", other), ("the-host", digest)):
        room.table.arrive(Arrival(who, "Me", "interviewer", kept, back=False))
    guest = Guest(RAW, folder, pace=SHORT)
    assert guest.connect(room.code, "Me", "interviewer", "the-host") == "the-host"
    guest.close()


def test_a_view_that_cannot_be_read_ends_it_in_place_of_trying_for_ever(
    room: Room, tmp_path: Path
) -> None:
    def refuse(view: Any) -> Any:
        raise TrainerError("no view", "none")

    guest = Guest(Codec(write_event=str, read_view=refuse), tmp_path / "guest", pace=SHORT)
    with pytest.raises(TrainerError, match="do not understand each other"):
        guest.connect(room.code, "Amina", "observer")
    assert guest.standing.kind == "over"


def test_what_the_wire_keeps_is_known_as_the_programs_own(tmp_path: Path) -> None:
    home = Home(tmp_path)
    host = Host(Table(), home.peer)
    guest: Guest[Any, Any] = Guest(RAW, home.peer)
    guest.connect(host.start(), "Amina", "observer")
    assert {one.kind for one in holdings(home)} == {"sessions"}
    assert len(holdings(home)) == 4
    guest.close()
    host.stop()
