"""The backfill flow: the past of one source, week by week."""

from datetime import UTC, date, datetime
from typing import Annotated

from prefect import flow
from prefect.runtime import flow_run
from pydantic import Field

from flows.runs import run_plan
from pipeline.ingest import plans
from pipeline.settings import load_settings


def _name() -> str:
    asked = flow_run.parameters
    return f"backfill-{asked['source']}-{asked['first']}-{asked['last']}"


@flow(name="backfill", flow_run_name=_name)
def backfill(
    source: Annotated[str, Field(description="Id of the source, such as npr or kpbs.")],
    first: Annotated[date, Field(description="First day of broadcast.")],
    last: Annotated[date, Field(description="Last day of broadcast, today at the latest.")],
) -> str:
    """Take in all pages of these days, the newest week first. The run's id.

    Killed and started again with the same dates, it goes on where it was.
    """
    settings = load_settings()
    now = datetime.now(UTC)
    parameters: dict[str, object] = {"source": source, "first": first.isoformat(), "last": last.isoformat()}
    return run_plan(
        "backfill",
        parameters,
        settings,
        lambda run_id, rooms: plans.backfill(run_id, rooms.sources.get(source), first, last, now),
        at_once=False,
    )
