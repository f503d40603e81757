"""What freshness and alarms are judged by: who is watched, what was read lately, how the last run went at a source."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from pipeline.ledger.days import page_sources
from pipeline.ledger.reported import LookCount, PageFigures
from pipeline.ledger.rows import text_of
from pipeline.ledger.store import Ledger

WATCHED_FOR = timedelta(days=28)
"""A source that no night of this long has asked is watched no more."""

_NEWEST_NIGHT = "SELECT max(started_at) AS at FROM runs WHERE flow = 'nightly'"

_WATCHED = """
SELECT DISTINCT urls.source_id
FROM looks JOIN runs USING (run_id) JOIN urls USING (url)
WHERE runs.flow = 'nightly' AND runs.started_at >= :since AND looks.looked_at >= :since AND urls.source_id IS NOT NULL
ORDER BY urls.source_id
"""

_STORIES = """
SELECT url, program, air_date AS day, outcome, speech_count, named_count
FROM urls
WHERE kind = 'page' AND source_id = :source_id AND outcome IS NOT NULL AND air_date >= :day
UNION ALL
SELECT url, program, substr(counted_from, 1, 10) AS day, outcome, speech_count, named_count
FROM urls
WHERE kind = 'page' AND source_id = :source_id AND outcome IS NOT NULL AND air_date IS NULL AND day >= :day
ORDER BY day, url
"""

_NEWEST_LOOKS = """
WITH newest AS (
    SELECT urls.source_id, looks.run_id, max(looks.look_id)
    FROM looks JOIN urls USING (url)
    WHERE looks.looked_at >= ? AND urls.source_id IS NOT NULL AND looks.outcome IS NOT NULL
    GROUP BY urls.source_id
)
SELECT urls.source_id, urls.kind, looks.outcome, count(*) AS count, min(looks.url) AS example_url,
       min(looks.detail) AS detail
FROM newest JOIN looks USING (run_id) JOIN urls ON urls.url = looks.url AND urls.source_id = newest.source_id
WHERE looks.outcome IS NOT NULL
GROUP BY urls.source_id, urls.kind, looks.outcome
ORDER BY urls.source_id, count DESC, looks.outcome
"""


def watched_sources(ledger: Ledger) -> list[str]:
    """The sources that nights ask: those looked at by one in the four weeks up to the newest night."""
    newest = ledger.rows(_NEWEST_NIGHT)[0]["at"]
    if newest is None:
        return []
    since = text_of(datetime.fromisoformat(newest) - WATCHED_FOR)
    return [row["source_id"] for row in ledger.rows(_WATCHED, {"since": since})]


def pages_since(ledger: Ledger, day: date) -> Mapping[str, list[PageFigures]]:
    """The pages of each source from this day on that were looked at, in order of their days."""
    return {source_id: _pages_of(ledger, source_id, day) for source_id in page_sources(ledger)}


def _pages_of(ledger: Ledger, source_id: str, day: date) -> list[PageFigures]:
    return [
        PageFigures(
            source_id=source_id,
            program=row["program"],
            day=date.fromisoformat(row["day"]),
            outcome=row["outcome"],
            speech_count=row["speech_count"],
            named_count=row["named_count"],
        )
        for row in ledger.rows(_STORIES, {"source_id": source_id, "day": day.isoformat()})
    ]


def newest_looks(ledger: Ledger, since: datetime) -> Mapping[str, list[LookCount]]:
    """How the newest run since then ended at each source, the most frequent outcome first."""
    found: dict[str, list[LookCount]] = {}
    for row in ledger.rows(_NEWEST_LOOKS, (text_of(since),)):
        look = LookCount(
            source_id=row["source_id"],
            kind=row["kind"],
            outcome=row["outcome"],
            count=row["count"],
            example_url=row["example_url"],
            detail=row["detail"],
        )
        found.setdefault(look.source_id, []).append(look)
    return found
