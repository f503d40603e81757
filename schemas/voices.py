"""Voices: who speaks on a page, counted. What counts turns reads these, a fraction of the rows of `turns`."""


def voices_of(turns: str) -> str:
    """The SQL of the voices in a view of turns: one row a page, name, person and role."""
    return f"""SELECT
    transcript_id, air_date, source_id, program, speaker_name, person_id, speaker_role,
    count(*)::INTEGER AS turn_count,
    sum(word_count)::BIGINT AS word_count,
    count(*) FILTER (contains(text, '?'))::INTEGER AS question_turn_count,
    sum(length(text) - length(replace(text, '?', '')))::BIGINT AS question_count
FROM {turns}
WHERE kind = 'speech'
GROUP BY transcript_id, air_date, source_id, program, speaker_name, person_id, speaker_role"""  # noqa: S608  # our own words


VOICES_VIEW = f"""
CREATE VIEW voices AS
SELECT * FROM (
    FROM internal.indexed_voices
    UNION ALL
    SELECT *, NULL::BOOLEAN AS is_first FROM ({voices_of("internal.unindexed_turns")})
) WHERE transcript_id NOT IN (SELECT transcript_id FROM transcripts WHERE NOT is_primary);
COMMENT ON VIEW voices IS 'Who speaks on the primary page of each story: one row a page, name, person and role, with counts of what is in view speech; what counts by speaker reads them.';
COMMENT ON COLUMN voices.transcript_id IS 'As in turns.';
COMMENT ON COLUMN voices.air_date IS 'As in turns.';
COMMENT ON COLUMN voices.source_id IS 'As in turns.';
COMMENT ON COLUMN voices.program IS 'As in turns.';
COMMENT ON COLUMN voices.speaker_name IS 'As in turns.';
COMMENT ON COLUMN voices.person_id IS 'As in turns.';
COMMENT ON COLUMN voices.speaker_role IS 'As in turns.';
COMMENT ON COLUMN voices.turn_count IS 'Turns of speech.';
COMMENT ON COLUMN voices.word_count IS 'Words said in these turns.';
COMMENT ON COLUMN voices.question_turn_count IS 'Turns with at least one question mark.';
COMMENT ON COLUMN voices.question_count IS 'Question marks.';
COMMENT ON COLUMN voices.is_first IS 'Whether it is the first row of this person (or name without a person) on this page. NULL: only counting the pages tells.';"""  # noqa: E501, S608  # as in views.sql; our own words
"""Over the views `indexed_voices` and `unindexed_turns`."""
