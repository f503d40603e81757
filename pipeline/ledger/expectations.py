"""What was to be expected of each programme's days, as it was reckoned last, and which days were changed since."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.ledger.days import days_where
from pipeline.ledger.reported import DayCount
from pipeline.ledger.store import Ledger

_UNTIL = "SELECT air_date FROM expected_until"
_CHANGED = "SELECT source_id, program, air_date FROM changed_days"
_PROGRAMS = "SELECT DISTINCT source_id, program FROM day_counts ORDER BY source_id, program"
_PROGRAMS_SINCE = """
SELECT DISTINCT source_id, program FROM day_counts INDEXED BY days_by_date WHERE air_date >= ?
ORDER BY source_id, program
"""
_OF_PROGRAM = "source_id = :source_id AND program = :program"
_LISTED = f"SELECT air_date FROM day_counts WHERE {_OF_PROGRAM} AND listed > 0 ORDER BY air_date"  # noqa: S608  # constant parts only
_MISSING = "SELECT source_id, missing FROM source_counts WHERE missing > 0"
_CHANGED_MONTHS = "SELECT DISTINCT substr(air_date, 1, 7) AS month FROM changed_days ORDER BY month"
_EXPECT = """
INSERT INTO day_counts (source_id, program, air_date, expected) VALUES (:source_id, :program, :air_date, :expected)
ON CONFLICT DO UPDATE SET expected = excluded.expected
"""
_FORGET = "DELETE FROM changed_days WHERE source_id = :source_id AND program = :program AND air_date = :air_date"
_CHANGE = "INSERT INTO changed_days (source_id, program, air_date) VALUES (:source_id, :program, :air_date)"
_CHANGE_ALL = """
INSERT INTO changed_days (source_id, program, air_date) SELECT source_id, program, air_date FROM day_counts WHERE true
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Program:
    """A programme at a source; '' for pages of no programme."""

    source_id: str
    program: str

    @property
    def values(self) -> dict[str, object]:
        """For a query's `:source_id` and `:program`."""
        return {"source_id": self.source_id, "program": self.program}


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes of days that were not published yet."""

    newest: int
    """The number of the newest of them; 0: there are none."""
    months: Sequence[str]
    """Of these days, such as `2026-03`."""


def expected_until(ledger: Ledger) -> date | None:
    """Up to which day it is reckoned what was to be expected; None where that never was."""
    row = ledger.one(_UNTIL)
    return date.fromisoformat(row["air_date"]) if row else None


def changed_days(ledger: Ledger) -> dict[Program, set[date]]:
    """The days that were changed since they were published."""
    found: dict[Program, set[date]] = {}
    for row in ledger.each(_CHANGED, {}):
        found.setdefault(Program(row["source_id"], row["program"]), set()).add(date.fromisoformat(row["air_date"]))
    return found


def programs(ledger: Ledger, since: date | None = None) -> list[Program]:
    """The programmes of which a day is known, since a day where one is given."""
    rows = ledger.rows(_PROGRAMS_SINCE, (since.isoformat(),)) if since else ledger.rows(_PROGRAMS)
    return [Program(row["source_id"], row["program"]) for row in rows]


def listed_days(ledger: Ledger, program: Program, *, newest_first: bool = False) -> Iterator[date]:
    """The programme's days on which something is listed, in order, read as they are asked for."""
    for row in ledger.each(f"{_LISTED}{' DESC' if newest_first else ''}", program.values):
        yield date.fromisoformat(row["air_date"])


def days_of_program(ledger: Ledger, program: Program, first: date, last: date) -> Iterator[DayCount]:
    """What is known of a programme's days from the first to the last, those included of which no page is known."""
    span: dict[str, object] = {"first": first.isoformat(), "last": last.isoformat()}
    yield from days_where(ledger, f"WHERE {_OF_PROGRAM} AND air_date BETWEEN :first AND :last", program.values | span)


def note_expected(ledger: Ledger, days: Iterable[tuple[Program, date, int]]) -> None:
    """Keep what is to be expected of these days; they have changed by it."""
    values = [{**program.values, "air_date": day.isoformat(), "expected": count} for program, day, count in days]
    with ledger.transaction() as sql:
        for statement in (_EXPECT, _FORGET, _CHANGE):
            sql.executemany(statement, values)


def note_expected_until(ledger: Ledger, until: date) -> None:
    """Keep up to which day it was reckoned what is to be expected."""
    with ledger.transaction() as sql:
        sql.execute("DELETE FROM expected_until")
        sql.execute("INSERT INTO expected_until VALUES (?)", (until.isoformat(),))


def missing_pages(ledger: Ledger) -> dict[str, int]:
    """How many pages are missing at each source at which some are, as last reckoned."""
    return {row["source_id"]: row["missing"] for row in ledger.rows(_MISSING)}


def missing_days(ledger: Ledger, source_id: str) -> Iterator[DayCount]:
    """A source's days of which pages are missing, as last reckoned."""
    yield from days_where(ledger, "WHERE source_id = :source_id AND missing > 0", {"source_id": source_id})


def changes(ledger: Ledger) -> Changes:
    """What was not published yet."""
    newest = ledger.one("SELECT COALESCE(max(change_id), 0) AS newest FROM changed_days")
    return Changes(newest["newest"] if newest else 0, [row["month"] for row in ledger.rows(_CHANGED_MONTHS)])


def expected_days(ledger: Ledger, month: str) -> Iterator[DayCount]:
    """The days of a month of which something was to be expected."""
    first = date.fromisoformat(f"{month}-01")
    following = (first + timedelta(days=31)).replace(day=1)
    span: dict[str, object] = {"first": first.isoformat(), "following": following.isoformat()}
    yield from days_where(
        ledger, "WHERE air_date >= :first AND air_date < :following AND expected > 0", span, by_date=True
    )


def note_unpublished(ledger: Ledger) -> None:
    """Note that no day is published: whoever publishes all and ends before he has is followed by one who does."""
    with ledger.transaction() as sql:
        sql.execute(_CHANGE_ALL)


def note_published(ledger: Ledger, newest: int) -> None:
    """Note that the changes up to this one are published; later ones stay."""
    with ledger.transaction() as sql:
        sql.execute("DELETE FROM changed_days WHERE change_id <= ?", (newest,))
