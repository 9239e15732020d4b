-- What version 4 added to a history that v1.sql, v2.sql and v3.sql began: stars, tags, notes, who
-- has rated. Never edit it: every later program must read it.
PRAGMA user_version = 4;

ALTER TABLE attempts ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN deleted_by TEXT;
CREATE INDEX attempts_deleted ON attempts (deleted_by) WHERE deleted_by IS NOT NULL;
CREATE INDEX attempts_by_recording ON attempts (recording) WHERE recording IS NOT NULL;
CREATE TABLE tags (
    number INTEGER PRIMARY KEY,
    attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    name TEXT NOT NULL COLLATE NOCASE,
    UNIQUE (attempt_id, name)
);
CREATE INDEX tags_by_name ON tags (name, attempt_id);
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
);
CREATE INDEX span_notes_by_attempt ON span_notes (attempt_id);
CREATE INDEX span_notes_by_transcript ON span_notes (transcript_id);
ALTER TABLE ratings ADD COLUMN rater TEXT NOT NULL DEFAULT 'machine';
CREATE INDEX ratings_by_rubric ON ratings (rubric_digest);
CREATE INDEX ratings_by_rater ON ratings (attempt_id, rater);

UPDATE ratings SET rater = 'peer' WHERE id = 'r3';
UPDATE attempts SET starred = 1 WHERE id = 'a4';
INSERT INTO tags VALUES (1, 'a4', 'ICU');
INSERT INTO span_notes VALUES
    (1, 'n1', 'a4', 't6', '2024-03-01T00:00:09Z', 'peer', 0, 2, 'slower');
