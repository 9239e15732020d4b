"""Plots as lines of text, and the same as a plain list for whoever cannot see a plot. Pure.

Own lines and not the library plotext: that draws into one figure for the whole program, costs 40 ms
to import and 0.8 MB, has no heat map of shares with gaps, and says nothing to a screen reader, so
that half of what is here would be needed beside it. Nothing is told by colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FULL, EMPTY = "█", "·"
SHADES = "░▒▓█"
"""A quarter of the shares each, from 0 to 1; `EMPTY` stands for nothing measured."""

DOT, REACH = "●", "│"
_HALVES = 0.5


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


def draw_spots(
    spots: Sequence[Spot], low: float, high: float, width: int, height: int
) -> list[str]:
    """Return a dot for each value, first to last, with its range, an axis and the end labels.

    Only the newest are drawn where there are more than columns. Values outside `low` to `high`
    stand at the edge. Lines are at most `width` columns wide; without spots there are none.
    """
    if not spots:
        return []
    edges = [f"{high:.0f}", f"{low:.0f}"]
    margin = max(map(len, edges)) + 1
    room = max(width - margin - 1, 1)
    shown = list(spots[-room:])
    step = min((room - 1) // (len(shown) - 1), 8) if len(shown) > 1 else 1
    grid = [[" "] * ((len(shown) - 1) * step + 1) for _ in range(height)]
    for number, spot in enumerate(shown):
        column = number * step
        ends = (
            spot.low if spot.low is not None else spot.value,
            (spot.high if spot.high is not None else spot.value),
        )
        top, bottom = (_line(end, low, high, height) for end in (max(ends), min(ends)))
        for line in range(top, bottom + 1):
            grid[line][column] = REACH
        grid[_line(spot.value, low, high, height)][column] = DOT
    lines = []
    for number, cells in enumerate(grid):
        edge = edges[0] if number == 0 else edges[1] if number == height - 1 else ""
        lines.append(f"{edge.rjust(margin - 1)} ┤{''.join(cells)}".rstrip())
    lines.append(f"{'':{margin}}└{'─' * len(grid[0])}")
    first, last = shown[0].label, shown[-1].label
    gap = max(len(grid[0]) - len(first) - len(last), 1)
    ends_line = first if len(shown) == 1 else f"{first}{' ' * gap}{last}"
    lines.append(f"{'':{margin + 1}}{ends_line}"[:width].rstrip())
    return lines


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


def _line(value: float, low: float, high: float, height: int) -> int:
    """Return the line of a value, 0 at the top."""
    share = (value - low) / (high - low) if high > low else _HALVES
    return int((1 - min(max(share, 0.0), 1.0)) * (height - 1) + _HALVES)


def _shade(share: float | None) -> str:
    if share is None:
        return EMPTY
    return SHADES[min(int(min(max(share, 0.0), 1.0) * len(SHADES)), len(SHADES) - 1)]
