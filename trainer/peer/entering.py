"""A guest's way through the door of a session, by a code or by a pass."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TypeVar

from trainer.errors import TrainerError
from trainer.peer import troubles
from trainer.peer.code import Code
from trainer.peer.held import ADDRESS, Pace
from trainer.peer.messages import (
    MOST_BYTES,
    Bye,
    GarbledError,
    Hello,
    Join,
    Knock,
    Message,
    Proof,
    Share,
    VersionError,
    Welcome,
)
from trainer.peer.passes import ID, Pass, Wallet, digest_of, key_of, new_token
from trainer.peer.proving import BadShareError, Exchange, agree
from trainer.peer.wire import MOST_VIEW, Pipe

_LOOK_AGAIN_S = 0.2

_Wanted = TypeVar("_Wanted", bound=Message)


class OverError(Exception):
    """It makes no sense to try again; `trouble` says why."""

    def __init__(self, trouble: TrainerError) -> None:
        super().__init__(trouble.message)
        self.trouble = trouble


class _UsedPass(Exception):  # noqa: N818 - a turn of the talk
    """Another program of this person has the pass: one that is about to end lets go of it soon."""


class _UnknownPass(Exception):  # noqa: N818 - a turn of the talk
    """The host knows no such participant."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A connection that is in; `last` is the number of the last event that the host has of us."""

    pipe: Pipe
    kept: Pass
    last: int


class Entrance:
    """Comes in for one guest, the first time and every time after that."""

    def __init__(
        self, code: Code, name: str, role: str, participant: str, wallet: Wallet, pace: Pace
    ) -> None:
        self._code = code
        self._name = name
        self._role = role
        self._participant = participant
        self._wallet = wallet
        self._pace = pace
        self._pass: Pass | None = None
        """Of who was in already, by this very object."""
        self._waits_until = 0.0

    async def enter(self) -> Entered:
        """Come in, with a pass if there is one.

        Raises `OverError` where it makes no sense to try again, `TrainerError` where the pass
        cannot be kept, else `GarbledError`, `OSError` or `EOFError`.
        """
        self._waits_until = time.monotonic() + self._pace.ending_s
        while True:
            try:
                return await self._enter()
            except _UsedPass:
                await asyncio.sleep(_LOOK_AGAIN_S)

    async def _enter(self) -> Entered:
        async with asyncio.timeout(self._pace.knock_s):
            try:
                return await self._connect()
            except _UnknownPass as error:
                if self._pass:
                    raise OverError(troubles.stale()) from error
                self._wallet.forget()
            return await self._connect()

    async def _connect(self) -> Entered:
        reader, writer = await asyncio.open_connection(ADDRESS, self._code.port, limit=MOST_BYTES)
        pipe = Pipe(reader, writer)
        try:
            hello = await self._hear_first(pipe)
            kept = self._known(hello.session)
            token = kept.token if kept else new_token()
            digest = digest_of(token)
            if hello.closed_s and not kept:
                raise OverError(troubles.closed(hello.closed_s))
            exchange = Exchange(key_of(digest) if kept else self._code.key, hello.session)
            await pipe.send(Knock(kept.participant if kept else "", exchange.share))
            share = await self._hear(pipe, Share)
            proofs = exchange.with_host(share.share)
            await pipe.send(Proof(proofs.guest))
            proof = await self._hear(pipe, Proof)
            if not agree(proof.proof, proofs.host):
                raise OverError(troubles.impostor())
            pipe.pieces.most = MOST_VIEW
            await pipe.send(Join(self._name, self._role, digest))
            welcome = await self._hear(pipe, Welcome)
            if not ID.fullmatch(welcome.participant):
                raise GarbledError("a wrong value")
            if kept is None:
                kept = Pass(hello.session, welcome.participant, self._name, token)
                self._wallet.keep(kept)
            self._pass = kept
        except BadShareError as error:
            writer.close()
            raise GarbledError("a wrong value") from error
        except BaseException:
            writer.close()
            raise
        return Entered(pipe, kept, welcome.last)

    def _known(self, session: str) -> Pass | None:
        """Return the pass for the session that is open at the port."""
        if not ID.fullmatch(session):
            raise GarbledError("a wrong value")
        if not self._pass:
            found = self._wallet.find(session, self._name, self._participant)
            if not found and self._wallet.is_used and time.monotonic() < self._waits_until:
                raise _UsedPass
            return found
        if self._pass.session != session:
            raise OverError(troubles.stale())
        return self._pass

    async def _hear_first(self, pipe: Pipe) -> Hello:
        try:
            return await self._hear(pipe, Hello)
        except VersionError:
            raise
        except (GarbledError, EOFError, TimeoutError) as error:
            # A host that was sent to sleep is silent as well: who was in tries again.
            if self._pass and isinstance(error, TimeoutError | EOFError):
                raise
            raise OverError(troubles.foreign()) from error

    async def _hear(self, pipe: Pipe, wanted: type[_Wanted]) -> _Wanted:
        # A little less than coming in may take, so that the silence of one line is told as such.
        message = await pipe.receive(0.8 * self._pace.knock_s)
        if isinstance(message, wanted):
            return message
        if isinstance(message, Bye):
            if message.reason == "unknown":
                raise _UnknownPass
            if message.reason == "busy" and self._pass:
                raise ConnectionError
            raise OverError(troubles.sent_away(message))
        raise GarbledError("out of turn")
