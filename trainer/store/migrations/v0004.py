"""Version 4: what the user says of answers, deletions that can be undone, and who has rated.

`deleted_by` is the owner of the running program in which the answer was deleted: nobody sees it
any more, and that program, or the next one after its end, deletes it for good.

What the library lists is derived from these tables: `listing` makes it anew where it is missing.
"""

STATEMENTS = (
    "ALTER TABLE attempts ADD COLUMN starred INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE attempts ADD COLUMN deleted_by TEXT",
    "CREATE INDEX attempts_deleted ON attempts (deleted_by) WHERE deleted_by IS NOT NULL",
    # Without it whoever looks for sound would read every answer.
    "CREATE INDEX attempts_by_recording ON attempts (recording) WHERE recording IS NOT NULL",
    """
    CREATE TABLE tags (
        number INTEGER PRIMARY KEY,
        attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
        name TEXT NOT NULL COLLATE NOCASE,
        UNIQUE (attempt_id, name)
    )
    """,
    "CREATE INDEX tags_by_name ON tags (name, attempt_id)",
    # first_word and end_word count words of that version, the end excluded
    """
    CREATE TABLE span_notes (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
        transcript_id TEXT NOT NULL REFERENCES transcripts (id) ON DELETE CASCADE,
        created_at TEXT NOT NULL,
        rater TEXT NOT NULL,
        first_word INTEGER NOT NULL,
        end_word INTEGER NOT NULL,
        text TEXT NOT NULL
    )
    """,
    "CREATE INDEX span_notes_by_attempt ON span_notes (attempt_id)",
    "CREATE INDEX span_notes_by_transcript ON span_notes (transcript_id)",
    "ALTER TABLE ratings ADD COLUMN rater TEXT NOT NULL DEFAULT 'machine'",
    # All values of `rating` begin so; nothing is decoded, so that damage bars no way.
    """
    UPDATE ratings SET rater = CASE
        WHEN rating LIKE '{"schema":1,"rater":"self"%' THEN 'self'
        WHEN rating LIKE '{"schema":1,"rater":"peer"%' THEN 'peer'
        ELSE 'machine'
    END
    WHERE rating NOT LIKE '{"schema":1,"rater":"machine"%'
    """,
    # Without it a deletion would read every rating to find the rubrics that none is left for.
    "CREATE INDEX ratings_by_rubric ON ratings (rubric_digest)",
    "CREATE INDEX ratings_by_rater ON ratings (attempt_id, rater)",
)
