"""Pages by source, programme and day of broadcast."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from pipeline.ledger.records import DayCount
from pipeline.ledger.store import Ledger

_PAGE_SOURCES = """
WITH RECURSIVE found (source_id) AS (
    SELECT min(source_id) FROM urls WHERE kind = 'page'
    UNION ALL
    SELECT (SELECT min(urls.source_id) FROM urls WHERE kind = 'page' AND urls.source_id > found.source_id)
    FROM found WHERE found.source_id IS NOT NULL
)
SELECT source_id FROM found WHERE source_id IS NOT NULL
"""
"""One step into the index for each source, however many pages it has."""

_DAYS = """
WITH pages AS (
    SELECT program, air_date, outcome, word_count,
           CASE WHEN program IS NULL AND word_count IS NULL
                     AND (outcome IS NULL OR outcome = 'gone' OR outcome LIKE 'fetch_failed:%') THEN 'none'
                WHEN outcome = 'gone' THEN 'gone'
                WHEN outcome = 'published' OR word_count IS NOT NULL THEN 'published'
                WHEN outcome = 'not_yet' THEN 'not_yet'
                WHEN outcome LIKE 'rejected:%' THEN 'rejected'
                WHEN outcome = 'not_a_transcript' THEN 'none'
                ELSE 'open' END AS state
    FROM urls
    WHERE kind = 'page' AND source_id = :source_id AND air_date >= :since
)
SELECT program, air_date,
       sum(state != 'none') AS listed,
       sum(state = 'published') AS published, sum(state = 'not_yet') AS not_yet,
       sum(state = 'rejected') AS rejected, sum(state = 'gone') AS gone,
       sum(CASE WHEN state = 'published' THEN COALESCE(word_count, 0) ELSE 0 END) AS word_count
FROM pages
GROUP BY air_date, program
HAVING listed > 0
"""

_STORY_DAYS = """
SELECT air_date FROM urls
WHERE kind = 'page' AND source_id = :source_id AND air_date <= :until AND outcome IS NOT 'gone'
      AND (outcome = 'published' OR word_count IS NOT NULL)
ORDER BY air_date DESC
"""


def page_sources(ledger: Ledger) -> list[str]:
    """The sources of which pages are known, in order."""
    return [row["source_id"] for row in ledger.rows(_PAGE_SOURCES)]


def day_counts(ledger: Ledger, *, since: date = date.min, source_ids: Collection[str] = ()) -> Iterator[DayCount]:
    """Every day of every programme of every source, in this order, of which a page is known.

    Only of these sources, where some are named, and of days from `since` on. No more than one source's are in memory.
    """
    for source_id in page_sources(ledger):
        if not source_ids or source_id in source_ids:
            found = [
                DayCount(
                    source_id=source_id,
                    program=row["program"],
                    air_date=date.fromisoformat(row["air_date"]),
                    listed=row["listed"],
                    published=row["published"],
                    not_yet=row["not_yet"],
                    rejected=row["rejected"],
                    gone=row["gone"],
                    word_count=row["word_count"],
                )
                for row in ledger.each(_DAYS, {"source_id": source_id, "since": since.isoformat()})
            ]
            yield from sorted(found, key=lambda one: (one.program is None, one.program or "", one.air_date))


def newest_story_days(ledger: Ledger, source_id: str, until: date, span: timedelta) -> set[date]:
    """The days with a story up to `until`, as far back from the newest of them as `span` reaches."""
    found: set[date] = set()
    for row in ledger.each(_STORY_DAYS, {"source_id": source_id, "until": until.isoformat()}):
        day = date.fromisoformat(row["air_date"])
        if found and day <= max(found) - span:
            break
        found.add(day)
    return found
