"""From the shipped files to a reader, each file checked before it is believed."""

from __future__ import annotations

import hashlib
import os
import sys
import threading
import zlib
from collections.abc import Callable
from functools import cache
from io import BufferedReader
from pathlib import Path
from tokenize import TokenError
from typing import TYPE_CHECKING, TypeVar
from zipfile import BadZipFile

from trainer.encoder.manifest import (
    EXAMPLES,
    MANIFEST,
    VOCABULARY,
    WEIGHTS,
    Manifest,
    parse_manifest,
)
from trainer.encoder.problems import Damage, EncoderError, damaged, missing, no_memory, unreadable
from trainer.encoder.wordpieces import Vocabulary

if TYPE_CHECKING:
    from trainer.encoder.reading import Reader
    from trainer.encoder.types import Example

__all__ = ["EncoderError", "open_reader", "shipped_folder"]

_LOADING = threading.Lock()
# What zipfile and numpy raise about content that is not theirs.
_NOT_ARRAYS = (
    BadZipFile, EOFError, KeyError, NotImplementedError, RuntimeError, SyntaxError, TokenError,
    ValueError, zlib.error,
)  # fmt: skip

_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""What numpy's libraries for matrices ask when they are loaded: OpenBLAS, OpenMP, Accelerate."""

_Parsed = TypeVar("_Parsed")


def shipped_folder() -> Path:
    """Return the folder of the encoder that comes with the program."""
    return Path(__file__).with_name("data")


def open_reader(folder: Path | None = None) -> Reader:
    """Return the reader of `folder`; without one the shipped reader, loaded once a process.

    Any thread may call this. Raises `EncoderError` when a file is missing, damaged or cannot be
    read, or memory runs out; a later call tries again.
    """
    if folder is not None:
        return _load(folder)
    with _LOADING:
        return _shipped()


@cache
def _shipped() -> Reader:
    return _load(shipped_folder())


def _load(folder: Path) -> Reader:
    _hold_numpy_to_one_thread()
    from trainer.encoder.examples import parse_examples  # numpy: 60 ms

    manifest = _parse(folder / MANIFEST, parse_manifest)
    vocabulary = _parse(folder / VOCABULARY, Vocabulary.parse, manifest)
    examples = _parse(folder / EXAMPLES, lambda t: parse_examples(t, manifest.heads), manifest)
    try:
        return _reader(folder / WEIGHTS, manifest, vocabulary, examples)
    except MemoryError as error:
        raise no_memory() from error


def _hold_numpy_to_one_thread() -> None:
    """Let numpy multiply in one thread, unless it is loaded or the user has said otherwise.

    An answer is read in a tenth of a second by one core. Several threads gain little, and where a
    core is busy, as with a recogniser, they wait for each other and take ten times as long.
    """
    if "numpy" not in sys.modules:
        for name in _THREADS:
            os.environ.setdefault(name, "1")


def _parse(
    file: Path, parse: Callable[[str], _Parsed], manifest: Manifest | None = None
) -> _Parsed:
    """Return what `parse` makes of a text whose checksum is the manifest's."""
    try:
        with _open(file) as opened:
            content = opened.read()
    except OSError as error:
        raise unreadable(file, error) from error
    if manifest and hashlib.sha256(content).hexdigest() != manifest.sha256[file.name]:
        raise damaged(file)
    try:
        return parse(content.decode("utf-8"))
    except Damage as damage:
        raise damaged(file, str(damage)) from damage
    except UnicodeDecodeError as error:
        raise damaged(file) from error


def _reader(
    file: Path, manifest: Manifest, vocabulary: Vocabulary, examples: list[Example]
) -> Reader:
    import numpy as np

    from trainer.encoder.arrays import Arrays
    from trainer.encoder.reading import Reader

    try:
        with _open(file) as opened:
            if hashlib.file_digest(opened, "sha256").hexdigest() != manifest.sha256[file.name]:
                raise damaged(file)
            opened.seek(0)
            arrays = np.load(opened, allow_pickle=False)
            if not isinstance(arrays, np.lib.npyio.NpzFile):
                raise Damage("not a collection of arrays")
            with arrays:
                return Reader(manifest, vocabulary, examples, Arrays(arrays))
    except OSError as error:
        raise unreadable(file, error) from error
    except Damage as damage:
        raise damaged(file, str(damage)) from damage
    except _NOT_ARRAYS as error:
        raise damaged(file) from error


def _open(file: Path) -> BufferedReader:
    try:
        return file.open("rb")
    except FileNotFoundError as error:
        raise missing(file) from error
