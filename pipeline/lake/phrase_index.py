"""The phrase index: beside each file of `turns`, which words are where in it, and its text in small portions.

To search all text is to decompress all text, which takes seconds. The index of a file is four Parquet files of its
name: `words`, which words stand where, sorted by word; `turns`, what a search shows of the turns, in row groups so
small that reading a few turns costs little; `pages`, where each transcript begins; and `voices`, who speaks how much on
it. Every turn has a place, a number
that is no other turn's in any index and rises within the file; every word in it a spot, its number in the turn.

Files of `turns` are immutable, so an index never gets old: it lives as long as its file is named, and a file without
one is read in full. Whether there is an index changes no answer.
"""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.lake import indexed_corpus
from pipeline.lake.indexed_corpus import IndexedCorpus
from pipeline.lake.phrase_rows import FIELDS, SEPARATOR, index_of
from pipeline.lake.reach import let_reach
from pipeline.storage import Storage
from schemas.phrases import common_words_macro
from schemas.table import quoted

logger = logging.getLogger(__name__)

INDEX_FOLDER = "phrases-3"
"""The number is that of the index's format: one of another format is built anew."""
OLDER_INDEX_FOLDERS = ("phrases-1", "phrases-2")
KINDS = ("turns", "pages", "voices", "words")
"""In the order in which they are written: where there are words, the index is whole."""
FILES_AT_ONCE = 150
"""So many files are indexed by one maintenance, which holds the lake's lock: of months of 40,000 turns two minutes of a
processor, and six by the clock where it has other work."""

_ROWS_A_GROUP = {"turns": 512, "pages": 65_536, "voices": 65_536, "words": 8_192}
"""Of turns in groups of 16,384, as in `turns`, 10,000 hits in 10 million would take twice the time; of 256, one hit
would. A word is found three times as fast as in groups of 65,536."""
_VOICE = (
    "transcript_id VARCHAR, air_date DATE, source_id VARCHAR, program VARCHAR, speaker_name VARCHAR, "
    "person_id VARCHAR, speaker_role VARCHAR, turn_count INTEGER, word_count BIGINT, question_turn_count INTEGER, "
    "question_count BIGINT, is_first BOOLEAN"
)
_REPEATED: Mapping[str, Collection[str]] = {
    "turns": (),
    "pages": (),
    "voices": [column.split()[0] for column in _VOICE.split(", ")],
    "words": ("word", "spot"),
}
"""Columns in which values come again and again."""
_TYPES = {"turn_index": "INTEGER", "air_date": "DATE"}


def indexed(storage: Storage, turns_files: Collection[Path]) -> list[Path]:
    """Those of these files of `turns` that have an index."""
    folder = storage.folder / INDEX_FOLDER
    if indexed_corpus.read(storage, folder) is None:
        return []
    present = {found.path.name for found in storage.found(folder / KINDS[-1], ".parquet")}
    return [path for path in turns_files if path.name in present]


def build_missing(storage: Storage, turns_files: Mapping[Path, str]) -> int:
    """Index the files of `turns` (each with its month) that have no index yet, the newest first; how many this was.

    Raises:
        duckdb.Error, pa.ArrowException, OSError: for the caller to tell; what is there is whole.
    """
    folder = storage.folder / INDEX_FOLDER
    corpus = indexed_corpus.read(storage, folder)
    if corpus is None:
        # By what they were built is not known.
        storage.remove([found.path for found in storage.found(folder / KINDS[-1], ".parquet")])
        corpus = IndexedCorpus()
    done = set(indexed(storage, turns_files))
    missing = sorted(turns_files.keys() - done, key=lambda path: (turns_files[path], path), reverse=True)
    built = 0
    with duckdb.connect() as connection:
        let_reach(connection, storage)
        for path in missing[:FILES_AT_ONCE]:
            index = index_of(connection, storage.uri(path), corpus)
            if index is None:
                logger.warning("phrases_not_indexed file=%s reason=separator", path.name)
                continue
            corpus = index.corpus
            # Before the files that leave the new common words out: nobody must look these words up in them.
            indexed_corpus.write(storage, folder, corpus)
            for kind, rows in zip(KINDS, (index.turns, index.pages, index.voices, index.words), strict=True):
                at = folder / kind / path.name
                storage.put(_written(rows, at, kind), at)
            built += 1
    if built:
        logger.info("phrases_indexed files=%d missing=%d", built, len(missing) - built)
    return built


def common_words(storage: Storage) -> Sequence[str]:
    """The words that some or all indexes leave out."""
    corpus = indexed_corpus.read(storage, storage.folder / INDEX_FOLDER)
    return corpus.common_words if corpus else ()


def views(storage: Storage, indexed_files: Sequence[Path], common_words: Iterable[str]) -> str:
    """The SQL of what the macros search by, over the indexes of these files of `turns`."""
    words = _read(storage, "words", indexed_files, "word VARCHAR, place BIGINT, spot INTEGER")
    pages = _read(storage, "pages", indexed_files, "place BIGINT, transcript_id VARCHAR, air_date DATE")
    turns = _read(storage, "turns", indexed_files, "place BIGINT, turn VARCHAR, text VARCHAR")
    voices = _read(storage, "voices", indexed_files, _VOICE)
    return f"""
CREATE VIEW indexed_words AS {words};
COMMENT ON VIEW indexed_words IS 'Phrase index: which words stand where; for turns_with.';
COMMENT ON COLUMN indexed_words.word IS 'Word, as phrase_words gives it.';
COMMENT ON COLUMN indexed_words.place IS 'Place of the turn that it stands in.';
COMMENT ON COLUMN indexed_words.spot IS 'Number of the word in the turn, from 0; in a cue below 0, to -1 for its last.';
CREATE VIEW indexed_pages AS {pages};
COMMENT ON VIEW indexed_pages IS 'Phrase index: the transcripts that are indexed; for ngram_trend.';
COMMENT ON COLUMN indexed_pages.place IS 'Place of its first turn; those of its other turns follow.';
COMMENT ON COLUMN indexed_pages.transcript_id IS 'As in transcripts.';
COMMENT ON COLUMN indexed_pages.air_date IS 'As in transcripts.';
CREATE VIEW indexed_turns AS {turns};
COMMENT ON VIEW indexed_turns IS 'Phrase index: the turns that are indexed, in small portions; for turns_with.';
COMMENT ON COLUMN indexed_turns.place IS 'Place of the turn: a number that no other turn has.';
COMMENT ON COLUMN indexed_turns.turn IS 'What a search shows of the turn beside its text, as one text.';
COMMENT ON COLUMN indexed_turns.text IS 'As in turns.';
CREATE VIEW indexed_voices AS {voices};
COMMENT ON VIEW indexed_voices IS 'Who speaks on the pages that are indexed, copies included; for voices.';
{_as_in_voices()}
{_said_macro()}
{common_words_macro(common_words)}"""


def _read(storage: Storage, kind: str, turns_files: Sequence[Path], columns: str) -> str:
    names = ", ".join(column.split()[0] for column in columns.split(", "))
    if not turns_files:
        nothing = ", ".join("NULL::{1} AS {0}".format(*column.split()) for column in columns.split(", "))
        return f"SELECT {nothing} WHERE false"
    folder = storage.folder / INDEX_FOLDER / kind
    paths = ",\n    ".join(quoted(storage.uri(folder / path.name)) for path in turns_files)
    return f"SELECT {names} FROM read_parquet([\n    {paths}\n], hive_partitioning = false)"  # noqa: S608  # our own names, quoted


def _as_in_voices() -> str:
    return "\n".join(f"COMMENT ON COLUMN indexed_voices.{name} IS 'As in voices.';" for name in _REPEATED["voices"])


def _said_macro() -> str:
    fields = ", ".join(
        f"'{name}': nullif(fields[{number}], '')::{_TYPES.get(name, 'VARCHAR')}"
        for number, name in enumerate(FIELDS, 1)
    )
    return (
        f"CREATE MACRO indexed_fields(fields) AS {{{fields}}};\n"
        f"CREATE MACRO indexed_turn(turn) AS indexed_fields(string_split(turn, chr({ord(SEPARATOR)})));\n"
        "COMMENT ON MACRO indexed_fields IS 'indexed_fields(fields): the parts of an indexed turn, named.';\n"
        "COMMENT ON MACRO indexed_turn IS 'indexed_turn(turn): the columns of a turn of the phrase index.';\n"
    )


def _written(rows: pa.Table, place: Path, kind: str) -> Path:
    """A file with these rows, beside the place that it is to have."""
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f".{place.name}.new")
    pq.write_table(
        rows,
        aside,
        row_group_size=_ROWS_A_GROUP[kind],
        compression="zstd",
        compression_level=3,
        use_dictionary=[name for name in rows.column_names if name in _REPEATED[kind]],
        write_statistics=[rows.column_names[0]],
        column_encoding={"place": "DELTA_BINARY_PACKED"} if "place" in rows.column_names else None,
    )
    return aside
