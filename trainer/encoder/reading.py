"""The reader: from the words of an answer to an opinion on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from trainer.encoder.arrays import Arrays, Floats
from trainer.encoder.examples import Examples
from trainer.encoder.heads import Heads
from trainer.encoder.manifest import Manifest
from trainer.encoder.network import Network
from trainer.encoder.problems import Damage
from trainer.encoder.types import Example, Impression, Opinion
from trainer.encoder.windows import split
from trainer.encoder.wordpieces import Pieces, Vocabulary

NOTHING_SAID = -10.0
"""The log-odds of every mark for an answer without a single piece: 1 in 20,000."""
_EDGES = 2  # the pieces around each window: begin and end


class Reader:
    """The whole encoder. Nothing in it changes, so threads can share it.

    `version` names the training, `heads` are those that can be asked for, as "star/situation".
    """

    def __init__(
        self,
        manifest: Manifest,
        vocabulary: Vocabulary,
        examples: Sequence[Example],
        arrays: Arrays,
    ) -> None:
        """Put the parts together. Raises `Damage` when they do not fit each other."""
        self.version = manifest.version
        self.heads = frozenset(manifest.heads)
        self._rows = {head: row for row, head in enumerate(manifest.heads)}
        self._kinds = manifest.kinds
        self._longest = manifest.longest
        self._vocabulary = vocabulary
        self._network = Network(arrays)
        if len(vocabulary) > self._network.known or self._longest > self._network.longest:
            raise Damage("word and position do not fit vocabulary and manifest")
        width = self._network.width
        self._heads = Heads(arrays, len(self._rows), len(self._kinds), width)
        self._examples = Examples.load(examples, arrays, width)

    def read(self, words: Sequence[str], heads: Collection[str]) -> Opinion:
        """Read an answer's words, as they stand in the transcript, for some of the heads.

        Heads that do not exist are left out. The same words give the same opinion of a head,
        whatever else is asked. Words beyond `wordpieces.MOST_PIECES` are not read and have
        evidence 0. Without any piece to read, all marks are as unlikely as `NOTHING_SAID`, no
        word has evidence, vectors are zero and the kinds equally likely.
        """
        pieces = self._vocabulary.pieces(words)
        wanted = {head: row for head, row in self._rows.items() if head in heads}
        if not pieces.ids:
            return self._silence(len(words), wanted)
        states = self._states(pieces.ids)
        look = self._heads.look(states)
        evidence = _by_word(look.evidence, pieces, len(words))
        look.vectors.setflags(write=False)
        impressions = {
            head: Impression(
                float(look.log_odds[row, 0]),
                float(look.log_odds[row, 1]),
                tuple(evidence[row].tolist()),
                look.vectors[row],
            )
            for head, row in wanted.items()
        }
        kinds = self._heads.kinds(states).tolist()
        return Opinion(impressions, dict(zip(self._kinds, kinds, strict=True)))

    def closest(self, head: str, impression: Impression) -> Example | None:
        """Return the labelled example of `head` that is most like the answer; None without one."""
        return self._examples.closest(head, impression.vector)

    def _states(self, ids: Sequence[int]) -> Floats:
        begin, end = self._vocabulary.begin, self._vocabulary.end
        states = np.empty((len(ids), self._network.width), np.float32)
        for window in split(len(ids), self._longest - _EDGES):
            read = self._network.states((begin, *ids[window.start : window.end], end))
            shift = 1 - window.start
            states[window.first : window.last] = read[window.first + shift : window.last + shift]
        return states

    def _silence(self, words: int, heads: Collection[str]) -> Opinion:
        vector = np.zeros(self._network.width, np.float32)
        vector.setflags(write=False)
        nothing = Impression(NOTHING_SAID, NOTHING_SAID, (0.0,) * words, vector)
        return Opinion(
            dict.fromkeys(heads, nothing), dict.fromkeys(self._kinds, 1 / len(self._kinds))
        )


def _by_word(evidence: Floats, pieces: Pieces, words: int) -> Floats:
    """Return the greatest evidence of each word's pieces: a row a head, a column a word."""
    owners, firsts = np.unique(np.asarray(pieces.owners), return_index=True)
    by_word = np.zeros((len(evidence), words), np.float32)
    by_word[:, owners] = np.maximum.reduceat(evidence, firsts, axis=1)
    return by_word
