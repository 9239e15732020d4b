"""The published weights from which a training begins: all-MiniLM-L6-v2 (Apache 2.0)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.network import Encoder

WEIGHTS, VOCABULARY = "model.safetensors", "vocab.txt"
SHA256 = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    VOCABULARY: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
_PLAIN = {
    "word.weight": "embeddings.word_embeddings.weight",
    "position.weight": "embeddings.position_embeddings.weight",
    "token_type": "embeddings.token_type_embeddings.weight",
    "embed_norm.weight": "embeddings.LayerNorm.weight",
    "embed_norm.bias": "embeddings.LayerNorm.bias",
}
_LAYERED = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "output": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "norm": "output.LayerNorm",
}


def check_base(folder: Path) -> None:
    """Raise `ValueError` unless the published files stand in `folder`."""
    for name, wanted in SHA256.items():
        file = folder / name
        if not file.is_file():
            raise ValueError(f"{file} is missing. It is a file of all-MiniLM-L6-v2.")
        found = hashlib.sha256(file.read_bytes()).hexdigest()
        if found != wanted:
            raise ValueError(f"{file} is not the published file: its sha256 is {found}.")


def load_base(encoder: Encoder, folder: Path) -> None:
    """Put the published weights into `encoder`."""
    published = _read(folder / WEIGHTS)
    state = {name: published[theirs] for name, theirs in _PLAIN.items()}
    for number in range(len(encoder.layers)):
        for ours, theirs in _LAYERED.items():
            for part in ("weight", "bias"):
                name = f"encoder.layer.{number}.{theirs}.{part}"
                state[f"layers.{number}.{ours}.{part}"] = published[name]
    encoder.load_state_dict(state)


def _read(file: Path) -> dict[str, Tensor]:
    """Read a file of safetensors: the length of a JSON header, the header, the numbers."""
    content = file.read_bytes()
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + length])
    tensors = {}
    for name, described in header.items():
        if name != "__metadata__" and described["dtype"] == "F32":
            first, last = (8 + length + at for at in described["data_offsets"])
            numbers = np.frombuffer(content[first:last], np.float32).reshape(described["shape"])
            tensors[name] = torch.from_numpy(numbers.copy())
    return tensors
