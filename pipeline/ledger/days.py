"""Pages by source, programme and day of broadcast."""

from datetime import date

from pipeline.ledger.records import DayCount
from pipeline.ledger.store import Ledger

_DAYS = """
WITH pages AS (
    SELECT source_id, program, air_date, outcome, word_count,
           CASE WHEN program IS NULL AND word_count IS NULL
                     AND (outcome IS NULL OR outcome = 'gone' OR outcome LIKE 'fetch_failed:%') THEN 'none'
                WHEN outcome = 'gone' THEN 'gone'
                WHEN outcome = 'published' OR word_count IS NOT NULL THEN 'published'
                WHEN outcome = 'not_yet' THEN 'not_yet'
                WHEN outcome LIKE 'rejected:%' THEN 'rejected'
                WHEN outcome = 'not_a_transcript' THEN 'none'
                ELSE 'open' END AS state
    FROM urls
    WHERE kind = 'page' AND source_id IS NOT NULL AND air_date IS NOT NULL
)
SELECT source_id, program, air_date,
       sum(state != 'none') AS listed,
       sum(state = 'published') AS published, sum(state = 'not_yet') AS not_yet,
       sum(state = 'rejected') AS rejected, sum(state = 'gone') AS gone,
       sum(CASE WHEN state = 'published' THEN COALESCE(word_count, 0) ELSE 0 END) AS word_count
FROM pages
GROUP BY source_id, program, air_date
HAVING listed > 0
ORDER BY source_id, program IS NULL, program, air_date
"""


def day_counts(ledger: Ledger) -> list[DayCount]:
    """Every day of every programme of every source of which a page is known, in this order."""
    return [
        DayCount(
            source_id=row["source_id"],
            program=row["program"],
            air_date=date.fromisoformat(row["air_date"]),
            listed=row["listed"],
            published=row["published"],
            not_yet=row["not_yet"],
            rejected=row["rejected"],
            gone=row["gone"],
            word_count=row["word_count"],
        )
        for row in ledger.rows(_DAYS)
    ]
