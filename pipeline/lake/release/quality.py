"""How good an edition is, in figures: what a release ships with and a reader should see before the first query."""

from typing import Any

import duckdb

_FIGURES = {
    "transcripts": """
        SELECT count(*) AS transcripts, count(air_date) AS dated, count(program) AS with_program,
               coalesce(sum(word_count), 0)::BIGINT AS words, min(air_date) AS first_air_date,
               max(air_date) AS last_air_date
        FROM transcripts""",
    "turns": """
        SELECT count(*) AS speech_turns, count(speaker_label) AS labelled_turns, count(speaker_name) AS named_turns,
               round(sum(word_count) FILTER (speaker_name IS NOT NULL) / nullif(sum(word_count), 0), 4)
                   AS named_share_of_words,
               round(avg(confidence), 4) AS mean_confidence
        FROM turns WHERE kind = 'speech'""",
    "name_rules": """
        SELECT coalesce(name_rule, 'not named') AS name_rule, count(*) AS turns, sum(word_count)::BIGINT AS words,
               round(avg(confidence), 4) AS mean_confidence
        FROM turns WHERE kind = 'speech' GROUP BY ALL ORDER BY words DESC, name_rule""",
    "outcomes": """
        SELECT outcome, count(*) AS captures FROM captures GROUP BY ALL ORDER BY captures DESC, outcome""",
    "sources": """
        SELECT source_id, count(*) AS transcripts, min(air_date) AS first_air_date, max(air_date) AS last_air_date
        FROM transcripts GROUP BY ALL ORDER BY source_id NULLS LAST""",
    "identities": "FROM identities",
    "by_program_and_year": "FROM quality ORDER BY source_id, program, year",
}


def figures(connection: "duckdb.DuckDBPyConnection") -> dict[str, list[dict[str, Any]]]:
    """Each figure's rows as dictionaries, days in ISO 8601."""
    return {name: _rows(connection.sql(query)) for name, query in _FIGURES.items()}


def _rows(answer: "duckdb.DuckDBPyRelation") -> list[dict[str, Any]]:
    return [dict(zip(answer.columns, map(_plain, row), strict=True)) for row in answer.fetchall()]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
