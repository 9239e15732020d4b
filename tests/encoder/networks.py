"""Small networks of the encoder's form with random weights, written as its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.encoder.manifest import EXAMPLES, MANIFEST, VOCABULARY, WEIGHTS

Arrays = dict[str, npt.NDArray[Any]]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
PIECES = (
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS, *(f"##{letter}" for letter in LETTERS),
    ".", ",", "'", "-", "nurse", "ward", "##s", "night", "the", "patient", "told", "wait", "##ing",
)  # fmt: skip
HEADS = ("star/situation", "star/blame", "fit/link")
KINDS = ("fit", "star")
QUOTES: tuple[Mapping[str, object], ...] = (
    {"head": "star/situation", "mark": 2, "quote": "at night on the ward"},
    {"head": "star/blame", "mark": 2, "quote": "the nurse forgot"},
    {"head": "star/situation", "mark": 1, "quote": "once"},
)
LONGEST = 24
WIDTH, INNER, LAYERS = 64, 96, 2


def random_arrays(seed: int = 0) -> Arrays:
    """Return the weights of a network that attends to some pieces more than to others."""
    noise = np.random.default_rng(seed)
    arrays: Arrays = {}

    def put_floats(name: str, *shape: int, mean: float = 0.0) -> None:
        arrays[name] = (mean + 0.3 * noise.standard_normal(shape)).astype(np.float32)

    def put_table(name: str, rows: int, width: int) -> None:
        arrays[f"{name}.q"] = noise.integers(-127, 128, (rows, width), dtype=np.int8)
        factors = noise.uniform(1.0, 2.0, rows) / 64 / np.sqrt(width)
        arrays[f"{name}.s"] = factors.astype(np.float32)

    def put_norm(name: str) -> None:
        put_floats(f"{name}.weight", WIDTH, mean=1.0)
        put_floats(f"{name}.bias", WIDTH)

    put_table("word", len(PIECES), WIDTH)
    put_table("position", LONGEST, WIDTH)
    put_floats("token_type", 2, WIDTH)
    put_norm("embed_norm")
    for number in range(LAYERS):
        for part, rows, width in (
            *((part, WIDTH, WIDTH) for part in ("query", "key", "value", "output")),
            ("inner", INNER, WIDTH),
            ("outer", WIDTH, INNER),
        ):
            put_table(f"layer{number}.{part}", rows, width)
            put_floats(f"layer{number}.{part}.bias", rows)
        put_norm(f"layer{number}.attention_norm")
        put_norm(f"layer{number}.norm")
    put_floats("evidence.weight", len(HEADS), WIDTH)
    put_floats("evidence.bias", len(HEADS), mean=-1.0)
    put_floats("evidence.scale", len(HEADS), mean=1.0)
    put_floats("mark.weight", len(HEADS), 2, WIDTH)
    put_floats("mark.features", len(HEADS), 2, 4)
    put_floats("mark.bias", len(HEADS), 2)
    put_floats("kind.weight", len(KINDS), WIDTH)
    put_floats("kind.bias", len(KINDS))
    put_table("example", len(QUOTES), WIDTH)
    return arrays


def write_network(
    folder: Path,
    arrays: Mapping[str, npt.NDArray[Any]] | None = None,
    *,
    pieces: Sequence[str] = PIECES,
    examples: object = QUOTES,
    changes: Mapping[str, object] | None = None,
) -> Path:
    """Write the files of a network with the checksums that they have.

    `changes` are put over the manifest's fields; a field changed to None is left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(folder / WEIGHTS, **(random_arrays() if arrays is None else arrays))
    (folder / VOCABULARY).write_bytes("".join(f"{piece}\n" for piece in pieces).encode())
    (folder / EXAMPLES).write_text(json.dumps(examples), encoding="utf-8")
    fields: dict[str, object] = {
        "version": "encoder-test",
        "heads": HEADS,
        "kinds": KINDS,
        "longest": LONGEST,
        "source": "random",
        "sha256": {name: checksum(folder / name) for name in (WEIGHTS, VOCABULARY, EXAMPLES)},
    } | dict(changes or {})
    kept = {field: value for field, value in fields.items() if value is not None}
    (folder / MANIFEST).write_text(json.dumps(kept), encoding="utf-8")
    return folder


def renew_checksum(folder: Path, name: str) -> None:
    """Let the manifest hold the checksum that a changed file has now."""
    fields = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    fields["sha256"][name] = checksum(folder / name)
    (folder / MANIFEST).write_text(json.dumps(fields), encoding="utf-8")


def checksum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
