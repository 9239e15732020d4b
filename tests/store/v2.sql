-- What version 2 added to a history that v1.sql began: spoken answers.
-- Never edit it: every later program must read it.
PRAGMA user_version = 2;

ALTER TABLE attempts ADD COLUMN recording TEXT;
ALTER TABLE drafts ADD COLUMN recording TEXT;
ALTER TABLE drafts ADD COLUMN heard TEXT;

INSERT INTO attempts VALUES
    (3, 'a3', 's', 'adversity', 'Adversity', 'setback', 'Tell me about a setback.',
        'adversity', '2024-02-01T00:00:01Z', 60, 120, 1, 0, NULL, NULL,
        'abababababababababababababababab.wav');
INSERT INTO transcripts VALUES
    (4, 't4', 'a3', '2024-02-01T00:00:01Z', 'vosk', 'I had 249',
        '{"schema":1,"start":[0,2,6],"end":[1,5,9],"start_s":[0.1,0.3,1.0],"end_s":[0.2,0.9,2.0],"confidence":[0.93,1.0,0.5],"said":[null,null,"two forty nine"],"voiced":[[0.1,0.9],[1.0,2.0]]}',
        '{"schema":1,"words":5,"answer_s":1.9,"pace_wpm":150.0,"lower_s":60,"upper_s":120,"i_words":1,"we_words":0,"first_word_s":0.1,"pauses":0,"longest_pause_s":0.0,"paused_s":0.0}',
        NULL),
    (5, 't5', 'a3', '2024-02-01T00:00:02Z', 'corrected', 'I had 250',
        '{"schema":1,"start":[0,2,6],"end":[1,5,9],"start_s":[0.1,0.3,1.0],"end_s":[0.2,0.9,2.0],"confidence":[0.93,1.0,null],"voiced":[[0.1,0.9],[1.0,2.0]]}',
        '{"schema":1,"words":3,"answer_s":1.9,"pace_wpm":90.0,"lower_s":60,"upper_s":120,"i_words":1,"we_words":0,"first_word_s":0.1,"pauses":0,"longest_pause_s":0.0,"paused_s":0.0}',
        't4');
INSERT INTO drafts VALUES
    (2, 'd2', 'someone', 's', 'adversity', 'setback', 'Tell me about a setback.', 'I had 249', 2.5, 2,
        '2024-02-01T00:00:00Z', '2024-02-01T00:00:12Z', NULL, NULL, 0, NULL,
        'cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd.wav',
        '{"schema":1,"source":"vosk","text":"I had 249","start":[0,2,6],"end":[1,5,9],"start_s":[0.1,0.3,1.0],"end_s":[0.2,0.9,2.0],"confidence":[0.93,1.0,0.5],"said":[null,null,"two forty nine"],"voiced":[[0.1,0.9],[1.0,2.0]]}');
