"""What a night and a backfill want from each source. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from pipeline.errors import UsageError
from pipeline.ingest.work import Wanted
from pipeline.schedule import night_after
from pipeline.sources import Source

_STRETCH = timedelta(days=7)
"""A backfill is done week by week, so that much of it is published while the rest is still to come."""


def nightly(run_id: str, day: date, sources: Iterable[Source], now: datetime, limit: int) -> list[Wanted]:
    """The night that takes in `day`: its pages, those that the night before missed, and revisits.

    Raises:
        UsageError: the day is in the future.
    """
    if day > now.date():
        raise UsageError(f"{day} is in the future; a night takes in a day that was on air")
    return [
        Wanted(
            run_id=run_id,
            source=source,
            first=day - timedelta(days=1),
            last=day,
            at=night_after(day, now),
            takes_revisits=True,
            limit=limit,
        )
        for source in sources
    ]


def backfill(run_id: str, source: Source, first: date, last: date, now: datetime) -> Iterator[Wanted]:
    """The weeks of a backfill, the newest first.

    Raises:
        UsageError: the range is empty, or ends in the future.
    """
    if first > last:
        raise UsageError(f"the range ends before it starts: {first} to {last}")
    if last > now.date():
        raise UsageError(f"{last} is in the future; a backfill ends today at the latest")
    while last >= first:
        start = max(first, last - _STRETCH + timedelta(days=1))
        yield Wanted(run_id=run_id, source=source, first=start, last=last, at=now, takes_revisits=False, limit=None)
        last = start - timedelta(days=1)
