"""What analysts ask, of the lake and of one sorted plain Parquet data set, and the least that a search can cost."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from pipeline.query import connect
from tests.benchmarks.lake.building import Built
from tests.benchmarks.lake.measure import Cost, cost, forget, warm
from tests.benchmarks.lake.text import FREQUENT, RARE

_COUNTED = """
    SELECT speaker_name, year(air_date) AS year, count(*) AS turns
    FROM {turns}
    GROUP BY ALL
    ORDER BY turns DESC
    LIMIT 20
"""
_FOUND = """
    SELECT air_date, program, speaker_name, text
    FROM {{turns}}
    WHERE contains(lower(text), '{phrase}')
    ORDER BY air_date
"""
_TREND = """
    SELECT year(air_date) AS year, count(*) FILTER (contains(lower(text), '{phrase}')) AS hits, sum(word_count) AS words
    FROM {{turns}}
    GROUP BY ALL
    ORDER BY year
"""
QUESTIONS = {
    "turns by speaker and year": (_COUNTED.format(turns="turns"), _COUNTED),
    "phrase, rare": (f"FROM who_said('{RARE}')", _FOUND.format(phrase=RARE)),
    "phrase, frequent": (f"FROM who_said('{FREQUENT}')", _FOUND.format(phrase=FREQUENT)),
    "phrase, frequent, in all text": (
        f"SELECT air_date, speaker_name, text FROM turns WHERE has_phrase(text, '{FREQUENT}') ORDER BY air_date",
        _FOUND.format(phrase=FREQUENT),
    ),
    "kwic, rare": (f"FROM kwic('{RARE}', 40)", _FOUND.format(phrase=RARE)),
    "kwic, frequent": (f"FROM kwic('{FREQUENT}', 40)", _FOUND.format(phrase=FREQUENT)),
    **{
        f"phrase, {phrase}": (f"FROM who_said('{phrase}')", _FOUND.format(phrase=phrase))
        for phrase in ("of the", "very good", "people of the", "many of the people")
    },
    "trend": (f"FROM ngram_trend('{FREQUENT}', 'year')", _TREND.format(phrase=FREQUENT)),
    "speakers": (
        "FROM speakers ORDER BY turn_count DESC LIMIT 20",
        """
        SELECT speaker_name, count(*) AS turns, sum(word_count), count(DISTINCT transcript_id), min(air_date)
        FROM {turns}
        GROUP BY speaker_name
        ORDER BY turns DESC
        LIMIT 20
        """,
    ),
    "airtime by speaker and year": (
        "FROM airtime_by('speaker', 'year')",
        """
        SELECT speaker_name, date_trunc('year', air_date) AS year, count(*) AS turns, sum(word_count) AS words
        FROM {turns}
        GROUP BY ALL
        ORDER BY ALL
        """,
    ),
    "airtime by program and year": (
        "FROM airtime_by('program', 'year')",
        """
        SELECT program, date_trunc('year', air_date) AS year, count(*) AS turns, sum(word_count) AS words
        FROM {turns}
        GROUP BY ALL
        ORDER BY ALL
        """,
    ),
    "questions by host": (
        "FROM questions_by_host",
        """
        SELECT speaker_name, program, count(*) AS turns, sum(length(text) - length(replace(text, '?', ''))) AS questions
        FROM {turns}
        WHERE speaker_role = 'host' AND speaker_name IS NOT NULL
        GROUP BY ALL
        """,
    ),
    "tape share": (
        "FROM tape_share",
        "SELECT program, source_id, sum(word_count) AS words FROM {turns} WHERE kind = 'speech' GROUP BY ALL",
    ),
    "one story": (
        "SELECT text FROM turns WHERE transcript_id = 'npr:2006-04-000007'",
        "SELECT text FROM {turns} WHERE transcript_id = 'npr:2006-04-000007'",
    ),
    "last night": (
        "SELECT speaker_name, text FROM turns WHERE air_date = (SELECT max(air_date) FROM transcripts)",
        "SELECT speaker_name, text FROM {turns} WHERE air_date = (SELECT max(air_date) FROM {turns})",
    ),
}
"""By name: as the lake is asked, and as plain Parquet is; there phrases are looked for letter by letter."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question's costs."""

    cold: Cost
    warm: Cost
    plain: Cost
    rows: int


def ask_all(built: Built) -> dict[str, Asked]:
    """All questions, of both; the first round with the files out of the system's cache."""
    files = [*built.settings.lake_dir.glob("*/*=*/*.parquet"), *built.settings.lake_dir.glob("phrases-*/*/*.parquet")]
    plain_turns = f"read_parquet('{built.plain}/*.parquet')"
    asked = {}
    with duckdb.connect() as plain:
        plain.execute("SET TimeZone = 'UTC'")
        for name, (ours, theirs) in QUESTIONS.items():
            forget(files)
            with connect(built.settings) as session:
                first = cost(partial(session.arrow, ours))
                again = warm(partial(session.arrow, ours))
                rows = session.arrow(ours).num_rows
            ask_plain = partial(_fetch, plain, theirs.format(turns=plain_turns))
            ask_plain()
            asked[name] = Asked(first, again, warm(ask_plain), rows)
    return asked


def opening(built: Built) -> Cost:
    """A session's start, with the one query that needs the views bound."""

    def opened() -> None:
        with connect(built.settings) as session:
            session.arrow("SELECT 1 FROM turns LIMIT 1")

    opened()
    return warm(opened)


def scan_limit(built: Built, phrase: str) -> Cost:
    """All text of the lake decompressed and searched for these bytes, on two threads, with nothing else done."""
    files = [*(built.settings.lake_dir / "turns").glob("air_month=*/*.parquet")]
    needle = phrase.encode()

    def scan() -> None:
        with ThreadPoolExecutor(max_workers=2) as pool:
            sum(pool.map(partial(_hits, needle=needle), files))

    scan()
    return warm(scan)


def _hits(path: Path, needle: bytes) -> int:
    found = 0
    for batch in pq.ParquetFile(path).iter_batches(16_384, columns=["text"], use_threads=False):
        characters = batch.column(0).buffers()[2]
        found += characters.to_pybytes().count(needle) if characters else 0
    return found


def _fetch(connection: "duckdb.DuckDBPyConnection", sql: str) -> None:
    connection.sql(sql).to_arrow_table()
