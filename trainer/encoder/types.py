"""What the encoder makes of an answer, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Impression:
    """What one head makes of an answer.

    `partly` and `met` are log-odds that raters give at least this mark; of a flag both say that
    it is raised. `words` has the evidence of each word that was given, 0..1. `vector` is the
    mean of the answer's word pieces weighted by their evidence, read-only.
    """

    partly: float
    met: float
    words: tuple[float, ...]
    vector: npt.NDArray[np.float32] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the encoder makes of an answer.

    `impressions` has the heads that were asked for and exist. `kinds` tells for each kind of
    question how likely (0..1, together 1) the answer is one to it.
    """

    impressions: Mapping[str, Impression]
    kinds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Example:
    """An answer that raters marked: what it was marked for, and the words that earned the mark.

    `mark` is 1 (partly) or 2 (met, or a flag that is raised), `likeness` the cosine (0..1, less
    than nothing counts as 0) between that answer and the one it is compared with.
    """

    head: str
    mark: int
    quote: str
    likeness: float
