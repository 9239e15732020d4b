"""One answer on its way to a rating."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.analysis.cues import Finder
from trainer.analysis.guards import Standing
from trainer.analysis.ready import ReadyRubric
from trainer.analysis.tokens import Reading
from trainer.analysis.types import Note
from trainer.bank.types import Criterion, Flag, Rubric
from trainer.encoder.types import Impression, Opinion


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of one answer before it is marked.

    `reading` is that of the words that are rated, `count` their number; `standings` are those of
    its clauses; `notes` hold of the answer as a whole; `opinion` is the encoder's, None without
    one.
    """

    rubric: Rubric
    ready: ReadyRubric
    finder: Finder
    reading: Reading
    standings: Sequence[Standing]
    notes: tuple[Note, ...]
    count: int
    opinion: Opinion | None

    def trained(self, item: Criterion | Flag) -> Impression | None:
        """Return what the head of a criterion or flag says, None where there is none."""
        if self.opinion is None or item.head is None:
            return None
        return self.opinion.impressions.get(item.head)

    def evidence(self) -> dict[str, Sequence[float]]:
        """Return the trained evidence (0..1 for each word) of every criterion that has a head."""
        return {
            criterion.id: trained.words[: self.count]
            for criterion in self.rubric.criteria
            if (trained := self.trained(criterion))
        }
