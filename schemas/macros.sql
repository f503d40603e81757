-- Questions with a parameter. Phrases are looked for letter by letter, also inside words, whatever the case, and with straight
-- or curly quotation marks and apostrophes alike.

CREATE MACRO folded(written) AS lower(translate(written, '‘’“”', '''''""'));
COMMENT ON MACRO folded IS 'Text as phrases are compared: lower case, straight quotation marks and apostrophes.';

CREATE MACRO who_said(phrase) AS TABLE
SELECT air_date, program, speaker_name, speaker_label, text, transcript_id, turn_index
FROM turns
WHERE kind = 'speech' AND phrase <> '' AND contains(folded(text), folded(phrase))
ORDER BY air_date, transcript_id, turn_index;
COMMENT ON MACRO TABLE who_said IS 'who_said(phrase): the turns of speech with this phrase, oldest first.';

-- The text is cut at each occurrence; the lengths of the pieces before it are where it starts. Quotation marks are folded one to
-- one, so places in the folded text are places in the text; case is left to the pattern, because lower() may change lengths.
CREATE MACRO kwic(phrase, width) AS TABLE
WITH found AS (
    SELECT
        air_date, program, speaker_name, speaker_label, transcript_id, turn_index, text,
        '(?i)' || regexp_escape(translate(phrase, '‘’“”', '''''""')) AS pattern,
        translate(text, '‘’“”', '''''""') AS straight
    FROM turns
    WHERE phrase <> '' AND contains(folded(text), folded(phrase))
), cut AS (
    SELECT *, regexp_extract_all(straight, pattern) AS hits, string_split_regex(straight, pattern) AS pieces
    FROM found
), placed AS (
    SELECT * EXCLUDE (pattern, straight), unnest(range(1, len(hits) + 1)) AS occurrence
    FROM cut
), spans AS (
    SELECT
        *,
        length(array_to_string(pieces[1:occurrence], ''))
            -- DuckDB before 1.5 joins an empty list to NULL
            + coalesce(length(array_to_string(hits[1:occurrence - 1], '')), 0) AS start,
        length(hits[occurrence]) AS size
    FROM placed
)
SELECT
    air_date, program, speaker_name, speaker_label,
    right(text[:start], width) AS "before",
    text[start + 1:start + size] AS hit,
    left(text[start + size + 1:], width) AS "after",
    transcript_id, turn_index, occurrence
FROM spans
ORDER BY air_date, transcript_id, turn_index, occurrence;
COMMENT ON MACRO TABLE kwic IS 'kwic(phrase, width): each occurrence of the phrase in its context of width characters on either side, oldest first.';

CREATE MACRO airtime_by(grouping) AS TABLE
SELECT
    CASE grouping
        WHEN 'speaker' THEN speaker_name
        WHEN 'program' THEN program
        WHEN 'role' THEN speaker_role
        WHEN 'source' THEN source_id
        ELSE error('airtime_by: there are speaker, program, role and source, not ' || grouping)
    END AS value,
    count(*) AS turn_count,
    sum(word_count)::BIGINT AS word_count,
    sum(word_count) / sum(sum(word_count)) OVER () AS word_share,
    count(DISTINCT transcript_id) AS transcript_count
FROM turns
WHERE kind = 'speech'
GROUP BY value
ORDER BY word_count DESC, value;
COMMENT ON MACRO TABLE airtime_by IS 'airtime_by(grouping): turns and words of speech by speaker, program, role or source, most words first. value is NULL for turns of which it is not known; word_share is of all words of speech.';
