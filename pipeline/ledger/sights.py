"""What the report page shows beside coverage and status: speed, newest rejects, newest stories."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.ledger.days import page_sources
from pipeline.ledger.rows import text_of
from pipeline.ledger.store import Ledger

_SPEED = """
SELECT urls.source_id, count(*) AS looks, sum(looks.requests) AS requests, sum(looks.seconds) AS seconds,
       max(looks.seconds) AS slowest,
       sum(looks.outcome LIKE 'fetch_failed:%' OR looks.outcome LIKE 'rejected:%') AS failed
FROM looks JOIN urls USING (url)
WHERE looks.looked_at >= ? AND urls.source_id IS NOT NULL
GROUP BY urls.source_id
"""

_REJECTS = """
SELECT urls.source_id, urls.url, urls.title, urls.air_date, looks.outcome, looks.detail, looks.looked_at,
       looks.warc_file, looks.warc_offset
FROM looks INDEXED BY looks_rejected CROSS JOIN urls ON urls.url = looks.url AND urls.capture_id = looks.capture_id
WHERE looks.outcome GLOB 'rejected:*' AND urls.kind = 'page' AND urls.outcome LIKE 'rejected:%'
ORDER BY looks.looked_at DESC, looks.url
LIMIT ?
"""

_NEWEST = """
SELECT url, title FROM urls
WHERE kind = 'page' AND source_id = ? AND outcome = 'published' AND air_date <= ?
ORDER BY air_date DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast and how surely a source answered since a time."""

    source_id: str
    looks: int
    requests: int
    seconds: float
    slowest: float
    failed: int

    @property
    def seconds_a_request(self) -> float:
        """Mean of what a request took, waiting for the host's turn included in none."""
        return self.seconds / self.requests if self.requests else 0.0

    @property
    def failed_share(self) -> float:
        """Looks that failed or were rejected, of all."""
        return self.failed / self.looks


@dataclass(frozen=True, slots=True)
class Reject:
    """A page that could not be read, and where what was received stands."""

    source_id: str | None
    url: str
    title: str | None
    air_date: date | None
    outcome: str
    detail: str | None
    looked_at: datetime
    warc_file: str | None
    warc_offset: int | None


@dataclass(frozen=True, slots=True)
class Story:
    """A page with a transcript."""

    url: str
    title: str | None


def speeds(ledger: Ledger, since: datetime) -> list[Speed]:
    """Each source's speed since this time, the slowest first."""
    found = [
        Speed(row["source_id"], row["looks"], row["requests"], row["seconds"], row["slowest"], row["failed"])
        for row in ledger.rows(_SPEED, (text_of(since),))
    ]
    return sorted(found, key=lambda one: (-one.seconds_a_request, one.source_id))


def newest_rejects(ledger: Ledger, limit: int) -> list[Reject]:
    """The pages that stand rejected, the last received first."""
    return [
        Reject(
            source_id=row["source_id"],
            url=row["url"],
            title=row["title"],
            air_date=date.fromisoformat(row["air_date"]) if row["air_date"] else None,
            outcome=row["outcome"],
            detail=row["detail"],
            looked_at=datetime.fromisoformat(row["looked_at"]),
            warc_file=row["warc_file"],
            warc_offset=row["warc_offset"],
        )
        for row in ledger.rows(_REJECTS, (limit,))
    ]


def newest_stories(ledger: Ledger, until: date) -> Mapping[str, Story]:
    """One story of each source's newest day, by source."""
    return {
        source_id: Story(row["url"], row["title"])
        for source_id in page_sources(ledger)
        for row in ledger.rows(_NEWEST, (source_id, until.isoformat()))
    }
