"""The network that is trained: MiniLM, and a head for every criterion and flag.

Its names are those of the exported arrays, see `trainer/encoder`. A head looks for evidence in
every piece of the answer, gathers the pieces by it, and gives two log-odds: that the mark is at
least partly, and that it is met.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.sizes import INNER, LAYERS, LONGEST, PARTS, SIZE, TYPES, VOCABULARY

FEATURES = 4  # where the evidence stands, how much there is, the most of it, the answer's length
MARKS = 2
USUAL_PIECES = 200
"""Pieces of an answer that count as one length; longer ones count as up to two."""
_EPSILON = 1e-12
_EVIDENCE_DROPOUT = 0.1
_FIRST_EVIDENCE = -2.0
_NOWHERE = -1e4


class Seen(NamedTuple):
    """What the network says of a batch: `marks` and `kinds` by answer, `evidence` by piece."""

    marks: Tensor  # answers, heads, 2
    evidence: Tensor  # answers, pieces, heads
    kinds: Tensor  # answers, kinds


class Layer(nn.Module):
    """One layer of the encoder; what is added to the stream is normed afterward."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.dropout = dropout
        self.query = nn.Linear(SIZE, SIZE)
        self.key = nn.Linear(SIZE, SIZE)
        self.value = nn.Linear(SIZE, SIZE)
        self.output = nn.Linear(SIZE, SIZE)
        self.attention_norm = nn.LayerNorm(SIZE, _EPSILON)
        self.inner = nn.Linear(SIZE, INNER)
        self.outer = nn.Linear(INNER, SIZE)
        self.norm = nn.LayerNorm(SIZE, _EPSILON)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Return the states after the layer; `mask` is added to what attends."""
        answers, pieces, _ = states.shape
        query, key, value = (
            part(states).view(answers, pieces, PARTS, -1).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        weights = torch.softmax(query @ key.transpose(-1, -2) * (SIZE // PARTS) ** -0.5 + mask, -1)
        gathered = (weights @ value).transpose(1, 2).reshape(states.shape)
        states = self.attention_norm(states + self._thin(self.output(gathered)))
        inner = functional.gelu(self.inner(states), approximate="tanh")
        return self.norm(states + self._thin(self.outer(inner)))

    def _thin(self, states: Tensor) -> Tensor:
        return without_channels(states, self.dropout, self.training)


class Encoder(nn.Module):
    """From the numbers of pieces to a vector for each."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.dropout = dropout
        self.word = nn.Embedding(VOCABULARY, SIZE)
        self.position = nn.Embedding(LONGEST, SIZE)
        self.token_type = nn.Parameter(torch.zeros(TYPES, SIZE))
        self.embed_norm = nn.LayerNorm(SIZE, _EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))

    def forward(self, pieces: Tensor, real: Tensor) -> Tensor:
        """Return the states of `pieces`; those that are not `real` only fill up the batch."""
        states = self.word(pieces) + self.position.weight[: pieces.shape[1]] + self.token_type[0]
        states = without_channels(self.embed_norm(states), self.dropout, self.training)
        half = torch.is_autocast_enabled("cpu")
        mask = ((~real)[:, None, None, :] * _NOWHERE).to(torch.bfloat16 if half else torch.float32)
        for layer in self.layers:
            states = layer(states, mask)
        return states


class Network(nn.Module):
    """The encoder with `heads` heads, and with the kinds of question it tells apart."""

    def __init__(self, heads: int, kinds: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.evidence = nn.Linear(SIZE, heads)
        nn.init.normal_(self.evidence.weight, std=0.02)
        nn.init.constant_(self.evidence.bias, _FIRST_EVIDENCE)
        self.scale = nn.Parameter(torch.ones(heads))
        self.mark_weight = nn.Parameter(torch.randn(heads, MARKS, SIZE) * 0.02)
        self.mark_features = nn.Parameter(torch.zeros(heads, MARKS, FEATURES))
        self.mark_bias = nn.Parameter(torch.zeros(heads, MARKS))
        self.dropout = nn.Dropout(dropout)
        self.kind = nn.Linear(SIZE, kinds)

    def forward(self, pieces: Tensor, real: Tensor, said: Tensor) -> Seen:
        """Look at a batch; `said` tells the answer's own pieces from begin, end and filling."""
        states = self.encoder(pieces, real)
        evidence = self.evidence(without_channels(states, _EVIDENCE_DROPOUT, self.training)).float()
        states = states.float()
        pooled, features = self._gather(states, evidence, said)
        marks = (
            torch.einsum("bnd,nkd->bnk", self.dropout(pooled), self.mark_weight)
            + torch.einsum("bnf,nkf->bnk", features, self.mark_features)
            + self.mark_bias
        )
        share = said.float() / said.sum(1, keepdim=True).clamp(min=1)
        kinds = self.kind(self.dropout((states * share[..., None]).sum(1)))
        return Seen(marks, evidence, kinds)

    def pooled(self, pieces: Tensor, real: Tensor, said: Tensor) -> Tensor:
        """Return what each head gathers: answers, heads, size."""
        states = self.encoder(pieces, real).float()
        return self._gather(states, self.evidence(states), said)[0]

    def _gather(self, states: Tensor, evidence: Tensor, said: Tensor) -> tuple[Tensor, Tensor]:
        found = evidence.masked_fill(~said[..., None], _NOWHERE)
        weights = torch.softmax(found * self.scale, 1)
        pooled = torch.einsum("bln,bld->bnd", weights, states)
        pieces = said.sum(1, keepdim=True).clamp(min=1)
        place = ((said.float().cumsum(1) - 1) / pieces).masked_fill(~said, 0)
        length = (pieces.float() / USUAL_PIECES).clamp(max=2).expand(-1, found.shape[-1])
        features = (
            (weights * place[..., None]).sum(1),
            torch.sigmoid(found).sum(1) / pieces,
            found.amax(1) / 4,
            length,
        )
        return pooled, torch.stack(features, -1)


def without_channels(states: Tensor, share: float, training: bool) -> Tensor:
    """Blank a share of the channels of each answer, the same in all of its pieces."""
    if not training or share == 0:
        return states
    kept = torch.rand(states.shape[0], 1, states.shape[2]) > share
    return states * kept.to(states.dtype) / (1 - share)
