"""What `asrun status` and the report page tell of the whole: sources, alarms, failures, gaps, requests, last runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.coverage import DayCoverage
from pipeline.expected import gaps, missing_of_sources
from pipeline.freshness import Freshness
from pipeline.ledger import Alarm, Coverage, Failure, Ledger, Request, Run
from pipeline.ledger.alarms import standing_alarms
from pipeline.ledger.asked import requests
from pipeline.ledger.history import coverage, failures, last_collection, last_runs
from pipeline.ledger.watch import watched_sources
from pipeline.report import RunReport, only_of, run_report
from pipeline.schedule import last_broadcast_day
from pipeline.watching import freshness_of


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source: what is known of its pages, how fresh it is, whether nights ask it."""

    pages: Coverage
    fresh: Freshness
    is_watched: bool
    missing: int
    """Pages that a backfill of its gaps would ask for."""

    @property
    def is_stale(self) -> bool:
        """Whether a source that nights ask has been silent for longer than its habit."""
        return self.is_watched and self.fresh.is_stale


@dataclass(frozen=True, slots=True)
class Status:
    """How things stand at a time."""

    at: datetime
    sources: tuple[SourceStatus, ...]
    alarms: tuple[Alarm, ...]
    failures: tuple[Failure, ...]
    gaps: tuple[DayCoverage, ...] | None
    """None where nobody asked for them, day by day."""
    open_requests: tuple[Request, ...]
    runs: tuple[Run, ...]
    last_report: RunReport | None
    """What the newest run that collected pages did, if one has ended; of the asked sources."""

    @property
    def missing(self) -> int:
        """Pages that a backfill of all gaps would ask for."""
        return sum(source.missing for source in self.sources)

    @property
    def is_stale(self) -> bool:
        """Whether a source is stale: what monitoring asks for."""
        return any(source.is_stale for source in self.sources)


def status_of(
    ledger: Ledger, at: datetime, runs: int, source_ids: Sequence[str] = (), *, with_gaps: bool = False
) -> Status:
    """How things stand, of all sources where none is named; freshness is judged anew, alarms stand as last judged.

    `with_gaps`: also which days pages are missing of, which may be many.
    """

    def is_asked(source_id: str | None) -> bool:
        return not source_ids or source_id in source_ids

    fresh = {one.source_id: one for one in freshness_of(ledger, at)}
    watched = set(watched_sources(ledger))
    until = last_broadcast_day(at)
    missing = missing_of_sources(ledger, until)
    last = last_collection(ledger)
    return Status(
        at=at,
        sources=tuple(_source(one, fresh, watched, missing) for one in coverage(ledger) if is_asked(one.source_id)),
        alarms=tuple(one for one in standing_alarms(ledger) if is_asked(one.source_id)),
        failures=tuple(one for one in failures(ledger) if is_asked(one.source_id)),
        gaps=tuple(gaps(ledger, until, source_ids=source_ids)) if with_gaps else None,
        open_requests=tuple(
            one for one in requests(ledger, "backfill") if one.done < one.days and is_asked(one.source_id)
        ),
        runs=tuple(last_runs(ledger, runs)),
        last_report=only_of(run_report(ledger, last.run_id), is_asked) if last else None,
    )


def _source(
    pages: Coverage, fresh: Mapping[str, Freshness], watched: set[str], missing: Mapping[str, int]
) -> SourceStatus:
    source_id = pages.source_id or ""
    return SourceStatus(
        pages=pages,
        fresh=fresh.get(source_id, Freshness(source_id, None, None, None)),
        is_watched=source_id in watched,
        missing=missing.get(source_id, 0),
    )
