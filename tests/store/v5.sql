-- What version 5 added to a history that v1.sql to v4.sql began: names of raters, shared rounds.
-- Never edit it: every later program must read it.
PRAGMA user_version = 5;

ALTER TABLE ratings ADD COLUMN rater_name TEXT NOT NULL DEFAULT '';
ALTER TABLE ratings ADD COLUMN comment TEXT NOT NULL DEFAULT '';
ALTER TABLE span_notes ADD COLUMN rater_name TEXT NOT NULL DEFAULT '';
CREATE TABLE moments (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    at_s REAL NOT NULL,
    text TEXT NOT NULL,
    rater_name TEXT NOT NULL
);
CREATE INDEX moments_by_attempt ON moments (attempt_id);
CREATE TABLE rounds (
    number INTEGER PRIMARY KEY,
    attempt_id TEXT NOT NULL UNIQUE REFERENCES attempts (id) ON DELETE CASCADE,
    session_id TEXT NOT NULL,
    round INTEGER NOT NULL,
    role TEXT NOT NULL,
    people TEXT NOT NULL
);
CREATE INDEX rounds_by_session ON rounds (session_id, round);

UPDATE ratings SET rater_name = 'Ana', comment = 'Calm.' WHERE id = 'r3';
INSERT INTO moments VALUES (1, 'm1', 'a4', 'good', 3.5, '', 'Ana');
