"""What a run asks for, noted in the ledger before its first request, so that the next run knows what is left of it."""

from collections.abc import Iterable
from datetime import date, datetime

from pipeline.ingest import plans
from pipeline.ingest.work import BACKFILL, NIGHTLY, Rooms, Wanted
from pipeline.ledger import Ledger
from pipeline.ledger.asked import ask_for, days_of, newest_done, oldest_open
from pipeline.sources import Source


def nightly(run_id: str, day: date, sources: Iterable[Source], now: datetime, rooms: Rooms) -> list[Wanted]:
    """The night that takes in `day`, and the days before it that no night has wholly taken in.

    Raises:
        UsageError: the day is in the future.
    """
    with Ledger(rooms.settings) as ledger:
        wanted = plans.nightly(
            run_id,
            day,
            sources,
            now,
            limit=rooms.settings.max_pages_per_source,
            newest_done=newest_done(ledger, NIGHTLY),
            oldest_open=oldest_open(ledger, NIGHTLY, day - plans.CATCH_UP),
        )
        for work in wanted:
            ask_for(ledger, NIGHTLY, work.source.source_id, days_of(work.first, work.last), request_id=run_id, at=now)
    return wanted


def backfill(  # noqa: PLR0913  # what a person asks for
    run_id: str,
    source: Source,
    days: Iterable[date],
    now: datetime,
    rooms: Rooms,
    *,
    max_requests: int | None = None,
    oldest_first: bool = False,
) -> list[Wanted]:
    """The backfill of these days; of those that a backfill which was broken off asked for, what that one left."""
    with Ledger(rooms.settings) as ledger:
        left = ask_for(ledger, BACKFILL, source.source_id, days, request_id=run_id, at=now)
    return list(plans.backfill(run_id, source, left, now, max_requests=max_requests, oldest_first=oldest_first))
