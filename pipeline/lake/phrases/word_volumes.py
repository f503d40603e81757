"""Volumes of words: the words of many files of `turns` as one sorted file.

To look a word up is to look into every file of words: in twenty of a year each it takes a quarter of the time that it
takes in 240 of a month. A volume may have words of files that are gone since, by places that are no turn's any more;
whoever reads it leaves these places out.
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from uuid import uuid4

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.lake.phrases import indexed_corpus
from pipeline.lake.phrases.index_views import without
from pipeline.lake.phrases.indexed_corpus import WORDS, IndexedCorpus, describing
from pipeline.lake.reach import parquet_files
from pipeline.storage import Storage

logger = logging.getLogger(__name__)

VOLUME_BYTES = 50_000_000
"""No more is put together in one volume: sorting it takes 1 GB of memory."""
FEWEST_SMALL = 12
"""So many volumes of less than half that size are put together: each looks up as fast as a large one."""
ROWS_A_GROUP = 32_768
QUICK = ("text",)
"""Columns of any part of the index that are compressed by LZ4: text takes two thirds more room than by zstd, and
`kwic` of 10,000 hits in ten million turns a quarter less of a processor."""


def to_put_together(sizes: Mapping[str, float]) -> list[list[str]]:
    """Which of these volumes (their bytes of files that are there, in the order of their places) become one each. Pure.

    >>> small = {f"small {number}": 20_000_000 for number in range(12)}
    >>> [len(volumes) for volumes in to_put_together({"large": 40_000_000, **small})]
    [2, 2, 2, 2, 2, 2]
    >>> to_put_together({"large": 40_000_000, "small": 1_000})
    []
    """
    small = [name for name, size in sizes.items() if size < VOLUME_BYTES / 2]
    if len(small) < FEWEST_SMALL:
        return []
    groups: list[list[str]] = [[]]
    room: float = VOLUME_BYTES
    for name in small:
        if groups[-1] and sizes[name] > room:
            groups.append([])
            room = VOLUME_BYTES
        groups[-1].append(name)
        room -= sizes[name]
    return [group for group in groups if len(group) > 1]


def put_together(
    connection: "duckdb.DuckDBPyConnection",
    storage: Storage,
    folder: Path,
    corpus: IndexedCorpus,
    turns_files: Collection[str],
) -> None:
    """Put small volumes together, without what is of other files than these; what is put together stays on disk.

    Raises:
        duckdb.Error, pa.ArrowException, OSError: what is there is whole.
    """
    present = {found.path.name: found.size for found in storage.found(folder / WORDS, ".parquet")}
    order = corpus.volumes_of(turns_files)
    for volumes in to_put_together({name: present[name] * corpus.live_share(name, turns_files) for name in order}):
        files = [name for volume in volumes for name in corpus.volumes[volume] if name in turns_files]
        where = without(corpus.dead_places(volumes, turns_files))
        said = parquet_files(storage.uri(folder / WORDS / name) for name in volumes)
        rows = connection.sql(
            f"SELECT word, place, spot FROM {said} WHERE {where} ORDER BY word, place, spot"  # noqa: S608  # our own names, quoted
        ).to_arrow_reader(ROWS_A_GROUP)
        volume = folder / WORDS / f"{uuid4()}.parquet"
        corpus = corpus.merged(volumes, volume.name, files)
        schema = describing(rows.schema, corpus.of_volume(volume.name))
        storage.put(written(rows, schema, volume, ROWS_A_GROUP, ("word", "spot")), volume)
        indexed_corpus.write(storage, folder, corpus)
        logger.info("words_put_together volumes=%d files=%d", len(volumes), len(files))


def written(
    rows: pa.Table | pa.RecordBatchReader, schema: pa.Schema, place: Path, rows_a_group: int, repeated: Sequence[str]
) -> Path:
    """A file with these rows, beside the place that it is to have; values of `repeated` columns come again.

    `schema`: theirs, with what the file is to say of itself.
    """
    names = schema.names
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f".{place.name}.new")
    with pq.ParquetWriter(
        aside,
        schema,
        compression={name: "lz4" if name in QUICK else "zstd" for name in names},
        compression_level={name: 3 for name in names if name not in QUICK},
        use_dictionary=list(repeated),
        write_statistics=[names[0]],
        column_encoding={"place": "DELTA_BINARY_PACKED"} if "place" in names else None,
    ) as file:
        for part in [rows] if isinstance(rows, pa.Table) else map(pa.Table.from_batches, zip(rows, strict=True)):
            file.write_table(part, rows_a_group)
    return aside
