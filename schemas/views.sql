-- Views over the tables. The tables' own views are made from schemas/*.py when an edition is published.

-- What is counted: everything below that counts what was said counts it here, so each story once.
CREATE VIEW speech AS
SELECT * FROM turns
WHERE kind = 'speech';

COMMENT ON VIEW speech IS 'The turns of speech that counts are made of; columns as in turns. Pages are counted as they stand: a copy on a station''s site is counted again.';

CREATE VIEW speakers AS
SELECT
    speaker_name,
    count(*) AS turn_count,
    sum(word_count)::BIGINT AS word_count,
    count(DISTINCT transcript_id) AS transcript_count,
    min(air_date) AS first_air_date,
    max(air_date) AS last_air_date
FROM speech
WHERE speaker_name IS NOT NULL
GROUP BY speaker_name;

COMMENT ON VIEW speakers IS 'One row a full name. Turns whose speaker is not known by full name are not counted; two people of one name are one row.';
COMMENT ON COLUMN speakers.speaker_name IS 'Full name of the person in proper case.';
COMMENT ON COLUMN speakers.turn_count IS 'Turns of speech.';
COMMENT ON COLUMN speakers.word_count IS 'Words said in these turns.';
COMMENT ON COLUMN speakers.transcript_count IS 'Transcripts with at least one of these turns.';
COMMENT ON COLUMN speakers.first_air_date IS 'First day of broadcast among these turns. NULL: no transcript has one.';
COMMENT ON COLUMN speakers.last_air_date IS 'Last day of broadcast among these turns. NULL: no transcript has one.';

CREATE VIEW coverage_by_day AS
SELECT
    source_id,
    program,
    air_date,
    count(*) AS transcript_count,
    sum(turn_count)::BIGINT AS turn_count,
    sum(word_count)::BIGINT AS word_count
FROM transcripts
GROUP BY source_id, program, air_date;

COMMENT ON VIEW coverage_by_day IS 'What the lake holds, by source, programme and day of broadcast. A day without a row is a day of which it holds nothing.';
COMMENT ON COLUMN coverage_by_day.source_id IS 'Site that the pages are on. NULL: no known source.';
COMMENT ON COLUMN coverage_by_day.program IS 'Programme. NULL: the pages name none.';
COMMENT ON COLUMN coverage_by_day.air_date IS 'Day of broadcast. NULL: the pages name none.';
COMMENT ON COLUMN coverage_by_day.transcript_count IS 'Transcripts.';
COMMENT ON COLUMN coverage_by_day.turn_count IS 'Turns in these transcripts, cues included.';
COMMENT ON COLUMN coverage_by_day.word_count IS 'Words said in these turns.';

-- A page's audio, or else the stretch between its first and its last printed time, against the words said in it. What is slower than
-- one word a second is mostly music, what is faster than five is no whole transcript: neither tells how fast people speak.
CREATE VIEW speaking_rate AS
WITH stamped AS (
    SELECT transcript_id, any_value(program) AS program, max(start_seconds) - min(start_seconds) AS seconds,
        sum(word_count) - arg_max(word_count, start_seconds) AS words
    FROM speech
    WHERE start_seconds IS NOT NULL
    GROUP BY transcript_id
), timed AS (
    SELECT program, audio_seconds AS seconds, word_count AS words FROM transcripts WHERE audio_seconds IS NOT NULL
    UNION ALL
    SELECT stamped.program, seconds, words
    FROM stamped JOIN transcripts USING (transcript_id)
    WHERE audio_seconds IS NULL
)
SELECT
    program,
    sum(words) / sum(seconds) AS words_per_second,
    count(*) AS transcript_count
FROM timed
WHERE words >= 50 AND words BETWEEN seconds AND 5 * seconds
GROUP BY GROUPING SETS ((program), ())
HAVING count(*) > 0 AND (program IS NOT NULL OR grouping(program) = 1);

COMMENT ON VIEW speaking_rate IS 'Words a second of broadcast, by programme and (program NULL) over all: measured on the pages that give the length of their audio, or else print times beside their turns.';
COMMENT ON COLUMN speaking_rate.program IS 'Programme. NULL: all of them together, those without a name included.';
COMMENT ON COLUMN speaking_rate.words_per_second IS 'Words a second of broadcast, music and pauses included.';
COMMENT ON COLUMN speaking_rate.transcript_count IS 'Transcripts that it was measured on.';

CREATE VIEW questions_by_host AS
SELECT
    speaker_name,
    program,
    count(*) AS turn_count,
    count(*) FILTER (contains(text, '?')) AS question_turn_count,
    sum(length(text) - length(replace(text, '?', '')))::BIGINT AS question_count,
    sum(word_count)::BIGINT AS word_count,
    min(air_date) AS first_air_date,
    max(air_date) AS last_air_date
FROM speech
WHERE speaker_role = 'host' AND speaker_name IS NOT NULL
GROUP BY speaker_name, program;

COMMENT ON VIEW questions_by_host IS 'What hosts ask, by host and programme: counted by printed question marks.';
COMMENT ON COLUMN questions_by_host.speaker_name IS 'Full name of the host.';
COMMENT ON COLUMN questions_by_host.program IS 'Programme. NULL: the pages name none.';
COMMENT ON COLUMN questions_by_host.turn_count IS 'Turns of speech as host.';
COMMENT ON COLUMN questions_by_host.question_turn_count IS 'Turns with at least one question mark.';
COMMENT ON COLUMN questions_by_host.question_count IS 'Question marks.';
COMMENT ON COLUMN questions_by_host.word_count IS 'Words said in all of these turns.';
COMMENT ON COLUMN questions_by_host.first_air_date IS 'First day of broadcast among these turns.';
COMMENT ON COLUMN questions_by_host.last_air_date IS 'Last day of broadcast among these turns.';

-- Tape is what was recorded elsewhere and is played. Transcripts mark it by a cue before it; who speaks next, if that is neither
-- host nor reporter, is heard on it. A cue followed by them was music or street noise under their own words.
CREATE VIEW tape_share AS
WITH played AS (
    SELECT transcript_id, turn_index + 1 AS turn_index
    FROM turns
    WHERE kind = 'cue' AND regexp_matches(text, '(?i)^[^a-z]*sound ?bite')
), said AS (
    SELECT
        speech.*,
        played.turn_index IS NOT NULL AND coalesce(speaker_role, '') NOT IN ('host', 'reporter', 'announcer') AS is_tape
    FROM speech LEFT JOIN played USING (transcript_id, turn_index)
)
SELECT
    program,
    source_id,
    count(*) FILTER (is_tape) AS tape_turn_count,
    coalesce(sum(word_count) FILTER (is_tape), 0)::BIGINT AS tape_word_count,
    sum(word_count)::BIGINT AS word_count,
    coalesce(sum(word_count) FILTER (is_tape), 0) / sum(word_count) AS tape_share
FROM said
GROUP BY program, source_id;

COMMENT ON VIEW tape_share IS 'How much of what is said is tape, by programme and source, as far as cues show it: the turn after a soundbite cue, unless a host, reporter or announcer speaks it. A lower bound: only the first turn of a recording is counted, and tape without a cue is not.';
COMMENT ON COLUMN tape_share.program IS 'Programme. NULL: the pages name none.';
COMMENT ON COLUMN tape_share.source_id IS 'Site that the pages are on. NULL: no known source.';
COMMENT ON COLUMN tape_share.tape_turn_count IS 'Turns on tape.';
COMMENT ON COLUMN tape_share.tape_word_count IS 'Words on tape.';
COMMENT ON COLUMN tape_share.word_count IS 'All words of speech.';
COMMENT ON COLUMN tape_share.tape_share IS 'Words on tape, as a share of all words of speech, from 0 to 1.';
