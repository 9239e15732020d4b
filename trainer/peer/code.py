"""The code of a session: eight characters that one person says to another."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Self

from trainer.errors import UsageError

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""32 characters, five bits each; 0 and O, 1 and I are not among them."""

FIRST_PORT = 28_672
PORTS = 1024
"""Below the ports that systems give to outgoing connections (Linux from 32768, macOS and Windows
from 49152): nothing but another server takes the port of a host that stops and comes back."""

LENGTH = 8
_SECRET_BITS = 25


@dataclass(frozen=True, slots=True)
class Code:
    """Where a session is open on this machine (`port`), and what proves that one was invited.

    Two characters are the port, five the secret, and the last one tells a slip of the keys from a
    code of another session, so that a slip costs none of the few tries. 25 bits are enough where
    they can only be tried at the host's door (`proving`), which closes after a few wrong ones.
    """

    port: int
    secret: int = field(repr=False)

    @classmethod
    def new(cls, port: int) -> Self:
        """Return a new code for a port between `FIRST_PORT` and `FIRST_PORT + PORTS - 1`."""
        return cls(port, secrets.randbits(_SECRET_BITS))

    @classmethod
    def read(cls, said: str) -> Self:
        """Return the code that somebody typed, in small or capital letters, with or without dash.

        Raises `UsageError` for what no session can have as its code.
        """
        letters = "".join(said.upper().replace("-", " ").split())
        strange = sorted(set(letters) - set(ALPHABET))
        if strange:
            shown = ", ".join(repr(letter)[1:-1] for letter in strange[:4])
            raise UsageError(
                f"A code has no {shown}.",
                "It has eight letters and digits, and never 0, O, 1 or I. Ask for it again.",
            )
        if len(letters) != LENGTH:
            raise UsageError(
                f"A code has eight letters and digits, and this has {len(letters)}.",
                "Ask for it again.",
            )
        value = 0
        for letter in letters[:-1]:
            value = value << 5 | ALPHABET.index(letter)
        if letters[-1] != _check(value):
            raise UsageError(
                "This is no code: a letter or digit must be another one.",
                "Compare it with the code on the host's screen.",
            )
        return cls(FIRST_PORT + (value >> _SECRET_BITS), value & (1 << _SECRET_BITS) - 1)

    @property
    def text(self) -> str:
        """The code as it is shown and said: `K7MP-2XQH`."""
        value = self._value
        letters = [ALPHABET[value >> shift & 31] for shift in range(30, -1, -5)]
        whole = "".join(letters) + _check(value)
        return f"{whole[:4]}-{whole[4:]}"

    @property
    def key(self) -> bytes:
        """What host and guest prove to each other that they know."""
        return b"code " + self._value.to_bytes(5)

    @property
    def _value(self) -> int:
        return self.port - FIRST_PORT << _SECRET_BITS | self.secret


def _check(value: int) -> str:
    return ALPHABET[hashlib.sha256(b"check " + value.to_bytes(5)).digest()[0] & 31]
