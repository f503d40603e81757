"""Alarms and whether they stand: raised once, cleared once, each told once."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from pipeline.ledger.reported import Alarm
from pipeline.ledger.rows import text_of
from pipeline.ledger.store import Ledger

Found = tuple[str, str, str, str]
"""Source, kind, class of the cause, detail."""


def standing_alarms(ledger: Ledger) -> list[Alarm]:
    """The alarms that stand, the oldest first."""
    return _alarms(ledger, "cleared_at IS NULL ORDER BY raised_at, alarm_id")


def last_alarms(ledger: Ledger, limit: int) -> list[Alarm]:
    """The newest alarms, whether they stand or not, the newest first."""
    return _alarms(ledger, "1 ORDER BY raised_at DESC, alarm_id DESC LIMIT ?", (limit,))


def note_found(ledger: Ledger, found: Iterable[Found], at: datetime) -> None:
    """Make the alarms that stand those that were found: new ones are raised, those not found any more are cleared.

    Cause and detail of one that stands already are kept up to date.
    """
    with ledger.transaction() as sql:
        kept = {(source_id, kind): (cause, detail) for source_id, kind, cause, detail in found}
        for row in sql.execute("SELECT alarm_id, source_id, kind FROM alarms WHERE cleared_at IS NULL").fetchall():
            now = kept.pop((row["source_id"], row["kind"]), None)
            if now is None:
                sql.execute("UPDATE alarms SET cleared_at = ? WHERE alarm_id = ?", (text_of(at), row["alarm_id"]))
            else:
                sql.execute("UPDATE alarms SET cause = ?, detail = ? WHERE alarm_id = ?", (*now, row["alarm_id"]))
        sql.executemany(
            "INSERT INTO alarms (source_id, kind, cause, detail, raised_at) VALUES (?, ?, ?, ?, ?)",
            [(*place, *now, text_of(at)) for place, now in kept.items()],
        )


def untold(ledger: Ledger) -> tuple[list[Alarm], list[Alarm]]:
    """What no receiver has taken yet: alarms that stand, and the end of alarms that one was told of.

    Of an alarm that was over before anybody could be told, nobody needs to hear.
    """
    return (
        _alarms(ledger, "told_at IS NULL AND cleared_at IS NULL ORDER BY alarm_id"),
        _alarms(ledger, "told_at IS NOT NULL AND cleared_at IS NOT NULL AND ended_at IS NULL ORDER BY alarm_id"),
    )


def note_told(ledger: Ledger, raised: Sequence[Alarm], cleared: Sequence[Alarm], at: datetime) -> None:
    """Note that a receiver took these."""
    with ledger.transaction() as sql:
        for column, alarms in (("told_at", raised), ("ended_at", cleared)):
            sql.executemany(
                f"UPDATE alarms SET {column} = ? WHERE alarm_id = ?",  # noqa: S608  # our own names
                [(text_of(at), alarm.alarm_id) for alarm in alarms],
            )


def _alarms(ledger: Ledger, condition: str, values: tuple[object, ...] = ()) -> list[Alarm]:
    return [_alarm(row) for row in ledger.rows(f"SELECT * FROM alarms WHERE {condition}", values)]  # noqa: S608  # constant parts only


def _alarm(row: sqlite3.Row) -> Alarm:
    return Alarm(
        alarm_id=row["alarm_id"],
        source_id=row["source_id"],
        kind=row["kind"],
        cause=row["cause"],
        detail=row["detail"],
        raised_at=datetime.fromisoformat(row["raised_at"]),
        cleared_at=datetime.fromisoformat(row["cleared_at"]) if row["cleared_at"] else None,
    )
