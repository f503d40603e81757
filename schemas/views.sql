-- Views over the tables. The tables' own views are made from schemas/*.py when an edition is published.

-- What is counted: everything below that counts what was said counts it here, so each story once. NOT IN, for DuckDB takes the few
-- copies into memory then; of an ANTI JOIN it takes all turns.
CREATE VIEW speech AS
SELECT * FROM turns
WHERE kind = 'speech' AND transcript_id NOT IN (SELECT transcript_id FROM transcripts WHERE NOT is_primary);

COMMENT ON VIEW speech IS 'The turns of speech that counts are made of: those on the primary page of each story; columns as in turns.';

-- A person's rows on a page may be several (two spellings, two roles). A list, for count(DISTINCT) costs as much as all the rest.
CREATE VIEW speakers AS
WITH heard AS (
    SELECT
        person_id,
        CASE WHEN person_id IS NULL THEN speaker_name END AS unlinked_name,
        min(speaker_name) AS printed_name,
        sum(turn_count)::BIGINT AS turn_count,
        sum(word_count)::BIGINT AS word_count,
        count(*) FILTER (is_first)
            + coalesce(len(list_distinct(list(transcript_id) FILTER (is_first IS NULL))), 0) AS transcript_count,
        min(air_date) AS first_air_date,
        max(air_date) AS last_air_date
    FROM voices
    WHERE speaker_name IS NOT NULL
    GROUP BY person_id, unlinked_name
)
SELECT
    coalesce(people.name, printed_name) AS speaker_name,
    heard.turn_count,
    heard.word_count,
    heard.transcript_count,
    heard.first_air_date,
    heard.last_air_date,
    person_id
FROM heard LEFT JOIN people USING (person_id);

COMMENT ON VIEW speakers IS 'One row a person, whatever the spelling of the name, and one a full name for turns that are linked to no person. Turns whose speaker is not known by full name are not counted.';
COMMENT ON COLUMN speakers.speaker_name IS 'The name of the person in people; without a person, the full name as in turns.';
COMMENT ON COLUMN speakers.person_id IS 'The person: a row of people. NULL: a name that several people may have, who are counted together.';
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
    SELECT program, audio_seconds AS seconds, word_count AS words
    FROM transcripts
    WHERE audio_seconds IS NOT NULL AND is_primary IS NOT FALSE
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
    sum(turn_count)::BIGINT AS turn_count,
    sum(question_turn_count)::BIGINT AS question_turn_count,
    sum(question_count)::BIGINT AS question_count,
    sum(word_count)::BIGINT AS word_count,
    min(air_date) AS first_air_date,
    max(air_date) AS last_air_date
FROM voices
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
), taped AS (
    SELECT program, source_id, count(*) AS tape_turn_count, sum(word_count)::BIGINT AS tape_word_count
    FROM speech JOIN played USING (transcript_id, turn_index)
    WHERE coalesce(speaker_role, '') NOT IN ('host', 'reporter', 'announcer')
    GROUP BY program, source_id
), said AS (
    SELECT program, source_id, sum(word_count)::BIGINT AS word_count
    FROM voices
    GROUP BY program, source_id
)
SELECT
    said.program,
    said.source_id,
    coalesce(tape_turn_count, 0) AS tape_turn_count,
    coalesce(tape_word_count, 0) AS tape_word_count,
    word_count,
    coalesce(tape_word_count, 0) / word_count AS tape_share
FROM said LEFT JOIN taped
    ON said.program IS NOT DISTINCT FROM taped.program AND said.source_id IS NOT DISTINCT FROM taped.source_id;

COMMENT ON VIEW tape_share IS 'How much of what is said is tape, by programme and source, as far as cues show it: the turn after a soundbite cue, unless a host, reporter or announcer speaks it. A lower bound: only the first turn of a recording is counted, and tape without a cue is not.';
COMMENT ON COLUMN tape_share.program IS 'Programme. NULL: the pages name none.';
COMMENT ON COLUMN tape_share.source_id IS 'Site that the pages are on. NULL: no known source.';
COMMENT ON COLUMN tape_share.tape_turn_count IS 'Turns on tape.';
COMMENT ON COLUMN tape_share.tape_word_count IS 'Words on tape.';
COMMENT ON COLUMN tape_share.word_count IS 'All words of speech.';
COMMENT ON COLUMN tape_share.tape_share IS 'Words on tape, as a share of all words of speech, from 0 to 1.';

-- How good the data is. All pages are counted, copies too: a copy that lost its labels is to be seen here.
CREATE VIEW quality AS
WITH graded AS MATERIALIZED (
    FROM internal.grades
), rules AS (
    SELECT source_id, program, year, map(list(rule ORDER BY rule), list(words ORDER BY rule)) AS words_by_rule
    FROM (SELECT source_id, program, year, rule, sum(words)::BIGINT AS words FROM graded WHERE rule IS NOT NULL GROUP BY ALL)
    GROUP BY ALL
), degrees AS (
    SELECT source_id, program, year, map(list(sureness ORDER BY sureness), list(words ORDER BY sureness)) AS words_by_confidence
    FROM (SELECT source_id, program, year, sureness, sum(words)::BIGINT AS words FROM graded WHERE rule IS NOT NULL GROUP BY ALL)
    GROUP BY ALL
), said AS (
    SELECT
        source_id,
        program,
        year,
        sum(words)::BIGINT AS words,
        sum(attributed)::BIGINT AS attributed,
        sum(sure)::BIGINT AS sure,
        sum(trusted)::DOUBLE AS trusted,
        sum(unresolved)::BIGINT AS unresolved,
        sum(unresolved_labels)::BIGINT AS unresolved_labels,
        sum(uncertain_transcripts)::BIGINT AS uncertain_transcripts
    FROM graded
    GROUP BY ALL
), places AS (
    SELECT source_id, program, year(air_date) AS year, count(*) AS transcript_count, count(*) FILTER (NOT is_primary) AS copy_count
    FROM transcripts
    GROUP BY ALL
)
SELECT
    places.*,
    coalesce(uncertain_transcripts, 0) AS uncertain_transcript_count,
    coalesce(words, 0) AS word_count,
    coalesce(attributed, 0) AS attributed_words,
    attributed / nullif(words, 0) AS attributed_share,
    sure / nullif(words, 0) AS sure_share,
    trusted / nullif(attributed, 0) AS mean_confidence,
    coalesce(unresolved_labels, 0) AS unresolved_label_count,
    coalesce(unresolved, 0) AS unresolved_words,
    words_by_rule,
    words_by_confidence
FROM places
LEFT JOIN said
    ON places.source_id IS NOT DISTINCT FROM said.source_id
    AND places.program IS NOT DISTINCT FROM said.program
    AND places.year IS NOT DISTINCT FROM said.year
LEFT JOIN rules
    ON places.source_id IS NOT DISTINCT FROM rules.source_id
    AND places.program IS NOT DISTINCT FROM rules.program
    AND places.year IS NOT DISTINCT FROM rules.year
LEFT JOIN degrees
    ON places.source_id IS NOT DISTINCT FROM degrees.source_id
    AND places.program IS NOT DISTINCT FROM degrees.program
    AND places.year IS NOT DISTINCT FROM degrees.year;

COMMENT ON VIEW quality IS 'How good the data is, by source, programme and year: who is named and how surely, what is not resolved, what stands there twice. All pages are counted, copies too.';
COMMENT ON COLUMN quality.source_id IS 'Site that the pages are on. NULL: no known source.';
COMMENT ON COLUMN quality.program IS 'Programme. NULL: the pages name none.';
COMMENT ON COLUMN quality.year IS 'Year of broadcast. NULL: the pages name no day.';
COMMENT ON COLUMN quality.transcript_count IS 'Transcripts.';
COMMENT ON COLUMN quality.copy_count IS 'Of these, copies: pages that are not the primary one of their story.';
COMMENT ON COLUMN quality.uncertain_transcript_count IS 'Of these, pages on which speech begins without a label behind other speech: lines may be missing there.';
COMMENT ON COLUMN quality.word_count IS 'Words said.';
COMMENT ON COLUMN quality.attributed_words IS 'Of these, words under a full name.';
COMMENT ON COLUMN quality.attributed_share IS 'attributed_words as a share of word_count, from 0 to 1. NULL: nothing was said.';
COMMENT ON COLUMN quality.sure_share IS 'Words under a name of which the confidence is 0.9 or more, as a share of word_count, from 0 to 1.';
COMMENT ON COLUMN quality.mean_confidence IS 'Confidence in the names, from 0 to 1, weighed by words. NULL: no name.';
COMMENT ON COLUMN quality.unresolved_label_count IS 'Printed labels, counted once a page, of which the person is not known by full name; labels that name nobody (UNIDENTIFIED ...) are left out.';
COMMENT ON COLUMN quality.unresolved_words IS 'Words under these labels.';
COMMENT ON COLUMN quality.words_by_rule IS 'Words by name_rule; none: those without a name.';
COMMENT ON COLUMN quality.words_by_confidence IS 'Words by the confidence in their speaker''s name, in tenths, rounded down; none: those without a name.';

-- What a rebuild from nothing would call otherwise is told, by count: ids are kept so that what was cited stays.
CREATE VIEW identities AS
SELECT
    (SELECT count(*) FROM people) AS person_count,
    (SELECT count(*) FROM people WHERE person_id <> natural_id) AS kept_person_id_count,
    (SELECT count(*) FROM appearances) AS appearance_count,
    (SELECT count(*) FROM appearances WHERE person_id IS NULL) AS unlinked_appearance_count,
    (SELECT count(*) FROM stories) AS story_count,
    (SELECT count(*) FROM stories WHERE story_id <> coalesce(npr_id, primary_transcript_id)) AS kept_story_id_count,
    (SELECT count(*) FROM stories WHERE copy_count > 0) AS copied_story_count,
    (SELECT coalesce(sum(copy_count), 0)::BIGINT FROM stories) AS copy_count,
    (SELECT count(*) FROM stories WHERE rebroadcast_of IS NOT NULL) AS rebroadcast_count;

COMMENT ON VIEW identities IS 'How many people and stories there are, in one row, and how many of them keep an id that a rebuild from nothing would not give.';
COMMENT ON COLUMN identities.person_count IS 'People.';
COMMENT ON COLUMN identities.kept_person_id_count IS 'Of these, people whose id is kept for stability: from nothing they would be called natural_id.';
COMMENT ON COLUMN identities.appearance_count IS 'Full names on pages, heard or credited.';
COMMENT ON COLUMN identities.unlinked_appearance_count IS 'Of these, names that may be several people''s: nobody''s for sure.';
COMMENT ON COLUMN identities.story_count IS 'Stories, those that stand on one page alone included.';
COMMENT ON COLUMN identities.kept_story_id_count IS 'Of these, stories whose id is kept for stability: from nothing they would be called after NPR''s id or their primary page.';
COMMENT ON COLUMN identities.copied_story_count IS 'Of these, stories that stand on several pages.';
COMMENT ON COLUMN identities.copy_count IS 'Their pages beside the primary ones.';
COMMENT ON COLUMN identities.rebroadcast_count IS 'Stories that were aired before in the same turns.';
