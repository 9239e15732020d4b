-- A history as version 1 wrote it, without its search index.
-- Never edit it: every later program must read it.
PRAGMA user_version = 1;

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
);
CREATE INDEX attempts_by_time ON attempts (started_at);
CREATE INDEX attempts_by_question ON attempts (question_id, started_at);
CREATE INDEX attempts_by_parent ON attempts (probe_of);
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
);
CREATE INDEX transcripts_by_attempt ON transcripts (attempt_id);
CREATE TABLE rubrics (
    number INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    json TEXT NOT NULL
);
CREATE TABLE ratings (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    transcript_id TEXT NOT NULL REFERENCES transcripts (id) ON DELETE CASCADE,
    created_at TEXT NOT NULL,
    rating TEXT NOT NULL,
    score REAL NOT NULL,
    rubric_digest TEXT NOT NULL
);
CREATE INDEX ratings_by_attempt ON ratings (attempt_id);
CREATE INDEX ratings_by_transcript ON ratings (transcript_id);
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
);

INSERT INTO attempts VALUES
    (1, 'a1', 's', 'adversity', 'Adversity', 'setback', 'Tell me about a setback.',
        'adversity', '2024-01-01T00:00:01Z', 60, 120, 1, 0, NULL, NULL),
    (2, 'a2', 's', 'adversity', 'Adversity', 'setback', 'What came of it?',
        NULL, '2024-01-01T00:00:05Z', 60, 120, 1, 0, 'a1', 'result');
INSERT INTO transcripts VALUES
    (1, 't1', 'a1', '2024-01-01T00:00:01Z', 'corrected', 'we lost him',
        '{"schema":1,"start":[0,3,8],"end":[2,7,11],"start_s":[0.1,0.3,null],"end_s":[0.2,0.9,null],"confidence":[0.93,1.0,null]}',
        '{"schema":1,"words":3,"answer_s":61.5,"pace_wpm":null,"lower_s":60,"upper_s":120,"i_words":2,"we_words":1}',
        NULL),
    (2, 't2', 'a1', '2024-01-01T00:00:09Z', 'typed', 'We lost him.', NULL,
        '{"schema":1,"words":3,"answer_s":61.5,"pace_wpm":null,"lower_s":60,"upper_s":120,"i_words":2,"we_words":1}',
        't1'),
    (3, 't3', 'a2', '2024-01-01T00:00:05Z', 'typed', 'I called the family.', NULL,
        '{"schema":1,"words":4,"answer_s":61.5,"pace_wpm":null,"lower_s":60,"upper_s":120,"i_words":2,"we_words":1}',
        NULL);
INSERT INTO rubrics VALUES
    (1, 'a941d1fcc59e0a394928304c131960e333dd19e872b11eb89859df6957d07e22', '{"id": "x"}');
INSERT INTO ratings VALUES
    (1, 'r1', 'a1', 't1', '2024-01-01T00:00:01Z',
        '{"schema":1,"rater":"machine","rubric_id":"adversity","rubric_version":"abc","scorer_version":"1","marks":{"event":2,"own_action":1,"result":0},"flags":{"blames":false,"names_patient":true},"spans":[[0,2,"criterion","event",["cue","other"]],[1,2,"flag","names_patient",[]],[0,1,"part","situation",[]]],"unsure":["result"],"remark":"off_question"}',
        62.5, 'a941d1fcc59e0a394928304c131960e333dd19e872b11eb89859df6957d07e22');
INSERT INTO drafts VALUES
    (1, 'd1', 'someone', 's', 'adversity', 'setback', 'Tell me about a setback.', 'I was', 12.5, 1,
        '2024-01-01T00:00:00Z', '2024-01-01T00:00:12Z', NULL, NULL, 1, NULL);
