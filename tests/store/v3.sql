-- What version 3 added to a history that v1.sql and v2.sql began: imported sound, and fillers
-- counted by ear; and what damage can leave: figures and a rating that nobody can read.
-- Never edit it: every later program must read it.
PRAGMA user_version = 3;

ALTER TABLE attempts ADD COLUMN origin TEXT;
CREATE TABLE filler_reviews (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    attempt_id TEXT NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    created_at TEXT NOT NULL,
    rater TEXT NOT NULL,
    review TEXT NOT NULL
);
CREATE INDEX filler_reviews_by_attempt ON filler_reviews (attempt_id);

INSERT INTO attempts VALUES
    (4, 'a4', 's4', 'general', 'General', 'why', 'Why us?', 'why', '2024-03-01T00:00:01Z', 60, 120,
        1, 0, NULL, NULL, 'efefefefefefefefefefefefefefefef.flac', 'call.mp4'),
    (5, 'a5', 's4', 'general', 'General', 'why', 'Why us?', 'why', '2024-03-02T00:00:01Z', 60, 120,
        1, 0, NULL, NULL, NULL, NULL);
INSERT INTO transcripts VALUES
    (6, 't6', 'a4', '2024-03-01T00:00:01Z', 'vosk', 'I like it',
        '{"schema":1,"start":[0,2,7],"end":[1,6,9],"start_s":[0.1,0.3,1.0],"end_s":[0.2,0.9,2.0],"confidence":[0.93,0.1,0.1],"voiced":[[0.1,2.0]],"filled":[[0.9,1.0,0.7]],"snr_db":24.5}',
        '{"schema":1,"words":3,"answer_s":1.9,"pace_wpm":null,"lower_s":60,"upper_s":120,"i_words":1,"we_words":0,"first_word_s":0.1,"pauses":0,"longest_pause_s":0.0,"paused_s":0.0,"pauses_inside":null,"pauses_between":null,"articulation_wpm":null,"fillers":[{"what":"um","low":0,"high":1}],"unmeasurable":["words"]}',
        NULL),
    (7, 't7', 'a5', '2024-03-02T00:00:01Z', 'typed', 'I like the people here.', NULL, '{"sch', NULL);
INSERT INTO ratings VALUES
    (2, 'r2', 'a4', 't6', '2024-03-01T00:00:02Z',
        '{"schema":1,"rater":"machine","rubric_id":"why","rubric_version":"abc","scorer_version":"2","marks":{"reason":2},"flags":{"vague":true},"spans":[[0,2,"criterion","reason",[]],[0,2,"flag","vague",[]]],"unsure":[],"remark":null,"notes":[],"chances":{"reason":[0.9,0.8]},"settled":["reason"]}',
        71.5, 'a941d1fcc59e0a394928304c131960e333dd19e872b11eb89859df6957d07e22'),
    (3, 'r3', 'a4', 't6', '2024-03-01T00:00:03Z',
        '{"schema":1,"rater":"peer","rubric_id":"why","rubric_version":"abc","scorer_version":"","marks":{"reason":0},"flags":{"vague":false},"spans":[],"unsure":[],"remark":null,"notes":[],"chances":{},"settled":[]}',
        10.0, 'a941d1fcc59e0a394928304c131960e333dd19e872b11eb89859df6957d07e22'),
    (4, 'r4', 'a5', 't7', '2024-03-02T00:00:02Z', '{"schema":1,"rater":"mach',
        55.5, 'a941d1fcc59e0a394928304c131960e333dd19e872b11eb89859df6957d07e22');
INSERT INTO filler_reviews VALUES
    (1, 'f1', 'a4', '2024-03-01T00:00:09Z', 'self', '{"schema":1,"count":1,"moments":[[0.9,1.0]]}');
