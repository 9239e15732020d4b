"""Signs on a line of time, as lines of text. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.display import clock_time
from trainer.review import plots

MOST_IN_A_CELL = 9
_LONGEST_LABEL = 14
_LEAST_COLUMNS = 20
_STEPS_S = (5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)
_LABEL_COLUMNS = 8  # of a time with blanks around it


@dataclass(frozen=True, slots=True)
class TimeRow:
    """What somebody marked: seconds with the sign of each, in any order."""

    label: str
    signs: tuple[tuple[float, str], ...]


def draw_time_line(rows: Sequence[TimeRow], length_s: float, width: int) -> list[str]:
    """Return a line for each row with its signs from 0 to `length_s`, and the times under them.

    A digit stands where several signs of a row fall into one column: how many. Labels are cut.
    Lines are at most `width` columns wide, from 22 on; without rows there are none.
    """
    if not rows:
        return []
    margin = min(
        max(len(row.label) for row in rows), _LONGEST_LABEL, max(width - _LEAST_COLUMNS, 1)
    )
    columns = max(width - margin - 1, 1)
    reach_s = max(length_s, *(at_s for row in rows for at_s, _ in row.signs), 1.0)
    lines = []
    for row in rows:
        label = row.label if len(row.label) <= margin else row.label[: margin - 1] + "…"
        lines.append(f"{label.ljust(margin)} {_strip(row, reach_s, columns)}")
    times = _times(reach_s, columns)
    places = [_column(at_s, reach_s, columns) for at_s in times]
    labels = plots.draw_labels([clock_time(at_s) for at_s in times], places, columns)
    return [*lines, f"{'':{margin}} {labels}"]


def _strip(row: TimeRow, reach_s: float, columns: int) -> str:
    cells: dict[int, list[str]] = {}
    for at_s, sign in row.signs:
        cells.setdefault(_column(at_s, reach_s, columns), []).append(sign)
    return "".join(_cell(cells.get(column, [])) for column in range(columns))


def _cell(signs: Sequence[str]) -> str:
    if not signs:
        return plots.GRID
    return signs[0] if len(signs) == 1 else str(min(len(signs), MOST_IN_A_CELL))


def _column(at_s: float, reach_s: float, columns: int) -> int:
    return min(int(max(at_s, 0.0) / reach_s * columns), columns - 1)


def _times(reach_s: float, columns: int) -> list[int]:
    """Return round seconds from 0 on, so few that their names fit."""
    most = max(columns // _LABEL_COLUMNS, 1)
    step = next((one for one in _STEPS_S if reach_s / one <= most), _STEPS_S[-1])
    return list(range(0, int(reach_s) + 1, step))
