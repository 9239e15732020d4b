"""Whether an archive is the one that was published."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, Protocol

from trainer.installing.types import InstallError
from trainer.transcript.catalogue import Checksum, Model

if TYPE_CHECKING:
    from trainer.installing.meter import Meter

BLOCK_BYTES = 1 << 20
NAMES = {"sha256": "SHA-256", "md5": "MD5"}


class Hash(Protocol):
    """What `hashlib` gives."""

    def update(self, data: bytes, /) -> None:
        """Take more bytes in."""
        ...

    def hexdigest(self) -> str:
        """Return the checksum of the bytes so far."""
        ...


def new_hash(kind: str) -> Hash:
    """Return a new sum of this kind."""
    import hashlib

    return hashlib.new(kind, usedforsecurity=kind == "sha256")


def fits(file: io.BufferedReader, checksum: Checksum, meter: Meter) -> bool:
    """Whether an open file has this checksum; counts its bytes in the phase `checking`."""
    total = new_hash(checksum.kind)
    meter.begin("checking", file.seek(0, os.SEEK_END))
    file.seek(0)
    while block := file.read(BLOCK_BYTES):
        total.update(block)
        meter.add(len(block))
    return total.hexdigest() == checksum.value.lower()


def explain_misfit(model: Model, what: str, hint: str = "") -> InstallError:
    """Return what to say about a file that has not the checksum of a model.

    `hint` is what else can be done with it.
    """
    kind = NAMES[model.checksum.kind]
    return InstallError(
        f"{what} is damaged, or is not {model.name}: its {kind} checksum does not fit.",
        f"Nothing was installed. The published file is {model.url} {hint}".rstrip(),
    )
