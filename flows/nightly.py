"""The nightly flow: what is new, what is young, and what failed last night."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, cast

from prefect import flow
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from pydantic import Field

from flows.runs import run_plan
from pipeline.ingest import plans
from pipeline.schedule import last_broadcast_day
from pipeline.settings import load_settings

SOURCES_AT_ONCE = 32
"""Each waits for its own host most of the time; a host never sees two requests at once, whoever asks."""


def _name() -> str:
    asked = flow_run.parameters
    sources = "-".join(asked.get("sources") or ()) or "all"
    return f"nightly-{sources}-{asked.get('day') or last_broadcast_day(datetime.now(UTC))}"


_THREADS = cast("TaskRunner[PrefectFuture[Any]]", ThreadPoolTaskRunner(max_workers=SOURCES_AT_ONCE))


@flow(name="nightly", flow_run_name=_name, task_runner=_THREADS)
def nightly(
    day: Annotated[
        date | None, Field(description="Day of broadcast to take in; the last whole one where none is given.")
    ] = None,
    sources: Annotated[list[str] | None, Field(description="Ids of sources; all where none is given.")] = None,
) -> str:
    """Take in a day's pages of all sources, look again at young pages, publish, report. The run's id.

    Safe to repeat and to kill at any moment.
    """
    settings = load_settings()
    now = datetime.now(UTC)
    taken = day or last_broadcast_day(now)
    parameters: dict[str, object] = {"day": taken.isoformat(), "sources": list(sources or ())}
    return run_plan(
        "nightly",
        parameters,
        settings,
        lambda run_id, rooms: plans.nightly(
            run_id, taken, rooms.sources.choose(sources or ()), now, settings.max_pages_per_source
        ),
        at_once=True,
    )
