"""What a reparse must remember of the pages that it has read, on the disk: there may be more than memory holds."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from pipeline.errors import LedgerError
from pipeline.ledger import Figures, Reread

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE contents (url TEXT PRIMARY KEY, content_hash TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE rereads (
    capture_id TEXT, outcome TEXT, detail TEXT,
    title TEXT, word_count INTEGER, speech_count INTEGER, named_count INTEGER
);
BEGIN
"""


class Rereads:
    """Notes that nobody else sees and that are gone with the process."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def note_content(self, url: str, content_hash: str) -> bool:
        """Note what a page said at this look; whether it said the same at the look before."""
        known = self._connection.execute("SELECT content_hash FROM contents WHERE url = ?", (url,)).fetchone()
        if known == (content_hash,):
            return True
        self._connection.execute("INSERT OR REPLACE INTO contents VALUES (?, ?)", (url, content_hash))
        return False

    def add(self, reread: Reread) -> None:
        """Note what became of a look."""
        figures = reread.figures
        told = (
            (figures.title, figures.word_count, figures.speech_count, figures.named_count) if figures else (None,) * 4
        )
        row = (reread.capture_id, reread.outcome, reread.detail, *told)
        self._connection.execute("INSERT INTO rereads VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def __iter__(self) -> Iterator[Reread]:
        """What became of the looks, in the order in which they were added."""
        rows = self._connection.execute("SELECT * FROM rereads ORDER BY rowid")
        for capture_id, outcome, detail, *figures in rows:
            has_figures = figures[-1] is not None
            yield Reread(capture_id, outcome, detail, Figures(*figures) if has_figures else None)


@contextmanager
def open_rereads(folder: Path) -> Iterator[Rereads]:
    """Notes in a file of this folder, which is removed afterwards.

    Raises:
        LedgerError: it cannot be written; a full disk, say.
    """
    with ExitStack() as opened:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file = opened.enter_context(NamedTemporaryFile(prefix="rereads-", suffix=".sqlite", dir=folder))
        except OSError as error:
            raise _unwritable(folder, error) from error
        try:
            connection = opened.enter_context(closing(sqlite3.connect(file.name, isolation_level=None)))
            connection.executescript(_TABLES)
            yield Rereads(connection)
        except sqlite3.Error as error:
            raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: Exception) -> LedgerError:
    return LedgerError(f"{folder}: cannot be written ({error}); make room on this disk and run this again")
