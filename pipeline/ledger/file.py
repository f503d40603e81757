"""The ledger's file: opened, asked, written to in transactions, and closed; what goes wrong is a `LedgerError`."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from pipeline.errors import LedgerError
from pipeline.ledger.schema import connect, connect_to_read
from pipeline.settings import Settings


class LedgerFile:
    """The file by itself; what is known of pages is in `Ledger`, which belongs to one thread as this does."""

    def __init__(self, settings: Settings) -> None:
        """Open the ledger; where its folder cannot be written, to be read only.

        Raises:
            LedgerError: it cannot be opened, is no ledger, or was written by a newer asrun.
        """
        self.path = settings.ledger_file
        with self._named_errors():
            is_readable_only = self.path.exists() and not os.access(self.path.parent, os.W_OK)
            self._connection = connect_to_read(self.path) if is_readable_only else connect(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction: all of it or nothing, errors as LedgerError. Those begun in it are part of it."""
        if self._connection.in_transaction:
            yield self._connection
            return
        with self._named_errors(), self._connection:  # it commits, or rolls back what is left of the transaction
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection

    def one(self, query: str, values: tuple[object, ...] = ()) -> sqlite3.Row | None:
        """The first row that a query gives, if it gives one, errors as LedgerError."""
        return next(iter(self.rows(query, values)), None)

    def rows(self, query: str, values: tuple[object, ...] | dict[str, object] = ()) -> list[sqlite3.Row]:
        """What a query gives, errors as LedgerError."""
        with self._named_errors():
            return self._connection.execute(query, values).fetchall()

    def each(self, query: str, values: dict[str, object]) -> Iterator[sqlite3.Row]:
        """What a query gives, row by row as they are asked for, errors as LedgerError."""
        with self._named_errors():
            yield from self._connection.execute(query, values)

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                raise LedgerError(
                    f"{self.path}: {reason}: the file is damaged; put back a copy, or move it aside: the next run then "
                    "makes it anew out of the archive"
                ) from error
            is_busy = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
            remedy = "another process is writing it: wait for its end" if is_busy else "see to disk and permissions"
            raise LedgerError(
                f"{self.path}: {reason}; nothing is damaged: {remedy}, then run the same again"
            ) from error
