"""Proving that one knows a short secret to a program that may be anybody's, without telling it.

Both sides send a number of this connection alone and prove the secret over both numbers with an
HMAC, the guest first. The code of a session has only 25 bits, and whoever hears a guest's proof (a
program of another user that waits at the port of a host that died) could try all codes against it.
So the key of the HMAC is stretched: each guess costs what scrypt costs, in all some weeks of a core
for a code that is worth nothing when its session is over.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from functools import lru_cache

_BYTES = 32


class BadShareError(Exception):
    """What the other side sent is no number of a connection."""


@dataclass(frozen=True, slots=True)
class Proofs:
    """What each side says to prove itself, as hexadecimal digits."""

    guest: str
    host: str


class Exchange:
    """One side of one proof about `key`; `session` is the public name of the session.

    The first one about a key takes some 80 ms.
    """

    def __init__(self, key: bytes, session: str) -> None:
        self._key = _stretched(key, session)
        self._share = secrets.token_bytes(_BYTES)

    @property
    def share(self) -> str:
        """What this side sends first, as hexadecimal digits; it tells nothing of the key."""
        return self._share.hex()

    def with_guest(self, share: str) -> Proofs:
        """Return the proofs for the share that a guest sent. Raises `BadShareError`."""
        return self._proofs(_number(share) + self._share)

    def with_host(self, share: str) -> Proofs:
        """Return the proofs for the share that a host sent. Raises `BadShareError`."""
        return self._proofs(self._share + _number(share))

    def _proofs(self, said: bytes) -> Proofs:
        return Proofs(
            hmac.digest(self._key, b"guest" + said, "sha256").hex(),
            hmac.digest(self._key, b"host" + said, "sha256").hex(),
        )


def agree(one: str, other: str) -> bool:
    """Whether two proofs are the same; how long it takes tells nothing of them."""
    return hmac.compare_digest(one.encode(), other.encode())


@lru_cache(maxsize=256)
def _stretched(key: bytes, session: str) -> bytes:
    salt = b"trainer peer " + session.encode()
    return hashlib.scrypt(key, salt=salt, n=2**15, r=8, p=1, maxmem=2**26, dklen=_BYTES)


def _number(share: str) -> bytes:
    try:
        number = bytes.fromhex(share)
    except ValueError as error:
        raise BadShareError from error
    if len(share) != 2 * _BYTES or len(number) != _BYTES:
        raise BadShareError
    return number
