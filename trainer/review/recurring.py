"""What keeps recurring: a point that is missed again and again, a flag that comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from trainer.bank.types import Mark
from trainer.display import one_line
from trainer.review.rows import Quotes, Row

LOOKED_AT = 6
"""Newest answers of a rubric that are looked at: older ones are another speaker."""

FEWEST = 3
"""A choice: twice is chance."""

OVER_AFTER = 2
"""Met, or without the flag, so many times in a row: then it is over, whatever came before."""

_MOST_QUOTES = 2
_LONGEST_QUOTE = 90


@dataclass(frozen=True, slots=True)
class Recurring:
    """A criterion missed, or a flag raised, in `times` of the last `of` answers that show it.

    In `unsure` of these the mark is not sure: it counts neither way.
    `quotes` are the newest words behind the flag, or those that came nearest to the criterion:
    half of it, or what could have been it.
    """

    kind: Literal["criterion", "flag"]
    rubric_id: str
    rubric_title: str
    id: str
    title: str
    says: str
    times: int
    of: int
    unsure: int
    quotes: tuple[str, ...]
    attempt_ids: tuple[str, ...]


def find_recurring(
    by_rubric: Mapping[str, Sequence[Row]], quotes_of: Callable[[str], Quotes]
) -> tuple[Recurring, ...]:
    """Return what recurs, the most frequent first; rows of each rubric in the order of time.

    Marks that are not sure count neither way. `quotes_of` is asked for the words of an attempt
    where something recurs, by its id and perhaps more than once.
    """
    found: list[Recurring] = []
    for rows in by_rubric.values():
        recent = rows[-LOOKED_AT:]
        for name in dict.fromkeys(name for row in recent for name in row.marks):
            rated = [row for row in recent if name in row.marks]
            told = [row for row in rated if name not in row.unsure]
            missed = [row for row in told if row.marks[name] is Mark.MISSED]
            is_over = all(row.marks[name] is Mark.MET for row in told[-OVER_AFTER:])
            if len(missed) >= FEWEST and 2 * len(missed) > len(told) and not is_over:
                near = [row for row in recent if row.marks.get(name) is not Mark.MET]
                quoted = _newest_quotes(near, name, quotes_of)
                unsure = len(rated) - len(told)
                found.append(_recurring("criterion", name, missed, len(rated), unsure, quoted))
        for name in dict.fromkeys(name for row in recent for name in row.flags):
            told = [row for row in recent if name in row.flags]
            raised = [row for row in told if row.flags[name]]
            is_over = not any(row.flags[name] for row in told[-OVER_AFTER:])
            if len(raised) >= FEWEST and not is_over:
                quoted = _newest_quotes(raised, name, quotes_of)
                found.append(_recurring("flag", name, raised, len(told), 0, quoted))
    return tuple(
        sorted(found, key=lambda r: (-r.times / (r.of - r.unsure), -r.times, r.rubric_id, r.id))
    )


def tell_recurring(recurring: Recurring) -> str:
    """Return it in one sentence with its quotes."""
    times = "each" if recurring.times == recurring.of else str(recurring.times)
    answers = f"In {times} of your last {recurring.of} answers on “{recurring.rubric_title}”"
    if recurring.unsure:
        answers += f" ({recurring.unsure} {'is' if recurring.unsure == 1 else 'are'} not sure)"
    if recurring.kind == "flag":
        line = f"{answers} something could sound like {recurring.says.rstrip('.')}"
        label = "you said"
    else:
        line = f"{answers} I did not hear this point: {recurring.title}"
        label = "the nearest words were"
    quoted = " and ".join(f"“{_shorten(quote)}”" for quote in recurring.quotes)
    return f"{line}; {label} {quoted}." if quoted else f"{line}."


def _recurring(
    kind: Literal["criterion", "flag"],
    name: str,
    rows: Sequence[Row],
    of: int,
    unsure: int,
    quotes: tuple[str, ...],
) -> Recurring:
    newest = rows[-1]
    return Recurring(
        kind,
        newest.rubric_id or "",
        newest.rubric_title,
        name,
        newest.titles.get(name, name),
        newest.says.get(name, ""),
        len(rows),
        of,
        unsure,
        quotes,
        tuple(row.attempt_id for row in rows),
    )


def _shorten(quote: str) -> str:
    """Return a quote that is not too long, and ends with a whole word."""
    line = one_line(quote)
    if len(line) <= _LONGEST_QUOTE:
        return line
    return f"{line[:_LONGEST_QUOTE].rpartition(' ')[0].rstrip(' ,;:') or line[:_LONGEST_QUOTE]} …"


def _newest_quotes(
    rows: Sequence[Row], name: str, quotes_of: Callable[[str], Quotes]
) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in reversed(rows):
        if len(found) == _MOST_QUOTES:
            break
        if said := quotes_of(row.attempt_id).get(name):
            found[said[0]] = None
    return tuple(found)
