"""Version 6: marks by hand that were begun, so that a program that ends takes none with it.

A row goes when the form is done or left. `marks` is JSON: a mark for each point that has one.
"""

STATEMENTS = (
    """
    CREATE TABLE begun_marks (
        number INTEGER PRIMARY KEY,
        attempt_id TEXT NOT NULL UNIQUE REFERENCES attempts (id) ON DELETE CASCADE,
        transcript_id TEXT NOT NULL REFERENCES transcripts (id) ON DELETE CASCADE,
        marks TEXT NOT NULL
    )
    """,
    "CREATE INDEX begun_marks_by_transcript ON begun_marks (transcript_id)",
)
