"""The host's side of the wire: a door on this machine, and a seat for each program that came in.

One thread does everything, so whoever holds the session (`Held`) is asked by one at a time, and
what they write to disk is there before anybody sees it. Only what is newest is sent: a guest who
reads slowly gets fewer views, and costs the others nothing.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from trainer.display import one_line
from trainer.errors import TrainerError
from trainer.peer.code import FIRST_PORT, PORTS, Code
from trainer.peer.door import Caller, Door
from trainer.peer.held import (
    ADDRESS,
    MOST_GUESTS,
    PACE,
    Arrival,
    Held,
    Pace,
    Told,
    ToldKind,
)
from trainer.peer.loop import LoopThread
from trainer.peer.messages import (
    MOST_BYTES,
    Alive,
    Bye,
    GarbledError,
    Message,
    Refused,
    Sent,
    Shown,
    Taken,
    Welcome,
)
from trainer.peer.passes import DIGEST, ID, DoorKeeper
from trainer.peer.patching import NOTHING, Json, difference
from trainer.peer.types import LONGEST_NAME
from trainer.peer.wire import MOST_EVENT, Bucket, Pipe

_TRIED_PORTS = 64
_UNREAD_ANSWERS = 50

_log = logging.getLogger(__name__)


class Host:
    """Opens a session to programs of this machine. Its methods are for any other thread."""

    def __init__(
        self,
        held: Held,
        folder: Path,
        *,
        pace: Pace = PACE,
        on_told: Callable[[Told], object] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare a host that keeps its code in `folder`.

        `on_told` is called in the host's thread with what happens at the door.
        """
        self._held = held
        self._pace = pace
        self._on_told = on_told
        self._keeper = DoorKeeper(folder, held.session_id)
        self._door = Door(held, pace, clock, self._tell)
        self._seats: dict[str, _Seat] = {}
        self._handlers: set[asyncio.Task[None]] = set()
        self._loop: LoopThread | None = None
        self._server: asyncio.Server | None = None
        self._code: Code | None = None

    @property
    def code(self) -> Code:
        """The code to say to others. It stays the same when this session is opened again."""
        assert self._code, "not started"
        return self._code

    def start(self) -> Code:
        """Open the door and return the code.

        Where another program has taken the port of the code that this session had, the code is a
        new one. Raises `TrainerError` where the session is open elsewhere or no port is free.
        """
        self._keeper.open()
        self._loop = LoopThread("peer host")
        try:
            self._loop.start(self._open()).result()
        except BaseException:
            self._loop.close()
            self._keeper.close()
            raise
        return self.code

    def stop(self, *, ended: bool = True) -> None:
        """Close the door and hang up. A session that has not `ended` keeps its code."""
        if self._loop:
            with suppress(TimeoutError):
                self._loop.start(self._close(ended)).result(5.0)
            self._loop.close()
            self._loop = None
            if ended:
                self._keeper.forget()
            self._keeper.close()

    async def _open(self) -> None:
        before = self._keeper.code()
        if before and await self._listen(before):
            return
        for _ in range(_TRIED_PORTS):
            code = Code.new(FIRST_PORT + secrets.randbelow(PORTS))
            if await self._listen(code):
                self._keeper.keep(code)
                return
        raise TrainerError(
            "No port of this machine is free for a session.",
            "Close other programs that serve others, or try again.",
        )

    async def _listen(self, code: Code) -> bool:
        """Open the door of a code; return False where its port is not free."""
        self._code = code  # before: guests of an earlier host may be waiting
        with suppress(OSError):
            self._server = await asyncio.start_server(
                self._serve, ADDRESS, code.port, limit=MOST_BYTES, backlog=64
            )
            return True
        return False

    async def _close(self, ended: bool) -> None:
        assert self._server
        self._server.close()
        if ended:
            bye = Bye("ended")
            await asyncio.gather(*(seat.pipe.close(bye) for seat in self._seats.values()))
        for task in self._handlers:
            task.cancel()
        await asyncio.gather(*self._handlers, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._handlers.add(task)
        task.add_done_callback(self._handlers.discard)
        pipe = Pipe(reader, writer)
        try:
            met = await self._door.meet(pipe, self.code)
            came = self._seat(pipe, met) if isinstance(met, Caller) else met
            if isinstance(came, _Seat):
                await self._attend(came)
            elif came:
                await pipe.close(came)
        except asyncio.CancelledError:
            return  # the host stops; raised further, asyncio would print it
        except Exception as error:  # noqa: BLE001 - one guest must never end the session of all
            self._failed(error)
        finally:
            writer.close()

    def _seat(self, pipe: Pipe, caller: Caller) -> _Seat | Bye | None:
        name, role = one_line(caller.join.name, LONGEST_NAME), caller.join.role
        if not name or not ID.fullmatch(role) or not DIGEST.fullmatch(caller.join.digest):
            self._tell("garbled")
            return None
        arrival = Arrival(
            caller.participant or secrets.token_hex(8),
            name,
            role,
            caller.digest or caller.join.digest,
            back=bool(caller.participant),
        )
        before = self._seats.get(arrival.participant)
        if before is None and len(self._seats) >= MOST_GUESTS:
            return Bye("busy")
        try:
            self._held.arrive(arrival)
        except TrainerError as error:
            return Bye("refused", error.message[:500], error.hint[:500])
        last = self._held.last_number(arrival.participant)
        if before:
            before.replaced = True
            last = max(last, before.last)
            before.ended.set()
        seat = _Seat(arrival.participant, pipe, last)
        self._seats[seat.participant] = seat
        pipe.pieces.most = MOST_EVENT
        self._tell("back" if arrival.back else "came", seat.participant)
        self._show_all()
        return seat

    async def _attend(self, seat: _Seat) -> None:
        """Hear and tell one guest until they are gone."""
        tasks = [
            asyncio.create_task(self._hear_out(seat)),
            asyncio.create_task(self._keep_told(seat)),
            asyncio.create_task(seat.ended.wait()),
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            outcomes = await asyncio.gather(*tasks, return_exceptions=True)
            self._take_leave(seat)
        for outcome in outcomes:
            if isinstance(outcome, GarbledError):
                self._tell("garbled", seat.participant)
            elif isinstance(outcome, Exception) and not isinstance(outcome, OSError | EOFError):
                self._failed(outcome)
        await seat.pipe.close(Bye("elsewhere") if seat.replaced else None)

    def _take_leave(self, seat: _Seat) -> None:
        if self._seats.get(seat.participant) is not seat:
            return  # they came back in another way
        del self._seats[seat.participant]
        with suppress(TrainerError):
            self._held.leave(seat.participant)
        self._tell("left", seat.participant)
        self._show_all()

    async def _hear_out(self, seat: _Seat) -> None:
        bucket = Bucket(rate=50, most=200)
        while True:
            message = await seat.pipe.receive(self._pace.silent_s, bucket)
            match message:
                case Sent():
                    self._take(seat, message)
                    while len(seat.answers) > _UNREAD_ANSWERS:
                        seat.read.clear()
                        await seat.read.wait()
                case Bye():
                    return
                case Alive():
                    pass
                case _:
                    raise GarbledError("out of turn")

    def _take(self, seat: _Seat, sent: Sent) -> None:
        answer: Message = Taken(sent.number)
        if sent.number > seat.last:
            try:
                self._held.take(seat.participant, sent.number, sent.event)
            except TrainerError as error:
                answer = Refused(sent.number, error.message[:500], error.hint[:500])
            except Exception as error:  # noqa: BLE001 - nothing was kept, and the session goes on
                self._failed(error)
                answer = Refused(
                    sent.number, "The host's program could not take this.", "Try it again."
                )
            else:
                self._show_all()
            seat.last = sent.number
        seat.answers.append(answer)
        seat.changed.set()

    async def _keep_told(self, seat: _Seat) -> None:
        await seat.pipe.send(Welcome(seat.participant, seat.last), self._pace.unread_s)
        clock = asyncio.get_running_loop().time
        due = clock() + self._pace.alive_s
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout_at(due):
                    await seat.changed.wait()
            seat.changed.clear()
            said = clock() >= due  # what is hidden from them must not be told by a sign of life
            if said:
                await seat.pipe.send(Alive(), self._pace.unread_s)
            if seat.stale:  # before the answers: whoever is told that an event is kept sees it
                seat.stale = False
                view = self._held.view(seat.participant)
                patch = difference(seat.shown, view)
                seat.shown = view
                if patch != NOTHING:
                    await seat.pipe.send(Shown(patch), self._pace.unread_s)
                    said = True
            while seat.answers:
                await seat.pipe.send(seat.answers.popleft(), self._pace.unread_s)
                said = True
            seat.read.set()
            if said:
                due = clock() + self._pace.alive_s

    def _show_all(self) -> None:
        for seat in self._seats.values():
            seat.stale = True
            seat.changed.set()

    def _failed(self, error: Exception) -> None:
        # Its words may hold a piece of an answer.
        _log.error("the session's host: unexpected %s", type(error).__qualname__)
        self._tell("failed")

    def _tell(self, kind: ToldKind, participant: str = "") -> None:
        try:
            self._on_told(Told(kind, participant))
        except Exception as error:  # noqa: BLE001 - who listens must not end the session
            _log.error("who listens to the host: %s", type(error).__qualname__)


class _Seat:
    """One guest who is in. `shown` is the view that they have; `stale` asks for a newer one."""

    def __init__(self, participant: str, pipe: Pipe, last: int) -> None:
        self.participant = participant
        self.pipe = pipe
        self.last = last
        self.answers: deque[Message] = deque()
        self.shown: Json = None
        self.stale = True
        self.replaced = False
        self.changed = asyncio.Event()
        self.read = asyncio.Event()
        self.ended = asyncio.Event()
