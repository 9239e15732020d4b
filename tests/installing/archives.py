"""Zip files of the tests' own small Vosk model, and some that mean harm."""

from __future__ import annotations

import hashlib
import io
import random
import zipfile
from pathlib import Path

from tests.speech.listening import MODEL
from trainer.transcript.catalogue import Checksum, Model

NAME = "tiny-model-0.1"
FILES = tuple(sorted(path for path in MODEL.rglob("*") if path.is_file()))


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file of these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def model_members(folder: str = NAME) -> dict[str, bytes]:
    """Return the members of the model's archive, with something that does not shrink."""
    members = {
        f"{folder}/{path.relative_to(MODEL).as_posix()}": path.read_bytes() for path in FILES
    }
    return members | {f"{folder}/README": random.Random(5).randbytes(200_000)}


def model_zip(folder: str = NAME) -> bytes:
    """Return the archive of a model that passes the trial."""
    return zipped(model_members(folder))


def entry(content: bytes, url: str, name: str = NAME, kind: str = "sha256") -> Model:
    """Return what the catalogue says of an archive."""
    value = hashlib.new(kind, content).hexdigest()
    return Model(
        name=name,
        accent="Test English",
        licence="Apache-2.0",
        url=url,
        bytes=len(content),
        checksum=Checksum(kind, value),  # type: ignore[arg-type]
    )


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
