"""How often every name is met and to whom it is linked, counted beside `appearances`: a night asks for a few names.

The counts are of the files that the table has, and follow these after every commit: what new ones hold is added, what
those hold that are named no more is taken off, before they are removed. What a commit has staged counts while it asks,
in a transaction that is undone. So the counts depend on the table alone; lost or damaged, they are made anew from all
files.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.identify.people.aliases import STAFF
from pipeline.identify.people.neighbours import FREQUENT, Met, probes
from pipeline.lake.reach import let_reach
from pipeline.lake.tables.staged import StagedTable
from pipeline.transcribe.vocabulary import SUFFIXES

FILE = "names-1.sqlite"
"""The number is that of its format: one of another format is not read."""

_ROWS_AT_ONCE = 10_000
_SUFFIXES = ", ".join(f"'{suffix}'" for suffix in sorted(SUFFIXES))
_STAFF = ", ".join(f"'{role}'" for role in sorted(STAFF))
WORDS = f"""string_split(name_key, ' ') AS words, words[1] AS given, words[1] || ' ' || words[2] AS beginning,
    CASE WHEN len(words) > 2 AND upper(words[-1]) IN ({_SUFFIXES}) THEN words[-2] ELSE words[-1] END AS last,
    given || ' ' || last AS ends, given[1] || ' ' || last AS initial"""
"""The words of a name as `identify.names.name_of` has them, in DuckDB's SQL."""
_OF_ALL = "true"
_KINDS = {
    "ends": _OF_ALL,
    "initial": _OF_ALL,
    "beginning": "staff_pages > 0",
    "given": f"pages >= {FREQUENT}",
    "last": f"pages >= {FREQUENT}",
}
"""By what names are looked for, and which names may be found so; see `neighbours.probes`."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS links (
    name_key TEXT, person_id TEXT, pages INTEGER NOT NULL, PRIMARY KEY (name_key, person_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS links_by_person ON links (person_id) WHERE person_id <> '';
CREATE TABLE IF NOT EXISTS names (
    name_key TEXT PRIMARY KEY, ends TEXT, initial TEXT, beginning TEXT, given TEXT, last TEXT,
    pages INTEGER NOT NULL, staff_pages INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS links_of_nobody ON links (pages) WHERE pages = 0;
CREATE INDEX IF NOT EXISTS names_of_nobody ON names (pages) WHERE pages = 0;
""" + "\n".join(
    f"CREATE INDEX IF NOT EXISTS names_by_{kind} ON names ({kind}){'' if which == _OF_ALL else f' WHERE {which}'};"
    for kind, which in _KINDS.items()
)
_CHANGES = f"""
SELECT name_key, coalesce(person_id, '') AS person_id, sum(sign)::INTEGER AS pages,
    coalesce(sum(sign) FILTER (role IN ({_STAFF})), 0)::INTEGER AS staff_pages
FROM ({{rows}}) GROUP BY ALL HAVING pages <> 0 OR staff_pages <> 0
"""  # noqa: S608  # our own words
_BY_NAME = f"""
SELECT name_key, ends, initial, beginning, given, last, pages, staff_pages FROM (
    SELECT name_key, {WORDS}, pages, staff_pages FROM (
        SELECT name_key, sum(pages)::INTEGER AS pages, sum(staff_pages)::INTEGER AS staff_pages
        FROM changes GROUP BY name_key
    )
)
"""  # noqa: S608  # our own words
_LOOKING_LIKE = " UNION ".join(
    f"SELECT name_key, pages, staff_pages FROM {kind}_probes CROSS JOIN names "  # noqa: S608  # our own words
    f"WHERE {column} = probe AND pages > 0 AND {which}"
    for kind, column, which in (
        *((kind, kind, which) for kind, which in _KINDS.items()), ("spelling", "name_key", _OF_ALL)
    )
)  # fmt: skip
"""CROSS JOIN: SQLite goes from the probes to the names."""
_OF_FILES = "SELECT name_key, person_id, role, {sign} AS sign FROM read_parquet(getvariable('{files}'))"


class MetNames:
    """The counts of `appearances` as it stands in a commit. Made by `met_names`."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self._index = index

    def namesakes(self, names: Collection[str]) -> set[str]:
        """These names with all that were linked to the same people: a link may have to be undone."""
        self._know("asked", names)
        people = "SELECT person_id FROM asked CROSS JOIN links WHERE name_key = probe AND pages > 0 AND person_id <> ''"
        return {*names, *self._linked_to(people)}

    def names_of(self, person_ids: Collection[str]) -> set[str]:
        """The names that were linked to these people."""
        self._know("asked", person_ids)
        return self._linked_to("SELECT probe FROM asked WHERE probe <> ''")

    def met(self, names: Collection[str]) -> list[Met]:
        """How often these names are met; some may be on no page any more."""
        self._know("asked", names)
        rows = self._index.execute(
            "SELECT name_key, pages, staff_pages FROM asked CROSS JOIN names WHERE name_key = probe AND pages > 0"
        ).fetchall()
        return [*(Met(*row) for row in rows), *(Met(key, 0, 0) for key in set(names) - {key for key, *_ in rows})]

    def looking_like(self, names: Collection[Met]) -> list[Met]:
        """All names that may be neighbours of these."""
        for kind, found in probes(names).items():
            self._know(f"{kind}_probes", found)
        return [Met(*row) for row in self._index.execute(_LOOKING_LIKE)]

    def _linked_to(self, people: str) -> set[str]:
        rows = self._index.execute(
            f"SELECT DISTINCT name_key FROM links WHERE person_id IN ({people}) AND person_id <> '' AND pages > 0"  # noqa: S608  # our own words
        )
        return {key for (key,) in rows}

    def _know(self, name: str, values: Iterable[str]) -> None:
        self._index.execute(f"CREATE TEMP TABLE IF NOT EXISTS {name} (probe TEXT PRIMARY KEY) WITHOUT ROWID")
        self._index.execute(f"DELETE FROM {name}")  # noqa: S608  # our own words
        self._index.executemany(f"INSERT INTO {name} VALUES (?)", ((value,) for value in values))  # noqa: S608  # our own words


@contextmanager
def met_names(appearances: StagedTable) -> Iterator[MetNames]:
    """Ask for names in this table, with what is staged. Nothing may be staged meanwhile.

    Raises:
        duckdb.Error, sqlite3.Error: a file cannot be read, or the counts cannot be written.
    """
    with _counted(appearances) as (index, connection):
        replaced, coming = appearances.staged()
        connection.register("replaced", pa.table({"unit": pa.array(sorted(replaced), pa.string())}))
        connection.register("coming", coming)
        connection.execute("SET VARIABLE held = $1", [_uris(appearances, appearances.staged_over())])
        index.execute("BEGIN")
        rows = ["SELECT name_key, person_id, role, 1 AS sign FROM coming"]
        if appearances.staged_over():
            rows.append(f"{_OF_FILES.format(sign=-1, files='held')} SEMI JOIN replaced ON transcript_id = unit")
        _add(index, connection, rows)
        yield MetNames(index)
        index.execute("ROLLBACK")


def count_names(appearances: StagedTable) -> None:
    """Bring the counts to where they know the table's files: those that it names no more may be removed then."""
    with _counted(appearances):
        pass


@contextmanager
def _counted(
    appearances: StagedTable,
) -> "Iterator[tuple[sqlite3.Connection, duckdb.DuckDBPyConnection]]":
    """The counts of the files on disk, and a DuckDB that reads these."""
    path = appearances.disk.folder.parent / FILE
    with duckdb.connect(config={"temp_directory": ""}) as connection:
        let_reach(connection, appearances.disk.storage)
        with closing(_opened(path)) as index:
            try:
                _follow(index, connection, appearances)
                yield index, connection
            except (sqlite3.DatabaseError, duckdb.Error):
                _remove(path)  # it may be damaged, or a file that is to be taken off: the next one makes it anew
                raise


def _opened(path: Path) -> sqlite3.Connection:
    """The file of the counts, made where there is none that could be read."""
    try:
        return _made(path)
    except sqlite3.DatabaseError:
        _remove(path)
        return _made(path)


def _made(path: Path) -> sqlite3.Connection:
    index = sqlite3.connect(path, isolation_level=None)
    try:
        index.executescript(_SCHEMA)
    except sqlite3.Error:
        index.close()
        raise
    return index


def _remove(path: Path) -> None:
    for left in (path, path.with_name(f"{path.name}-journal")):
        left.unlink(missing_ok=True)


def _follow(index: sqlite3.Connection, connection: "duckdb.DuckDBPyConnection", appearances: StagedTable) -> None:
    """Count the files that are new, and no more those that are named no more; all anew where these cannot be read."""
    disk = appearances.disk
    now = disk.names().keys()
    known = {path for (path,) in index.execute("SELECT path FROM files")}
    if known == now:
        return
    gone = {path: disk.folder / path for path in known - now}
    index.execute("BEGIN")
    if not all(disk.storage.is_there(path) for path in gone.values()):
        for table in ("files", "links", "names"):
            index.execute(f"DELETE FROM {table}")  # noqa: S608  # our own words
        known, gone = set(), {}
    new = {path: disk.folder / path for path in now - known}
    rows = []
    for files, sign, paths in (("new", 1, new), ("gone", -1, gone)):
        connection.execute(f"SET VARIABLE {files} = $1", [_uris(appearances, paths.values())])
        rows += [_OF_FILES.format(sign=sign, files=files)] if paths else []
    if rows:
        _add(index, connection, rows)
    index.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in gone))
    index.executemany("INSERT INTO files VALUES (?)", ((path,) for path in new))
    index.execute("COMMIT")


def _add(index: sqlite3.Connection, connection: "duckdb.DuckDBPyConnection", rows: Iterable[str]) -> None:
    """Add what these rows count, each with its sign."""
    changes = _CHANGES.format(rows=" UNION ALL ".join(rows))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE changes AS {changes}")
    index.executemany(
        "INSERT INTO links VALUES (?, ?, ?) "
        "ON CONFLICT (name_key, person_id) DO UPDATE SET pages = pages + excluded.pages",
        _rows(connection, "SELECT name_key, person_id, pages FROM changes ORDER BY ALL"),
    )
    index.executemany(
        "INSERT INTO names VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name_key) DO UPDATE "
        "SET pages = pages + excluded.pages, staff_pages = staff_pages + excluded.staff_pages",
        _rows(connection, f"{_BY_NAME} ORDER BY name_key"),
    )
    for table in ("links", "names"):
        index.execute(f"DELETE FROM {table} WHERE pages = 0")  # noqa: S608  # our own words


def _rows(connection: "duckdb.DuckDBPyConnection", query: str) -> Iterator[tuple[Any, ...]]:
    found = connection.execute(query)
    while rows := found.fetchmany(_ROWS_AT_ONCE):
        yield from rows


def _uris(appearances: StagedTable, paths: Iterable[Path]) -> list[str]:
    return [appearances.disk.storage.uri(path) for path in paths]
