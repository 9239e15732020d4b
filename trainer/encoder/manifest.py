"""What the encoder's manifest says: its version, its heads, and how its files must look."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trainer.encoder.problems import Damage

MANIFEST = "manifest.json"
WEIGHTS, VOCABULARY, EXAMPLES = "encoder.npz", "vocab.txt", "examples.json"
_SHORTEST = 4  # pieces: begin, end, and two that can overlap


@dataclass(frozen=True, slots=True)
class Manifest:
    """`heads` and `kinds` name the rows of the weights in order; `longest` counts pieces.

    `sha256` has the checksum of each file in hexadecimal digits.
    """

    version: str
    heads: tuple[str, ...]
    kinds: tuple[str, ...]
    longest: int
    sha256: Mapping[str, str]


def parse_manifest(text: str) -> Manifest:
    """Read the manifest. Raises `Damage` when it is not JSON or a field is missing or wrong."""
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Damage("not JSON") from error
    if not isinstance(fields, dict):
        raise Damage("not an object")
    version, longest = fields.get("version"), fields.get("longest")
    sha256 = fields.get("sha256")
    if not isinstance(version, str) or not version:
        raise Damage("version")
    if type(longest) is not int or longest < _SHORTEST:
        raise Damage("longest")
    if not isinstance(sha256, dict) or not all(
        isinstance(sha256.get(file), str) for file in (WEIGHTS, VOCABULARY, EXAMPLES)
    ):
        raise Damage("sha256")
    heads, kinds = _names(fields, "heads"), _names(fields, "kinds")
    return Manifest(version, heads, kinds, longest, sha256)


def _names(fields: dict[str, Any], field: str) -> tuple[str, ...]:
    names = fields.get(field)
    if (
        not isinstance(names, list)
        or not names
        or not all(isinstance(name, str) and name for name in names)
        or len(set(names)) < len(names)
    ):
        raise Damage(field)
    return tuple(names)
