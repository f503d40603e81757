"""Pages by source, programme and day of broadcast, as `counters` keeps them."""

from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.ledger.reported import DayCount
from pipeline.ledger.store import Ledger

_PAGE_SOURCES = "SELECT source_id FROM source_counts WHERE source_id != '' AND pages > 0 ORDER BY source_id"

_DAYS = """
SELECT source_id, program, air_date, listed, published, not_yet, rejected, gone, word_count, expected FROM day_counts
"""
_DAYS_BY_DATE = f"{_DAYS} INDEXED BY days_by_date "
_SINCE = "WHERE air_date >= :since AND (listed > 0 OR expected > 0)"

_STORY_DAYS = """
SELECT air_date FROM urls
WHERE kind = 'page' AND source_id = :source_id AND air_date <= :until AND outcome IS NOT 'gone'
      AND (outcome = 'published' OR word_count IS NOT NULL)
ORDER BY air_date DESC
"""


def page_sources(ledger: Ledger) -> list[str]:
    """The sources of which pages are known, in order."""
    return [row["source_id"] for row in ledger.rows(_PAGE_SOURCES)]


def days_since(ledger: Ledger, since: date) -> Iterator[DayCount]:
    """The programmes' days from this one on, in no order, of which a page is known or was expected as last reckoned."""
    yield from days_where(ledger, _SINCE, {"since": since.isoformat()}, by_date=True)


def days_where(
    ledger: Ledger, condition: str, values: dict[str, object], *, by_date: bool = False
) -> Iterator[DayCount]:
    """The days that a clause `WHERE` asks for, in the order that it says; `by_date`: it asks for few days of all."""
    for row in ledger.each(f"{_DAYS_BY_DATE if by_date else _DAYS}{condition}", values):
        yield DayCount(
            source_id=row["source_id"],
            program=row["program"] or None,
            air_date=date.fromisoformat(row["air_date"]),
            listed=row["listed"],
            published=row["published"],
            not_yet=row["not_yet"],
            rejected=row["rejected"],
            gone=row["gone"],
            word_count=row["word_count"],
            expected=row["expected"],
        )


def newest_story_days(ledger: Ledger, source_id: str, until: date, span: timedelta) -> set[date]:
    """The days with a story up to `until`, as far back from the newest of them as `span` reaches."""
    found: set[date] = set()
    for row in ledger.each(_STORY_DAYS, {"source_id": source_id, "until": until.isoformat()}):
        day = date.fromisoformat(row["air_date"])
        if found and day <= max(found) - span:
            break
        found.add(day)
    return found
