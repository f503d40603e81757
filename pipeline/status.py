"""What `asrun status` and the report page tell of the whole: sources, alarms, failures, gaps, requests, last runs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from pipeline.coverage import DayCoverage, gaps
from pipeline.freshness import Freshness
from pipeline.ledger import Alarm, Coverage, Failure, Ledger, Request, Run
from pipeline.ledger.alarms import standing_alarms
from pipeline.ledger.asked import requests
from pipeline.ledger.history import coverage, failures, last_runs
from pipeline.ledger.watch import watched_sources
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
    gaps: tuple[DayCoverage, ...]
    open_requests: tuple[Request, ...]
    runs: tuple[Run, ...]

    @property
    def is_stale(self) -> bool:
        """Whether a source is stale: what monitoring asks for."""
        return any(source.is_stale for source in self.sources)


def status_of(ledger: Ledger, at: datetime, runs: int, source_ids: Sequence[str] = ()) -> Status:
    """How things stand, of all sources where none is named; freshness is judged anew, alarms stand as last judged."""

    def is_asked(source_id: str | None) -> bool:
        return not source_ids or source_id in source_ids

    fresh = {one.source_id: one for one in freshness_of(ledger, at)}
    watched = set(watched_sources(ledger))
    missing = gaps(ledger, last_broadcast_day(at), source_ids=source_ids)
    return Status(
        at=at,
        sources=tuple(_source(one, fresh, watched, missing) for one in coverage(ledger) if is_asked(one.source_id)),
        alarms=tuple(one for one in standing_alarms(ledger) if is_asked(one.source_id)),
        failures=tuple(one for one in failures(ledger) if is_asked(one.source_id)),
        gaps=tuple(missing),
        open_requests=tuple(
            one for one in requests(ledger, "backfill") if one.done < one.days and is_asked(one.source_id)
        ),
        runs=tuple(last_runs(ledger, runs)),
    )


def _source(
    pages: Coverage, fresh: Mapping[str, Freshness], watched: set[str], missing: Sequence[DayCoverage]
) -> SourceStatus:
    source_id = pages.source_id or ""
    return SourceStatus(
        pages=pages,
        fresh=fresh.get(source_id, Freshness(source_id, None, None, None)),
        is_watched=source_id in watched,
        missing=sum(day.missing for day in missing if day.source_id == source_id),
    )


# --- JSON -----------------------------------------------------------------------------------------------------------
def as_json(status: Status) -> dict[str, object]:
    """The status for machines; days and times in ISO 8601, unknown is null. README lists the keys."""
    return {
        "at": status.at.isoformat(),
        "is_stale": status.is_stale,
        "sources": [
            {
                "source_id": one.pages.source_id,
                "is_stale": one.is_stale,
                "is_watched": one.is_watched,
                "newest_air_date": _iso(one.fresh.newest_air_date),
                "silent_days": one.fresh.silent_days,
                "habit_days": one.fresh.habit_days,
                "published": one.pages.published,
                "not_yet": one.pages.not_yet,
                "without_transcript": one.pages.without_transcript,
                "failed": one.pages.failed,
                "gone": one.pages.gone,
                "waiting": one.pages.waiting,
                "missing": one.missing,
                "last_look_at": _iso(one.pages.last_look_at),
            }
            for one in status.sources
        ],
        "alarms": [
            {
                "source_id": one.source_id,
                "kind": one.kind,
                "cause": one.cause,
                "detail": one.detail,
                "raised_at": one.raised_at.isoformat(),
            }
            for one in status.alarms
        ],
        "failures": [asdict(one) for one in status.failures],
        "gaps": [{**asdict(one), "air_date": one.air_date.isoformat(), "missing": one.missing} for one in status.gaps],
        "open_backfills": [
            {
                "source_id": one.source_id,
                "first": one.first.isoformat(),
                "last": one.last.isoformat(),
                "days": one.days,
                "done": one.done,
            }
            for one in status.open_requests
        ],
        "runs": [
            {
                "run_id": run.run_id,
                "flow": run.flow,
                "parameters": run.parameters,
                "started_at": run.started_at.isoformat(),
                "finished_at": _iso(run.finished_at),
                "status": run.status,
            }
            for run in status.runs
        ],
    }


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None
