"""The guest's side of the wire: in by a code, and back in by a token for as long as it takes.

The host's own program takes part in the same way, through a guest of its own.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

from trainer.errors import TrainerError
from trainer.peer import troubles
from trainer.peer.code import Code
from trainer.peer.entering import Entrance, OverError
from trainer.peer.held import PACE, Pace
from trainer.peer.loop import LoopThread
from trainer.peer.messages import Alive, Bye, GarbledError, Refused, Sent, Shown, Taken, to_text
from trainer.peer.passes import Wallet
from trainer.peer.patching import Json, PatchError, patched
from trainer.peer.wire import MOST_EVENT, Pipe

MOST_UNSENT = 200
"""Events that wait while the host does not answer."""

EventT = TypeVar("EventT")
ViewT = TypeVar("ViewT")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Codec(Generic[EventT, ViewT]):
    """What makes JSON of events, and views of JSON; `read_view` raises `TrainerError`
    or `ValueError` for others."""

    write_event: Callable[[EventT], Json]
    read_view: Callable[[Json], ViewT]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a guest stands with the host, since when (`time.time()`), and what to say of it.

    `away`: the host is gone or silent, and is tried again and again; `over`: this guest is not
    connected any more and will not be.
    """

    kind: Literal["knocking", "in", "away", "over"]
    since: float
    trouble: TrainerError | None = None


class Guest(Generic[EventT, ViewT]):
    """One program in somebody's session. Its methods are for any other thread, and never wait,
    except `connect` and `close`.
    """

    def __init__(
        self,
        codec: Codec[EventT, ViewT],
        folder: Path,
        *,
        on_change: Callable[[], object] = lambda: None,
        pace: Pace = PACE,
    ) -> None:
        """Prepare a guest that keeps its pass in `folder`.

        `on_change` is called in the guest's thread when `view` or `standing` is another one: it
        should do no more than pass that on.
        """
        self._codec = codec
        self._wallet = Wallet(folder)
        self._on_change = on_change
        self._pace = pace
        self._loop: LoopThread | None = None
        self._standing = Standing("knocking", time.time())
        self._view: ViewT | None = None
        self._shown: Json = None
        self._participant = ""
        self._number = 0
        self._unsent: dict[int, tuple[Json, Future[None]]] = {}
        self._closing = False

    @property
    def participant(self) -> str:
        """The id that the host gave; empty before `connect`."""
        return self._participant

    @property
    def standing(self) -> Standing:
        """How this guest stands with the host now."""
        return self._standing

    def view(self) -> ViewT | None:
        """Return the newest view; None before the first one."""
        return self._view

    def connect(self, code: Code, name: str, role: str, participant: str = "") -> str:
        """Join by a code, or come back with the pass of an earlier program; return the own id.

        By then the first view is there. Only as `participant` where one is named, with the pass
        that was issued for them (`passes.issue`): so does the program that holds the session.

        From then on the guest comes back by itself whenever the host was gone. Raises
        `TrainerError` for what the user should hear: a code of a session that is over, a port that
        another program has now, a wrong code, a closed door, no seat.
        """
        self._loop = LoopThread("peer guest")
        entrance = Entrance(code, name, role, participant, self._wallet, self._pace)
        first: Future[str] = Future()
        self._loop.call(lambda: self._begin(entrance, first))
        try:
            return first.result()
        except BaseException:
            self.close()
            raise

    def send(self, event: EventT) -> Future[None]:
        """Send an event; the future is done when it is kept, or holds a `TrainerError`.

        While the host is away events wait, and each is taken once. One that is too long, and more
        than `MOST_UNSENT`, are refused at once.
        """
        done: Future[None] = Future()
        done.set_running_or_notify_cancel()  # it is on its way, and cannot be called back
        said = self._codec.write_event(event)
        if self._standing.kind == "over" or self._loop is None:
            done.set_exception(self._standing.trouble or troubles.left())
        elif len(to_text(Sent(0, said))) > MOST_EVENT - 100:
            done.set_exception(troubles.too_long())
        else:
            loop = self._loop
            loop.call(lambda: self._queue(said, done))
        return done

    def close(self) -> None:
        """Leave the session; the pass stays for the next program. Waits a second at most."""
        if self._loop:
            self._closing = True
            with suppress(TimeoutError):
                self._loop.start(self._leave()).result(2.0)
            self._loop.close()
            self._loop = None
            self._wallet.close()
            if self._standing.kind != "over":
                self._standing = Standing("over", time.time(), troubles.left())

    async def _leave(self) -> None:
        self._living.cancel()
        await asyncio.gather(self._living, return_exceptions=True)

    def _queue(self, said: Json, done: Future[None]) -> None:
        if self._standing.kind == "over":
            done.set_exception(self._standing.trouble or troubles.left())
        elif len(self._unsent) >= MOST_UNSENT:
            done.set_exception(troubles.too_many())
        else:
            self._number += 1
            self._unsent[self._number] = (said, done)
            self._outgoing.append(self._number)
            self._changed.set()

    def _begin(self, entrance: Entrance, first: Future[str]) -> None:
        self._changed = asyncio.Event()
        self._outgoing: list[int] = []
        self._first = first
        self._living = asyncio.create_task(self._live(entrance, first))

    async def _live(self, entrance: Entrance, first: Future[str]) -> None:
        retry_s = self._pace.first_retry_s
        try:
            while True:
                try:
                    entered = await entrance.enter()
                except (GarbledError, OSError, EOFError) as error:
                    trouble = troubles.not_in(error, came_in=first.done())
                    if not first.done():
                        raise OverError(trouble) from error
                    self._stand("away", trouble)
                else:
                    self._participant = entered.kept.participant
                    self._catch_up(entered.last)
                    self._stand("in")
                    began = time.monotonic()
                    trouble = await self._converse(entered.pipe)
                    if not first.done():
                        raise OverError(trouble)
                    self._stand("away", trouble)
                    if time.monotonic() - began > self._pace.silent_s:
                        retry_s = self._pace.first_retry_s  # else it is lost again and again
                # Not all at once, where twenty lost the same host.
                await asyncio.sleep(retry_s * (0.5 + secrets.randbelow(100) / 100))
                retry_s = min(2 * retry_s, self._pace.last_retry_s)
        except OverError as over:
            self._give_up(over.trouble, first)
        except TrainerError as error:
            self._give_up(error, first)
        except asyncio.CancelledError:
            self._give_up(troubles.left(), first)
            raise
        except Exception as error:  # noqa: BLE001 - the program is told, and goes on without
            _log.error("a guest of a session: unexpected %s", type(error).__qualname__)
            self._give_up(troubles.broken(), first)

    def _give_up(self, trouble: TrainerError, first: Future[str]) -> None:
        self._stand("over", trouble)
        for _, done in self._unsent.values():
            done.set_exception(trouble)
        self._unsent.clear()
        if not first.done():
            first.set_exception(trouble)

    def _catch_up(self, last: int) -> None:
        """Begin where the host stands: it gets all again of which nothing was heard.

        What it has, up to `last`, it does not take again.
        """
        self._shown = None
        self._number = max(self._number, last)
        self._outgoing = sorted(self._unsent)
        self._changed.set()

    async def _converse(self, pipe: Pipe) -> TrainerError:
        """Hear and tell the host until the connection is lost; return how to say so."""
        tasks = [
            asyncio.create_task(self._hear_out(pipe)),
            asyncio.create_task(self._speak(pipe)),
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await pipe.close(Bye("left") if self._closing else None)
        error = next(iter(done)).exception()
        if isinstance(error, TimeoutError):
            return troubles.silent()
        if isinstance(error, OSError | EOFError | GarbledError):
            return troubles.lost()
        assert error
        raise error

    async def _hear_out(self, pipe: Pipe) -> None:
        while True:
            message = await pipe.receive(self._pace.silent_s)
            match message:
                case Shown():
                    self._show(message.patch)
                case Taken():
                    self._answered(message.number, None)
                case Refused():
                    refusal = TrainerError(message.message, message.hint)
                    self._answered(message.number, refusal)
                case Bye():
                    raise OverError(troubles.sent_away(message))
                case Alive():
                    pass
                case _:
                    raise GarbledError("out of turn")

    async def _speak(self, pipe: Pipe) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pace.alive_s):
                    await self._changed.wait()
            self._changed.clear()
            if not self._outgoing:
                await pipe.send(Alive(), self._pace.silent_s)
            while self._outgoing:
                number = self._outgoing.pop(0)
                if number in self._unsent:
                    await pipe.send(Sent(number, self._unsent[number][0]), self._pace.unread_s)

    def _show(self, patch: Json) -> None:
        try:
            shown = patched(self._shown, patch)
        except PatchError as error:
            raise GarbledError("no view") from error
        try:
            view = self._codec.read_view(shown)
        except (TrainerError, ValueError) as error:  # it would be the same the next time
            raise OverError(troubles.broken()) from error
        self._shown, self._view = shown, view
        if not self._first.done():
            self._first.set_result(self._participant)
        self._changed_now()

    def _answered(self, number: int, refusal: TrainerError | None) -> None:
        if number in self._unsent:
            _, done = self._unsent.pop(number)
            if refusal:
                done.set_exception(refusal)
            else:
                done.set_result(None)

    def _stand(self, kind: Any, trouble: TrainerError | None = None) -> None:
        if self._standing.kind == kind == "away":
            self._standing = Standing("away", self._standing.since, trouble)
        else:
            self._standing = Standing(kind, time.time(), trouble)
        self._changed_now()

    def _changed_now(self) -> None:
        try:
            self._on_change()
        except Exception as error:  # noqa: BLE001 - who listens must not end the connection
            _log.error("who listens to a guest: %s", type(error).__qualname__)
