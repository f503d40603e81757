"""The phrase index: beside each file of `turns`, which words are where in it, and its text in small portions.

To search all text is to decompress all text, which takes seconds. The index of a file is five Parquet files of its
name: `words`, which words stand where, sorted by word; `turns`, what a search shows of the turns, in row groups so
small that reading a few turns costs little; `pages`, where each transcript begins; `voices`, who speaks how much on it;
and `grades`, how surely the speakers are named. Every turn has a place, a number that is no other turn's in any index
and rises within the file; every word in it a spot, its number in the turn.

Files of `turns` are immutable, so an index never gets old: it lives as long as its file is named, and a file without
one is read in full. Words alone are put together, of many files as one volume (`word_volumes`): `corpus.json` says
whose words are in which, and so does every volume of itself. Whether there is an index changes no answer.
"""

import logging
from collections.abc import Collection, Mapping
from itertools import chain
from pathlib import Path

import duckdb

from pipeline.lake.phrases import index_views, indexed_corpus
from pipeline.lake.phrases.index_rows import index_of
from pipeline.lake.phrases.indexed_corpus import WORDS, IndexedCorpus, describing
from pipeline.lake.phrases.word_volumes import put_together, written
from pipeline.lake.reach import let_reach
from pipeline.storage import Storage

logger = logging.getLogger(__name__)

INDEX_FOLDER = "phrases-4"
"""The number is that of the index's format: one of another format is built anew."""
OLDER_INDEX_FOLDERS = ("phrases-1", "phrases-2", "phrases-3")
FILES_AT_ONCE = 150
"""So many files are indexed by one maintenance, which holds the lake's lock: of months of 40,000 turns two minutes of a
processor, and six by the clock where it has other work."""

_ROWS_A_GROUP = {"turns": 512, "pages": 65_536, "voices": 65_536, "grades": 65_536, "words": 8_192}
"""Of turns in groups of 16,384, as in `turns`, 10,000 hits in 10 million would take twice the time; of 256, one hit
would. A word is found three times as fast as in groups of 65,536."""
_SINGLE = {("turns", "turn"), ("turns", "text"), ("pages", "transcript_id"), ("pages", "air_date")}
"""Columns in which values do not come again and again; nor do places."""


def indexed(storage: Storage, turns_files: Collection[Path]) -> list[Path]:
    """Those of these files of `turns` that have an index."""
    return _indexed(storage, turns_files, indexed_corpus.read(storage, storage.folder / INDEX_FOLDER))


def build_missing(storage: Storage, turns_files: Mapping[Path, str]) -> int:
    """Index the files of `turns` (each with its month) that have no index yet, the newest first; how many this was.

    Words of many small files are put together: a search looks into each.

    Raises:
        duckdb.Error, pa.ArrowException, OSError: for the caller to tell; what is there is whole.
    """
    folder = storage.folder / INDEX_FOLDER
    corpus = indexed_corpus.read(storage, folder)
    if corpus is None:
        # By what they were built is not known.
        storage.remove([found.path for found in storage.found(folder / WORDS, ".parquet")])
        corpus = IndexedCorpus()
    present = {found.path.name for found in storage.found(folder / WORDS, ".parquet")}
    whole, corpus = corpus, corpus.of({path.name for path in turns_files}, present)
    if corpus != whole:
        indexed_corpus.write(storage, folder, corpus)
    done = set(indexed(storage, turns_files))
    missing = sorted(turns_files.keys() - done, key=lambda path: (turns_files[path], path), reverse=True)
    built = 0
    with duckdb.connect() as connection:
        let_reach(connection, storage)
        for path in missing[:FILES_AT_ONCE]:
            index = index_of(connection, path.name, storage.uri(path), corpus)
            if index is None:
                logger.warning("phrases_not_indexed file=%s reason=separator", path.name)
                continue
            corpus = index.corpus
            # Before the files that leave the new common words out: nobody must look these words up in them.
            indexed_corpus.write(storage, folder, corpus)
            for kind in index_views.PARTS:
                at = folder / kind / path.name
                rows = index.rows[kind]
                repeated = [name for name in rows.column_names if name != "place" and (kind, name) not in _SINGLE]
                schema = describing(rows.schema, corpus.of_volume(path.name)) if kind == WORDS else rows.schema
                storage.put(written(rows, schema, at, _ROWS_A_GROUP[kind], repeated), at)
            built += 1
        put_together(connection, storage, folder, corpus, {path.name for path in turns_files})
    if built:
        logger.info("phrases_indexed files=%d missing=%d", built, len(missing) - built)
    return built


def views(storage: Storage, turns_files: Collection[Path]) -> tuple[list[Path], str]:
    """Those of these files of `turns` that have an index, and the SQL of what the macros search by, over it."""
    folder = storage.folder / INDEX_FOLDER
    corpus = indexed_corpus.read(storage, folder)
    files = _indexed(storage, turns_files, corpus)
    return files, index_views.views(storage, folder, files, corpus or IndexedCorpus())


def _indexed(storage: Storage, turns_files: Collection[Path], corpus: IndexedCorpus | None) -> list[Path]:
    if corpus is None:
        return []
    present = [found.path.name for found in storage.found(storage.folder / INDEX_FOLDER / WORDS, ".parquet")]
    done = set(chain.from_iterable(corpus.volumes.get(name, ()) for name in present))
    return [path for path in turns_files if path.name in done]


def named_by(storage: Storage) -> set[str]:
    """The names of the files of words that the index has."""
    corpus = indexed_corpus.read(storage, storage.folder / INDEX_FOLDER)
    return set(corpus.volumes) if corpus else set()
