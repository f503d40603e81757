"""`asrun status --json`: days and times in ISO 8601, unknown is null. README lists the keys."""

from dataclasses import asdict
from datetime import date, datetime

from pipeline.coverage import DayCoverage
from pipeline.ledger import Alarm, Request, Run
from pipeline.report import RunReport
from pipeline.status import SourceStatus, Status

TROUBLES = 20
"""Failed looks of the last run that are listed; all are counted."""
Json = dict[str, object]


def status_as_json(status: Status) -> Json:
    """The status for machines."""
    return {
        "at": status.at.isoformat(),
        "is_stale": status.is_stale,
        "sources": [_source(one) for one in status.sources],
        "alarms": [_alarm(one) for one in status.alarms],
        "failures": [asdict(one) for one in status.failures],
        "gaps": [_gap(one) for one in status.gaps or ()],
        "open_backfills": [_request(one) for one in status.open_requests],
        "runs": [_run(one) for one in status.runs],
        "last_report": _report(status.last_report) if status.last_report else None,
    }


def _source(one: SourceStatus) -> Json:
    return {
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


def _alarm(one: Alarm) -> Json:
    return {
        "source_id": one.source_id,
        "kind": one.kind,
        "cause": one.cause,
        "detail": one.detail,
        "raised_at": one.raised_at.isoformat(),
    }


def _gap(one: DayCoverage) -> Json:
    return {**asdict(one), "air_date": one.air_date.isoformat(), "missing": one.missing}


def _request(one: Request) -> Json:
    return {
        "source_id": one.source_id,
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "days": one.days,
        "done": one.done,
    }


def _run(run: Run) -> Json:
    return {
        "run_id": run.run_id,
        "flow": run.flow,
        "parameters": run.parameters,
        "started_at": run.started_at.isoformat(),
        "finished_at": _iso(run.finished_at),
        "status": run.status,
    }


def _report(report: RunReport) -> Json:
    return {
        **_run(report.run),
        "new": report.new,
        "revised": report.revised,
        "pages": report.pages,
        "sources": [
            {
                "source_id": one.source_id,
                "new": one.new,
                "revised": one.revised,
                "pages": dict(one.pages),
                "listings": one.listings,
                "listings_failed": one.listings_failed,
                "requests": one.requests,
                "body_bytes": one.body_bytes,
                "seconds": round(one.seconds, 3),
            }
            for one in report.sources
        ],
        "hosts": [
            {
                "host": one.host,
                "answers": one.looks,
                "mean_seconds": round(one.mean_seconds, 3),
                "slowest_seconds": round(one.slowest_seconds, 3),
            }
            for one in report.hosts
        ],
        "troubles": [asdict(one) for one in report.troubles[:TROUBLES]],
    }


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None
