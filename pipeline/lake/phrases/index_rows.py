"""A file of `turns` to the rows of its phrase index."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.lake.phrases.indexed_corpus import IndexedCorpus
from schemas.grades import EDGE, grades_of
from schemas.phrases import PAIRED, WORD
from schemas.table import quoted
from schemas.voices import voices_of

COMMON_SHARE = 1 / 8
"""A word is common where it stands in a file more often than once in so many turns. Two others are looked up in a
tenth of the time that reading all text takes."""
FEWEST_TURNS = 5_000
"""A file with fewer does not tell which words are common."""
FIELDS = ("transcript_id", "turn_index", "air_date", "program", "kind", "speaker_name", "speaker_label")
SEPARATOR = "\x1f"
"""The fields are kept as one text, which is cut apart for hits only: a search opens three columns, not nine."""

_TOKENS = f"""
CREATE OR REPLACE TEMP TABLE tokens AS
SELECT place, lower(upper(unnest(words))) AS word, (unnest(range(len(words))) - uncounted)::INTEGER AS spot
FROM (SELECT *, CASE WHEN kind = 'cue' THEN len(words) ELSE 0 END AS uncounted
      FROM (SELECT place, kind, regexp_extract_all(text, '{WORD}') AS words FROM said))
"""  # noqa: S608  # our own words
_COMMON = "SELECT word FROM tokens GROUP BY word HAVING count(*) > $1"
_PAIRED = f"SELECT place, word, spot FROM tokens WHERE word IN ({', '.join(map(quoted, PAIRED))})"  # noqa: S608  # our own words
_WORDS = f"""
SELECT word, place, spot FROM tokens ANTI JOIN common USING (word)
UNION ALL
SELECT paired.word || ' ' || following.word, place, spot
FROM ({_PAIRED}) paired JOIN (SELECT place, word, spot - 1 AS spot FROM ({_PAIRED})) following USING (place, spot)
ORDER BY word, place, spot
"""  # noqa: S608  # our own words
_PAGES = """
SELECT place, transcript_id, air_date
FROM (SELECT *, lag(transcript_id) OVER (ORDER BY place) AS last_id FROM said)
WHERE transcript_id IS DISTINCT FROM last_id
ORDER BY place
"""
# A file may begin or end within a page: of its first and its last one, other rows may be in other files.
_EDGES = "SELECT unnest([arg_min(transcript_id, place), arg_max(transcript_id, place)]) AS transcript_id FROM said"
_VOICES = f"""
WITH voices AS ({voices_of("said")})
SELECT *,
    CASE WHEN transcript_id NOT IN ({_EDGES}) THEN row_number() OVER (
        PARTITION BY transcript_id, person_id, CASE WHEN person_id IS NULL THEN speaker_name END
        ORDER BY speaker_name, speaker_role
    ) = 1 END AS is_first
FROM voices
ORDER BY air_date, transcript_id, speaker_name, person_id, speaker_role
"""  # noqa: S608  # our own words
_SPOKEN = f"SELECT {', '.join(EDGE)} FROM said WHERE kind = 'speech' AND transcript_id"  # noqa: S608  # our own words
_GRADES = f"""
FROM ({_SPOKEN} IN ({_EDGES}) ORDER BY place)
UNION ALL BY NAME
FROM ({grades_of(f"({_SPOKEN} NOT IN ({_EDGES}))")} ORDER BY ALL)
"""


@dataclass(frozen=True, slots=True)
class Index:
    """The rows of the index of one file, and what is known of the corpus with it."""

    rows: Mapping[str, pa.Table]
    """By the names of `index_views.PARTS`."""
    corpus: IndexedCorpus


# Quoted for the reason given in `heard`.
def index_of(
    connection: "duckdb.DuckDBPyConnection", name: str, turns_file: str, corpus: IndexedCorpus
) -> Index | None:
    """The index of the file of this name; None where one of the fields holds the sign that is to part them.

    `turns_file` is how SQL names it.

    Raises:
        duckdb.Error: the file cannot be read.
    """
    place = f"{corpus.next_place} + file_row_number AS place"
    source = f"read_parquet({quoted(turns_file)}, file_row_number = true, hive_partitioning = false)"
    connection.execute(f"CREATE OR REPLACE TEMP VIEW said AS SELECT {place}, * FROM {source}")  # noqa: S608  # our own names, quoted
    fields = ", ".join(f"coalesce({name}::VARCHAR, '')" for name in FIELDS)
    one_text = f"concat_ws(chr({ord(SEPARATOR)}), {fields})"
    turns = connection.sql(f"SELECT place, {one_text} AS turn, text FROM said ORDER BY place").to_arrow_table()  # noqa: S608
    if pc.any(pc.not_equal(pc.count_substring(turns["turn"], SEPARATOR), len(FIELDS) - 1)).as_py():
        return None
    connection.execute(_TOKENS)
    common: list[str] = []
    if turns.num_rows >= FEWEST_TURNS:
        common = [word for (word,) in connection.execute(_COMMON, [turns.num_rows * COMMON_SHARE]).fetchall()]
    grown = corpus.grown(name, turns.num_rows, common)
    connection.register("common", pa.table({"word": pa.array(grown.common_words, pa.string())}))
    queries = {"pages": _PAGES, "words": _WORDS, "voices": _VOICES, "grades": _GRADES}
    rows = {name: connection.sql(sql).to_arrow_table() for name, sql in queries.items()}
    return Index({"turns": turns, **rows}, grown)
