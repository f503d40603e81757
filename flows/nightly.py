"""The nightly flow: what is new, what is young, and what failed or was missed the nights before."""

from datetime import UTC, date, datetime

from prefect import flow
from prefect.runtime import flow_run

from flows.alarms import watch_sources
from flows.announce import HOOKS
from flows.maintain import maintain_if_due
from flows.runs import run_plan
from flows.tasks import SOURCE_THREADS
from pipeline.ingest import asking
from pipeline.ingest.correcting import correct_pages
from pipeline.ingest.work import NIGHTLY, Rooms, Wanted
from pipeline.schedule import last_broadcast_day
from pipeline.settings import load_settings
from pipeline.sources import load_sources


def _name() -> str:
    asked = flow_run.parameters
    sources = "-".join(asked.get("sources") or ()) or "all"
    return f"nightly-{sources}-{asked.get('day') or last_broadcast_day(datetime.now(UTC))}"


@flow(name=NIGHTLY, flow_run_name=_name, task_runner=SOURCE_THREADS, **HOOKS)
def nightly(
    day: date | None = None,
    sources: list[str] | None = None,
) -> str:
    """Take in a day's pages of all sources, look again at young pages, publish, report, maintain. The run's id.

    Days before it that no night has wholly taken in, two weeks back at most, are taken in as well: after nights that
    were missed one run is enough. Safe to repeat and to kill at any moment.

    Args:
        day: Day of broadcast to take in; the last whole one where none is given.
        sources: Ids of sources; all where none is given.
    """
    settings = load_settings()
    chosen = load_sources(settings.sources_file).choose(sources or ())
    now = datetime.now(UTC)
    taken = day or last_broadcast_day(now)

    def plan(run_id: str, rooms: Rooms) -> list[Wanted]:
        correct_pages(rooms)
        return asking.nightly(run_id, taken, chosen, now, rooms)

    run_id = run_plan(
        NIGHTLY,
        {"day": taken.isoformat(), "sources": list(sources or ())},
        settings,
        plan,
        at_once=True,
        # Of a night in the past nothing can be told that the last one did not tell.
        before_report=watch_sources if taken == last_broadcast_day(now) else None,
    )
    maintain_if_due(settings)
    return run_id
