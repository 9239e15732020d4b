"""A reader's opinion beside that of the formulas as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tests.encoder.reference import Reference
from trainer.encoder.loading import open_reader
from trainer.encoder.manifest import MANIFEST, VOCABULARY, WEIGHTS, parse_manifest
from trainer.encoder.wordpieces import Vocabulary

CLOSE = 2e-4
"""The largest difference between 32 bits and 64: of chances, and of log-odds near 1."""


def check_agreement(folder: Path, words: Sequence[str]) -> None:
    """Read `words` both ways and compare all that comes out."""
    manifest = parse_manifest((folder / MANIFEST).read_text(encoding="utf-8"))
    vocabulary = Vocabulary.parse((folder / VOCABULARY).read_text(encoding="utf-8"))
    pieces = vocabulary.pieces(words)
    with np.load(folder / WEIGHTS) as arrays:
        reference = Reference(arrays)
    expected = reference.opinion(pieces.ids, vocabulary.begin, vocabulary.end, manifest.longest)
    opinion = open_reader(folder).read(words, manifest.heads)
    assert tuple(opinion.impressions) == manifest.heads
    for row, impression in enumerate(opinion.impressions.values()):
        found = (impression.partly, impression.met)
        np.testing.assert_allclose(found, expected.log_odds[row], rtol=CLOSE, atol=CLOSE)
        np.testing.assert_allclose(impression.vector, expected.vectors[row], rtol=0, atol=CLOSE)
        by_word = [0.0] * len(words)
        for owner, evidence in zip(pieces.owners, expected.evidence[:, row], strict=True):
            by_word[owner] = max(by_word[owner], evidence)
        np.testing.assert_allclose(impression.words, by_word, rtol=0, atol=CLOSE)
    assert tuple(opinion.kinds) == manifest.kinds
    np.testing.assert_allclose(list(opinion.kinds.values()), expected.kinds, rtol=0, atol=CLOSE)
