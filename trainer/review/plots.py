"""Plots as lines of text, and the same as a plain list for whoever cannot see a plot. Pure.

Own lines and not the library plotext: that draws into one figure for the whole program, costs 40 ms
to import and 0.8 MB, has no heat map of shares with gaps, and says nothing to a screen reader, so
that half of what is here would be needed beside it. Nothing is told by colour: whoever shows the
lines may colour the signs, each of which stands for one thing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from statistics import median

FULL, EMPTY = "█", "·"
SHADES = "░▒▓█"
"""A quarter of the shares each, from 0 to 1; `EMPTY` stands for nothing measured."""

DOT, TOP, REACH, BOTTOM = "●", "╷", "│", "╵"
GRID, EDGE, TICK, CORNER, FLOOR, MARK = "┈", "│", "┤", "└", "─", "┬"
STEPS = "▁▂▃▄▅▆▇█"
SIGNS = "".join((FULL, EMPTY, SHADES, DOT, TOP, REACH, BOTTOM, GRID, TICK, CORNER, FLOOR, MARK))
"""What plots in lines of text are made of, but for letters and digits."""

_HALVES = 0.5
_FAR = 10  # columns between two values at most: further apart they are no line any more
_NEAR = 4  # the same for signs in rows
_LEAST_ROOM = 24  # columns of a plot with few values
_LEAST_END = 0.001  # an axis of less would be of nothing
_FULL_SHARE = 2 / 3  # of the columns with a value: with more nobody tells one from the next
_APART = 2  # blanks between two labels


@dataclass(frozen=True, slots=True)
class Spot:
    """One value of a plot with its label; `low` to `high` is its range, the value alone without."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None


def draw_bar(share: float, width: int) -> str:
    """Return a bar of `width` columns that is filled to a share (0..1).

    A share above 0 fills at least one column and one below 1 leaves one, where there are two.
    """
    held = min(max(share, 0.0), 1.0)
    filled = int(held * width + _HALVES)
    if width > 1 and 0 < held < 1:
        filled = min(max(filled, 1), width - 1)
    return FULL * filled + EMPTY * (width - filled)


def gather(spots: Sequence[Spot], most: int) -> tuple[list[Spot], int]:
    """Return at most so many spots, and how many values each stands for.

    Where there are more, some that follow each other become one: their middle, with the range that
    holds the middle half of them, under the label of the first. The oldest may be fewer.
    """
    size = ceil(len(spots) / max(most, 1))
    if size <= 1:
        return list(spots), 1
    first = len(spots) % size
    cuts = [0, *range(first, len(spots), size)] if first else list(range(0, len(spots), size))
    groups = [spots[cut : cut + (first if first and cut == 0 else size)] for cut in cuts]
    return [_middle(group) for group in groups], size


def draw_spots(
    spots: Sequence[Spot],
    ends: tuple[float, float] | None,
    width: int,
    height: int,
    name: Callable[[Sequence[str]], Sequence[str]] = list,
) -> list[str]:
    """Return a dot for each value, first to last, with its range, an axis, a grid and labels.

    Where there are more values than columns, `gather` makes them fit, and a line says so. `ends`
    are those of the axis, round ones around all that is drawn if None; values beyond them stand at
    the edge. Lines are at most `width` columns wide; without spots there are none. `name` makes
    what is written of the labels: only of those that are drawn, as there may be very many.
    """
    if not spots:
        return []
    low, high = ends or _ends(spots)
    room = max(width - _margin(_ticks(low, high, height)) - 1, 1)
    shown, each = gather(spots, room // 2) if len(spots) > room * _FULL_SHARE else (list(spots), 1)
    low, high = ends or _ends(shown)
    ticks = _ticks(low, high, height)
    margin = _margin(ticks)
    places = _spread(len(shown), room, _FAR)
    columns = max(places[-1] + 1, min(room, _LEAST_ROOM))
    grid = [[GRID if line in ticks else " "] * columns for line in range(height)]
    for place, spot in zip(places, shown, strict=True):
        _put_spot(grid, place, spot, low, high)
    lines = [
        f"{ticks.get(number, '').rjust(margin - 1)} {TICK if number in ticks else EDGE}"
        f"{''.join(cells)}".rstrip()
        for number, cells in enumerate(grid)
    ]
    lines += _axis(name([spot.label for spot in shown]), places, columns, margin)
    if each > 1:
        lines.append(
            f"{'':{margin + 1}}Each dot: {each} answers, their middle and middle half."[:width]
        )
    return lines


def draw_columns(
    values: Sequence[float], labels: Sequence[str], width: int, height: int
) -> list[str]:
    """Return a column for each value (0 and more) on an axis that begins at 0, and its labels.

    Only the newest are drawn where there are more than fit. Without values there are no lines.
    """
    if not values:
        return []
    top = nice_end(max(values))
    ticks = _ticks(0, top, height)
    margin = _margin(ticks)
    room = max(width - margin - 1, 1)
    thick = min(max(room // len(values) - 1, 1), 4)
    step = thick + 1 if len(values) * (thick + 1) - 1 <= room else 1
    thick = thick if step > 1 else 1
    shown = list(values)[-max((room + step - thick) // step, 1) :]
    columns = max((len(shown) - 1) * step + thick, min(room, _LEAST_ROOM))
    grid = [[GRID if line in ticks else " "] * columns for line in range(height - 1)]
    grid.append([" "] * columns)
    for number, value in enumerate(shown):
        # A number stands beside the middle of its line, so 0 lies half a line above the floor.
        rows = value / top * (height - 1) + _HALVES if value > 0 else 0
        eighths = int(rows * len(STEPS) + _HALVES)
        for line in range(height):
            filled = min(max(eighths - line * len(STEPS), 0), len(STEPS))
            if filled:
                at = number * step
                grid[height - 1 - line][at : at + thick] = [STEPS[filled - 1]] * thick
    lines = [
        f"{ticks.get(number, '').rjust(margin - 1)} {TICK if number in ticks else EDGE}"
        f"{''.join(cells)}".rstrip()
        for number, cells in enumerate(grid)
    ]
    middles = [number * step + thick // 2 for number in range(len(shown))]
    return lines + _axis(list(labels)[-len(shown) :], middles, columns, margin)


def draw_rows(
    rows: Sequence[tuple[str, str]],
    marks: Sequence[tuple[int, str]],
    labels: Sequence[str],
    width: int,
) -> list[str]:
    """Return a line for each of `rows`, with the sign of each mark in the line that it names.

    `rows` are names; a mark is the number of its row and its sign. Only the newest that fit are
    drawn. Without marks there are no lines.
    """
    if not marks:
        return []
    margin = max(len(name) for name, _ in rows) + 1
    room = max(width - margin - 1, 1)
    shown = list(marks)[-room:]
    places = _spread(len(shown), room, _NEAR)
    columns = max(places[-1] + 1, min(room, _LEAST_ROOM))
    grid = [[fill] * columns for _, fill in rows]
    for place, (row, sign) in zip(places, shown, strict=True):
        grid[row][place] = sign
    lines = [
        f"{name.rjust(margin - 1)} {TICK}{''.join(cells)}".rstrip()
        for (name, _), cells in zip(rows, grid, strict=True)
    ]
    return lines + _axis(list(labels)[-len(shown) :], places, columns, margin)


def draw_strip(shares: Sequence[float | None], cell: int = 1) -> str:
    """Return a shade for each share (0..1, None for nothing), `cell` columns wide."""
    return "".join(_shade(share) * cell for share in shares)


def draw_heat_map(
    rows: Sequence[tuple[str, Sequence[float | None]]], columns: Sequence[str], width: int
) -> list[str]:
    """Return a line of shades for each row of shares (0..1, None for nothing), under its columns.

    Each column is as wide as its label and one blank; only the last ones that fit are drawn. Labels
    of rows are cut to 30 columns, or less where there is little room.
    """
    if not rows or not columns:
        return []
    cell = max(map(len, columns)) + 1
    margin = min(max(len(label) for label, _ in rows), 30, max(width - cell, 1))
    count = max((width - margin) // cell, 1)
    names = list(columns[-count:])
    lines = [f"{'':{margin}}{''.join(name.rjust(cell) for name in names)}".rstrip()]
    for label, shares in rows:
        short = label if len(label) <= margin else label[: margin - 1] + "…"
        marks = "".join((_shade(share) * (cell - 1)).rjust(cell) for share in list(shares)[-count:])
        lines.append(f"{short.ljust(margin)}{marks}")
    return lines


def draw_labels(labels: Sequence[str], places: Sequence[int], columns: int) -> str:
    """Return those labels that fit under their places, which are columns from 0 on."""
    names = [" "] * columns
    for number, at in _fitting(labels, places, columns):
        names[at : at + len(labels[number])] = labels[number]
    return "".join(names)[:columns].rstrip()


def draw_balance(left: float, right: float, width: int) -> str:
    """Return a bar to each side of a middle, filled to two shares (0..1), `width` columns wide."""
    side = max((width - 1) // 2, 1)
    filled = draw_bar(left, side).replace(FULL, SHADES[1])
    return f"{filled[::-1]}{EDGE}{draw_bar(right, side)}"


def nice_end(value: float) -> float:
    """Return the next number whose quarters are round too; 1 for what is hardly above 0."""
    if value < _LEAST_END:
        return 1.0
    size: float = 10.0 ** floor(log10(value))
    return next(size * step for step in (1, 2, 4, 6, 8, 10) if size * step >= value - 1e-9)


def round_ends(low: float, high: float) -> tuple[float, float]:
    """Return round ends of an axis that holds `low` to `high`; 0 where it is not far away.

    All are at least 0. The ends halve and quarter into round numbers too.
    """
    if low < (high - low) * 2:
        return 0.0, nice_end(high)
    step = nice_end((high - low) / 4)
    begin = floor(low / step) * step
    while begin + 4 * step < high:
        step = nice_end(step * 1.01)
        begin = floor(low / step) * step
    return begin, begin + 4 * step


def list_spots(spots: Sequence[Spot], unit: str = "") -> list[str]:
    """Return the values of a plot as plain lines: label, value, range."""
    told = []
    for spot in spots:
        line = f"{spot.label}: {spot.value:.0f}{f' {unit}' if unit else ''}"
        if spot.low is not None and spot.high is not None:
            line += f", between {spot.low:.0f} and {spot.high:.0f}"
        told.append(line)
    return told


def list_heat_map(
    rows: Sequence[tuple[str, Sequence[float | None]]], columns: Sequence[str]
) -> list[str]:
    """Return a heat map as plain lines: each row with its columns and shares in percent."""
    lines = []
    for label, shares in rows:
        told = [
            f"{name} {share * 100:.0f} %"
            for name, share in zip(columns, shares, strict=True)
            if share is not None
        ]
        lines.append(f"{label}: {', '.join(told) or 'nothing yet'}")
    return lines


def _middle(group: Sequence[Spot]) -> Spot:
    values = sorted(spot.value for spot in group)
    quarter = len(values) // 4
    return Spot(group[0].label, median(values), values[quarter], values[-1 - quarter])


def _ticks(low: float, high: float, height: int) -> dict[int, str]:
    """Return numbers beside the lines that they stand for: both ends, and halves that fit."""
    steps = next((n for n in (4, 2, 1) if (height - 1) % n == 0 and (height - 1) // n >= 2), 1)
    values = [high - (high - low) * k / steps for k in range(steps + 1)]
    digits = 0 if all(abs(value - round(value)) < 1e-6 for value in values) else 1
    return {
        k * (height - 1) // steps: f"{value:.{digits}f}"
        for k, value in enumerate(values)
        if height > 1 or k == 0
    }


def _margin(ticks: Mapping[int, str]) -> int:
    return max(len(label) for label in ticks.values()) + 1


def _ends(spots: Sequence[Spot]) -> tuple[float, float]:
    lows = [spot.value if spot.low is None else spot.low for spot in spots]
    highs = [spot.value if spot.high is None else spot.high for spot in spots]
    return round_ends(min(lows), max(highs))


def _put_spot(grid: list[list[str]], column: int, spot: Spot, low: float, high: float) -> None:
    height = len(grid)
    ends = (
        spot.low if spot.low is not None else spot.value,
        spot.high if spot.high is not None else spot.value,
    )
    top, bottom = (_line(end, low, high, height) for end in (max(ends), min(ends)))
    for line in range(top, bottom + 1):
        grid[line][column] = TOP if line == top else BOTTOM if line == bottom else REACH
    grid[_line(spot.value, low, high, height)][column] = DOT


def _spread(count: int, room: int, far: int) -> list[int]:
    """Return columns for so many values, evenly and at most `far` from one to the next."""
    step = min((room - 1) / (count - 1), far) if count > 1 else 1.0
    return [int(number * step + _HALVES) for number in range(count)]


def _axis(labels: Sequence[str], places: Sequence[int], columns: int, margin: int) -> list[str]:
    """Return the line under a plot, and under that the labels that fit."""
    floor_line = [FLOOR] * columns
    for number, _ in _fitting(labels, places, columns):
        floor_line[places[number]] = MARK
    names = draw_labels(labels, places, columns)
    return [f"{'':{margin}}{CORNER}{''.join(floor_line)}", f"{'':{margin + 1}}{names}"]


def _fitting(labels: Sequence[str], places: Sequence[int], columns: int) -> list[tuple[int, int]]:
    """Return which labels fit, with the column of each: in even steps, the newest among them.

    Of equal ones that follow each other the first stands for all.
    """
    last = len(labels) - 1
    for stride in range(1, last + 1):
        found: list[tuple[int, int]] = []
        for number in range(last % stride, last + 1, stride):
            label = labels[number]
            if not found or labels[found[-1][0]] != label:
                at = places[number] - len(label) // 2
                found.append((number, max(min(at, columns - len(label)), 0)))
        ends = [at + len(labels[number]) + _APART for number, at in found]
        if all(end <= at for end, (_, at) in zip(ends, found[1:], strict=False)):
            return found
    return [(last, max(min(places[last], columns - len(labels[last])), 0))]


def _line(value: float, low: float, high: float, height: int) -> int:
    """Return the line of a value, 0 at the top."""
    share = (value - low) / (high - low) if high > low else _HALVES
    return int((1 - min(max(share, 0.0), 1.0)) * (height - 1) + _HALVES)


def _shade(share: float | None) -> str:
    if share is None:
        return EMPTY
    return SHADES[min(int(min(max(share, 0.0), 1.0) * len(SHADES)), len(SHADES) - 1)]
