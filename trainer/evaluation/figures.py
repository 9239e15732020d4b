"""From what was seen to figures with intervals."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.agreement.measures import kappa, moments_row, pearson, table_row
from trainer.agreement.resampling import Resampler
from trainer.agreement.types import Figure
from trainer.bank.types import Mark
from trainer.evaluation.types import (
    Agreement,
    Condition,
    FlagFigures,
    Seen,
    SeenFlag,
    SeenMark,
    SeenScore,
)


def agree(marks: Sequence[SeenMark], resampler: Resampler) -> Agreement:
    """Return how well marks agree."""
    return Agreement(
        marks=len(marks),
        kappa=resampler.figure([(m.cluster, table_row(m.given, m.found)) for m in marks], kappa),
        missed_as_met=resampler.share(
            [(m.cluster, m.found == Mark.MET) for m in marks if m.given == Mark.MISSED]
        ),
        met_as_missed=resampler.share(
            [(m.cluster, m.found == Mark.MISSED) for m in marks if m.given == Mark.MET]
        ),
    )


def judge_flags(name: str, flags: Sequence[SeenFlag], resampler: Resampler) -> FlagFigures:
    """Return how many raised flags are right, and how many right ones are raised."""
    return FlagFigures(
        name,
        precision=resampler.share([(f.cluster, f.given) for f in flags if f.found]),
        recall=resampler.share([(f.cluster, f.found) for f in flags if f.given]),
    )


def sum_up(name: str, seen: Seen, resampler: Resampler) -> Condition:
    """Return the figures over the whole file for one form of its text."""
    return Condition(
        name,
        marks=agree(seen.marks, resampler),
        flags=judge_flags("all", seen.flags, resampler),
        evidence=resampler.share([(quote.cluster, quote.hit) for quote in seen.quotes]),
        overall=_correlate(seen.scores, resampler),
    )


def _correlate(scores: Sequence[SeenScore], resampler: Resampler) -> Figure:
    rows = [(score.cluster, moments_row(score.overall, score.score)) for score in scores]
    return resampler.figure(rows, pearson)
