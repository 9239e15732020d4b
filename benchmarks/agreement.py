"""How far the machine's marks agree with trained raters': `python -m benchmarks.agreement FILE`.

FILE holds JSON lines: `{"rubric", "question", "text", "marks": {criterion: 0|1|2|null},
"flags": {flag: bool|null}, "quotes": {criterion: [text]}, "overall": 1..5}`; null is not measured.
Figures are printed for the text as typed, and without case and punctuation as a recogniser
would give it.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import correlation
from typing import Any

from trainer.bank.types import Mark
from trainer.catalogue import Catalogue, open_catalogue

LEAST_SHARED_WORDS = 3


@dataclass
class Tally:
    """Pairs of marks and flags (rater's, machine's), and what the evidence was worth."""

    marks: list[tuple[int, int]] = field(default_factory=list)
    flags: list[tuple[bool, bool]] = field(default_factory=list)
    quotes: list[bool] = field(default_factory=list)
    overall: list[tuple[float, float]] = field(default_factory=list)


def weighted_kappa(pairs: Sequence[tuple[int, int]], levels: int = 3) -> float:
    """Return the quadratic-weighted kappa of pairs of marks in 0..levels-1 (Cohen 1968)."""
    total = len(pairs)
    first = [sum(a == level for a, _ in pairs) for level in range(levels)]
    second = [sum(b == level for _, b in pairs) for level in range(levels)]
    observed = sum((a - b) ** 2 for a, b in pairs)
    by_chance = sum(
        (a - b) ** 2 * first[a] * second[b] / total for a in range(levels) for b in range(levels)
    )
    return 1 - observed / by_chance if by_chance else float("nan")


def without_case_and_punctuation(text: str) -> str:
    """Return the text as a speech recogniser would write it."""
    return " ".join(re.sub(r"[^\w\s'\u2019%]", " ", text).lower().split())


def measure(catalogue: Catalogue, rows: Iterable[dict[str, Any]], plain: bool) -> Tally:
    """Rate every answer and set the machine's marks beside the rater's."""
    tally = Tally()
    for row in rows:
        text = without_case_and_punctuation(row["text"]) if plain else row["text"]
        rubric = catalogue.rubric(row["rubric"])
        assert rubric is not None
        transcript, rating, score = catalogue.rate(text, rubric, row["question"])
        tally.overall.append((row["overall"], score.value))
        for name, mark in row["marks"].items():
            if mark is None:
                continue
            given = int(rating.marks[name])
            tally.marks.append((mark, given))
            if mark and given and row["quotes"].get(name):
                span = rating.spans_of("criterion", name)[0]
                quote = transcript.quote(span.start, span.end)
                tally.quotes.append(any(_overlap(quote, q) for q in row["quotes"][name]))
        tally.flags += [
            (flag, rating.flags[name]) for name, flag in row["flags"].items() if flag is not None
        ]
    return tally


def report(title: str, tally: Tally) -> str:
    """Return the figures as lines."""
    missed = [b for a, b in tally.marks if a == Mark.MISSED]
    met = [b for a, b in tally.marks if a == Mark.MET]
    raised = [a for a, b in tally.flags if b]
    real = [b for a, b in tally.flags if a]
    return "\n".join(
        (
            f"{title}: {len(tally.marks)} marks",
            f"  weighted kappa         {weighted_kappa(tally.marks):.2f}",
            f"  missed read as met     {_share(b == Mark.MET for b in missed)}",
            f"  met read as missed     {_share(b == Mark.MISSED for b in met)}",
            f"  flags raised rightly   {_share(raised)}",
            f"  flags found            {_share(real)}",
            f"  quotes on the evidence {_share(tally.quotes)}",
            f"  score with overall     {correlation(*zip(*tally.overall, strict=True)):.2f}"
            " (Pearson)",
        )
    )


def main() -> None:
    """Print the figures of the file that is named."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    catalogue = open_catalogue()
    print(report("As typed", measure(catalogue, rows, plain=False)))
    print(report("Without case and punctuation", measure(catalogue, rows, plain=True)))


def _share(hits: Iterable[bool]) -> str:
    values = list(hits)
    return f"{sum(values)} of {len(values)} ({sum(values) / max(1, len(values)):.0%})"


def _overlap(first: str, second: str) -> bool:
    """Whether two quotes share three words in a row."""
    a, b = (re.findall(r"[a-z0-9']+", text.lower()) for text in (first, second))
    size = min(LEAST_SHARED_WORDS, len(a), len(b))
    rows = {tuple(a[i : i + size]) for i in range(len(a) - size + 1)}
    return any(tuple(b[i : i + size]) in rows for i in range(len(b) - size + 1))


if __name__ == "__main__":
    main()
