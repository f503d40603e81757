"""The analyst's session: reads the published lake, and can do nothing else."""

import re
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa

from pipeline.errors import UsageError
from pipeline.lake.published import state
from pipeline.lake.published.editions import PUBLISHED_FILE, edition_as_of
from pipeline.lake.reach import let_reach
from pipeline.lake.trouble import told
from pipeline.query.hints import hint
from pipeline.settings import Settings, load_settings
from pipeline.storage import Storage, lake_storage
from pipeline.storage.trouble import plain
from schemas.table import quoted

_EXPLAIN = re.compile(r"\s*EXPLAIN(\s+ANALYZE)?(?=[\s(])", re.IGNORECASE)


def connect(settings: Settings | None = None, *, as_of: datetime | None = None) -> "Session":
    """A session on the lake as it is published now; later publications do not change it. Default: this process's lake.

    `as_of`: the lake as it stood then (UTC), from the newest edition of that time or before that is still kept.

    Raises:
        UsageError: there is no lake yet, its file is none, or no edition that old is kept.
        LakeTooNew: a newer asrun wrote the lake.
    """
    settings = settings or load_settings()
    storage = lake_storage(settings)
    published = storage.folder / PUBLISHED_FILE
    with told(storage.uri(storage.folder)):
        is_known = state.read(storage) is not None
        if not storage.is_there(published):
            if is_known:
                raise UsageError(f"{storage.uri(published)} is missing: `asrun reparse` publishes the lake anew")
            raise UsageError(f"no lake at {storage.uri(storage.folder)}: run `asrun nightly` or `asrun demo` first")
        edition = published if as_of is None else edition_as_of(storage, as_of)
    return Session(
        storage, edition, memory_limit=settings.sql_memory_limit, timeout_seconds=settings.sql_timeout_seconds
    )


class Session:
    """A read-only, locked-down DuckDB session. Use as a context manager, from one thread."""

    def __init__(self, storage: Storage, edition: Path, *, memory_limit: str, timeout_seconds: float) -> None:
        self._storage = storage
        self._place = storage.uri(storage.folder)
        self._edition = edition
        self._timeout_seconds = timeout_seconds
        self._spill = _spill_folder(storage.folder)
        self._connection = duckdb.connect()
        try:
            self._copy_edition()
            self._lock_down(memory_limit)
        except (duckdb.Error, OSError) as error:
            self.close()
            raise UsageError(f"{storage.uri(edition)}: cannot be opened: {_line(error)}") from error

    def _copy_edition(self) -> None:
        """The file is small; whoever has it open for writing would lock this session out."""
        edition = self._storage.read(self._edition)
        try:
            (self._spill / PUBLISHED_FILE).write_bytes(edition)
        except OSError:  # the lake's disk is full, which is when somebody looks into it
            shutil.rmtree(self._spill, ignore_errors=True)
            self._spill = _system_folder()
            (self._spill / PUBLISHED_FILE).write_bytes(edition)

    def _lock_down(self, memory_limit: str) -> None:
        """DuckDB refuses all files outside the lake; that statements only read is for `_check` to see."""
        let_reach(self._connection, self._storage)
        # Attached, not opened: sessions of one process would share settings.
        self._connection.execute(f"ATTACH {quoted(self._spill / PUBLISHED_FILE)} AS asrun (READ_ONLY)")
        self._connection.execute("USE asrun")
        for name, value in (
            ("TimeZone", "'UTC'"),
            ("memory_limit", quoted(memory_limit)),
            ("temp_directory", quoted(self._spill)),
            # DuckDB shows one by itself where Python was not given a file to run.
            ("enable_progress_bar", "false"),
            # A question opens hundreds of files: the next one need not read again what is in them.
            ("parquet_metadata_cache", "true"),
            ("allowed_directories", f"[{quoted(self._place)}]"),
            ("enable_external_access", "false"),
            ("python_enable_replacements", "false"),
            ("lock_configuration", "true"),
        ):
            self._connection.execute(f"SET {name} = {value}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the session and remove what it spilled to disk."""
        self._connection.close()
        shutil.rmtree(self._spill, ignore_errors=True)

    def arrow(self, sql: str) -> pa.Table:
        """The rows of one statement that reads (SELECT, WITH, FROM, DESCRIBE, SHOW, SUMMARIZE, EXPLAIN).

        Raises:
            UsageError: it is no such statement, DuckDB refuses it, or it ran for too long.
        """
        _check(sql)
        # In a thread of its own: DuckDB does not notice Ctrl-C while it runs, and knows no time limit.
        with ThreadPoolExecutor(max_workers=1) as pool:
            running = pool.submit(lambda: self._connection.sql(sql).to_arrow_table())
            try:
                return running.result(self._timeout_seconds)
            except TimeoutError as error:
                better = hint(sql) or "a range of air_date helps most"
                raise UsageError(
                    f"the query was stopped after {self._timeout_seconds:g} s; ask for less ({better}) "
                    "or raise ASRUN_SQL_TIMEOUT_SECONDS"
                ) from error
            except duckdb.PermissionException as error:
                raise UsageError(
                    f"{_line(error)}; a lake that was moved is published anew by `asrun reparse`"
                ) from error
            except duckdb.IOException as error:
                raise UsageError(
                    f"{_line(error)}; if a file of the lake is lost, move {self._place} aside and run "
                    "`asrun reparse`: it is rebuilt from the archive"
                ) from error
            except duckdb.Error as error:
                raise UsageError(_line(error)) from error
            finally:
                while not running.done():
                    self._connection.interrupt()
                    wait([running], timeout=0.05)

    def names(self) -> list[str]:
        """What may stand in a query of the lake: its tables, views, columns, macros. Sorted."""
        found = self._connection.execute(_NAMES).fetchall()
        return [str(name) for (name,) in found]


_NAMES = """
    SELECT view_name AS name FROM duckdb_views() WHERE database_name = 'asrun' AND schema_name = 'main'
    UNION SELECT table_name FROM duckdb_tables() WHERE database_name = 'asrun' AND schema_name = 'main'
    UNION SELECT column_name FROM duckdb_columns() WHERE database_name = 'asrun' AND schema_name = 'main'
    UNION SELECT function_name FROM duckdb_functions() WHERE database_name = 'asrun' AND schema_name = 'main'
    ORDER BY name
"""


def _check(sql: str) -> None:
    """Refuse what is not one statement that reads.

    EXPLAIN is looked into: `EXPLAIN ANALYZE COPY ... TO ...` writes the file, and DuckDB lets it write inside the lake.
    """
    explained = _EXPLAIN.match(sql)
    kinds = _kinds(sql)
    if kinds == ["EXPLAIN"] and explained:
        rest = sql[explained.end() :]
        if rest.lstrip().startswith("("):
            raise UsageError("EXPLAIN takes no options here: write EXPLAIN SELECT ... or EXPLAIN ANALYZE SELECT ...")
        kinds = _kinds(rest)
    if not kinds:
        raise UsageError("no statement to answer: asrun sql 'SELECT ...', or without a query for a prompt")
    if len(kinds) != 1:
        raise UsageError(f"one statement at a time, please: there are {len(kinds)}")
    if kinds != ["SELECT"]:
        raise UsageError(f"only statements that read are allowed (SELECT, DESCRIBE, SHOW, SUMMARIZE), not {kinds[0]}")


def _kinds(sql: str) -> list[str]:
    """The types of these statements, as DuckDB's own parser names them."""
    try:
        return [statement.type.name for statement in duckdb.extract_statements(sql)]
    except duckdb.Error as error:
        raise UsageError(_line(error)) from error


def _spill_folder(lake_dir: Path) -> Path:
    """A folder of this session's own: in the lake, or among the system's where the analyst may not write the lake."""
    try:
        (lake_dir / "tmp").mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix="sql-", dir=lake_dir / "tmp"))
    except OSError:
        return _system_folder()


def _system_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="asrun-sql-"))


def _line(error: Exception) -> str:
    """DuckDB's message on one line, without the picture of where in the query it is."""
    return plain(str(error).split("\n\nLINE ")[0])
