"""What a night, a round of revisits and a backfill want from each source. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType

from pipeline.errors import UsageError
from pipeline.ingest.work import Wanted
from pipeline.ledger import Scope
from pipeline.schedule import night_after
from pipeline.sources import Source

_STRETCH = timedelta(days=7)
"""A backfill is done week by week, so that much of it is published while the rest is still to come."""
CATCH_UP = timedelta(days=14)
"""So far back one night looks for days that the nights before it missed; what is older is a backfill's business."""

_NONE: Mapping[str, date] = MappingProxyType({})


def nightly(  # noqa: PLR0913  # each of them changes from night to night
    run_id: str,
    day: date,
    sources: Iterable[Source],
    now: datetime,
    *,
    limit: int,
    newest_done: Mapping[str, date] = _NONE,
    oldest_open: Mapping[str, date] = _NONE,
) -> list[Wanted]:
    """The night that takes in `day`: its pages, those that the night before missed, and revisits.

    `newest_done` is the newest day that a night has wholly taken in, by source, `oldest_open` the oldest that one began
    with and did not: after days in which nothing ran, in which a source could not be reached, or of which it gave only
    so many pages, one night takes in all of them.

    Raises:
        UsageError: the day is in the future.
    """
    check_day(day, now)
    return [
        Wanted(
            run_id=run_id,
            source=source,
            first=_first_day(day, newest_done.get(source.source_id), oldest_open.get(source.source_id)),
            last=day,
            at=night_after(day, now),
            scope=Scope.NIGHT,
            limit=limit,
        )
        for source in sources
    ]


def check_day(day: date, now: datetime) -> None:
    """Refuse a night that nobody can take in yet.

    Raises:
        UsageError: the day is in the future.
    """
    if day > now.date():
        raise UsageError(f"{day} is in the future; a night takes in a day that was on air")


def _first_day(day: date, *left: date | None) -> date:
    before = day - timedelta(days=1)
    return max(min((before, *filter(None, left))), day - CATCH_UP)


def revisit(run_id: str, sources: Iterable[Source], now: datetime, limit: int) -> list[Wanted]:
    """Pages that were looked at before and are due again: young ones, and those whose transcript was still to come."""
    day = now.date()
    return [
        Wanted(run_id=run_id, source=source, first=day, last=day, at=now, scope=Scope.REVISITS, limit=limit)
        for source in sources
    ]


def check_range(first: date, last: date, now: datetime) -> None:
    """Refuse a range of days that cannot be taken in.

    Raises:
        UsageError: the range is empty, or ends in the future.
    """
    if first > last:
        raise UsageError(f"the range ends before it starts: {first} to {last}")
    if last > now.date():
        raise UsageError(f"{last} is in the future; a backfill ends today at the latest")


def backfill(  # noqa: PLR0913  # what a person asks for
    run_id: str,
    source: Source,
    days: Sequence[date],
    now: datetime,
    *,
    max_requests: int | None = None,
    oldest_first: bool = False,
) -> Iterator[Wanted]:
    """The stretches of a backfill of these days, at most a week each, the newest first unless asked otherwise.

    Where requests are counted, a stretch is a day: the listings of a week alone may take more than there are.
    """
    length = _STRETCH if max_requests is None else timedelta(days=1)
    for first, last in stretches(days, length, oldest_first=oldest_first):
        yield Wanted(
            run_id=run_id,
            source=source,
            first=first,
            last=last,
            at=now,
            scope=Scope.DAYS,
            max_requests=max_requests,
            oldest_first=oldest_first,
        )


def stretches(
    days: Iterable[date], longest: timedelta = _STRETCH, *, oldest_first: bool = False
) -> list[tuple[date, date]]:
    """Days as unbroken ranges of limited length, counted from the end that is done first."""
    step = timedelta(days=1 if oldest_first else -1)
    ranges: list[tuple[date, date]] = []
    for day in sorted(set(days), reverse=not oldest_first):
        if ranges and day == ranges[-1][1] + step and abs(day - ranges[-1][0]) < longest:
            ranges[-1] = (ranges[-1][0], day)
        else:
            ranges.append((day, day))
    return [(min(pair), max(pair)) for pair in ranges]
