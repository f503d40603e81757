"""Schedules and manual triggers: what `asrun serve` registers with Prefect and carries out."""

from typing import Any

from prefect import Flow
from prefect import serve as serve_deployments
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Schedule
from prefect.types.entrypoint import EntrypointType

from flows.backfill import backfill
from flows.maintain import maintain
from flows.nightly import nightly
from flows.reparse import reparse

NIGHTLY_CRON = "15 3 * * *"
"""After the hour that daylight saving time skips or repeats."""
MAINTENANCE_CRON = "30 6 * * 0"
"""Sunday, when the night is over."""
ZONE = "America/New_York"
RUNS_AT_ONCE = 4


def deployments() -> list[RunnerDeployment]:
    """Nightly and maintenance by schedule, the rest by hand. One run of each at a time, the next one waits."""
    return [
        _deployment(nightly, "scheduled", Cron(NIGHTLY_CRON, timezone=ZONE)),
        _deployment(backfill, "manual"),
        _deployment(reparse, "manual"),
        _deployment(maintain, "scheduled", Cron(MAINTENANCE_CRON, timezone=ZONE)),
    ]


def _deployment(flow: Flow[..., Any], name: str, schedule: Schedule | None = None) -> RunnerDeployment:
    return RunnerDeployment.from_flow(
        flow,
        name,
        schedule=schedule,
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE),
        tags=[flow.name],
        entrypoint_type=EntrypointType.MODULE_PATH,  # found wherever asrun is installed
    )


def serve() -> None:
    """Register the deployments and carry out their runs until interrupted; schedules outlive this process."""
    serve_deployments(*deployments(), limit=RUNS_AT_ONCE, pause_on_shutdown=False, print_starting_message=False)
