"""Figures of answers as a table for spreadsheets: one row an answer, a column for each criterion.

A spreadsheet runs what begins like a formula. Text that does gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from trainer.catalogue import score
from trainer.coach.delivery import delivery_json
from trainer.display import one_line
from trainer.recall import AttemptView

MARK_OF_ORDER = "\ufeff"
"""Before the first column of a file: without it some spreadsheets take UTF-8 for something else."""

_DELIVERY = (
    "words",
    "answer_s",
    "lower_s",
    "upper_s",
    "pace_wpm",
    "articulation_wpm",
    "first_word_s",
    "pauses",
    "longest_pause_s",
    "paused_s",
    "pauses_inside",
    "pauses_between",
    "i_words",
    "we_words",
)
COLUMNS = (
    "id",
    "answered_at",
    "session",
    "bank",
    "question",
    "prompt",
    "follow_up_of",
    "criterion",
    "take",
    "superseded",
    "starred",
    "tags",
    "origin",
    "source",
    "versions",
    "rubric",
    "score",
    "score_low",
    "score_high",
    "score_word",
    "remark",
    "flags",
    *_DELIVERY,
    "um_low",
    "um_high",
)
"""The columns of every table; those of the criteria that occur follow."""

_FORMULA = frozenset("=+-@\t\r\n|%\uff1d\uff0b\uff0d\uff20\u2212")
_LONGEST = 500

Cell = str | int | float | None


def write_sheet(views: Iterable[AttemptView]) -> str:
    """Return the table as CSV with a header, its lines ended by line feeds."""
    rows = [row_of(view) for view in views]
    marks = sorted({name for row in rows for name in row} - set(COLUMNS))
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([safe(name) for name in (*COLUMNS, *marks)])
    for row in rows:
        writer.writerow([safe(row.get(name)) for name in (*COLUMNS, *marks)])
    return written.getvalue()


def safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula."""
    if not isinstance(cell, str):
        return cell
    line = one_line(cell, _LONGEST)
    return f"'{line}" if line[:1] in _FORMULA else line


def row_of(view: AttemptView) -> Mapping[str, Cell]:
    """Return the figures of one answer by column; criteria as `rubric/criterion`, 0 to 2."""
    attempt, rating, report = view.record.attempt, view.rating, view.report
    shown = report.score
    value = score(rating, view.rubric).value if shown and rating and view.rubric else None
    delivery = delivery_json(view.transcript.delivery)
    um = next((f for f in view.transcript.delivery.fillers or () if f.what == "um"), None)
    row: dict[str, Cell] = {
        "id": attempt.id,
        "answered_at": attempt.started_at,
        "session": attempt.session_id,
        "bank": attempt.bank_id,
        "question": attempt.question_id,
        "prompt": attempt.prompt,
        "follow_up_of": attempt.probe_of,
        "criterion": attempt.criterion_id,
        "take": attempt.take,
        "superseded": int(attempt.superseded),
        "starred": int(attempt.starred),
        "tags": " ".join(attempt.tags),
        "origin": attempt.origin,
        "source": view.transcript.transcript.source,
        "versions": view.versions,
        "rubric": attempt.rubric_id,
        "score": None if value is None else round(value, 1),
        "score_low": shown.low if shown else None,
        "score_high": shown.high if shown else None,
        "score_word": shown.word if shown else None,
        "remark": rating.remark if rating else None,
        "flags": " ".join(flag.id for flag in report.flags),
    }
    for name in _DELIVERY:
        figure = delivery[name]
        assert figure is None or isinstance(figure, int | float)
        row[name] = round(figure, 3) if isinstance(figure, float) else figure
    row |= {"um_low": um.low if um else None, "um_high": um.high if um else None}
    rubric = view.rubric
    row |= {f"{rubric.id}/{line.id}": int(line.mark) for line in report.lines if rubric}
    return row
