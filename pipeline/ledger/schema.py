"""The ledger's tables. Times are UTC in ISO 8601 with microseconds, so that text order is time order."""

import sqlite3
from pathlib import Path

from pipeline.errors import LedgerError
from pipeline.ledger.counters import COUNTERS
from pipeline.ledger.standing import STANDING

_TABLES = """
CREATE TABLE urls (
    url            TEXT PRIMARY KEY,      -- canonical
    source_id      TEXT,                  -- NULL: imported, from no source we know
    kind           TEXT NOT NULL CHECK (kind IN ('page', 'listing')),
    program        TEXT,
    air_date       TEXT,
    found_on       TEXT,                  -- the listing that named it first
    first_seen_at  TEXT NOT NULL,         -- reference time of the run
    counted_from   TEXT NOT NULL,         -- the instant from which its age is counted
    etag           TEXT,
    last_modified  TEXT,
    payload_digest TEXT,                  -- of the last response that was archived, as are the next three
    capture_id     TEXT,
    warc_file      TEXT,
    warc_offset    INTEGER,
    outcome        TEXT,                  -- of the last look that learned something ('unchanged' does not)
    due_at         TEXT,                  -- NULL: at rest
    looks          INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX urls_due ON urls (source_id, kind, due_at);
CREATE INDEX urls_air_date ON urls (source_id, air_date);

CREATE TABLE looks (
    look_id     INTEGER PRIMARY KEY,
    url         TEXT NOT NULL REFERENCES urls (url),
    run_id      TEXT NOT NULL,
    looked_at   TEXT NOT NULL,            -- true time
    outcome     TEXT,                     -- NULL: archived, not yet read
    detail      TEXT,
    change      TEXT CHECK (change IN ('new', 'revised')),
    http_status INTEGER,
    body_bytes  INTEGER NOT NULL DEFAULT 0,
    seconds     REAL NOT NULL DEFAULT 0,
    requests    INTEGER NOT NULL DEFAULT 0,
    capture_id  TEXT NOT NULL,
    warc_file   TEXT,
    warc_offset INTEGER,
    is_settled  INTEGER NOT NULL CHECK (is_settled IN (0, 1))   -- 0: its row is perhaps not in the lake yet
) STRICT;
CREATE INDEX looks_url ON looks (url, look_id);
CREATE INDEX looks_run ON looks (run_id);
CREATE UNIQUE INDEX looks_capture ON looks (capture_id);
CREATE INDEX looks_open ON looks (is_settled) WHERE is_settled = 0;

CREATE TABLE runs (
    run_id      TEXT PRIMARY KEY,
    flow        TEXT NOT NULL,
    parameters  TEXT NOT NULL,            -- JSON
    started_at  TEXT NOT NULL,
    finished_at TEXT,
    status      TEXT NOT NULL             -- running, completed, failed
) STRICT;
"""

_UNHEEDED = """
-- of a listing: conditional requests in a row that were answered whole although nothing had changed
ALTER TABLE urls ADD COLUMN unheeded INTEGER NOT NULL DEFAULT 0
"""

_FIGURES_AND_ALARMS = """
ALTER TABLE urls ADD COLUMN title TEXT;
-- of the newest transcript it gave: words said, turns of speech, those of them whose speaker's full name is known
ALTER TABLE urls ADD COLUMN word_count INTEGER;
ALTER TABLE urls ADD COLUMN speech_count INTEGER;
ALTER TABLE urls ADD COLUMN named_count INTEGER;
CREATE TABLE alarms (
    alarm_id   INTEGER PRIMARY KEY,
    source_id  TEXT NOT NULL,
    kind       TEXT NOT NULL,
    cause      TEXT NOT NULL,             -- class of the cause, as last judged; as is the detail
    detail     TEXT NOT NULL,
    raised_at  TEXT NOT NULL,
    cleared_at TEXT,                      -- NULL: it stands
    told_at    TEXT,                      -- when a receiver took that it was raised,
    ended_at   TEXT                       -- and that it was cleared
) STRICT;
CREATE UNIQUE INDEX alarms_standing ON alarms (source_id, kind) WHERE cleared_at IS NULL;
CREATE INDEX looks_at ON looks (looked_at)
"""

_ASKED_DAYS = """
CREATE TABLE asked_days (
    flow       TEXT NOT NULL,             -- nightly or backfill
    source_id  TEXT NOT NULL,
    air_date   TEXT NOT NULL,
    request_id TEXT NOT NULL,             -- the run that asked for it; those that go on with it keep this id
    asked_at   TEXT NOT NULL,
    done_at    TEXT,                      -- NULL: not all of its pages were looked at yet
    PRIMARY KEY (flow, source_id, air_date)
) STRICT;
ALTER TABLE runs ADD COLUMN flow_run_id TEXT
"""

_FRONTIER = """
DROP INDEX urls_due;
DROP INDEX urls_air_date;
-- `frontier` says what it is for
CREATE INDEX urls_due ON urls (source_id, looks > 0, air_date DESC, due_at) WHERE kind = 'page' AND due_at IS NOT NULL
"""

_COUNTS = """
-- all that coverage, freshness and `asrun status` ask of a page, so that they are answered out of the index alone
CREATE INDEX urls_counted ON urls (source_id, air_date, program, outcome, word_count, looks, kind) WHERE kind = 'page';
CREATE INDEX urls_failing ON urls (outcome, source_id) WHERE kind = 'page' AND outcome GLOB '*:*';
CREATE INDEX urls_listings ON urls (url) WHERE kind = 'listing';
CREATE TABLE last_looks (
    source_id TEXT PRIMARY KEY,           -- '' for pages of no source
    looked_at TEXT NOT NULL
) STRICT;
INSERT INTO last_looks
SELECT COALESCE(source_id, ''), max(looked_at) FROM looks JOIN urls USING (url) GROUP BY source_id
"""

_DAMAGES = """
-- JSON: a line for each record of the archive that the run could not read before it began
ALTER TABLE runs ADD COLUMN damages TEXT NOT NULL DEFAULT '[]'
"""

_MIGRATIONS = (_TABLES, _UNHEEDED, _FIGURES_AND_ALARMS, _ASKED_DAYS, _FRONTIER, _COUNTS, COUNTERS, STANDING, _DAMAGES)
"""What makes each version of the one before it."""
VERSION = len(_MIGRATIONS)


def connect(path: Path) -> sqlite3.Connection:
    """Open the ledger, made anew where there is none.

    Raises:
        LedgerError: a newer asrun wrote it, or it is no ledger.
        sqlite3.Error, OSError: it cannot be opened.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=60, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        _migrate(connection, path)
    except (sqlite3.Error, LedgerError):
        connection.close()
        raise
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a ledger in a folder that cannot be written, as it is.

    A reader of a WAL file needs files of its own beside it. Where those cannot be made and nothing waits in a log, the
    file is all there is, and nobody can be writing it.

    Raises:
        LedgerError: another version of asrun wrote it.
        sqlite3.Error: it cannot be opened.
    """
    log = path.with_name(f"{path.name}-wal")
    is_whole = not log.exists() or log.stat().st_size == 0
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if is_whole else ''}", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        found = _version(connection)
        if found != VERSION:
            raise LedgerError(
                f"{path}: of ledger version {found}, not {VERSION}, and cannot be brought up to date where it may not "
                "be written: run `asrun status` once where it may, or use the asrun that wrote it"
            )
    except (sqlite3.Error, LedgerError):
        connection.close()
        raise
    return connection


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    found = _version(connection)
    if found > VERSION:
        raise LedgerError(f"{path}: written by a newer asrun (ledger version {found}, known {VERSION}); upgrade asrun")
    if found == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    for migration in _MIGRATIONS[_version(connection) :]:  # asked again: another process may have done it meanwhile
        for statement in migration.split(";\n"):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
