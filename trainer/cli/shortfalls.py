"""What is said on stderr where this install rates differently from a full one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.cli.output import note

if TYPE_CHECKING:
    from trainer.bank.types import Rubric
    from trainer.catalogue import Catalogue


class Shortfall:
    """Says once what the rater lacks, as soon as that makes a difference to a rating."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._is_told = False

    def tell(self, rubric: Rubric | None) -> None:
        """Say it if ratings by `rubric` are not those of a full install; None is not rated by."""
        problem = None if self._is_told else self._catalogue.shortfall(rubric)
        if problem:
            self._is_told = True
            note(problem.message, problem.hint)
