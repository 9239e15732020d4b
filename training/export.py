"""The files that the program reads, written from a fitted network: see `trainer/encoder`.

Tables are kept as 8-bit numbers with a factor for each row, all else as 32-bit floats.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

import numpy as np
import torch

from trainer.encoder.manifest import EXAMPLES, VOCABULARY, WEIGHTS
from training.base import VOCABULARY as PUBLISHED_VOCABULARY
from training.corpus import KINDS, Answer
from training.examples import Floats, join, make_example
from training.fitting import Fitted, tensors
from training.forms import TYPED, Hearing
from training.network import Network
from training.sizes import LONGEST

MANIFEST = "manifest.json"
SOURCE = "all-MiniLM-L6-v2 (Apache 2.0), fitted on corpus/development.jsonl"
EXAMPLES_A_MARK = 40
"""Labelled examples that are kept of each mark of a head, drawn by lot."""

_MOST_WORDS = 30
_TABLES = ("query", "key", "value", "output", "inner", "outer")
_NORMS = ("attention_norm", "norm")
_LARGEST = 127

Arrays = dict[str, np.ndarray]


def export(fitted: Fitted, answers: Sequence[Answer], base: Path, out: Path, version: str) -> None:
    """Write the encoder's files to `out`; `answers` give the labelled examples."""
    out.mkdir(parents=True, exist_ok=True)
    arrays = _arrays(fitted.network)
    examples, vectors = _examples(fitted, answers)
    _put(arrays, "example", vectors)
    np.savez(out / WEIGHTS, **arrays)
    _write(out / EXAMPLES, examples, indent=0)
    shutil.copyfile(base / PUBLISHED_VOCABULARY, out / VOCABULARY)
    manifest: dict[str, object] = {
        "version": version,
        "heads": [head.name for head in fitted.heads],
        "sha256": {name: _sha256(out / name) for name in (WEIGHTS, VOCABULARY, EXAMPLES)},
        "longest": LONGEST,
        "kinds": list(KINDS),
        "source": SOURCE,
    }
    _write(out / MANIFEST, manifest, indent=1)


def in_8_bits(table: Floats) -> tuple[np.ndarray, Floats]:
    """Return a table as 8-bit numbers, and the factor of each row that gives it back."""
    factors = np.abs(table).max(axis=1) / _LARGEST
    factors[factors == 0] = 1
    return np.round(table / factors[:, None]).astype(np.int8), factors.astype(np.float32)


def _arrays(network: Network) -> Arrays:
    state = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    arrays: Arrays = {
        "token_type": state["encoder.token_type"],
        "evidence.weight": state["evidence.weight"],
        "evidence.bias": state["evidence.bias"],
        "evidence.scale": state["scale"],
        "mark.weight": state["mark_weight"],
        "mark.features": state["mark_features"],
        "mark.bias": state["mark_bias"],
        "kind.weight": state["kind.weight"],
        "kind.bias": state["kind.bias"],
    }
    for table in ("word", "position"):
        _put(arrays, table, state[f"encoder.{table}.weight"])
    for part in ("weight", "bias"):
        arrays[f"embed_norm.{part}"] = state[f"encoder.embed_norm.{part}"]
    for number in range(len(network.encoder.layers)):
        ours, theirs = f"layer{number}", f"encoder.layers.{number}"
        for table in _TABLES:
            _put(arrays, f"{ours}.{table}", state[f"{theirs}.{table}.weight"])
            arrays[f"{ours}.{table}.bias"] = state[f"{theirs}.{table}.bias"]
        for norm in _NORMS:
            for part in ("weight", "bias"):
                arrays[f"{ours}.{norm}.{part}"] = state[f"{theirs}.{norm}.{part}"]
    return arrays


def _put(arrays: Arrays, name: str, table: Floats) -> None:
    arrays[f"{name}.q"], arrays[f"{name}.s"] = in_8_bits(table)


@torch.no_grad()
def _examples(
    fitted: Fitted, answers: Iterable[Answer]
) -> tuple[list[dict[str, object]], np.ndarray]:
    """Return quotes that earned a mark, and what the mark's head gathered in their answers."""
    random = Random(0)
    drawn = [answer for answer in answers if not answer.adversarial]
    random.shuffle(drawn)
    hearing = Hearing((), random)
    counts: Counter[tuple[str, int]] = Counter()
    examples: list[dict[str, object]] = []
    vectors: list[np.ndarray] = []
    for answer in drawn:
        words = hearing.words(answer.text, TYPED)
        example = make_example(answer, words, fitted.heads, fitted.vocabulary)
        pooled = fitted.network.pooled(*tensors(join([example])))[0].numpy()
        for row, head in enumerate(fitted.heads):
            mark, quotes = head.mark(answer), head.quotes(answer)
            if not mark or not quotes or len(quotes[0].split()) > _MOST_WORDS:
                continue
            if counts[head.name, mark] < EXAMPLES_A_MARK:
                counts[head.name, mark] += 1
                examples.append({"head": head.name, "mark": mark, "quote": quotes[0]})
                vectors.append(pooled[row])
    return examples, np.array(vectors)


def _write(file: Path, value: object, indent: int) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False, indent=indent), encoding="utf-8")


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
