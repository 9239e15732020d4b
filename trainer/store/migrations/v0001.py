"""Version 1: the first release.

`number` counts the rows of a table in the order of saving, so the newest version of a transcript
or rating is the one with the highest number; it is also what a rescue goes by. Ids come from
outside. Columns of `attempts` and `drafts` are the fields of the records of that name.

No foreign key stands on `probe_of`, `corrects` and `rubric_digest`: that a parent was deleted in
another window, or lost to damage, is no reason to refuse or drop an answer.
"""

STATEMENTS = (
    """
    CREATE TABLE attempts (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        session_id TEXT NOT NULL,
        bank_id TEXT NOT NULL,
        bank_title TEXT NOT NULL,
        question_id TEXT NOT NULL,
        prompt TEXT NOT NULL,
        rubric_id TEXT,
        started_at TEXT NOT NULL,
        lower_s INTEGER NOT NULL,
        upper_s INTEGER NOT NULL,
        take INTEGER NOT NULL,
        superseded INTEGER NOT NULL,
        probe_of TEXT,
        criterion_id TEXT
    )
    """,
    "CREATE INDEX attempts_by_time ON attempts (started_at)",
    "CREATE INDEX attempts_by_question ON attempts (question_id, started_at)",
    "CREATE INDEX attempts_by_parent ON attempts (probe_of)",
    # words: JSON, NULL where splitting the text gives them; delivery: JSON
    """
    CREATE TABLE transcripts (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
        created_at TEXT NOT NULL,
        source TEXT NOT NULL,
        text TEXT NOT NULL,
        words TEXT,
        delivery TEXT NOT NULL,
        corrects TEXT
    )
    """,
    "CREATE INDEX transcripts_by_attempt ON transcripts (attempt_id)",
    # A rubric fills some 30 kB of JSON: the ratings that were given by it share one row.
    """
    CREATE TABLE rubrics (
        number INTEGER PRIMARY KEY,
        digest TEXT NOT NULL UNIQUE,
        json TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE ratings (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
        transcript_id TEXT NOT NULL REFERENCES transcripts (id) ON DELETE CASCADE,
        created_at TEXT NOT NULL,
        rating TEXT NOT NULL,
        score REAL NOT NULL,
        rubric_digest TEXT NOT NULL
    )
    """,
    "CREATE INDEX ratings_by_attempt ON ratings (attempt_id)",
    "CREATE INDEX ratings_by_transcript ON ratings (transcript_id)",
    """
    CREATE TABLE drafts (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        owner TEXT NOT NULL,
        session_id TEXT NOT NULL,
        bank_id TEXT NOT NULL,
        question_id TEXT NOT NULL,
        prompt TEXT NOT NULL,
        text TEXT NOT NULL,
        counted_s REAL NOT NULL,
        take INTEGER NOT NULL,
        started_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        probe_of TEXT,
        criterion_id TEXT,
        set_aside INTEGER NOT NULL,
        corrects TEXT
    )
    """,
)
