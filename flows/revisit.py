"""The revisit flow: pages that were looked at before and are due again, and no others."""

from datetime import UTC, datetime

from prefect import flow
from prefect.runtime import flow_run

from flows.announce import HOOKS
from flows.runs import run_plan
from flows.tasks import SOURCE_THREADS
from pipeline.ingest import plans
from pipeline.ingest.work import REVISIT
from pipeline.settings import load_settings
from pipeline.sources import load_sources


def _name() -> str:
    sources = "-".join(flow_run.parameters.get("sources") or ()) or "all"
    return f"revisit-{sources}-{datetime.now(UTC):%Y-%m-%dT%H:%M}"


@flow(name=REVISIT, flow_run_name=_name, task_runner=SOURCE_THREADS, **HOOKS)
def revisit(sources: list[str] | None = None) -> str:
    """Look again at young pages and at those whose transcript was still to come; read no listing. The run's id.

    Args:
        sources: Ids of sources; all where none is given.
    """
    settings = load_settings()
    chosen = load_sources(settings.sources_file).choose(sources or ())
    now = datetime.now(UTC)
    return run_plan(
        REVISIT,
        {"sources": list(sources or ())},
        settings,
        lambda run_id, _rooms: plans.revisit(run_id, chosen, now, settings.max_pages_per_source),
        at_once=True,
    )
