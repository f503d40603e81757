"""Links in: listings that were read or could not be, and the pages that are known by them or from elsewhere."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from pipeline.exchanges import Validators
from pipeline.ledger.records import Discovered, Look, Visit
from pipeline.ledger.rows import text_of, validators_of
from pipeline.ledger.store import Ledger, add_look
from pipeline.records import UNCHANGED

_NOT_MODIFIED = 304
_MOST_UNHEEDED = 3


def note_listing(  # noqa: PLR0913, PLR0917  # all that is known of a listing that was read
    ledger: Ledger,
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
    with ledger.transaction() as sql:
        asked_with = listing_validators(ledger, visit.url)
        row = ledger.one("SELECT payload_digest FROM urls WHERE url = ?", (visit.url,))
        is_same = payload_digest is not None and row is not None and row["payload_digest"] == payload_digest
        is_unchanged = is_same or visit.http_status == _NOT_MODIFIED
        _note_listing_look(sql, visit, source_id, UNCHANGED if is_unchanged else "read", None)
        if visit.http_status == _NOT_MODIFIED:
            sql.execute("UPDATE urls SET unheeded = 0 WHERE url = ?", (visit.url,))
            return 0
        sql.execute(
            "UPDATE urls SET etag = ?, last_modified = ?, payload_digest = ?, unheeded = unheeded + ? WHERE url = ?",
            (
                validators.etag if validators else None,
                validators.last_modified if validators else None,
                payload_digest,
                int(is_same and asked_with is not None),
                visit.url,
            ),
        )
        return sum(_upsert(sql, page, visit.looked_at) for page in pages)


def note_listing_failed(ledger: Ledger, visit: Visit, source_id: str, outcome: str, detail: str) -> None:
    """Note a listing that could not be fetched or read."""
    with ledger.transaction() as sql:
        _note_listing_look(sql, visit, source_id, outcome, detail)


def note_pages(ledger: Ledger, pages: Iterable[Discovered], seen_at: datetime) -> int:
    """Note pages that came from elsewhere than a listing; the number of those that are new."""
    with ledger.transaction() as sql:
        return sum(_upsert(sql, page, seen_at) for page in pages)


def listing_validators(ledger: Ledger, url: str) -> Validators | None:
    """What the listing's last answer gave to ask «has it changed?» with.

    None where it was asked so three times in a row and never heeded it: such a server may one day answer 304 to
    anything, so what it says is not relied on.
    """
    row = ledger.one("SELECT etag, last_modified, unheeded FROM urls WHERE url = ?", (url,))
    return validators_of(row) if row and row["unheeded"] < _MOST_UNHEEDED else None


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


def _note_listing_look(sql: sqlite3.Connection, visit: Visit, source_id: str, outcome: str, detail: str | None) -> None:
    sql.execute(
        "INSERT INTO urls (url, source_id, kind, first_seen_at, counted_from) VALUES (?, ?, 'listing', ?, ?) "
        "ON CONFLICT DO NOTHING",
        (visit.url, source_id, text_of(visit.looked_at), text_of(visit.looked_at)),
    )
    if add_look(sql, Look(visit, outcome, detail), is_settled=True):
        sql.execute("UPDATE urls SET outcome = ? WHERE url = ?", (outcome, visit.url))
