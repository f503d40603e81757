"""What was asked for of a source's days, and what of it is done: how a backfill goes on, and how a night catches up."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from pipeline.ledger.frontier import is_day_due
from pipeline.ledger.records import DueFilter, Request
from pipeline.ledger.rows import text_of
from pipeline.ledger.store import Ledger

_REQUESTS = """
SELECT request_id, source_id, min(air_date) AS first, max(air_date) AS last, count(*) AS days,
       count(done_at) AS done, min(asked_at) AS asked_at, max(done_at) AS newest_done_at
FROM asked_days
WHERE flow = ?
GROUP BY request_id, source_id
ORDER BY asked_at DESC, source_id
"""

_NEWEST_DONE = """
SELECT source_id, max(air_date) AS newest FROM asked_days WHERE flow = ? AND done_at IS NOT NULL GROUP BY source_id
"""

_OLDEST_OPEN = """
SELECT source_id, min(air_date) AS oldest FROM asked_days
WHERE flow = ? AND done_at IS NULL AND air_date >= ? GROUP BY source_id
"""


def ask_for(  # noqa: PLR0913  # who asks whom for what, and when
    ledger: Ledger, flow: str, source_id: str, days: Iterable[date], *, request_id: str, at: datetime
) -> list[date]:
    """Note what a run asks for; the days of it that are to be done, in order.

    Where some of these days are open since a request that was broken off, that request goes on: what it has done
    already is not asked for again. Where none is, all days are asked for anew.
    """
    wanted = sorted(set(days))
    with ledger.transaction() as sql:
        known = {row["air_date"]: row for row in _rows(sql, flow, source_id, wanted)}
        going_on = {row["request_id"] for row in known.values() if row["done_at"] is None}
        done = {day for day, row in known.items() if row["done_at"] is not None and row["request_id"] in going_on}
        for day in wanted:
            row = known.get(day.isoformat())
            if row is None or row["request_id"] not in going_on:
                sql.execute(
                    "INSERT OR REPLACE INTO asked_days (flow, source_id, air_date, request_id, asked_at) "
                    "VALUES (?, ?, ?, ?, ?)",
                    (flow, source_id, day.isoformat(), request_id, text_of(at)),
                )
    return [day for day in wanted if day.isoformat() not in done]


def _rows(sql: sqlite3.Connection, flow: str, source_id: str, days: Sequence[date]) -> list[sqlite3.Row]:
    """What is noted of these days."""
    if not days:
        return []
    asked = {day.isoformat() for day in days}
    rows = sql.execute(
        "SELECT * FROM asked_days WHERE flow = ? AND source_id = ? AND air_date BETWEEN ? AND ?",
        (flow, source_id, min(asked), max(asked)),
    )
    return [row for row in rows.fetchall() if row["air_date"] in asked]


def note_done(ledger: Ledger, flow: str, source_id: str, days: Iterable[date], at: datetime) -> None:
    """Note that all pages of these days that are known and due were looked at. Days nobody asked for are not noted."""
    with ledger.transaction() as sql:
        sql.executemany(
            "UPDATE asked_days SET done_at = ? WHERE flow = ? AND source_id = ? AND air_date = ? AND done_at IS NULL",
            [(text_of(at), flow, source_id, day.isoformat()) for day in days],
        )


def settled_days(ledger: Ledger, wanted: DueFilter) -> list[date]:
    """The days of the range of which no known page is due, in order."""
    return [day for day in days_of(wanted.first, wanted.last) if not is_day_due(ledger, wanted, day)]


def newest_done(ledger: Ledger, flow: str) -> dict[str, date]:
    """The newest day that is done, of each source that has one."""
    return {row["source_id"]: date.fromisoformat(row["newest"]) for row in ledger.rows(_NEWEST_DONE, (flow,))}


def oldest_open(ledger: Ledger, flow: str, since: date) -> dict[str, date]:
    """The oldest day since `since` that was asked for and is not done, of each source that has one."""
    rows = ledger.rows(_OLDEST_OPEN, (flow, since.isoformat()))
    return {row["source_id"]: date.fromisoformat(row["oldest"]) for row in rows}


def days_done(ledger: Ledger, flow: str, source_id: str, first: str, last: str) -> tuple[int, int]:
    """Of the days of a range that were asked for: those that are done, and all of them. Days in ISO 8601."""
    query = (
        "SELECT count(done_at) AS done, count(*) AS days FROM asked_days "
        "WHERE flow = ? AND source_id = ? AND air_date BETWEEN ? AND ?"
    )
    (row,) = ledger.rows(query, (flow, source_id, first, last))
    return row["done"], row["days"]


def requests(ledger: Ledger, flow: str) -> list[Request]:
    """What was asked for, the newest first. Days that were asked for again count with the newer request."""
    return [
        Request(
            request_id=row["request_id"],
            source_id=row["source_id"],
            first=date.fromisoformat(row["first"]),
            last=date.fromisoformat(row["last"]),
            days=row["days"],
            done=row["done"],
            asked_at=datetime.fromisoformat(row["asked_at"]),
            newest_done_at=datetime.fromisoformat(row["newest_done_at"]) if row["newest_done_at"] else None,
        )
        for row in ledger.rows(_REQUESTS, (flow,))
    ]


def days_of(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, in order."""
    while first <= last:
        yield first
        first += timedelta(days=1)
