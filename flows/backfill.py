"""The backfill flow: the past of one source, day by day."""

from datetime import UTC, date, datetime
from typing import Annotated

from prefect import flow
from prefect.runtime import flow_run
from pydantic import Field

from flows.announce import HOOKS
from flows.runs import run_plan
from pipeline.ingest import asking, plans
from pipeline.ingest.work import BACKFILL
from pipeline.ledger.asked import days_of
from pipeline.settings import load_settings
from pipeline.sources import load_sources


def _name() -> str:
    asked = flow_run.parameters
    return f"backfill-{asked['source']}-{asked['first']}-{asked['last']}"


@flow(name=BACKFILL, flow_run_name=_name, **HOOKS)
def backfill(
    source: str,
    first: date,
    last: date,
    max_requests: Annotated[int, Field(ge=1)] | None = None,
    oldest_first: bool = False,  # noqa: FBT001, FBT002  # Prefect's form shows a switch
) -> str:
    """Take in all pages of these days. The run's id.

    Killed, or at the end of its requests, it goes on where it was when it is started again with the same days. A
    nightly run of the same source goes before it.

    Args:
        source: Id of the source, such as npr or kpbs.
        first: First day of broadcast.
        last: Last day of broadcast, today at the latest.
        max_requests: Requests that this run may make; what is left stays open for the next one.
        oldest_first: Begin with the oldest day instead of the newest.
    """
    settings = load_settings()
    chosen = load_sources(settings.sources_file).get(source)
    now = datetime.now(UTC)
    plans.check_range(first, last, now)
    return run_plan(
        BACKFILL,
        {"source": source, "first": first.isoformat(), "last": last.isoformat()},
        settings,
        lambda run_id, rooms: asking.backfill(
            run_id, chosen, days_of(first, last), now, rooms, max_requests=max_requests, oldest_first=oldest_first
        ),
        at_once=False,
    )
