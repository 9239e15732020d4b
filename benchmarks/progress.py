"""Progress over 100, 10 000 and 100 000 answers, as ratios to the smallest; and whole records."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

from benchmarks.library import CRITERIA, FLAGS, SIZES, history
from benchmarks.ratio import Amount, Ratio
from trainer.catalogue import library_loader
from trainer.paths import Home
from trainer.recall import decode_rubric, encode_rubric
from trainer.review.rows import quotes_of
from trainer.reviewing import Reviewing
from trainer.store import listing
from trainer.store.database import Store

WEEK = timedelta(days=7)
READ_WHOLE = 200
USUAL, SOON_S = 10_000, 1.0
"""So many answers are ten a day for three years; a second is waited without losing the thread."""


def measure() -> Iterator[Ratio | Amount | str]:
    """Make each history, look at all of it and at a week, and compare."""
    smallest: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            home = history(Path(folder), size)
            with Store.open(home) as store:
                rubric(home, store)
                times = _measured(store, Reviewing(store, library_loader(home)))
            for what, times_s in times.items():
                before = smallest.setdefault(what, times_s)
                if before is not times_s:
                    yield Ratio.of(f"{what}, {size} answers", times_s, f"{SIZES[0]}", before)
            for what, times_s in times.items():
                wanted = SOON_S if what == "progress of all" and size == USUAL else None
                yield Amount(f"{what}, {size} answers", median(times_s), "s", wanted)
            yield Amount(f"the most memory with {size} answers", _memory_mb(home), "MB")


def _measured(store: Store, reviewing: Reviewing) -> dict[str, list[float]]:
    since = _last_day(store) - WEEK
    return {
        "progress of all": _times(reviewing.progress),
        "progress of a week": _times(lambda: reviewing.progress(since=since)),
        "one page of outlines": _times(lambda: store.outlines(limit=1000)),
        "making the derived tables anew": _times(lambda: _anew(store), 1),
        f"{READ_WHOLE} whole records": _times(lambda: _whole(store), 1),
    }


def rubric(home: Home, store: Store) -> None:
    """Let the made-up ratings be of checklists that can be read."""
    shipped = library_loader(home)().rubrics["ownership"]
    criteria = tuple(
        replace(shipped.criteria[n % len(shipped.criteria)], id=name, title=name.capitalize())
        for n, name in enumerate(CRITERIA)
    )
    flags = tuple(
        replace(shipped.flags[n % len(shipped.flags)], id=name) for n, name in enumerate(FLAGS)
    )
    with store._database.writing() as db:  # noqa: SLF001 - behind its back
        for row in db.execute("SELECT number FROM rubrics").fetchall():
            made = replace(shipped, title=f"Rubric {row['number']}", criteria=criteria, flags=flags)
            made_json = encode_rubric(made)
            db.execute("UPDATE rubrics SET json = ? WHERE number = ?", (made_json, row["number"]))


def _last_day(store: Store) -> date:
    return datetime.fromisoformat(store.library(limit=1)[0].attempt.started_at).date()


def _anew(store: Store) -> None:
    with store._database.writing("NORMAL") as db:  # noqa: SLF001 - what a start does
        listing.make(db)


def _whole(store: Store) -> None:
    for line in store.library(limit=READ_WHOLE):
        record = store.attempt(line.attempt.id)
        if record:
            quotes_of(record, decode_rubric)


def _times(act: Callable[[], object], rounds: int = 3) -> list[float]:
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return times


def _memory_mb(home: Home) -> float:
    """Return the most that a process holds that looks at all of a history."""
    program = (
        "import sys; from pathlib import Path; from trainer.paths import Home; "
        "from trainer.store.database import Store; from trainer.reviewing import Reviewing; "
        "store = Store.open(Home(Path(sys.argv[1]))); "
        "kept = Reviewing(store, lambda: None).progress(); store.close(); "
        "print([line.split()[1] for line in open('/proc/self/status') if 'VmHWM' in line][0])"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, str(home.root)], check=True, capture_output=True, text=True
    )
    return int(told.stdout) / 1000
