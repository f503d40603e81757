"""Schedules and manual triggers: what `asrun serve` registers with Prefect and carries out."""

import asyncio
import logging
import os
import warnings
from collections.abc import Iterable
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import typer
from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound, TerminationSignal
from prefect.runner import Runner
from prefect.schedules import Cron, Schedule
from prefect.types.entrypoint import EntrypointType

from flows.alarms import alarm_automation
from flows.automations import automations, establish
from flows.backfill import backfill
from flows.left_behind import end_crashed_runs, end_unbegun_runs
from flows.maintain import maintain
from flows.nightly import nightly
from flows.release import release
from flows.reparse import reparse
from flows.revisit import revisit
from flows.schedules import NIGHTLY_CRON, RELEASE_CRON, REVISIT_CRON, TAG, ZONE
from flows.server import wait_until_it_answers
from pipeline.settings import Settings
from pipeline.sources import load_sources

logger = logging.getLogger(__name__)

RUNS_AT_ONCE = 4


def deployments(source_ids: Iterable[str]) -> list[RunnerDeployment]:
    """Nightly, revisit and release by schedule, the rest by hand; of each one run at a time. Nights do maintenance."""
    made = [
        _deployment(nightly, "scheduled", Cron(NIGHTLY_CRON, timezone=ZONE)),
        _deployment(revisit, "scheduled", Cron(REVISIT_CRON, timezone=ZONE)),
        _deployment(release, "scheduled", Cron(RELEASE_CRON, timezone=ZONE)),
        _deployment(backfill, "manual"),
        _deployment(reparse, "manual"),
        _deployment(maintain, "manual"),
    ]
    known = sorted(source_ids)
    for deployment in made:
        _offer_sources(deployment, known)
    return made


def _deployment(flow: Flow[..., Any], name: str, schedule: Schedule | None = None) -> RunnerDeployment:
    return RunnerDeployment.from_flow(
        flow,
        name,
        schedule=schedule,
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE),
        tags=[TAG, flow.name],
        entrypoint_type=EntrypointType.MODULE_PATH,  # found wherever asrun is installed
    )


def _offer_sources(deployment: RunnerDeployment, source_ids: list[str]) -> None:
    """Let Prefect's form offer the sources that are known, and its API refuse all others."""
    properties = deployment._parameter_openapi_schema.properties  # noqa: SLF001  # there is no public way to narrow a parameter
    for name in properties.keys() & {"source", "sources"}:
        for place in (properties[name], *properties[name].get("anyOf", ())):
            if place.get("type") == "array":
                place["items"] = {"type": "string", "enum": source_ids}
            elif place.get("type") == "string":
                place["enum"] = source_ids


def serve(settings: Settings, address: str) -> None:
    """Register the deployments and carry out their runs until interrupted; schedules outlive this process.

    A server that goes away is waited for, however long it takes.
    """
    # Prefect's runner says so of itself where a signal ends it, or its server is lost.
    warnings.filterwarnings("ignore", r"coroutine 'Runner\.\w+' was never awaited", RuntimeWarning)
    made = deployments(source.source_id for source in load_sources(settings.sources_file))
    is_interrupted = False
    while not is_interrupted:
        wait_until_it_answers(address)
        try:
            _prepare(made, settings)
            with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
                asyncio.run(_runner(made, settings).start())
            is_interrupted = True
        except* (KeyboardInterrupt, TerminationSignal):
            is_interrupted = True
        # Prefect's runner gives up with a RuntimeError after a few polls without an answer, whose tracebacks it prints.
        except* (RuntimeError, httpx.HTTPError) as lost:
            logger.warning("server_lost address=%s reason=%s", address, lost.exceptions[0])


def _runner(made: list[RunnerDeployment], settings: Settings) -> Runner:
    """What registers the deployments and then starts a process for each of their runs."""
    runner = Runner(limit=RUNS_AT_ONCE, pause_on_shutdown=False)  # schedules outlive this process
    # There is no public way to say where; by default a folder stays in the system's own for each that was killed.
    runner._tmp_dir = settings.home.absolute() / "runner"  # noqa: SLF001
    for deployment in made:
        runner.add_deployment(deployment)
    typer.echo(f"taking runs of {', '.join(f'{one.flow_name}/{one.name}' for one in made)}", err=True)
    return runner


def _prepare(made: list[RunnerDeployment], settings: Settings) -> None:
    """Put in order what an earlier process left, and make the server watch over this one's runs and over alarms."""
    with get_client(sync_client=True) as client:
        end_crashed_runs(settings, client)
        end_unbegun_runs(_flows(made, client), settings, client)
        _forget_former(made, client)
        over_runs = automations({deployment.flow_name or "" for deployment in made})
        establish([*over_runs, alarm_automation()], client)


def _forget_former(made: list[RunnerDeployment], client: SyncPrefectClient) -> None:
    """Remove what an older asrun served and this one does not: its schedule would make runs that nobody takes.

    Deployments of a work pool are their owner's.
    """
    names = {(one.name, one.entrypoint) for one in made}
    tagged = DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG]))
    for known in client.read_deployments(deployment_filter=tagged):
        is_served = known.work_pool_name is None and (known.entrypoint or "").startswith("flows.")
        if is_served and (known.name, known.entrypoint) not in names:
            client.delete_deployment(known.id)
            logger.warning("deployment_removed name=%s entrypoint=%s", known.name, known.entrypoint)


def _flows(made: list[RunnerDeployment], client: SyncPrefectClient) -> dict[UUID, str]:
    """The names of the flows of those that were served before, by deployment."""
    flows = {}
    for deployment in made:
        flow = deployment.flow_name or ""
        with suppress(ObjectNotFound):
            flows[client.read_deployment_by_name(f"{flow}/{deployment.name}").id] = flow
    return flows
