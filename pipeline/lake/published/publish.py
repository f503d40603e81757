"""`asrun.duckdb`: nothing but views over the exact Parquet files of one state of all tables, and macros over the views.

The files are immutable, so whoever has it open keeps one consistent snapshot for as long as he likes. It is written
aside, flushed, and swapped in by one rename; editions of it are kept beside it. Paths in it are absolute: a moved lake
is published anew by its next commit.
"""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipeline.lake.phrases import phrase_index
from pipeline.lake.published.editions import EDITIONS_FOLDER, PUBLISHED_FILE, Keeping, edition_name, let_go
from pipeline.lake.reach import let_reach, parquet_files, parquet_files_in
from pipeline.lake.tables.layers import CHANGED, REMOVED, SETTLED
from pipeline.lake.tables.staged import StagedTable
from pipeline.lake.tables.together import Tables
from pipeline.lake.trouble import told
from pipeline.settings import Settings
from pipeline.storage import Storage, lake_storage
from schemas import LAKE_VERSION, TABLES, TURNS, Table
from schemas.beside import UNINDEXED_TURNS, views_and_macros
from schemas.table import described, quoted, sql_name

logger = logging.getLogger(__name__)

_EDITION = {
    "edition_id": "Identity of the edition: what to cite.",
    "published_at": "When it was published (UTC).",
    "lake_version": "Version of the lake: an asrun that knows only older ones leaves it alone.",
}
"""The columns of table `edition`."""


def script(storage: Storage, tables: Tables, older_files: Mapping[Path, Sequence[str]]) -> str:
    """The SQL that makes an edition: a function of the tables' files, of which are indexed, and of `schemas/`.

    `older_files` are those from before some columns were added, with the columns that they lack.
    """
    views = [_view_of(storage, tables[table], older_files) for table in TABLES]
    return "\n".join([*views, *_beside(storage, list(tables[TURNS].disk.files()), older_files)])


def digest(sql: str) -> str:
    """What tells two editions apart."""
    return hashlib.sha256(sql.encode("utf-8")).hexdigest()


def publish(storage: Storage, sql: str, keeping: Keeping) -> Path:
    """Write an edition, swap it in as `asrun.duckdb`, and let go of editions that need no longer be kept.

    Returns the edition's own file, which is never written again.

    Raises:
        duckdb.Error, OSError: nothing was swapped in.
    """
    now = datetime.now(UTC)
    edition_id = edition_name(now, digest(sql))
    lake_dir = storage.folder
    aside = lake_dir / "tmp" / PUBLISHED_FILE
    aside.parent.mkdir(parents=True, exist_ok=True)
    aside.unlink(missing_ok=True)
    _build(storage, aside, sql, edition_id, now)
    # A copy, not a link: whoever opens asrun.duckdb for writing must not write into the edition.
    edition = lake_dir / EDITIONS_FOLDER / f"{edition_id}.duckdb"
    storage.copy(aside, edition)
    # Left by a program that had the old file open for writing and died, it would be replayed into the new one.
    (lake_dir / f"{PUBLISHED_FILE}.wal").unlink(missing_ok=True)
    storage.put(aside, lake_dir / PUBLISHED_FILE)
    logger.info("lake_published edition=%s", edition_id)
    let_go(storage, now, keeping)
    return edition


def is_published(settings: Settings) -> bool:
    """Whether there is a lake to be read.

    Raises:
        LakeError: nobody can say: the lake cannot be reached.
    """
    storage = lake_storage(settings)
    with told(storage.uri(storage.folder)):
        return storage.is_there(storage.folder / PUBLISHED_FILE)


def files_named_by(edition: Path) -> set[Path]:
    """The Parquet files that an edition reads, where they were when it was published; no name is used twice.

    Raises:
        duckdb.Error: it cannot be opened.
    """
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH {quoted(edition)} AS edition (READ_ONLY)")
        views = connection.execute("SELECT sql FROM duckdb_views() WHERE database_name = 'edition'").fetchall()
    return {Path(path) for (sql,) in views for path in parquet_files_in(sql)}


def _build(storage: Storage, path: Path, sql: str, edition_id: str, now: datetime) -> None:
    with duckdb.connect() as connection:
        let_reach(connection, storage)  # a view is bound to its files when it is made
        # The oldest storage format: DuckDB 1.2 and later open it.
        connection.execute(f"ATTACH {quoted(path)} AS asrun (STORAGE_VERSION 'v1.0.0')")
        connection.execute("USE asrun")
        # As one transaction: DuckDB flushes to disk after each, and an edition is made of two hundred statements.
        connection.execute("BEGIN")
        connection.execute(sql)
        connection.execute("CREATE TABLE edition (edition_id VARCHAR, published_at TIMESTAMPTZ, lake_version INTEGER)")
        connection.execute("COMMENT ON TABLE edition IS 'Which edition of the lake this is: cite edition_id.'")
        for column, meaning in _EDITION.items():
            connection.execute(f"COMMENT ON COLUMN edition.{column} IS {quoted(meaning)}")
        connection.execute("INSERT INTO edition VALUES (?, ?, ?)", [edition_id, now, LAKE_VERSION])
        connection.execute("COMMIT")
        connection.execute("USE memory")
        connection.execute("DETACH asrun")


def _beside(storage: Storage, files: Sequence[Path], older_files: Mapping[Path, Sequence[str]]) -> list[str]:
    indexed, search = phrase_index.views(storage, files)
    of_index = set(indexed)
    rest = _view(
        storage,
        replace(TURNS, name=UNINDEXED_TURNS, description="The turns of files that have no phrase index yet."),
        [path for path in files if path not in of_index],
        older_files,
    )
    return views_and_macros(search, rest)


def _view_of(storage: Storage, staged: StagedTable, older_files: Mapping[Path, Sequence[str]]) -> str:
    """The view of a table. Of a layered one: what changed, and what is settled of units that no other layer has."""
    table, disk = staged.table, staged.disk
    layers: dict[str, list[Path]] = defaultdict(list)
    for path, layer in disk.layers().items():
        layers[layer].append(path)
    newer = [storage.uri(path) for path in (*layers[CHANGED], *layers[REMOVED])]
    if not newer:
        return _view(storage, table, disk.files(), older_files)
    changed, settled = (_union(storage, table, layers[name], older_files) for name in (CHANGED, SETTLED))
    units = _select(replace(table, columns=table.columns[:1]), newer, ())
    still = f"SELECT * FROM ({settled}) ANTI JOIN ({units}) USING ({table.unit})"  # noqa: S608  # our own names, quoted
    return _described(table, f"{changed}\nUNION ALL\n{still}")


def _view(storage: Storage, table: Table, files: Iterable[Path], older_files: Mapping[Path, Sequence[str]]) -> str:
    return _described(table, _union(storage, table, files, older_files))


def _union(storage: Storage, table: Table, files: Iterable[Path], older_files: Mapping[Path, Sequence[str]]) -> str:
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for path in files:
        alike[tuple(older_files.get(path, ()))].append(storage.uri(path))
    selects = [_select(table, paths, lacking) for lacking, paths in sorted(alike.items())]
    return "\nUNION ALL\n".join(selects or [_select(table, (), table.column_names)])


def _described(table: Table, rows: str) -> str:
    meaning = f"{table.description} Key: {', '.join(table.key)}."
    comment = f"COMMENT ON VIEW {table.name} IS {quoted(meaning)};"
    return "\n".join([f"CREATE VIEW {table.name} AS {rows};", comment, *described(table.name, table.columns)])


def _select(table: Table, files: Sequence[str], lacking: Collection[str]) -> str:
    """The rows of these files, which lack the same columns; without files, none."""
    columns = ", ".join(
        f'NULL::{sql_name(column.type)} AS "{column.name}"' if column.name in lacking else f'"{column.name}"'
        for column in table.columns
    )
    if not files:
        return f"SELECT {columns} WHERE false"
    return f"SELECT {columns} FROM {parquet_files(files)}"  # noqa: S608  # our own names, quoted
