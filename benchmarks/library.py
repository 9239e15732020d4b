"""The library at 100, 10 000 and 100 000 attempts, as ratios to the smallest.

The attempts are made by the store's own functions in big transactions: typed and spoken answers of
some 250 words with times, one rating each.
"""

from __future__ import annotations

import atexit
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path

from benchmarks.ratio import Amount, Ratio
from trainer.analysis.types import Delivery, Rating, Span
from trainer.bank.types import Mark
from trainer.paths import Home
from trainer.store import attempts, listing
from trainer.store.database import Store
from trainer.store.types import Attempt, LibraryQuery, StoredRating, StoredTranscript
from trainer.transcript.types import Transcript, Word

SIZES = (100, 10_000, 100_000)
WORDS = 250
PAGE = 50
ROUNDS = 7
IN_A_TRANSACTION = 2000
QUICK_MS = 100.0
"""What is felt as at once; a page of the largest history should not take longer."""

COMMON, USUAL, RARE = "patient", "ventilator", "zyzzyva"
CRITERIA = ("event", "own_action", "result", "change", "acknowledge", "insight", "specific", "ask")
FLAGS = ("blames", "names_patient", "vague", "excuses", "we_only")
_PLAIN = (
    "i was the only doctor on the ward that night and the nurse called me because his pressure "
    "fell so we gave fluids and i called the senior who came and told the family what had happened "
    "after that i changed how i hand over every morning and wrote a list of what must be checked"
)


def measure() -> Iterator[Ratio | Amount | str]:
    """Make each history, ask it the same, and compare with the smallest."""
    smallest: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            home = history(Path(folder), size)
            megabytes = home.database.stat().st_size / 1e6
            yield f"  {size} attempts, {megabytes:.0f} MB"
            times = _times(home, size)
            for what, times_s in times.items():
                before = smallest.setdefault(what, times_s)
                if before is not times_s:
                    yield Ratio.of(f"{what}, {size} attempts", times_s, f"{SIZES[0]}", before)
            yield Amount(
                f"the slowest page of {size} attempts",
                1000 * max(sorted(t)[len(t) // 2] for w, t in times.items() if "page" in w),
                "ms",
                QUICK_MS,
            )
            yield Amount(f"the most memory with {size} attempts", _memory_mb(home), "MB")


def history(folder: Path, size: int) -> Home:
    """Return a home in `folder` with so many attempts, which may be changed.

    Making the largest takes minutes, so all benchmarks of one run copy the same ones.
    """
    home = Home(folder / str(size))
    shutil.copytree(_made(size).root, home.root)
    return home


@cache
def _made(size: int) -> Home:
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    home = Home(Path(folder.name) / "made")
    print(f"    making {size} attempts …", file=sys.stderr, flush=True)
    make(home, size)
    return home


def make(home: Home, size: int) -> None:
    """Fill a new history: the same one every time."""
    dice = random.Random(size)
    with Store.open(home) as store:
        for first in range(0, size, IN_A_TRANSACTION):
            with store._database.writing("NORMAL") as db:  # noqa: SLF001 - one transaction for many
                for number in range(first, min(size, first + IN_A_TRANSACTION)):
                    attempt, words, rating = _answer(number, dice)
                    attempts.add(db, attempt)
                    attempts.add_transcript(db, words)
                    attempts.add_rating(db, rating)
                    store._search.index(db, attempt.id)  # noqa: SLF001
                    listing.refresh(db, (attempt.id,))


def _answer(number: int, dice: random.Random) -> tuple[Attempt, StoredTranscript, StoredRating]:
    at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=7 * number)
    now = at.isoformat(timespec="milliseconds")
    attempt = Attempt(
        id=f"{dice.getrandbits(128):032x}",
        session_id=f"{number // 5:032x}",
        bank_id=f"bank-{number % 7}",
        bank_title=f"Bank {number % 7}",
        question_id=f"question-{number % 140}",
        prompt=f"Tell me about a time when question {number % 140} was hard for you.",
        rubric_id=f"rubric-{number % 5}",
        started_at=now,
        lower_s=60,
        upper_s=120,
        starred=number % 50 == 0,
        recording=f"{dice.getrandbits(128):032x}.flac" if number % 2 else None,
    )
    extra = (USUAL,) * (number % 100 == 0) + (RARE,) * (number in (7, 77))
    words = _said(number % 200, extra, attempt.recording is not None)
    figures = Delivery(WORDS, 60.0 + dice.random() * 90, 140.0, 60, 120, 9, 3)
    stored = StoredTranscript(f"t{attempt.id}", attempt.id, now, words, figures)
    marks = {name: Mark(dice.randrange(3)) for name in CRITERIA}
    rating = Rating(
        rater="machine",
        rubric_id=attempt.rubric_id or "",
        rubric_version="1",
        scorer_version="1",
        marks=marks,
        flags={name: dice.random() < 0.2 for name in FLAGS},
        spans=tuple(Span(i, i + 9, "criterion", name) for i, name in enumerate(CRITERIA)),
    )
    score = 50.0 * sum(marks.values()) / len(marks)
    rubric = f'{{"id": "rubric-{number % 5}", "filler": "{"x" * 30_000}"}}'
    return (
        attempt,
        stored,
        StoredRating(f"r{attempt.id}", attempt.id, stored.id, now, rating, score, rubric),
    )


@lru_cache(maxsize=1000)
def _said(number: int, extra: tuple[str, ...], spoken: bool) -> Transcript:
    said = random.Random(number).choices(_PLAIN.split(), k=WORDS)
    said[3:3] = [COMMON, *extra]
    words = Transcript.typed(" ".join(said))
    if not spoken:
        return words
    timed = tuple(
        Word(w.start, w.end, i * 0.4, i * 0.4 + 0.35, 0.9) for i, w in enumerate(words.words)
    )
    return replace(words, words=timed, source="vosk")


def _times(home: Home, size: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {}

    def clock(what: str, act: Callable[[], object], rounds: int = ROUNDS) -> None:
        for _ in range(rounds + 1):
            began = time.perf_counter()
            act()
            times.setdefault(what, []).append(time.perf_counter() - began)
        del times[what][0]

    def opened() -> None:
        with Store.open(home) as other:
            other.library(limit=PAGE)

    clock("opening the history and the first page", opened)
    with Store.open(home) as store:

        def page(what: str, offset: int = 0, **asked: object) -> None:
            query = LibraryQuery(**asked)  # type: ignore[arg-type]
            clock(what, lambda: store.library(query, PAGE, offset))

        def count(what: str, **asked: object) -> None:
            query = LibraryQuery(**asked)  # type: ignore[arg-type]
            clock(what, lambda: store.count_library(query))

        page("first page")
        page("page in the middle", size // 2)
        for sort in ("score", "length", "question"):
            page(f"first page by {sort}", sort=sort)
            page(f"middle page by {sort}", size // 2, sort=sort, descending=False)
        last = store.library(LibraryQuery(sort="score"), 1, size // 2)[0].place
        by_score = LibraryQuery(sort="score")
        clock("page after the middle by score", lambda: store.library(by_score, PAGE, after=last))
        page("first page of a bank", bank_id="bank-3")
        page("first page of a mark", criterion=("result", Mark.MET))
        page("first page of a flag and a score", flag="vague", score=(40, 60))
        page("first page of a rare mix", starred=True, rubric_id="rubric-0", score=(0, 20))
        count("count of all")
        count("count of a mark", criterion=("result", Mark.MET))
        for name, word in (("every", COMMON), ("a usual", USUAL), ("a rare", RARE)):
            page(f"first page of a search of {name} word", search=word)
            count(f"count of a search of {name} word", search=word)
        clock("practice counts", store.practice_counts)
        clock("an id by its beginning", lambda: store.ids("0123456"))

        def delete_and_undo() -> None:
            store.delete_attempt(newest)
            store.undo_delete()

        newest = store.library(limit=1)[0].attempt.id
        clock("delete and undo", delete_and_undo)
        clock(
            "delete for good",
            lambda: store.delete_for_good(store.library(limit=1)[0].attempt.id),
            1,
        )
    return times


def _memory_mb(home: Home) -> float:
    """Return the most that a process holds that opens the library, pages and searches."""
    program = (
        "import sys; from pathlib import Path; from trainer.paths import Home; "
        "from trainer.store.database import Store; from trainer.store.types import LibraryQuery; "
        "store = Store.open(Home(Path(sys.argv[1]))); store.library(limit=50); "
        "store.library(limit=50, offset=store.count_library() // 2); "
        f"store.library(LibraryQuery(search={COMMON!r}), 50); store.close(); "
        "print([line.split()[1] for line in open('/proc/self/status') if 'VmHWM' in line][0])"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, str(home.root)], check=True, capture_output=True, text=True
    )
    return int(told.stdout) / 1000
