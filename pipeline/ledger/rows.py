"""Rows of the ledger to records, and times to text."""

import sqlite3
from datetime import UTC, date, datetime

from pipeline.exchanges import Validators
from pipeline.ledger.records import OpenLook, UrlState


def text_of(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else None


def validators_of(row: sqlite3.Row) -> Validators | None:
    if row["etag"] is None and row["last_modified"] is None:
        return None
    return Validators(row["etag"], row["last_modified"])


def state_of(row: sqlite3.Row) -> UrlState:
    return UrlState(
        url=row["url"],
        source_id=row["source_id"],
        air_date=date.fromisoformat(row["air_date"]) if row["air_date"] else None,
        counted_from=datetime.fromisoformat(row["counted_from"]),
        validators=validators_of(row),
        payload_digest=row["payload_digest"],
        warc_file=row["warc_file"],
        warc_offset=row["warc_offset"],
        outcome=row["outcome"],
        looks=row["looks"],
    )


def open_look_of(row: sqlite3.Row) -> OpenLook:
    return OpenLook(
        look_id=row["look_id"],
        url=row["url"],
        source_id=row["source_id"],
        looked_at=datetime.fromisoformat(row["looked_at"]),
        outcome=row["outcome"],
        detail=row["detail"],
        http_status=row["http_status"],
        capture_id=row["capture_id"],
        warc_file=row["warc_file"],
        warc_offset=row["warc_offset"],
    )
