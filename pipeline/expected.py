"""What is expected of programmes' days, kept in the ledger and reckoned anew only where it may have changed.

What a day expects follows from what was listed on the same weekday in the eight weeks around it, and from the
programme's first and last known day (`coverage`). So a change of one day concerns seventeen; one at a programme's end
also those between the old end and the new one, and eight weeks around them; and a new day of the calendar that day.
Everything is reckoned only where nothing is kept, or where what is kept is of a later day than is asked for.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

from pipeline.coverage import WEEKS, DayCoverage, covered, expectations
from pipeline.ledger import DayCount, Ledger
from pipeline.ledger.asked import days_of
from pipeline.ledger.days import days_since, page_sources
from pipeline.ledger.expectations import (
    Program,
    changed_days,
    days_of_program,
    expected_until,
    listed_days,
    missing_days,
    missing_pages,
    note_expected,
    note_expected_until,
    programs,
)

_DAY = timedelta(days=1)
_SPAN = timedelta(weeks=WEEKS)


@dataclass(frozen=True, slots=True)
class _Ends:
    """A programme's first and last day on which something is listed."""

    first: date
    last: date


def keep_expectations(ledger: Ledger, until: date) -> None:
    """Bring what is kept of the days up to `until` to what is known now, all or nothing."""
    with ledger.transaction():
        for program, days in _reckoned(ledger, until):
            note_expected(ledger, [(program, day.air_date, day.expected) for _, day in days])
        note_expected_until(ledger, until)


def gaps(ledger: Ledger, until: date, *, source_ids: Collection[str] = ()) -> list[DayCoverage]:
    """The programmes' days up to `until` of which pages are missing, of all sources where none is named."""
    asked = [one for one in page_sources(ledger) if not source_ids or one in source_ids]
    found = {_key(day): day for source_id in asked for day in missing_days(ledger, source_id)}
    for _, days in _reckoned(ledger, until):
        found |= {_key(day): day for _, day in days if day.source_id in asked}
    return [day for _, one in sorted(found.items()) if (day := covered(one)).missing]


def known_since(ledger: Ledger, first: date, until: date) -> list[DayCount]:
    """The programmes' days from `first` on, of which a page is known or, up to `until`, expected.

    In order of source, programme and day; pages of no programme come before all others of their source.
    """
    found = {_place(day): day for day in days_since(ledger, first)}
    for _, days in _reckoned(ledger, until):
        found |= {_place(day): day for _, day in days if day.air_date >= first}
    return [day for _, day in sorted(found.items()) if day.listed or day.expected]


def missing_of_sources(ledger: Ledger, until: date) -> dict[str, int]:
    """How many pages are missing at each source up to `until`: of all its `gaps` together."""
    found = missing_pages(ledger)
    for program, days in _reckoned(ledger, until):
        more = sum(covered(day).missing - covered(kept).missing for kept, day in days)
        found[program.source_id] = found.get(program.source_id, 0) + more
    return found


def _place(day: DayCount) -> tuple[str, str, date]:
    return day.source_id, day.program or "", day.air_date


def _key(day: DayCount) -> tuple[str, bool, str, date]:
    return day.source_id, day.program is None, day.program or "", day.air_date


def _reckoned(ledger: Ledger, until: date) -> Iterator[tuple[Program, list[tuple[DayCount, DayCount]]]]:
    """Programme by programme the days that expect something else than is kept: as they are kept, and as they are."""
    kept = expected_until(ledger)
    if kept is None or until < kept:
        for program in programs(ledger):
            yield program, list(_differing(ledger, program, _all_days(ledger, program, until), until))
        return
    changed = changed_days(ledger)
    grown = programs(ledger, kept - _SPAN) if until > kept else ()
    for program in sorted({*changed, *grown}, key=lambda one: (one.source_id, one.program)):
        days = _touched(ledger, program, changed.get(program, set()), kept, until)
        yield program, list(_differing(ledger, program, days, until))


def _differing(
    ledger: Ledger, program: Program, days: Collection[date], until: date
) -> Iterator[tuple[DayCount, DayCount]]:
    if not days:
        return
    known = {one.air_date: one for one in days_of_program(ledger, program, min(days) - _SPAN, max(days) + _SPAN)}
    listed = {day: one.listed for day, one in known.items() if one.listed}
    expected = dict.fromkeys(sorted(days), 0)
    if (ends := _ends(ledger, program)) is not None:
        counted = [day for day in expected if ends.first <= day <= max(until, ends.last)]
        expected |= expectations(listed, counted, ends.first, ends.last)
    for day, count in expected.items():
        one = known.get(day) or DayCount(program.source_id, program.program or None, day, 0, 0, 0, 0, 0, 0)
        if one.expected != count:
            yield one, replace(one, expected=count)


def _ends(ledger: Ledger, program: Program, without: Collection[date] = ()) -> _Ends | None:
    """The programme's ends, were nothing listed on the days `without`; None where then nothing is."""
    first = next((day for day in listed_days(ledger, program) if day not in without), None)
    last = next((day for day in listed_days(ledger, program, newest_first=True) if day not in without), None)
    return _Ends(first, last) if first and last else None


def _all_days(ledger: Ledger, program: Program, until: date) -> set[date]:
    """Every day that something may be expected of, or is kept to be."""
    known = {one.air_date for one in days_of_program(ledger, program, date.min, date.max)}
    ends = _ends(ledger, program)
    return known.union(days_of(ends.first, max(min(until, ends.last + _SPAN), ends.last)) if ends else ())


def _touched(ledger: Ledger, program: Program, changed: set[date], kept: date, until: date) -> set[date]:
    """The days of which something else may be expected than when it was reckoned up to the day `kept`."""
    now, before = _ends(ledger, program), _ends(ledger, program, without=changed)
    if before is None:  # all that is listed now is new: where the ends were before is not known
        return _all_days(ledger, program, until)
    days = {day + week * 7 * _DAY for day in changed for week in range(-WEEKS, WEEKS + 1)}
    first, last = min([before.first, *changed]), max([before.last, *changed])
    spans = [days_of(first - _SPAN, before.first + _SPAN)] if first < before.first else []
    spans += [days_of(before.last - _SPAN, last + _SPAN)] if last > before.last else []
    spans += [days_of(kept + _DAY, min(until, now.last + _SPAN))] if now and until > kept else []
    return days.union(chain.from_iterable(spans))
