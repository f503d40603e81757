"""An edition of the lake, opened to be read: one consistent state of all tables, whatever is published meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from pipeline.errors import UsageError
from pipeline.lake.published.editions import PUBLISHED_FILE, kept_editions
from pipeline.lake.reach import let_reach
from pipeline.settings import Settings
from pipeline.storage import lake_storage
from schemas.table import quoted


@dataclass(frozen=True, slots=True)
class Edition:
    """What an edition says of itself, and the connection that reads it."""

    edition_id: str
    published_at: datetime
    lake_version: int
    connection: "duckdb.DuckDBPyConnection"


@contextmanager
def newest_edition(settings: Settings) -> Iterator[Edition]:
    """The newest edition of the lake; what DuckDB spills while it sorts goes below the lake's own `tmp`.

    Raises:
        UsageError: there is no lake yet.
        duckdb.Error, OSError: it cannot be read.
    """
    storage = lake_storage(settings)
    editions = kept_editions(storage)
    if not editions:
        raise UsageError(f"no lake at {storage.uri(storage.folder)}: run `asrun nightly` or `asrun demo` first")
    (storage.folder / "tmp").mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="release-", dir=storage.folder / "tmp") as spill, duckdb.connect() as connection:
        let_reach(connection, storage)
        for name, value in (
            ("TimeZone", "UTC"),
            ("memory_limit", settings.sql_memory_limit),
            ("temp_directory", spill),
        ):
            connection.execute(f"SET {name} = {quoted(value)}")
        newest = storage.local(editions[-1].path, Path(spill) / PUBLISHED_FILE)
        connection.execute(f"ATTACH {quoted(newest)} AS asrun (READ_ONLY)")
        connection.execute("USE asrun")
        told = connection.sql("SELECT edition_id, published_at, lake_version FROM edition").fetchall()
        edition_id, published_at, lake_version = told[0]
        yield Edition(edition_id, published_at, lake_version, connection)
