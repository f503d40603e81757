-- Views over the tables. The tables' own views are made from schemas/*.py when an edition is published.

CREATE VIEW speakers AS
SELECT
    speaker_name,
    count(*) AS turn_count,
    sum(word_count)::BIGINT AS word_count,
    count(DISTINCT transcript_id) AS transcript_count,
    min(air_date) AS first_air_date,
    max(air_date) AS last_air_date
FROM turns
WHERE speaker_name IS NOT NULL AND kind = 'speech'
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
