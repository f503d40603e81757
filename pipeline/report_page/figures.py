"""What the report page shows, out of the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from pipeline.coverage import DayCoverage, covered
from pipeline.expected import known_since
from pipeline.ledger import Alarm, DayCount, Ledger
from pipeline.ledger.alarms import last_alarms
from pipeline.ledger.sights import Reject, Speed, Story, newest_rejects, newest_stories, speeds
from pipeline.schedule import last_broadcast_day
from pipeline.status import Status, status_of

WEEKS = 53
"""Shown of calendars and weeks: a year, whatever its weekdays."""
REJECTS = 50
RUNS = 20
ALARMS = 20
LATELY = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Sums:
    """Coverage of several days together."""

    expected: int
    published: int
    not_yet: int
    rejected: int
    gone: int
    missing: int


@dataclass(frozen=True, slots=True)
class ProgramYear:
    """A programme's last year at one source."""

    source_id: str
    program: str | None
    days: tuple[DayCoverage, ...]
    months: tuple[tuple[str, Sums], ...]
    total: Sums


@dataclass(frozen=True, slots=True)
class Week:
    """What was broadcast in the week that begins on this Monday, of all sources."""

    monday: date
    transcripts: int
    words: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All that the page shows."""

    status: Status
    first: date
    """The Monday on which the year that is shown begins."""
    today: date
    years: tuple[ProgramYear, ...]
    weeks: tuple[Week, ...]
    speeds: tuple[Speed, ...]
    rejects: tuple[Reject, ...]
    alarms: tuple[Alarm, ...]
    newest: Mapping[str, Story]


def figures_of(ledger: Ledger, at: datetime) -> Figures:
    """What the page shows when it is made at `at`."""
    today = last_broadcast_day(at)
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    counts = known_since(ledger, first, today)
    return Figures(
        status=status_of(ledger, at, RUNS),
        first=first,
        today=today,
        years=tuple(_years(one for one in counts if one.expected and one.air_date <= today)),
        weeks=tuple(_weeks(counts, first)),
        speeds=tuple(speeds(ledger, at - LATELY)),
        rejects=tuple(newest_rejects(ledger, REJECTS)),
        alarms=tuple(last_alarms(ledger, ALARMS)),
        newest=newest_stories(ledger, today),
    )


def _years(days: Iterable[DayCount]) -> Iterable[ProgramYear]:
    for (source_id, program), found in groupby(days, key=lambda day: (day.source_id, day.program)):
        year = tuple(map(covered, found))
        months = groupby(year, key=lambda day: f"{day.air_date:%Y-%m}")
        yield ProgramYear(
            source_id=source_id,
            program=program,
            days=year,
            months=tuple((month, _sums(list(in_month))) for month, in_month in months),
            total=_sums(year),
        )


def _sums(days: Sequence[DayCoverage]) -> Sums:
    return Sums(
        expected=sum(day.expected for day in days),
        published=sum(day.published for day in days),
        not_yet=sum(day.not_yet for day in days),
        rejected=sum(day.rejected for day in days),
        gone=sum(day.gone for day in days),
        missing=sum(day.missing for day in days),
    )


def _weeks(counts: Iterable[DayCount], first: date) -> Iterable[Week]:
    transcripts, words = [0] * WEEKS, [0] * WEEKS
    for one in counts:
        week = (one.air_date - first).days // 7
        if 0 <= week < WEEKS:
            transcripts[week] += one.published
            words[week] += one.word_count
    for week in range(WEEKS):
        yield Week(first + timedelta(weeks=week), transcripts[week], words[week])
