"""Coverage counted from every page of the ledger: what that which is kept of it must be equal to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

from pipeline.coverage import DayCoverage, covered, expectations
from pipeline.ledger import DayCount, Ledger
from pipeline.ledger.days import days_where

_DAY = timedelta(days=1)


def day_counts(ledger: Ledger) -> list[DayCount]:
    """Every day of every programme of every source, in this order, of which a page is known.

    Pages of no programme come before all others of their source.
    """
    return list(days_where(ledger, "WHERE listed > 0 ORDER BY source_id, program, air_date", {}))


def coverage_of(counts: Iterable[DayCount], until: date) -> Iterator[DayCoverage]:
    """Each programme's days up to `until` on which something was expected or is known.

    The counts must come in order of source and programme, as the ledger gives them.
    """
    for _, found in groupby(counts, key=lambda one: (one.source_id, one.program)):
        yield from _program(list(found), until)


def _program(counts: Sequence[DayCount], until: date) -> Iterator[DayCoverage]:
    by_day = {one.air_date: one for one in counts}
    listed = {day: one.listed for day, one in by_day.items()}
    first, last = min(by_day), max(by_day)
    days = (first + number * _DAY for number in range((max(until, last) - first).days + 1))
    for day, expected in expectations(listed, days, first, last):
        one = by_day.get(day) or DayCount(counts[0].source_id, counts[0].program, day, 0, 0, 0, 0, 0, 0)
        yield covered(replace(one, expected=expected))
