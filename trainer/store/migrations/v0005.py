"""Version 5: who rated and wrote, and what was shared when people practised together.

`rater_name` is empty for the machine and for the speaker; `comment` is what a rater says beside the
marks. A row of `rounds` tells of the shared session in which an answer was given: `people` is JSON,
and `role` is what the user of this history was in it.
"""

STATEMENTS = (
    "ALTER TABLE ratings ADD COLUMN rater_name TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE ratings ADD COLUMN comment TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE span_notes ADD COLUMN rater_name TEXT NOT NULL DEFAULT ''",
    # at_s: seconds of the answer's clock
    """
    CREATE TABLE moments (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        at_s REAL NOT NULL,
        text TEXT NOT NULL,
        rater_name TEXT NOT NULL
    )
    """,
    "CREATE INDEX moments_by_attempt ON moments (attempt_id)",
    """
    CREATE TABLE rounds (
        number INTEGER PRIMARY KEY,
        attempt_id TEXT NOT NULL UNIQUE REFERENCES attempts (id) ON DELETE CASCADE,
        session_id TEXT NOT NULL,
        round INTEGER NOT NULL,
        role TEXT NOT NULL,
        people TEXT NOT NULL
    )
    """,
    "CREATE INDEX rounds_by_session ON rounds (session_id, round)",
)
