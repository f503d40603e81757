"""What runs that died, and hours in which nothing ran, leave behind in Prefect: put in order by the next run."""

import logging
from datetime import UTC, datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterDeploymentId, FlowRunFilterState
from prefect.client.schemas.filters import FlowRunFilterStateType as StateTypes
from prefect.client.schemas.objects import StateType
from prefect.exceptions import ObjectNotFound
from prefect.runtime import deployment, flow_run
from prefect.states import Cancelled, Crashed

from pipeline.ingest.work import end_dead_runs
from pipeline.ledger import Ledger
from pipeline.ledger.history import runs_with
from pipeline.settings import Settings

logger = logging.getLogger(__name__)

REMEMBERED = timedelta(days=7)
"""Runs that crashed longer ago were told of by a former run."""
_ALIVE = {StateType.RUNNING, StateType.PENDING, StateType.CANCELLING}


def put_in_order(settings: Settings) -> None:
    """From within a run: end the runs whose process is gone, and let this run stand for those that were missed."""
    with get_client(sync_client=True) as client:
        end_crashed_runs(settings, client)
        if deployment.id:
            stand_for_missed_runs(UUID(str(deployment.id)), UUID(str(flow_run.id)), client)


def end_crashed_runs(settings: Settings, client: SyncPrefectClient) -> None:
    """Tell Prefect of runs whose process is gone. Until then they are shown as running, and keep the next one waiting.

    Where a process ends, the kernel lets go of its lock, so a run that lives is never taken for a dead one.
    """
    with Ledger(settings) as ledger:
        end_dead_runs(ledger, settings)
        crashed = runs_with(ledger, "crashed", datetime.now(UTC) - REMEMBERED)
    for run in crashed:
        if run.flow_run_id is None:
            continue
        try:
            found = client.read_flow_run(UUID(run.flow_run_id))
        except ObjectNotFound:  # it ran with another server
            continue
        if found.state_type in _ALIVE:
            client.set_flow_run_state(found.id, Crashed(message="its process is gone"), force=True)
            logger.warning("run_crashed name=%s", found.name)


def stand_for_missed_runs(deployment_id: UUID, own_id: UUID, client: SyncPrefectClient) -> None:
    """Cancel the scheduled runs of a deployment whose time is over: one run does what all of them would have done."""
    wanted = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=[deployment_id]),
        state=FlowRunFilterState(type=StateTypes(any_=[StateType.SCHEDULED])),
    )
    now = datetime.now(UTC)
    for missed in client.read_flow_runs(flow_run_filter=wanted):
        is_over = missed.expected_start_time is not None and missed.expected_start_time <= now
        if missed.auto_scheduled and is_over and missed.id != own_id:
            client.set_flow_run_state(missed.id, Cancelled(message=f"missed; run {own_id} stands for it"), force=True)
            logger.info("missed_run_cancelled name=%s expected=%s", missed.name, missed.expected_start_time)
