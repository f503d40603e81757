"""Grades: how surely speakers are named, counted by source, programme and year; view `quality` adds them up."""

EDGE = {
    "transcript_id": "VARCHAR",
    "turn_index": "INTEGER",
    "speaker_label": "VARCHAR",
    "speaker_name": "VARCHAR",
    "name_rule": "VARCHAR",
    "confidence": "DOUBLE",
    "word_count": "INTEGER",
    "source_id": "VARCHAR",
    "program": "VARCHAR",
    "air_date": "DATE",
}
"""What is graded of a turn of speech, and by what, with the types."""
_PLACE = {"source_id": "VARCHAR", "program": "VARCHAR", "year": "BIGINT"}
GRADE = {
    **_PLACE,
    "rule": "VARCHAR",
    "sureness": "VARCHAR",
    "words": "BIGINT",
    "attributed": "BIGINT",
    "sure": "BIGINT",
    "trusted": "DECIMAL(38, 4)",
    "unresolved": "BIGINT",
    "unresolved_labels": "BIGINT",
    "uncertain_transcripts": "BIGINT",
}
"""The columns of grades, with their types: sums that may be added up in any order."""


def grades_of(turns: str) -> str:
    """The SQL of the grades of these turns of speech, which must be all of their pages.

    A row for each rule and degree of confidence, and one with rule NULL for what is counted by pages. A turn without a
    label behind other speech is where lines may be missing: nobody can say whether the former speaker goes on.
    """
    place = "source_id, program, year(air_date) AS year"
    return f"""WITH heard AS (
    SELECT
        *,
        speaker_label IS NULL AND row_number() OVER (PARTITION BY transcript_id ORDER BY turn_index) > 1
            AS is_uncertain,
        speaker_name IS NULL AND speaker_label IS NOT NULL
            AND NOT regexp_matches(speaker_label, '^(unidentified|unknown|anonymous)\\b', 'i') AS is_unresolved
    FROM {turns}
), pages AS (
    SELECT
        {place},
        count(DISTINCT speaker_label) FILTER (is_unresolved) AS unresolved_labels,
        bool_or(is_uncertain) AS is_uncertain
    FROM heard
    GROUP BY transcript_id, source_id, program, year(air_date)
)
SELECT
    {place},
    coalesce(name_rule, 'none') AS rule,
    coalesce((floor(confidence * 10) / 10)::DECIMAL(2, 1)::VARCHAR, 'none') AS sureness,
    sum(word_count)::BIGINT AS words,
    coalesce(sum(word_count) FILTER (speaker_name IS NOT NULL), 0)::BIGINT AS attributed,
    coalesce(sum(word_count) FILTER (confidence >= 0.9), 0)::BIGINT AS sure,
    coalesce(sum((word_count * confidence)::DECIMAL(18, 4)), 0)::DECIMAL(38, 4) AS trusted,
    coalesce(sum(word_count) FILTER (is_unresolved), 0)::BIGINT AS unresolved,
    0::BIGINT AS unresolved_labels,
    0::BIGINT AS uncertain_transcripts
FROM heard
GROUP BY ALL
UNION ALL
SELECT
    source_id, program, year, NULL, NULL, 0, 0, 0, 0, 0,
    sum(unresolved_labels)::BIGINT,
    count(*) FILTER (is_uncertain)
FROM pages
GROUP BY source_id, program, year"""  # noqa: S608  # our own words


_GRADED = ", ".join(EDGE)
_UNGRADED = f"""(
    SELECT {_GRADED} FROM internal.indexed_grades WHERE transcript_id IS NOT NULL
    UNION ALL
    SELECT {_GRADED} FROM internal.unindexed_turns WHERE kind = 'speech'
)"""  # noqa: S608  # our own words
GRADES_VIEW = f"""
CREATE VIEW internal.grades AS
SELECT {", ".join(GRADE)} FROM internal.indexed_grades WHERE transcript_id IS NULL
UNION ALL
SELECT * FROM ({grades_of(_UNGRADED)});
COMMENT ON VIEW internal.grades IS 'How surely speakers are named, copies included, as sums: one row a source, programme, year, rule and degree of confidence, which may come in parts, and one with rule NULL for what is counted by pages; quality adds them up.';
COMMENT ON COLUMN internal.grades.source_id IS 'As in turns.';
COMMENT ON COLUMN internal.grades.program IS 'As in turns.';
COMMENT ON COLUMN internal.grades.year IS 'Year of broadcast.';
COMMENT ON COLUMN internal.grades.rule IS 'name_rule; none: turns without a name. NULL: what is counted by pages.';
COMMENT ON COLUMN internal.grades.sureness IS 'Confidence in tenths, rounded down; none: turns without a name.';
COMMENT ON COLUMN internal.grades.words IS 'Words said.';
COMMENT ON COLUMN internal.grades.attributed IS 'Of these, words under a full name.';
COMMENT ON COLUMN internal.grades.sure IS 'Of these, words under a name of which the confidence is 0.9 or more.';
COMMENT ON COLUMN internal.grades.trusted IS 'Words, each times the confidence in its speaker''s name.';
COMMENT ON COLUMN internal.grades.unresolved IS 'Words under a label of which the person is not known by full name.';
COMMENT ON COLUMN internal.grades.unresolved_labels IS 'These labels, counted once a page.';
COMMENT ON COLUMN internal.grades.uncertain_transcripts IS 'Pages on which speech begins without a label behind other speech.';"""  # noqa: E501, S608  # as in views.sql; our own words
"""Over the views `indexed_grades` and `unindexed_turns`."""
