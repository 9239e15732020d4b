"""The door of a session: who proves to be invited comes in, and wrong codes close it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from trainer.peer.code import Code
from trainer.peer.held import Held, Pace, ToldKind
from trainer.peer.messages import Bye, GarbledError, Hello, Join, Knock, Message, Proof, Share
from trainer.peer.passes import key_of
from trainer.peer.proving import BadShareError, Exchange, agree
from trainer.peer.tries import Tries
from trainer.peer.wire import Bucket, Pipe

MOST_KNOCKING = 32

_Wanted = TypeVar("_Wanted", bound=Message)


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who proved to be invited, and what they want.

    Of one who comes back `participant` is the id and `digest` what is kept of their token; else
    both are empty.
    """

    join: Join
    participant: str
    digest: str


class Door:
    """Lets programs in that know the code, or the token of a participant.

    `tell` is called with what is worth a line on the host's screen.
    """

    def __init__(
        self,
        held: Held,
        pace: Pace,
        clock: Callable[[], float],
        tell: Callable[[ToldKind], object],
    ) -> None:
        self._held = held
        self._pace = pace
        self._tries = Tries(clock)
        self._proofs = Bucket(rate=20, most=60)
        self._knocking = 0
        self._tell = tell

    async def meet(self, pipe: Pipe, code: Code) -> Caller | Bye | None:
        """Return who is there, or what to say to them; None for who is gone or talks garbage."""
        if self._knocking >= MOST_KNOCKING:
            return Bye("busy")
        self._knocking += 1
        try:
            async with asyncio.timeout(self._pace.knock_s):
                return await self._prove(pipe, code)
        except (GarbledError, BadShareError):
            self._tell("garbled")
        except (OSError, EOFError):
            pass  # they are gone, or too slow
        finally:
            self._knocking -= 1
        return None

    async def _prove(self, pipe: Pipe, code: Code) -> Caller | Bye:
        session = self._held.session_id
        await pipe.send(Hello(session, self._tries.closed_s()))
        knock = await self._hear(pipe, Knock)
        back = bool(knock.participant)
        digest = self._held.digest(knock.participant) if back else None
        if back and not digest:
            return Bye("unknown")
        if not back and (wait_s := self._tries.closed_s()):
            return Bye("closed", wait_s=wait_s)
        await self._proofs.take()  # a token nobody has proved yet costs some 80 ms
        exchange = Exchange(key_of(digest) if digest else code.key, session)
        proofs = exchange.with_guest(knock.share)
        await pipe.send(Share(exchange.share))
        proof = await self._hear(pipe, Proof)
        # Asked once more: several may have knocked at the same time.
        if not back and (wait_s := self._tries.closed_s()):
            return Bye("closed", wait_s=wait_s)
        if not agree(proof.proof, proofs.guest):
            return self._note_wrong(back)
        await pipe.send(Proof(proofs.host))
        join = await self._hear(pipe, Join)
        return Caller(join, knock.participant, digest or "")

    async def _hear(self, pipe: Pipe, wanted: type[_Wanted]) -> _Wanted:
        message = await pipe.receive(self._pace.knock_s)
        if not isinstance(message, wanted):
            raise GarbledError("out of turn")
        return message

    def _note_wrong(self, back: bool) -> Bye:
        if back:
            return Bye("unknown")
        self._tell("wrong code")
        if self._tries.wrong():
            self._tell("door closed")
        return Bye("wrong")
