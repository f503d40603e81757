-- Questions with a parameter. What only they and the views use is in the schema `internal`, out of the way of whoever lists what there is.
--
-- A phrase is its words, in their order: whole words, whatever their case, and whatever stands between them that is neither
-- letter nor digit. So 'i don''t know' finds "I don’t know" and "I don't -- know"; 'no' does not find "nothing", 'no*' does: a star at
-- the end of a word is any ending. Accents count: 'Beyonce' is another word than 'Beyoncé', which is the same word in whichever of Unicode's
-- two forms it is typed (text is kept in the composed one). A phrase without words finds nothing.
--
-- [\p{L}\p{M}\p{N}] is a character of a word: letter, combining accent, digit. Case is left out of account for words alone: for such a
-- class, to which it makes no difference, it would cost milliseconds each time a query is planned.

-- Of a phrase in ASCII less need be said: such a class costs 2 ms each time a query is planned, which names it twenty times.
CREATE MACRO internal.phrase_signs(phrase) AS
    CASE WHEN strlen(phrase) = length(phrase) THEN '[0-9A-Za-z]+' ELSE '[\p{L}\p{M}\p{N}]+' END;
COMMENT ON MACRO internal.phrase_signs IS 'phrase_signs(phrase): a regular expression of a word of this phrase.';

CREATE MACRO internal.phrase_pattern(phrase) AS
    '(?i:' || replace(
        list_aggregate(regexp_extract_all(nfc_normalize(phrase), internal.phrase_signs(phrase) || '\*?'), 'string_agg', ')[^\p{L}\p{M}\p{N}]+(?i:'),
        '*', '[\p{L}\p{M}\p{N}]*'
    ) || ')';
COMMENT ON MACRO internal.phrase_pattern IS 'phrase_pattern(phrase): its words as a regular expression; NULL where it has none.';

-- The first pattern begins with a letter, which the engine looks for at the speed of memory (1.1 GB/s on one core, as fast as
-- contains(), and three times faster than the second); the second, asked only of what is left, sees to whole words.
CREATE MACRO internal.has_letters_of(written, phrase) AS
    regexp_matches(written, internal.phrase_pattern(phrase));
COMMENT ON MACRO internal.has_letters_of IS 'has_letters_of(written, phrase): whether a text holds the phrase, be it within longer words.';

CREATE MACRO internal.has_words_of(written, phrase) AS
    regexp_matches(written, '(?:^|[^\p{L}\p{M}\p{N}])' || internal.phrase_pattern(phrase) || '(?:$|[^\p{L}\p{M}\p{N}])');
COMMENT ON MACRO internal.has_words_of IS 'has_words_of(written, phrase): as has_phrase; slow where it is asked of all text.';

CREATE MACRO has_phrase(written, phrase) AS
    internal.has_letters_of(written, phrase) AND internal.has_words_of(written, phrase);
COMMENT ON MACRO has_phrase IS 'has_phrase(written, phrase): whether a text holds the phrase. NULL: the phrase has no words.';

-- A text cut at the phrase: what is before, the occurrence, what is between, and so on; part 1 has empty text for what is no
-- occurrence. Where the letters of the phrase stand nowhere within longer words, they can be cut out as they are found. Elsewhere,
-- ten times slower, the text is cut into words and what is between them: the phrase is tried first, and at beginnings of words only,
-- for whatever comes before was cut off whole. It takes the character behind it along, so that it ends where a word does; a blank is
-- put behind the text for that.
CREATE MACRO internal.cut_by_phrase(written, phrase, part) AS
    CASE
        WHEN regexp_matches(
            written,
            '[\p{L}\p{M}\p{N}]' || internal.phrase_pattern(phrase)
            || CASE WHEN suffix(internal.phrase_pattern(phrase), '*)') THEN '' ELSE '|' || internal.phrase_pattern(phrase) || '[\p{L}\p{M}\p{N}]' END
        ) THEN
            regexp_extract_all(
                written || ' ',
                '(' || internal.phrase_pattern(phrase) || ')[^\p{L}\p{M}\p{N}]|[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+',
                part
            )
        ELSE
            flatten([
                [CASE WHEN part = 0 THEN beside_and_hit[1] ELSE '' END, coalesce(beside_and_hit[2], '')]
                FOR beside_and_hit IN list_zip(
                    string_split_regex(written, internal.phrase_pattern(phrase)),
                    regexp_extract_all(written, internal.phrase_pattern(phrase))
                )
            ])
    END;
COMMENT ON MACRO internal.cut_by_phrase IS 'cut_by_phrase(written, phrase, part): a text cut at the occurrences of the phrase; part 0 gives each cut, part 1 the occurrences, and empty text for the rest.';

CREATE MACRO phrase_count(written, phrase) AS
    len([hit FOR hit IN internal.cut_by_phrase(written, phrase, 1) IF hit <> '']);
COMMENT ON MACRO phrase_count IS 'phrase_count(written, phrase): how often a text holds the phrase; occurrences do not overlap.';

CREATE MACRO period_start(day, period) AS
    CASE
        WHEN period IN ('day', 'week', 'month', 'quarter', 'year', 'all') THEN
            date_trunc(CASE WHEN period IN ('day', 'week', 'month', 'quarter', 'year') THEN period END, day)::DATE
        ELSE error('period: there are day, week, month, quarter, year and all, not ' || period)
    END;
COMMENT ON MACRO period_start IS 'period_start(day, period): first day of the day, week, month, quarter or year; NULL for all.';

-- How the phrase index spells a word. RE2 takes letters for the same, whatever their case, that lower(upper()) makes the same: tried
-- with all of Unicode, in DuckDB 1.2 to 2.0 (tests/schemas/test_phrases.py).
CREATE MACRO internal.phrase_words(phrase) AS
    [lower(upper(word)) FOR word IN regexp_extract_all(nfc_normalize(phrase), internal.phrase_signs(phrase) || '\*?')];
COMMENT ON MACRO internal.phrase_words IS 'phrase_words(phrase): its words in their order as the phrase index spells them, stars included.';

CREATE MACRO internal.phrase_stem(phrase) AS
    nullif(lower(upper(regexp_extract(nfc_normalize(phrase), '(' || internal.phrase_signs(phrase) || ')\*', 1))), '');
COMMENT ON MACRO internal.phrase_stem IS 'phrase_stem(phrase): what the first of its words with a star begins with; NULL: none has a star.';

-- It is in no index, or in some only.
CREATE MACRO internal.is_perhaps_common(word) AS
    contains(internal.common_words(), ' ' || rtrim(word, '*') || CASE WHEN suffix(word, '*') THEN '' ELSE ' ' END);
COMMENT ON MACRO internal.is_perhaps_common IS 'is_perhaps_common(word): whether a word of phrase_words is one of common_words, or may be by its star.';

-- Of words with a star the first alone, because its range must be known when the query is planned.
CREATE MACRO internal.phrase_rare_words(phrase) AS
    [word FOR word IN internal.phrase_words(phrase)
        IF NOT internal.is_perhaps_common(word) AND (NOT suffix(word, '*') OR word = internal.phrase_stem(phrase) || '*')];
COMMENT ON MACRO internal.phrase_rare_words IS 'phrase_rare_words(phrase): those of phrase_words that can be looked up in the phrase index.';

-- Two words that are looked up leave so few places that pairs, of which there are many, would not pay.
CREATE MACRO internal.phrase_pairs(phrase) AS
    CASE WHEN len(internal.phrase_rare_words(phrase)) < 2 AND NOT contains(phrase, '*') THEN
        [two[1] || ' ' || two[2] FOR two IN list_zip(internal.phrase_words(phrase), internal.phrase_words(phrase)[2:])
            IF contains(internal.paired_words(), ' ' || two[1] || ' ') AND contains(internal.paired_words(), ' ' || two[2] || ' ')]
    ELSE [] END;
COMMENT ON MACRO internal.phrase_pairs IS 'phrase_pairs(phrase): the pairs of common words in it that are to be looked up in the phrase index.';

CREATE MACRO internal.phrase_known(phrase) AS
    list_concat(internal.phrase_rare_words(phrase), internal.phrase_pairs(phrase));
COMMENT ON MACRO internal.phrase_known IS 'phrase_known(phrase): what can be looked up of it in the phrase index: words, and pairs of common words.';

-- The longest words, for they are the rarest; pairs are the most frequent.
CREATE MACRO internal.phrase_probes(phrase) AS TABLE
SELECT word, words_before
FROM (
    SELECT unnest(list_concat(words, pairs)) AS word, unnest(list_concat(range(len(words)), range(len(pairs))))::INTEGER AS words_before
    FROM (
        SELECT words, [words[place] || ' ' || words[place + 1] FOR place IN range(1, len(words))] AS pairs
        FROM (SELECT internal.phrase_words(phrase) AS words)
    )
)
WHERE list_contains(internal.phrase_known(phrase), word)
ORDER BY contains(word, ' '), length(word) DESC, words_before
LIMIT 4;
COMMENT ON MACRO TABLE internal.phrase_probes IS 'phrase_probes(phrase): what to look up in the phrase index, four words or pairs at most, and how many words of the phrase are before each.';

-- At one place each word of the phrase stands as far behind the first as in the phrase. CASE, for what names `start` is
-- asked of what was joined: else all words of the corpus would be asked whether their places live.
CREATE MACRO internal.phrase_starts(phrase) AS TABLE
WITH probes AS MATERIALIZED (
    FROM internal.phrase_probes(phrase)
), found AS (
    SELECT place, spot - words_before AS start
    FROM internal.indexed_words JOIN probes USING (word)
    UNION ALL
    SELECT place, spot - words_before AS start
    FROM internal.indexed_words CROSS JOIN (SELECT words_before FROM probes WHERE suffix(word, '*'))
    WHERE word BETWEEN internal.phrase_stem(phrase) AND internal.phrase_stem(phrase) || chr(1114111) AND NOT contains(word, ' ')
)
SELECT place, start
FROM found
WHERE CASE WHEN start > -2000000000 THEN internal.is_live_place(place) END
GROUP BY place, start
HAVING count(*) = (SELECT count(*) FROM probes);
COMMENT ON MACRO TABLE internal.phrase_starts IS 'phrase_starts(phrase): where all words of phrase_probes stand as in the phrase: place, and the number of its first word in the turn.';

-- Where the index knows each word, alone or in a pair, no text need be read to count. Of words that may stand over each other («no no»)
-- it cannot tell which count.
CREATE MACRO internal.phrase_is_counted(phrase) AS
    len([word FOR word IN list_distinct(internal.phrase_words(phrase))
        IF contains(' ' || array_to_string(internal.phrase_known(phrase), ' ') || ' ', ' ' || word || ' ')]) = len(internal.phrase_words(phrase))
    AND len(internal.phrase_words(phrase)) BETWEEN 1 AND CASE WHEN contains(phrase, '*') THEN 1 ELSE 4 END;
COMMENT ON MACRO internal.phrase_is_counted IS 'phrase_is_counted(phrase): whether the phrase index alone tells how often a turn holds it.';

-- As a list, and unnested where it is used: a list is one row, so DuckDB takes the places for few, joins from them, and opens only the
-- portions of text that they are in.
CREATE MACRO internal.phrase_places(phrase) AS TABLE
SELECT list(DISTINCT place) AS places FROM internal.phrase_starts(phrase);
COMMENT ON MACRO TABLE internal.phrase_places IS 'phrase_places(phrase): the places in the phrase index that may have the phrase, as one list.';

-- Three parts, of which the phrase and the files say which have rows: what the index finds; the text that no index is of; and all text,
-- for a phrase of which nothing can be looked up. CASE keeps DuckDB from searching indexed text before it has joined; there are two, because
-- within one both of their patterns would be tried on all text.
CREATE MACRO internal.turns_found(phrase, is_counted) AS TABLE
WITH near AS (
    SELECT unnest(internal.indexed_turn(turn)), text, wanted
    FROM internal.indexed_turns JOIN (SELECT unnest(places) AS wanted FROM internal.phrase_places(phrase)) ON place = wanted
    WHERE len(internal.phrase_known(phrase)) > 0 AND NOT is_counted
    UNION ALL
    SELECT transcript_id, turn_index, air_date, program, kind, speaker_name, speaker_label, text, 0
    FROM internal.unindexed_turns
    WHERE len(internal.phrase_known(phrase)) > 0
    UNION ALL
    SELECT transcript_id, turn_index, air_date, program, kind, speaker_name, speaker_label, text, 0
    FROM turns
    WHERE len(internal.phrase_known(phrase)) = 0
)
SELECT * EXCLUDE (wanted)
FROM near
WHERE CASE WHEN wanted >= 0 THEN internal.has_letters_of(text, phrase) END AND CASE WHEN wanted >= 0 THEN internal.has_words_of(text, phrase) END;
COMMENT ON MACRO TABLE internal.turns_found IS 'turns_found(phrase, is_counted): turns_with; where it is counted by the phrase index, only those that are in no index.';

CREATE MACRO turns_with(phrase) AS TABLE
FROM internal.turns_found(phrase, false);
COMMENT ON MACRO TABLE turns_with IS 'turns_with(phrase): the turns and cues with this phrase, in no order, by the phrase index where there is one; it has the columns that a search shows.';

-- Materialized: else DuckDB would look for speech first, in every turn that shares a portion with a hit.
CREATE MACRO who_said(phrase) AS TABLE
WITH found AS MATERIALIZED (
    FROM turns_with(phrase)
)
SELECT air_date, program, speaker_name, speaker_label, text, transcript_id, turn_index
FROM found
WHERE kind = 'speech'
ORDER BY air_date, transcript_id, turn_index;
COMMENT ON MACRO TABLE who_said IS 'who_said(phrase): the turns of speech with this phrase, oldest first, on all pages, copies included.';

CREATE MACRO kwic(phrase, width) AS TABLE
WITH cut AS (
    SELECT
        air_date, program, speaker_name, speaker_label, transcript_id, turn_index, text,
        internal.cut_by_phrase(text, phrase, 0) AS pieces, internal.cut_by_phrase(text, phrase, 1) AS hits
    FROM turns_with(phrase)
), found AS (
    SELECT *, [spot FOR spot IN range(1, len(hits) + 1) IF hits[spot] <> ''] AS places
    FROM cut
), placed AS (
    SELECT * EXCLUDE (places), unnest(places) AS place, unnest(range(1, len(places) + 1)) AS occurrence
    FROM found
), spans AS (
    -- DuckDB before 1.5 joins an empty list to NULL
    SELECT *, hits[place] AS hit, coalesce(length(array_to_string(pieces[:place - 1], '')), 0) AS start
    FROM placed
)
SELECT
    air_date, program, speaker_name, speaker_label,
    right(text[:start], greatest(width, 0)) AS "before",
    hit,
    left(text[start + length(hit) + 1:], greatest(width, 0)) AS "after",
    transcript_id, turn_index, occurrence
FROM spans
ORDER BY air_date, transcript_id, turn_index, occurrence;
COMMENT ON MACRO TABLE kwic IS 'kwic(phrase, width): each occurrence of the phrase in its context of width characters on either side, oldest first, on all pages, copies and cues included.';

CREATE MACRO speech_with(phrase) AS TABLE
SELECT transcript_id, air_date, occurrence_count
FROM (
    SELECT place, count(*) AS occurrence_count
    FROM internal.phrase_starts(phrase)
    WHERE start >= 0 AND internal.phrase_is_counted(phrase)
    GROUP BY place
) counted ASOF JOIN internal.indexed_pages AS pages ON counted.place >= pages.place
UNION ALL
SELECT transcript_id, air_date, phrase_count(text, phrase)
FROM internal.turns_found(phrase, coalesce(internal.phrase_is_counted(phrase), false))
WHERE kind = 'speech';
COMMENT ON MACRO TABLE speech_with IS 'speech_with(phrase): for each turn of speech with this phrase its transcript, its day, and how often it holds the phrase.';

CREATE MACRO ngram_trend(phrase, period) AS TABLE
WITH periods AS (
    SELECT period_start(air_date, period) AS period_start, sum(word_count)::BIGINT AS word_count
    FROM transcripts
    WHERE is_primary IS NOT FALSE
    GROUP BY 1
), hits AS (
    SELECT
        period_start(air_date, period) AS period_start,
        sum(occurrence_count)::BIGINT AS occurrence_count,
        count(*) AS turn_count
    FROM speech_with(phrase) ANTI JOIN (SELECT transcript_id FROM transcripts WHERE NOT is_primary) USING (transcript_id)
    GROUP BY 1
)
SELECT
    periods.period_start,
    coalesce(occurrence_count, 0) AS occurrence_count,
    coalesce(turn_count, 0) AS turn_count,
    word_count,
    1e6 * coalesce(occurrence_count, 0) / nullif(word_count, 0) AS per_million_words
FROM periods LEFT JOIN hits ON periods.period_start IS NOT DISTINCT FROM hits.period_start
ORDER BY periods.period_start;
COMMENT ON MACRO TABLE ngram_trend IS 'ngram_trend(phrase, period): how often the phrase was said, by day, week, month, quarter, year or all, oldest first: occurrences, turns with one, words said in the period (the denominator), each story once, occurrences per million words. Periods in which it was not said are there with 0; a period without transcripts is not. period_start is NULL for all, and for pages that name no day.';

-- Three words a second is the broadcasters' rule of thumb, for programmes of a lake in which nothing is timed.
CREATE MACRO airtime_by(grouping, period) AS TABLE
WITH measured AS MATERIALIZED (
    FROM speaking_rate
), rates AS (
    SELECT
        program,
        coalesce(words_per_second, (SELECT words_per_second FROM measured WHERE program IS NULL), 3.0) AS words_per_second
    FROM (SELECT DISTINCT program FROM transcripts) LEFT JOIN measured USING (program)
), said AS (
    SELECT
        CASE grouping
            WHEN 'speaker' THEN speaker_name
            WHEN 'program' THEN program
            WHEN 'role' THEN speaker_role
            WHEN 'source' THEN source_id
            ELSE error('airtime_by: there are speaker, program, role and source, not ' || grouping)
        END AS value,
        period_start(air_date, period) AS period_start,
        program,
        sum(turn_count)::BIGINT AS turn_count,
        sum(word_count)::BIGINT AS word_count
    FROM voices
    GROUP BY 1, 2, 3
)
SELECT
    value,
    period_start,
    sum(turn_count)::BIGINT AS turn_count,
    sum(word_count)::BIGINT AS word_count,
    sum(word_count) / sum(sum(word_count)) OVER (PARTITION BY period_start) AS word_share,
    sum(word_count / words_per_second) AS estimated_seconds
FROM said LEFT JOIN rates ON said.program IS NOT DISTINCT FROM rates.program
GROUP BY value, period_start
ORDER BY period_start, word_count DESC, value;
COMMENT ON MACRO TABLE airtime_by IS 'airtime_by(grouping, period): turns and words of speech by speaker, program, role or source, in each day, week, month, quarter, year, or all of the time; most words first. value is NULL for turns of which it is not known; word_share is of all words in the period. estimated_seconds is an estimate: words, by the words a second of the programme (view speaking_rate), else of all programmes, else by 3 words a second.';

CREATE MACRO first_and_last_heard(name) AS TABLE
SELECT
    speaker_name,
    min(air_date) AS first_air_date,
    arg_min(transcript_id, (air_date, transcript_id)) AS first_transcript_id,
    arg_min(program, (air_date, transcript_id)) AS first_program,
    max(air_date) AS last_air_date,
    arg_max(transcript_id, (air_date, transcript_id)) AS last_transcript_id,
    arg_max(program, (air_date, transcript_id)) AS last_program,
    sum(turn_count)::BIGINT AS turn_count,
    sum(word_count)::BIGINT AS word_count
FROM voices
WHERE air_date IS NOT NULL AND lower(speaker_name) = lower(name)
GROUP BY speaker_name
ORDER BY speaker_name;
COMMENT ON MACRO TABLE first_and_last_heard IS 'first_and_last_heard(name): when, in which transcript and on which programme a full name, whatever its case, was first and last heard. One row a spelling; none where the name was never heard on a known day.';
