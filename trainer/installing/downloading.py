"""Downloading a model's archive, and going on with a download that broke off."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.installing.fetching import SAFE_SCHEMES, STALL_S, Answer, Fetch
from trainer.installing.problems import (
    BrokenOffError,
    explain_break,
    explain_disk,
    explain_other_file,
    explain_page,
    megabytes,
)
from trainer.paths import PRIVATE_FILE_MODE
from trainer.transcript.catalogue import Model

if TYPE_CHECKING:
    from trainer.installing.meter import Meter

# How often a connection that breaks off is taken up again by itself, as long as something came.
MOST_BREAKS = 5
_ZIP_BEGINS = b"PK"


@dataclass(frozen=True, slots=True)
class Partial:
    """What is kept of a download: the file, and a note beside it that says of what it is a part."""

    file: Path

    @property
    def note(self) -> Path:
        """The note: JSON with address, length, checksum, and the validator of this version."""
        return self.file.with_suffix(".json")

    def kept(self, model: Model) -> int:
        """Return how many bytes of this model's archive are kept; 0 where the note does not fit."""
        if {**self._read_note(), "validator": None} != _noted(model, None):
            return 0
        with suppress(OSError):
            if not self.file.is_symlink() and (size := self.file.stat().st_size) <= model.bytes:
                return size
        return 0

    def validator(self) -> str | None:
        """Return the server's name for the version of the file that is kept."""
        value = self._read_note().get("validator")
        return value if isinstance(value, str) and value.isprintable() and value.isascii() else None

    def begin(self, model: Model, validator: str | None) -> None:
        """Forget what was kept, and note what comes now. Raises `OSError`."""
        self.discard()
        fresh = self.note.with_suffix(".new")
        with _private_file(fresh, os.O_TRUNC) as file:
            file.write(json.dumps(_noted(model, validator)).encode())
        fresh.replace(self.note)

    def discard(self) -> None:
        """Delete what is kept."""
        for path in (self.file, self.note, self.note.with_suffix(".new")):
            with suppress(FileNotFoundError):
                path.unlink()

    def _read_note(self) -> dict[str, object]:
        try:
            note = json.loads(self.note.read_bytes()[:10_000])
        except (OSError, ValueError, RecursionError):
            return {}
        return note if isinstance(note, dict) else {}


def download(
    model: Model,
    partial: Partial,
    meter: Meter,
    *,
    schemes: Collection[str] = SAFE_SCHEMES,
    stall_s: float = STALL_S,
) -> bool:
    """Complete the archive of a model; return whether a part was there before.

    A connection that breaks off is taken up again, at most `MOST_BREAKS` times. Only the length of
    the archive is checked. Raises `InstallError` and `CancelledError`; what came until then is
    kept.
    """
    before = partial.kept(model)
    for left in reversed(range(MOST_BREAKS + 1)):
        kept = partial.kept(model)
        if kept == model.bytes:
            break
        try:
            _continue(model, partial, meter, schemes, stall_s)
        except BrokenOffError as error:
            if not left or partial.kept(model) <= kept:
                raise error.problem from error
        except OSError as error:
            raise explain_disk(error, partial.file.parent) from error
    return bool(before)


def _continue(
    model: Model, partial: Partial, meter: Meter, schemes: Collection[str], stall_s: float
) -> None:
    kept = partial.kept(model)
    known = partial.validator() if kept else None
    meter.begin("downloading", model.bytes, kept)
    with closing(
        Fetch(model.url, meter, start=kept, validator=known, schemes=schemes, stall_s=stall_s)
    ) as fetch:
        answer = fetch.answer()
        if kept and _is_other(answer, kept, known, model):
            partial.discard()  # the next try begins anew
        else:
            _keep(fetch, answer, model, partial, meter)
            return
    _continue(model, partial, meter, schemes, stall_s)


def _is_other(answer: Answer, kept: int, known: str | None, model: Model) -> bool:
    """Whether a server that was asked for the rest tells of another version of the file."""
    if answer.refused_range:
        return True
    if answer.start == 0:
        return False  # the whole file comes; it is looked at before anything is thrown away
    changed = bool(known and answer.validator and known != answer.validator)
    return answer.start != kept or changed or answer.whole not in (None, model.bytes)


def _keep(fetch: Fetch, answer: Answer, model: Model, partial: Partial, meter: Meter) -> None:
    """Write what comes behind what is kept, or in its place where the whole file comes.

    A page of a network that wants a sign-in, or another file, takes nothing away.
    """
    if answer.is_page:
        raise explain_page(fetch.host)
    if answer.whole not in (None, model.bytes):
        assert answer.whole is not None
        raise explain_other_file(fetch.host, megabytes_of(answer.whole, model), model.bytes)
    blocks = fetch.blocks()
    first = next(blocks, b"")
    if not answer.start:
        if first.lstrip()[:1] == b"<":
            raise explain_page(fetch.host)
        if first and not first.startswith(_ZIP_BEGINS[: len(first)]):
            raise explain_other_file(fetch.host, "no zip file", model.bytes)
        partial.begin(model, answer.validator)
        meter.begin("downloading", model.bytes, 0)
    done = answer.start
    with _private_file(partial.file, os.O_APPEND) as file:
        block = first
        while block:
            done += len(block)
            if done > model.bytes:
                partial.discard()
                more = f"more than {megabytes(model.bytes)}"
                raise explain_other_file(fetch.host, more, model.bytes)
            file.write(block)
            meter.add(len(block))
            block = next(blocks, b"")
    if done < model.bytes:
        raise BrokenOffError(explain_break(fetch.host))


def megabytes_of(count: int, model: Model) -> str:
    """Return a length that differs from the model's so that the difference shows."""
    shown = megabytes(count)
    return f"{count} bytes" if shown == megabytes(model.bytes) else shown


def _private_file(path: Path, flags: int) -> _Writer:
    no_links = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    mode = os.O_WRONLY | os.O_CREAT | flags | no_links
    return _Writer(os.open(path, mode, PRIVATE_FILE_MODE))


class _Writer:
    """A file that is written at once, so that a killed program loses nothing of it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def write(self, data: bytes) -> None:
        """Write all of it. Raises `OSError`."""
        view = memoryview(data)
        while view:
            view = view[os.write(self._descriptor, view) :]

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)


def _noted(model: Model, validator: str | None) -> dict[str, object]:
    return {
        "schema_version": 1,
        "url": model.url,
        "bytes": model.bytes,
        "checksum": model.checksum.value,
        "validator": validator,
    }
