"""Version 3: sound files from elsewhere, and fillers that were counted by ear.

`origin` is the name of the file that an answer was imported from, NULL for one that was given here.
`review` is JSON: see `FillerReview`.
"""

STATEMENTS = (
    "ALTER TABLE attempts ADD COLUMN origin TEXT",
    """
    CREATE TABLE filler_reviews (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
        created_at TEXT NOT NULL,
        rater TEXT NOT NULL,
        review TEXT NOT NULL
    )
    """,
    "CREATE INDEX filler_reviews_by_attempt ON filler_reviews (attempt_id)",
)
