"""The maintain flow: small files of the lake put together, old editions let go, dead files removed."""

from datetime import UTC, datetime

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from flows.announce import HOOKS
from flows.left_behind import put_in_order
from pipeline.ingest.work import recorded_run
from pipeline.lake.maintenance import Maintained
from pipeline.lake.store import Lake
from pipeline.settings import Settings, load_settings


@task(name="maintain", cache_policy=NO_CACHE)
def _maintain(settings: Settings) -> Maintained:
    return Lake(settings).maintain(datetime.now(UTC))


def maintain_if_due(settings: Settings) -> None:
    """From within a night that is over: maintenance where settings and lake ask for it, a run of its own."""
    if Lake(settings).is_maintenance_due(datetime.now(UTC)):
        with recorded_run(settings, "maintain", {}):
            _maintain(settings)


@flow(name="maintain", flow_run_name=lambda: f"maintain-{datetime.now(UTC):%Y-%m-%d}", **HOOKS)
def maintain() -> Maintained:
    """Keep the lake's files few; no answer changes, no reader is disturbed."""
    settings = load_settings()
    with recorded_run(settings, "maintain", {}, flow_run.id):
        put_in_order(settings)
        return _maintain(settings)
