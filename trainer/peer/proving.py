"""Proving that one knows a short secret to a program that may be anybody's, without telling it.

The code of a session has 25 bits. A plain HMAC over a challenge would let whoever receives it try
all of them at leisure, for instance another user of the machine who waits at the port of a host
that died. So both sides first agree on a key that depends on the secret (a balanced PAKE: CPace,
draft-irtf-cfrg-cpace, here in the group of 2048 bits of RFC 3526), and the HMACs are made with it:
each connection lets one guess be tried, and no more. The guest proves itself first.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

_GROUP = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AACAA68FFFFFFFFFFFFFFFF",
    16,
)
"""The safe prime of group 14 of RFC 3526."""

_BYTES = 256
_EXPONENT_BITS = 256


class BadShareError(Exception):
    """What the other side sent is no element of the group that may be used."""


@dataclass(frozen=True, slots=True)
class Proofs:
    """What each side says to prove itself, as hexadecimal digits."""

    guest: str
    host: str


class Exchange:
    """One side of one proof about `key`; `session` is the public name of the session."""

    def __init__(self, key: bytes, session: str) -> None:
        self._session = session.encode()
        self._exponent = secrets.randbits(_EXPONENT_BITS) | 1 << _EXPONENT_BITS - 1
        self._share = pow(_generator(key, self._session), self._exponent, _GROUP)

    @property
    def share(self) -> str:
        """What this side sends first, as hexadecimal digits; it tells nothing of the key."""
        return self._share.to_bytes(_BYTES).hex()

    def with_guest(self, share: str) -> Proofs:
        """Return the proofs for the share that a guest sent. Raises `BadShareError`."""
        other = _element(share)
        return self._proofs(other, guest=other, host=self._share)

    def with_host(self, share: str) -> Proofs:
        """Return the proofs for the share that a host sent. Raises `BadShareError`."""
        other = _element(share)
        return self._proofs(other, guest=self._share, host=other)

    def _proofs(self, other: int, *, guest: int, host: int) -> Proofs:
        secret = pow(other, self._exponent, _GROUP)
        said = b"".join(number.to_bytes(_BYTES) for number in (guest, host))
        named = len(self._session).to_bytes(4) + self._session
        agreed = named + said + secret.to_bytes(_BYTES)
        shared = hashlib.sha256(b"trainer peer key" + agreed).digest()
        return Proofs(
            hmac.digest(shared, b"guest" + named + said, "sha256").hex(),
            hmac.digest(shared, b"host" + named + said, "sha256").hex(),
        )


def agree(one: str, other: str) -> bool:
    """Whether two proofs are the same; how long it takes tells nothing of them."""
    return hmac.compare_digest(one.encode(), other.encode())


def _generator(key: bytes, session: bytes) -> int:
    named = len(key).to_bytes(4) + key + session
    drawn = int.from_bytes(hashlib.shake_256(b"trainer peer generator" + named).digest(_BYTES + 16))
    return pow(drawn % (_GROUP - 3) + 2, 2, _GROUP)  # a square: in the subgroup of prime order


def _element(share: str) -> int:
    try:
        number = int.from_bytes(bytes.fromhex(share))
    except ValueError as error:
        raise BadShareError from error
    if len(share) != 2 * _BYTES or not 1 < number < _GROUP - 1:
        raise BadShareError
    return number
