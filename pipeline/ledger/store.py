"""The ledger: links in, looks noted and settled; which pages are due says `frontier`."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Self

from pipeline.errors import LedgerError
from pipeline.ledger.records import (
    Discovered,
    Figures,
    Look,
    OpenLook,
    Reread,
    Settlement,
    UrlState,
    Visit,
)
from pipeline.ledger.rows import open_look_of, state_of, text_of, validators_of
from pipeline.ledger.schema import connect, connect_to_read
from pipeline.records import GONE, PUBLISHED, UNCHANGED, Validators
from pipeline.settings import Settings

_NOT_MODIFIED = 304
_MOST_UNHEEDED = 3


class Ledger:
    """The ledger file of a home folder. An instance belongs to one thread; processes may share the file."""

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

    # --- links in ---------------------------------------------------------------------------------------------------
    def note_listing(
        self,
        visit: Visit,
        source_id: str,
        validators: Validators | None,
        pages: Iterable[Discovered],
        payload_digest: str | None = None,
    ) -> int:
        """Note a listing that was read and the pages it names, all or nothing; the number of pages that are new.

        One transaction: were the validators kept and the links lost, the listing's next answer would be 304. A listing
        that is sent whole although nothing in it has changed is remembered: see `listing_validators`.
        """
        with self.transaction() as sql:
            asked_with = self.listing_validators(visit.url)
            row = self._one("SELECT payload_digest FROM urls WHERE url = ?", (visit.url,))
            is_same = payload_digest is not None and row is not None and row["payload_digest"] == payload_digest
            is_unchanged = is_same or visit.http_status == _NOT_MODIFIED
            self._note_listing_look(sql, visit, source_id, UNCHANGED if is_unchanged else "read", None)
            if visit.http_status == _NOT_MODIFIED:
                sql.execute("UPDATE urls SET unheeded = 0 WHERE url = ?", (visit.url,))
                return 0
            sql.execute(
                "UPDATE urls SET etag = ?, last_modified = ?, payload_digest = ?, unheeded = unheeded + ? "
                "WHERE url = ?",
                (
                    validators.etag if validators else None,
                    validators.last_modified if validators else None,
                    payload_digest,
                    int(is_same and asked_with is not None),
                    visit.url,
                ),
            )
            return sum(self._upsert(sql, page, visit.looked_at) for page in pages)

    def note_listing_failed(self, visit: Visit, source_id: str, outcome: str, detail: str) -> None:
        """Note a listing that could not be fetched or read."""
        with self.transaction() as sql:
            self._note_listing_look(sql, visit, source_id, outcome, detail)

    def note_pages(self, pages: Iterable[Discovered], seen_at: datetime) -> int:
        """Note pages that came from elsewhere than a listing; the number of those that are new."""
        with self.transaction() as sql:
            return sum(self._upsert(sql, page, seen_at) for page in pages)

    def listing_validators(self, url: str) -> Validators | None:
        """What the listing's last answer gave to ask «has it changed?» with.

        None where it was asked so three times in a row and never heeded it: such a server may one day answer 304 to
        anything, so what it says is not relied on.
        """
        row = self._one("SELECT etag, last_modified, unheeded FROM urls WHERE url = ?", (url,))
        return validators_of(row) if row and row["unheeded"] < _MOST_UNHEEDED else None

    # --- pages out --------------------------------------------------------------------------------------------------
    def state(self, url: str) -> UrlState | None:
        """What is known of a page, or None."""
        row = self._one("SELECT * FROM urls WHERE url = ?", (url,))
        return state_of(row) if row else None

    # --- looks ------------------------------------------------------------------------------------------------------
    def note_look(self, look: Look) -> None:
        """Note a look that is still to be read or published; noting it twice is noting it once."""
        visit = look.visit
        with self.transaction() as sql:
            added = self._add_look(sql, look, is_settled=False)
            if added and look.warc_file is not None:
                validators = look.validators or Validators()
                sql.execute(
                    "UPDATE urls SET etag = ?, last_modified = ?, payload_digest = ?, capture_id = ?, warc_file = ?, "
                    "warc_offset = ? WHERE url = ?",
                    (
                        validators.etag,
                        validators.last_modified,
                        look.payload_digest,
                        visit.capture_id,
                        look.warc_file,
                        look.warc_offset,
                        visit.url,
                    ),
                )

    def note_unchanged(self, visit: Visit, due_at: datetime | None, *, outcome: str = UNCHANGED) -> None:
        """Note a look that learned nothing new (304, or the same bytes): it is settled at once, and counted as this.

        The page's outcome is again that of its last archived response, whatever failed in between.
        """
        with self.transaction() as sql:
            self._add_look(sql, Look(visit, outcome), is_settled=True)
            sql.execute(
                "UPDATE urls SET due_at = ?, outcome = COALESCE("
                "(SELECT CASE looks.outcome WHEN 'unchanged' THEN 'published' ELSE looks.outcome END "
                "FROM looks WHERE looks.capture_id = urls.capture_id), outcome) WHERE url = ?",
                (text_of(due_at), visit.url),
            )

    def open_looks(self, source_id: str | None) -> list[OpenLook]:
        """The looks at a source's pages that are not settled, oldest first."""
        return self._open_looks("urls.source_id IS ?", source_id)

    def open_looks_of_run(self, run_id: str) -> list[OpenLook]:
        """The looks of a run that are not settled, oldest first."""
        return self._open_looks("run_id = ?", run_id)

    def knows_capture(self, capture_id: str) -> bool:
        """True where this look is noted."""
        return self._one("SELECT 1 FROM looks WHERE capture_id = ?", (capture_id,)) is not None

    def outcome_before(self, look: OpenLook) -> str | None:
        """The outcome of the look at the same page before this one."""
        row = self._one(
            "SELECT outcome FROM looks WHERE url = ? AND look_id < ? ORDER BY look_id DESC LIMIT 1",
            (look.url, look.look_id),
        )
        return row["outcome"] if row else None

    def was_gone(self, url: str) -> bool:
        """Whether the last look at the page that got an answer found it gone."""
        row = self._one(
            "SELECT outcome FROM looks WHERE url = ? AND outcome NOT LIKE 'fetch_failed:%' "
            "ORDER BY look_id DESC LIMIT 1",
            (url,),
        )
        return row is not None and row["outcome"] == GONE

    def transcript_before(self, look: OpenLook) -> tuple[str, int] | None:
        """File and offset of the last response before this look's that gave a transcript."""
        row = self._one(
            "SELECT warc_file, warc_offset FROM looks WHERE url = ? AND look_id < ? AND warc_file IS NOT NULL "
            "AND outcome IN ('published', 'unchanged') ORDER BY look_id DESC LIMIT 1",
            (look.url, look.look_id),
        )
        return (row["warc_file"], row["warc_offset"]) if row else None

    def settle(self, settlements: Sequence[Settlement]) -> None:
        """End looks whose rows are in the lake, all or nothing."""
        with self.transaction() as sql:
            for ended in settlements:
                sql.execute(
                    "UPDATE looks SET outcome = ?, detail = ?, change = ?, is_settled = 1 WHERE look_id = ?",
                    (ended.outcome, ended.detail, ended.change, ended.look_id),
                )
                sql.execute(
                    "UPDATE urls SET due_at = ?, outcome = ?, "
                    "program = COALESCE(program, ?), air_date = COALESCE(?, air_date), "
                    "counted_from = COALESCE(?, counted_from) WHERE url = ?",
                    (
                        text_of(ended.due_at),
                        # It was read, and says what it said before: a transcript, whatever came between.
                        PUBLISHED if ended.outcome == UNCHANGED else ended.outcome,
                        ended.program,
                        ended.air_date.isoformat() if ended.air_date else None,
                        text_of(ended.counted_from),
                        ended.url,
                    ),
                )
                if ended.figures:
                    _keep_figures(sql, ended.figures, "url", ended.url)

    def amend(self, rereads: Iterable[Reread]) -> None:
        """Put the outcomes of looks whose pages were read again in the place of those they had, all or nothing."""
        with self.transaction() as sql:
            for reread in rereads:
                sql.execute(
                    "UPDATE looks SET outcome = ?, detail = ? WHERE capture_id = ? AND is_settled = 1",
                    (reread.outcome, reread.detail, reread.capture_id),
                )
                sql.execute(
                    "UPDATE urls SET outcome = CASE WHEN ? = 'unchanged' THEN 'published' ELSE ? END "
                    "WHERE capture_id = ? AND outcome IS NOT NULL AND outcome NOT LIKE 'fetch_failed:%' "
                    "AND outcome != 'gone'",
                    (reread.outcome, reread.outcome, reread.capture_id),
                )
                if reread.figures:
                    _keep_figures(sql, reread.figures, "capture_id", reread.capture_id)

    # --- beneath ----------------------------------------------------------------------------------------------------
    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction: all of it or nothing, errors as LedgerError. Those begun in it are part of it."""
        if self._connection.in_transaction:
            yield self._connection
            return
        with self._named_errors(), self._connection:  # it commits, or rolls back what is left of the transaction
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection

    def _open_looks(self, condition: str, value: str | None) -> list[OpenLook]:
        rows = self.rows(
            f"SELECT looks.*, urls.source_id FROM looks JOIN urls USING (url) "  # noqa: S608  # constant parts only
            f"WHERE is_settled = 0 AND {condition} ORDER BY look_id",
            (value,),
        )
        return [open_look_of(row) for row in rows]

    def _one(self, query: str, values: tuple[object, ...]) -> sqlite3.Row | None:
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
            raise LedgerError(
                f"{self.path}: {reason}; nothing is damaged: see to disk and permissions, then run the same again"
            ) from error

    @staticmethod
    def _upsert(sql: sqlite3.Connection, page: Discovered, seen_at: datetime) -> int:
        """Add a page, or add to a known one what was unknown; 1 where it is new."""
        air_date = page.air_date.isoformat() if page.air_date else None
        added = sql.execute(
            "INSERT INTO urls (url, source_id, kind, program, air_date, found_on, first_seen_at, counted_from, due_at, "
            "title) VALUES (?, ?, 'page', ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (
                page.url,
                page.source_id,
                page.program,
                air_date,
                page.found_on,
                text_of(seen_at),
                text_of(page.counted_from),
                text_of(page.due_at),
                page.title,
            ),
        ).rowcount
        if not added and air_date:
            sql.execute(
                "UPDATE urls SET air_date = ?, counted_from = ?, program = COALESCE(program, ?) "
                "WHERE url = ? AND air_date IS NULL",
                (air_date, text_of(page.counted_from), page.program, page.url),
            )
        return max(added, 0)

    @staticmethod
    def _note_listing_look(
        sql: sqlite3.Connection, visit: Visit, source_id: str, outcome: str, detail: str | None
    ) -> None:
        sql.execute(
            "INSERT INTO urls (url, source_id, kind, first_seen_at, counted_from) VALUES (?, ?, 'listing', ?, ?) "
            "ON CONFLICT DO NOTHING",
            (visit.url, source_id, text_of(visit.looked_at), text_of(visit.looked_at)),
        )
        Ledger._add_look(sql, Look(visit, outcome, detail), is_settled=True)

    @staticmethod
    def _add_look(sql: sqlite3.Connection, look: Look, *, is_settled: bool) -> bool:
        visit = look.visit
        added = sql.execute(
            "INSERT INTO looks (url, run_id, looked_at, outcome, detail, http_status, body_bytes, seconds, requests, "
            "capture_id, warc_file, warc_offset, is_settled) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            (
                visit.url,
                visit.run_id,
                text_of(visit.looked_at),
                look.outcome,
                look.detail,
                visit.http_status,
                visit.body_bytes,
                visit.seconds,
                visit.requests,
                visit.capture_id,
                look.warc_file,
                look.warc_offset,
                is_settled,
            ),
        ).rowcount
        if added:
            sql.execute("UPDATE urls SET looks = looks + 1 WHERE url = ?", (visit.url,))
            sql.execute(
                "INSERT INTO last_looks SELECT COALESCE(source_id, ''), ? FROM urls WHERE url = ? "
                "ON CONFLICT DO UPDATE SET looked_at = max(looked_at, excluded.looked_at)",
                (text_of(visit.looked_at), visit.url),
            )
        return added > 0


def _keep_figures(sql: sqlite3.Connection, figures: Figures, column: str, value: str) -> None:
    """Note what a transcript amounts to on the page that `column` names."""
    sql.execute(
        f"UPDATE urls SET title = COALESCE(?, title), word_count = ?, speech_count = ?, named_count = ? "  # noqa: S608  # constant parts only
        f"WHERE {column} = ?",
        (figures.title, figures.word_count, figures.speech_count, figures.named_count, value),
    )
