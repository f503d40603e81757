"""What was to be expected of each programme and day, and what there is. A pure function of what the ledger counts.

What is expected of a day is what its listing named. Where that is less than half of the programme's usual rundown
(no listing was read, or one that had changed its form), it is the usual rundown. Usual is the lower median of what was
listed on the same weekday in the eight weeks before and the eight weeks after, as far as they lie between the
programme's first and last known day, and at least four of them. So a weekday without a broadcast expects nothing, a
single day or a month that was missed is seen, a stretch that was never collected is not, and a programme that ended is
expected for some four weeks more.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.ledger import DayCount

WEEKS = 8
LEAST_WEEKS = 4
_LEAST_HEARD = LEAST_WEEKS // 2 + 1
"""On fewer of the weekdays around a day, the lower median of what was listed is nothing."""
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class DayCoverage:
    """The row of `coverage`: what a programme's day should hold and holds."""

    source_id: str
    program: str | None
    air_date: date
    expected: int
    published: int
    not_yet: int
    rejected: int
    gone: int

    @property
    def missing(self) -> int:
        """Pages of which nothing is known: never listed, not looked at, or not to be fetched.

        A backfill asks for those; what is not there yet is revisited by itself, what was rejected waits for a better
        parser.
        """
        return max(self.expected - self.published - self.not_yet - self.rejected - self.gone, 0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of a source, one after the other, that a backfill should take."""

    source_id: str
    first: date
    last: date
    missing: int


def stretches(days: Iterable[DayCoverage]) -> list[Stretch]:
    """These days as ranges of a source's days, the newest range of each source first."""
    missing: dict[tuple[str, date], int] = {}
    for day in days:
        place = (day.source_id, day.air_date)
        missing[place] = missing.get(place, 0) + day.missing
    found: list[Stretch] = []
    for (source_id, air_date), count in sorted(missing.items(), key=lambda item: (item[0][0], -item[0][1].toordinal())):
        newer = found[-1] if found else None
        if newer and newer.source_id == source_id and newer.first - air_date == _DAY:
            found[-1] = Stretch(source_id, air_date, newer.last, newer.missing + count)
        else:
            found.append(Stretch(source_id, air_date, air_date, count))
    return found


def usual_rundown(listed: Mapping[date, int], day: date, first: date, last: date) -> int | None:
    """How many pages a programme usually has on this weekday; None where too little is known of it.

    `first` and `last` are the programme's first and last known day.
    """
    near = (day + step * _WEEK for step in range(-WEEKS, WEEKS + 1) if step)
    known = sorted(listed.get(other, 0) for other in near if first <= other <= last)
    return known[(len(known) - 1) // 2] if len(known) >= LEAST_WEEKS else None


def _listed_near(listed: Mapping[date, int]) -> Counter[date]:
    """On how many of the weekdays around it, in the eight weeks before and after, something was listed."""
    steps = [step * _WEEK for step in range(-WEEKS, WEEKS + 1) if step]
    return Counter(day + step for day, count in listed.items() if count for step in steps)


def expectations(
    listed: Mapping[date, int], days: Iterable[date], first: date, last: date
) -> Iterator[tuple[date, int]]:
    """What each of these days of a programme expects, in their order; days that expect nothing are left out.

    `listed`: pages by day, of the eight weeks around these days at least; `first` and `last`: as for `usual_rundown`.
    """
    near = _listed_near(listed)
    most = [0] * 7
    for day, count in listed.items():
        most[day.weekday()] = max(most[day.weekday()], count)
    for day in days:
        found = listed.get(day, 0)
        if not found and near.get(day, 0) < _LEAST_HEARD:
            continue
        is_believed = 2 * found >= most[day.weekday()]  # whatever is usual: years have many days
        is_unusual = is_believed or near.get(day, 0) < _LEAST_HEARD
        usual = 0 if is_unusual else usual_rundown(listed, day, first, last) or 0
        expected = found if 2 * found >= usual else usual
        if expected:
            yield day, expected


def covered(day: DayCount) -> DayCoverage:
    """The row of a day, of which it is known what is expected."""
    return DayCoverage(
        source_id=day.source_id,
        program=day.program,
        air_date=day.air_date,
        expected=day.expected,
        published=day.published,
        not_yet=day.not_yet,
        rejected=day.rejected,
        gone=day.gone,
    )
