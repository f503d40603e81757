"""The phrase index: beside each file of `turns`, which words are where in it, and its text in small portions.

To search all text is to decompress all text, which takes seconds. The index of a file is two Parquet files of its name:
`words`, which words stand at which places, sorted by word, and `turns`, what a search shows of the turns, in row groups
so small that reading a few turns costs little. A place is a number that rises with the months and within the file; it
need not be one turn's alone, for whatever is found is looked at again (macro `turns_with`).

Files of `turns` are immutable, so an index never gets old: it lives as long as its file is named, and a file without
one is read in full. Whether there is an index changes no answer.
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.lake.reach import let_reach
from pipeline.storage import Storage
from schemas.phrases import COMMON_WORDS, WORD_GAP
from schemas.table import UNDATED

logger = logging.getLogger(__name__)

INDEX_FOLDER = "phrases-1"
"""The number is that of the index's format: one of another format is built anew."""
FILES_AT_ONCE = 150
"""So many files are indexed by one maintenance, which holds the lake's lock: three minutes of NPR's months."""

_WORDS_A_GROUP = 65_536
_TURNS_A_GROUP = 512
"""Of 16,384, as in `turns`, 10,000 hits in 10 million turns would take twice the time; of 256, one hit would."""
_FIRST_YEAR = 1900
_PLACES_A_MONTH = 131_072

_FIELDS = ("transcript_id", "turn_index", "air_date", "program", "kind", "speaker_name", "speaker_label")
_TYPES = {"turn_index": "INTEGER", "air_date": "DATE"}
_SEPARATOR = "\x1f"
"""The fields are kept as one text, which is cut apart for hits only: a search opens three columns, not nine."""


def indexed(storage: Storage, turns_files: Collection[Path]) -> list[Path]:
    """Those of these files of `turns` that have an index."""
    # The words are put there last.
    present = {found.path.name for found in storage.found(storage.folder / INDEX_FOLDER / "words", ".parquet")}
    return [path for path in turns_files if path.name in present]


def build_missing(storage: Storage, turns_files: Mapping[Path, str]) -> int:
    """Index the files of `turns` (each with its month) that have no index yet, the newest first; how many this was.

    Raises:
        duckdb.Error, pa.ArrowException, OSError: for the caller to tell; what is there is whole.
    """
    done = set(indexed(storage, turns_files))
    missing = sorted(turns_files.keys() - done, key=lambda path: (turns_files[path], path), reverse=True)
    built = 0
    with duckdb.connect() as connection:
        let_reach(connection, storage)
        for path in missing[:FILES_AT_ONCE]:
            built += _build(connection, storage, path, turns_files[path])
    if built:
        logger.info("phrases_indexed files=%d missing=%d", built, len(missing) - built)
    return built


def views(storage: Storage, indexed_files: Sequence[Path]) -> str:
    """The SQL of the views that the macros search by, over the indexes of these files of `turns`."""
    words = _read(storage, "words", indexed_files, "word VARCHAR, place INTEGER")
    turns = _read(storage, "turns", indexed_files, "place INTEGER, turn VARCHAR, text VARCHAR")
    return f"""
CREATE VIEW indexed_words AS {words};
COMMENT ON VIEW indexed_words IS 'Phrase index: which words stand where; for turns_with.';
COMMENT ON COLUMN indexed_words.word IS 'Word, as phrase_words gives it.';
COMMENT ON COLUMN indexed_words.place IS 'Place in indexed_turns.';
CREATE VIEW indexed_turns AS {turns};
COMMENT ON VIEW indexed_turns IS 'Phrase index: the turns that are indexed, in small portions; for turns_with.';
COMMENT ON COLUMN indexed_turns.place IS 'Place of the turn; rising, and not always one turn''s alone.';
COMMENT ON COLUMN indexed_turns.turn IS 'What a search shows of the turn beside its text, as one text.';
COMMENT ON COLUMN indexed_turns.text IS 'As in turns.';
{_said_macro()}"""


def _read(storage: Storage, kind: str, turns_files: Sequence[Path], columns: str) -> str:
    names = ", ".join(column.split()[0] for column in columns.split(", "))
    if not turns_files:
        nothing = ", ".join("NULL::{1} AS {0}".format(*column.split()) for column in columns.split(", "))
        return f"SELECT {nothing} WHERE false"
    folder = storage.folder / INDEX_FOLDER / kind
    paths = ",\n    ".join(_quoted(storage.uri(folder / path.name)) for path in turns_files)
    return f"SELECT {names} FROM read_parquet([\n    {paths}\n], hive_partitioning = false)"  # noqa: S608  # our own names, quoted


def _said_macro() -> str:
    fields = ", ".join(
        f"'{name}': nullif(fields[{number}], '')::{_TYPES.get(name, 'VARCHAR')}"
        for number, name in enumerate(_FIELDS, 1)
    )
    return (
        f"CREATE MACRO indexed_fields(fields) AS {{{fields}}};\n"
        f"CREATE MACRO indexed_turn(turn) AS indexed_fields(string_split(turn, chr({ord(_SEPARATOR)})));\n"
        "COMMENT ON MACRO indexed_fields IS 'indexed_fields(fields): the parts of an indexed turn, named.';\n"
        "COMMENT ON MACRO indexed_turn IS 'indexed_turn(turn): the columns of a turn of the phrase index.';\n"
    )


# Quoted for the reason given in `heard`.
def _build(connection: "duckdb.DuckDBPyConnection", storage: Storage, turns_file: Path, month: str) -> bool:
    """Index one file; not done where one of the fields holds the sign that is to part them."""
    source = f"read_parquet({_quoted(storage.uri(turns_file))}, file_row_number = true, hive_partitioning = false)"
    place = f"({_first_place(month)} + file_row_number)::INTEGER AS place"
    fields = [f"coalesce({name}::VARCHAR, '')" for name in _FIELDS]
    said = f"concat_ws(chr({ord(_SEPARATOR)}), {', '.join(fields)})"
    turns = connection.sql(
        f"SELECT {place}, {said} AS turn, text FROM {source} ORDER BY file_row_number"  # noqa: S608  # our own names, quoted
    ).to_arrow_table()
    if pc.any(pc.not_equal(pc.count_substring(turns["turn"], _SEPARATOR), len(_FIELDS) - 1)).as_py():
        logger.warning("phrases_not_indexed file=%s reason=separator", turns_file.name)
        return False
    words = connection.sql(f"""
        SELECT DISTINCT lower(upper(word)) AS word, place
        FROM (SELECT {place}, unnest(string_split_regex(text, '{WORD_GAP}')) AS word FROM {source})
        WHERE word <> '' AND lower(upper(word)) NOT IN {COMMON_WORDS}
        ORDER BY word, place
    """).to_arrow_table()  # noqa: S608
    folder = storage.folder / INDEX_FOLDER
    for rows, at, group, statistics, dictionaries in (
        (turns, folder / "turns" / turns_file.name, _TURNS_A_GROUP, "place", []),
        (words, folder / "words" / turns_file.name, _WORDS_A_GROUP, "word", ["word"]),
    ):
        storage.put(_written(rows, at, group, statistics, dictionaries), at)
    return True


def _first_place(month: str) -> int:
    if month == UNDATED:
        return 0
    year, number = map(int, month.split("-"))
    return max(0, (year - _FIRST_YEAR) * 12 + number) * _PLACES_A_MONTH


def _written(rows: pa.Table, place: Path, group: int, statistics: str, dictionaries: list[str]) -> Path:
    """A file with these rows, beside the place that it is to have."""
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f".{place.name}.new")
    pq.write_table(
        rows,
        aside,
        row_group_size=group,
        compression="zstd",
        compression_level=3,
        use_dictionary=dictionaries,
        write_statistics=[statistics],
        column_encoding={"place": "DELTA_BINARY_PACKED"},
    )
    return aside


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
