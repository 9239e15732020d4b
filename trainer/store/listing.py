"""What a row of the library shows and is chosen by, in narrow tables; and outlines beside it.

`library` has one row for every attempt that is not deleted, under the attempt's number; `marks` has
the marks of the machine's newest rating of it, and the flags that it raises; `peers` has the names
of all others who rated it or took part in its round; `outlines` is what progress over time reads.
All are derived and hold none of the words: `Store` writes them in the transaction that changes what
they come from, and where they are missing or have another shape the next start makes them anew.
Without them a page would read and decode whole answers.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence

from trainer.analysis.types import Delivery, Rater, Rating
from trainer.store import codec, outlines, shared_rounds

RATERS: tuple[Rater, ...] = ("machine", "self", "peer")
CHUNK = 500
_MOST = 1e9
_MOST_WORDS = 2**31
_ROUND = re.compile(r"([0-9a-f]{32})-[0-9]+")
"""How the answer of a round of a session with others names its practice."""

_NONE_LOW, _NONE_HIGH = "-2e9", "2e9"
"""Beyond every score and answer time: what has none stands last, whichever way they are sorted."""

SORT_KEYS = {
    ("score", True): f"coalesce(shown_score, {_NONE_LOW})",
    ("score", False): f"coalesce(shown_score, {_NONE_HIGH})",
    ("length", True): f"coalesce(answer_s, {_NONE_LOW})",
    ("length", False): f"coalesce(answer_s, {_NONE_HIGH})",
    ("question", True): "question_id",
    ("question", False): "question_id",
}
"""What the library sorts by before the date; no such expression is ever NULL."""

# raters: a bit for each of RATERS; shown_score: NULL where the score is not to be shown
_SCHEMA = (
    """
    CREATE TABLE library (
        number INTEGER PRIMARY KEY REFERENCES attempts (number) ON DELETE CASCADE,
        started_at TEXT NOT NULL,
        bank_id TEXT NOT NULL,
        question_id TEXT NOT NULL,
        rubric_id TEXT,
        session_id TEXT NOT NULL,
        practised INTEGER NOT NULL,
        starred INTEGER NOT NULL,
        spoken INTEGER NOT NULL,
        raters INTEGER NOT NULL,
        words INTEGER NOT NULL,
        answer_s REAL,
        measurable INTEGER NOT NULL,
        score REAL,
        shown_score REAL,
        remark TEXT,
        rubric_digest TEXT,
        transcript INTEGER
    )
    """,
    """
    CREATE TABLE marks (
        number INTEGER NOT NULL REFERENCES library (number) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        value INTEGER NOT NULL,
        PRIMARY KEY (number, kind, name)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE peers (
        number INTEGER NOT NULL REFERENCES library (number) ON DELETE CASCADE,
        name TEXT NOT NULL,
        PRIMARY KEY (number, name)
    ) WITHOUT ROWID
    """,
    outlines.SCHEMA,
    "CREATE INDEX peers_by_name ON peers (name)",
    "CREATE INDEX marks_by_name ON marks (kind, name, value)",
    "CREATE INDEX library_by_time ON library (started_at)",
    "CREATE INDEX library_by_transcript ON library (transcript)",
    "CREATE INDEX library_by_bank ON library (bank_id, started_at)",
    "CREATE INDEX library_by_session ON library (session_id, started_at)",
    "CREATE INDEX library_practised ON library (practised, question_id)",
    "CREATE INDEX library_starred ON library (started_at) WHERE starred",
    *(
        f"CREATE INDEX library_key_{number} ON library ({key}, started_at)"
        for number, key in enumerate(dict.fromkeys(SORT_KEYS.values()))
    ),
)

_SOURCE = f"""
    SELECT {outlines.COLUMNS},
        EXISTS (SELECT 1 FROM rounds WHERE attempt_id = a.id) AS is_shared,
        a.number, a.started_at, a.bank_id, a.question_id, a.rubric_id, a.session_id,
        a.probe_of IS NULL AND NOT a.superseded AS practised, a.starred,
        a.recording IS NOT NULL OR coalesce(o.source, 'typed') IN ('vosk', 'builtin', 'unheard')
            AS spoken,
        (SELECT group_concat(DISTINCT rater) FROM ratings WHERE attempt_id = a.id) AS raters,
        t.number AS transcript, t.text,
        r.score, r.rating, r.rubric_digest
    FROM attempts a
    LEFT JOIN transcripts o
        ON o.number = (SELECT min(number) FROM transcripts WHERE attempt_id = a.id)
    LEFT JOIN transcripts t
        ON t.number = (SELECT max(number) FROM transcripts WHERE attempt_id = a.id)
    LEFT JOIN ratings r ON r.number = (
        SELECT max(number) FROM ratings WHERE attempt_id = a.id AND rater = 'machine'
    )
    WHERE a.deleted_by IS NULL
"""  # noqa: S608 - all of it ours
_TAKEN_OVER = (
    *("number", "started_at", "bank_id", "question_id", "rubric_id", "practised"),
    *("starred", "spoken", "rubric_digest", "transcript"),
)
# Only damage leaves a column empty that must not be: such a row bars no way to the others.
_PUT = """
    INSERT OR IGNORE INTO library VALUES (
        :number, :started_at, :bank_id, :question_id, :rubric_id, :session_id, :practised,
        :starred, :spoken, :raters, :words, :answer_s, :measurable, :score, :shown_score, :remark,
        :rubric_digest, :transcript
    )
"""


def fits(db: sqlite3.Connection) -> bool:
    """Tell whether all the tables are there in this shape."""
    rows = db.execute(
        "SELECT sql FROM sqlite_master WHERE tbl_name IN ('library', 'marks', 'outlines', 'peers')"
    )
    there = {row["sql"] for row in rows if row["sql"]}
    return {statement.strip() for statement in _SCHEMA} == there


def make(db: sqlite3.Connection, tell: Callable[[float], object] = lambda share: None) -> None:
    """Make the tables anew from the attempts, inside a transaction of the caller's.

    Row by row: 100 000 attempts take no more memory than a few hundred. `tell` hears again and
    again what share (0..1) is done; what it raises ends it.
    """
    for table in ("outlines", "peers", "marks", "library"):
        db.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in _SCHEMA:
        db.execute(statement.strip())
    whole = db.execute("SELECT count(*) FROM attempts").fetchone()[0]
    last = done = 0
    while chunk := db.execute(
        f"{_SOURCE} AND a.number > ? ORDER BY a.number LIMIT {CHUNK}", (last,)
    ).fetchall():
        _put(db, chunk)
        last, done = chunk[-1]["number"], done + len(chunk)
        tell(done / whole)


def refresh(db: sqlite3.Connection, attempt_ids: Iterable[str]) -> None:
    """Bring the rows of some attempts to what is stored of them now; the deleted have none."""
    for attempt_id in attempt_ids:
        db.execute(
            "DELETE FROM library WHERE number = (SELECT number FROM attempts WHERE id = ?)",
            (attempt_id,),
        )
        _put(db, db.execute(f"{_SOURCE} AND a.id = ?", (attempt_id,)).fetchall())


def whole_practice(session_id: str) -> str:
    """Return the practice that an answer is listed under: all rounds of a session are one."""
    found = _ROUND.fullmatch(session_id)
    return found[1] if found else session_id


def raters_of(bits: int) -> tuple[Rater, ...]:
    """Return the raters that `library.raters` stands for."""
    return tuple(rater for rater in RATERS if bits & bit_of(rater))


def bit_of(rater: str) -> int:
    """Return the bit of a rater in `library.raters`; 0 for one that there is not."""
    return 1 << RATERS.index(rater) if rater in RATERS else 0


def _put(db: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> None:
    for row in rows:
        rating, delivery = _rating(row), _delivery(row)
        words, answer_s, measurable = _figures(row, delivery)
        score = _number(row["score"])
        remark = rating.remark.value if rating and rating.remark else None
        written = db.execute(
            _PUT,
            {
                **{column: row[column] for column in _TAKEN_OVER},
                "session_id": whole_practice(row["session_id"]),
                "raters": sum(bit_of(rater) for rater in set((row["raters"] or "").split(","))),
                "words": words,
                "answer_s": answer_s,
                "measurable": measurable,
                "score": score,
                "shown_score": score if measurable and remark is None else None,
                "remark": remark,
            },
        )
        if not written.rowcount:
            continue
        outlines.put(db, row, rating, delivery)
        peers = ((row["number"], name) for name in _peers(db, row))
        db.executemany("INSERT OR IGNORE INTO peers VALUES (?, ?)", peers)
        if rating:
            db.executemany("INSERT INTO marks VALUES (?, ?, ?, ?)", _marks(row["number"], rating))


def _peers(db: sqlite3.Connection, row: sqlite3.Row) -> Iterator[str]:
    """Yield what others are called who rated an attempt or took part in its round; not the user."""
    shared = shared_rounds.of_attempt(db, row["id"]) if row["is_shared"] else None
    names: list[object] = []
    if "peer" in (row["raters"] or ""):
        found = db.execute(
            "SELECT rater_name FROM ratings WHERE attempt_id = ? AND rater = 'peer'", (row["id"],)
        )
        names += [one["rater_name"] for one in found]
    own = ""
    if shared:
        names += [shared.candidate, shared.interviewer, *shared.observers]
        own = {"candidate": shared.candidate, "interviewer": shared.interviewer}.get(
            shared.role, ""
        )
    for name in names:
        shown = " ".join(name.split()) if isinstance(name, str) else ""
        if shown and shown != " ".join(own.split()):
            yield shown


def _marks(number: int, rating: Rating) -> Iterator[tuple[int, str, str, int]]:
    for name, mark in rating.marks.items():
        yield number, "criterion", codec.storable(name), int(mark)
    for name, raised in rating.flags.items():
        if raised:
            yield number, "flag", codec.storable(name), 1


def _rating(row: sqlite3.Row) -> Rating | None:
    """Return the rating of a row; None without one, or where damage has made it unreadable."""
    try:
        return codec.decode_rating(row["rating"]) if row["rating"] else None
    except ValueError:
        return None


def _delivery(row: sqlite3.Row) -> Delivery | None:
    """Return the figures of delivery; None where damage has made them unreadable."""
    try:
        return codec.decode_delivery(row["delivery"])
    except ValueError:
        return None


def _figures(row: sqlite3.Row, delivery: Delivery | None) -> tuple[int, float | None, bool]:
    """Return the words, the answer time, and whether the words are clear enough for a score.

    Where the figures are damaged, the words are counted in the text.
    """
    words = delivery.words if delivery else None
    if delivery is None or not isinstance(words, int) or not 0 <= words <= _MOST_WORDS:
        return len((row["text"] or "").split()), None, True
    return words, _number(delivery.answer_s), "words" not in delivery.unmeasurable


def _number(value: object) -> float | None:
    """Return a finite number; None for what damage has left."""
    usable = isinstance(value, int | float) and -_MOST <= value <= _MOST
    return float(value) if usable else None  # type: ignore[arg-type]
