"""A connection as messages, and what keeps whoever floods it in bounds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from trainer.peer.messages import MOST_BYTES, Bye, GarbledError, Message, Piece, from_text, to_lines

MOST_EVENT = 1_000_000
MOST_VIEW = 8_000_000
"""Characters of one whole message, from a guest and from the host."""


class Pieces:
    """Puts long messages together again; `most` is how many characters one may have."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: list[str] = []

    def add(self, message: Message) -> Message | None:
        """Return the message that is complete now, or None. Raises `GarbledError`."""
        if not isinstance(message, Piece):
            if self._held:
                raise GarbledError("a broken row of pieces")
            return message
        self._held.append(message.text)
        if sum(map(len, self._held)) > self.most:
            raise GarbledError("too long")
        if not message.last:
            return None
        text, self._held = "".join(self._held), []
        whole = from_text(text)
        if isinstance(whole, Piece):
            raise GarbledError("a piece of pieces")
        return whole


class Pipe:
    """One connection as messages. Only the loop that opened it may use it.

    `most` limits what is taken in, in characters of one message.
    """

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        most: int = MOST_BYTES,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self.pieces = Pieces(most)
        self.spoke_at = time.monotonic()

    async def receive(self, timeout_s: float, bucket: Bucket | None = None) -> Message:
        """Return the next message. Each of its lines may take `timeout_s`.

        A `bucket` slows a flood: a line waits there before it is read as JSON.
        Raises `GarbledError`, `TimeoutError`, and `OSError` or `EOFError` where the other is gone.
        """
        while True:
            try:
                async with asyncio.timeout(timeout_s):
                    line = await self._reader.readuntil(b"\n")
            except asyncio.LimitOverrunError as error:
                raise GarbledError("too long") from error
            if bucket:
                await bucket.take(1 + len(line) / 65_536)
            message = self.pieces.add(from_text(line[:-1]))
            if message is not None:
                return message

    async def send(self, message: Message, timeout_s: float | None = None) -> None:
        """Send a message and wait until the other has taken nearly all of it.

        Raises `TimeoutError` for one who takes nothing for `timeout_s`, and `OSError`.
        """
        for line in to_lines(message):
            self._writer.write(line)
            async with asyncio.timeout(timeout_s):
                await self._writer.drain()
        self.spoke_at = time.monotonic()

    async def close(self, last: Bye | None = None, timeout_s: float = 0.5) -> None:
        """Say the last word, as far as somebody listens, and hang up."""
        with suppress(OSError, TimeoutError, RuntimeError):
            if last is not None and not self._writer.is_closing():
                await self.send(last, timeout_s)
        self._writer.close()
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._writer.wait_closed()
            return
        self._writer.transport.abort()


class Bucket:
    """Lets `rate` things a second through, and `most` at once; whoever brings more waits."""

    def __init__(
        self, rate: float, most: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate = rate
        self._most = most
        self._clock = clock
        self._left = most
        self._at = clock()

    def wait_s(self, amount: float = 1.0) -> float:
        """Take `amount`, and return how long that must wait, in seconds."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._rate) - amount
        self._at = now
        return max(0.0, -self._left / self._rate)

    async def take(self, amount: float = 1.0) -> None:
        """Take `amount`, and wait as long as that must."""
        wait_s = self.wait_s(amount)
        if wait_s:
            await asyncio.sleep(wait_s)
