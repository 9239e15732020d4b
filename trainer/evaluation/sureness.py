"""What "not sure" is worth: the agreement on the marks that the rater is surest of."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.agreement.measures import kappa, table_row
from trainer.agreement.resampling import Resampler
from trainer.agreement.types import Figure
from trainer.evaluation.figures import agree
from trainer.evaluation.types import Coverage, SeenMark, Sureness

KEPT = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)


def tell_sureness(marks: Sequence[SeenMark], resampler: Resampler) -> Sureness:
    """Return the agreement on sure and unsure marks, and the curves from all marks to half."""
    known = [mark.confidence for mark in marks if mark.confidence is not None]
    whole = len(known) == len(marks)
    return Sureness(
        sure=agree([mark for mark in marks if mark.sure], resampler),
        unsure=agree([mark for mark in marks if not mark.sure], resampler),
        by_unsure=_curve(marks, [float(mark.sure) for mark in marks], resampler),
        by_confidence=_curve(marks, known, resampler) if whole else (),
    )


def _curve(
    marks: Sequence[SeenMark], sureness: Sequence[float], resampler: Resampler
) -> tuple[Coverage, ...]:
    wanted = [round(kept * len(marks), 6) for kept in KEPT]
    return tuple(
        Coverage(kept, _on_surest(marks, sureness, count, resampler))
        for kept, count in zip(KEPT, wanted, strict=True)
    )


def _on_surest(
    marks: Sequence[SeenMark], sureness: Sequence[float], wanted: float, resampler: Resampler
) -> Figure:
    """Return the kappa on the `wanted` surest marks.

    Where the limit falls among equally sure marks each of them counts in part, which is what
    drawing among them would give on average. Where it falls among the surest of all, nothing
    tells which to keep.
    """
    if not marks:
        return Figure(None)
    limit = sorted(sureness, reverse=True)[max(round(wanted), 1) - 1]
    above = sum(value > limit for value in sureness)
    equal = sum(value == limit for value in sureness)
    if not above and wanted < equal:
        return Figure(None)
    part = min((wanted - above) / equal, 1.0)
    rows = [
        (mark.cluster, table_row(mark.given, mark.found, 1.0 if value > limit else part))
        for mark, value in zip(marks, sureness, strict=True)
        if value >= limit
    ]
    return resampler.figure(rows, kappa)
