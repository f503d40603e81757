"""`asrun backfill --gaps`: the days of which pages are missing, source by source, one backfill a range of days."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import typer

from flows.cli.running import flows_ready, run_deployed, show_run

if TYPE_CHECKING:
    from pipeline.coverage import Stretch

NO_GAPS = "no gaps: every page that was to be expected is known"


def fill_gaps(  # what a backfill may be told
    source: str | None,
    first: date | None,
    last: date | None,
    *,
    max_requests: int | None,
    oldest_first: bool,
    verbose: bool,
    deploy: bool = False,
    watch: bool = False,
) -> int:
    """Backfill the gaps of a source (all where none is named) between two days; the exit code of the worst run.

    `deploy`: by the serving process, one run a range of days; `watch`: wait for the end of each.
    """
    found = _stretches(source, first, last)
    if not found:
        typer.echo(NO_GAPS)
        return 0
    asked: list[dict[str, Any]] = [
        {
            "source": one.source_id,
            "first": one.first,
            "last": one.last,
            "max_requests": max_requests,
            "oldest_first": oldest_first,
        }
        for one in (reversed(found) if oldest_first else found)
    ]
    if deploy:
        return max(run_deployed("backfill/manual", one, watch=watch) for one in asked)
    with flows_ready(verbose):
        from flows.backfill import backfill as flow

        runs = [flow(**one) for one in asked]
    return max(show_run(run_id) for run_id in runs)


def _stretches(source: str | None, first: date | None, last: date | None) -> "list[Stretch]":
    from pipeline.coverage import stretches
    from pipeline.expected import gaps
    from pipeline.ledger import Ledger
    from pipeline.schedule import last_broadcast_day
    from pipeline.settings import load_settings

    settings = load_settings()
    if not settings.ledger_file.exists():
        return []
    with Ledger(settings) as ledger:
        days = gaps(ledger, last_broadcast_day(datetime.now(UTC)), source_ids=[source] if source else [])
    return stretches(
        day for day in days if (first is None or day.air_date >= first) and (last is None or day.air_date <= last)
    )
