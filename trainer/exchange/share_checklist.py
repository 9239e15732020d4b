"""A rubric as people rate by it, and back: what the machine looks for never travels.

So no pattern of a file from elsewhere is ever compiled or matched.
"""

from __future__ import annotations

from trainer.bank.types import (
    Criterion,
    Cue,
    Feedback,
    Flag,
    Levels,
    MarkMeanings,
    Rubric,
    ScoreBand,
    Scoring,
)
from trainer.exchange import share_document as entries

_NO_CUE = (Cue("none", 1.0, ("nothing",)),)
"""A rubric must name one. It is the same in every file, and nothing is rated by it."""

_HEAD = "shared/reader"
"""That there is one lets the version of a scorer alone tell whether a trained reader rated, too."""

_NO_LEVELS = Levels(1.0, 2.0)


def checklist_entry(rubric: Rubric) -> entries.ChecklistEntry:
    """Return what people rate by."""
    scoring = rubric.scoring
    return entries.ChecklistEntry(
        rubric.id,
        rubric.version,
        rubric.title,
        rubric.about,
        scoring.formula,
        (float(scoring.values[0]), float(scoring.values[1]), float(scoring.values[2])),
        float(scoring.half_width),
        tuple(entries.BandEntry(float(band.from_score), band.word) for band in scoring.bands),
        tuple(
            entries.CriterionEntry(
                c.id,
                c.title,
                c.asks,
                float(c.weight),
                c.marks.met,
                c.marks.partly,
                c.marks.missed,
                c.feedback.met,
                c.feedback.partly,
                c.feedback.missed,
                c.feedback.opener,
                c.part,
            )
            for c in rubric.criteria
        ),
        tuple(
            entries.FlagEntry(f.id, f.title, f.says, f.remedy, float(f.penalty))
            for f in rubric.flags
        ),
    )


def rubric_of(entry: entries.ChecklistEntry) -> Rubric:
    """Return a rubric that can be shown and marked by; the machine could find nothing with it."""
    return Rubric(
        id=entry.id,
        title=entry.title,
        about=entry.about,
        scoring=Scoring(
            entry.formula,
            entry.values,
            entry.half_width,
            tuple(ScoreBand(band.from_score, band.word) for band in entry.bands),
        ),
        criteria=tuple(
            Criterion(
                c.id,
                c.title,
                c.asks,
                c.weight,
                MarkMeanings(c.met, c.partly, c.missed),
                Feedback(c.says_met, c.says_partly, c.says_missed, c.opener),
                _NO_LEVELS,
                _NO_CUE,
                c.part,
                head=_HEAD,
            )
            for c in entry.criteria
        ),
        flags=tuple(
            Flag(f.id, f.title, f.says, f.remedy, f.penalty, 1.0, _NO_CUE) for f in entry.flags
        ),
        version=entry.version,
    )
