"""What runs that died, and hours in which nothing ran, leave behind in Prefect: put in order by the next run."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterDeploymentId, FlowRunFilterState
from prefect.client.schemas.filters import FlowRunFilterStateType as StateTypes
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.runtime import deployment, flow_run
from prefect.states import Cancelled, Completed, Crashed, Failed

from pipeline.ingest.work import end_dead_runs
from pipeline.ledger import Ledger, Run
from pipeline.ledger.history import begin_run, end_run, run_of_flow_run
from pipeline.settings import Settings

logger = logging.getLogger(__name__)

LATE_NEWS = timedelta(minutes=10)
"""So long after its end a run that Prefect still takes for running could not tell it: its server was away."""
_UNENDED = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]


def put_in_order(settings: Settings) -> None:
    """From within a run: end the runs whose process is gone, and let this run stand for those that were missed."""
    with get_client(sync_client=True) as client:
        end_crashed_runs(settings, client)
        if deployment.id:
            stand_for_missed_runs(UUID(str(deployment.id)), UUID(str(flow_run.id)), client)


def end_crashed_runs(settings: Settings, client: SyncPrefectClient) -> None:
    """Tell Prefect of runs that are over. Until then they are shown as running, and keep the next one waiting.

    Where a process ends, the kernel lets go of its lock, so a run that lives is never taken for a dead one.
    """
    with Ledger(settings) as ledger:
        end_dead_runs(ledger, settings)
        for found in client.read_flow_runs(flow_run_filter=FlowRunFilter(state=_of_types(_UNENDED))):
            run = run_of_flow_run(ledger, str(found.id))
            state = _true_state(run, datetime.now(UTC)) if run else None
            if state:
                _set(client, found, state)


def _true_state(run: Run, now: datetime) -> State[Any] | None:
    """The state of a run that is over, whatever Prefect takes it for; None where it may tell so itself."""
    if run.status == "crashed":
        return Crashed(message="its process is gone")
    if run.finished_at is None or now - run.finished_at < LATE_NEWS:
        return None
    ended = Completed if run.status == "completed" else Failed
    return ended(message="it ended while its server was away")


def end_unbegun_runs(flows: Mapping[UUID, str], settings: Settings, client: SyncPrefectClient) -> None:
    """End the runs of these deployments that were about to be started by a serving process that is gone.

    `flows`: by deployment. They could not note themselves, and are noted here: else `asrun status` would not tell that
    what was asked for is not done.
    """
    wanted = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=list(flows)), state=_of_types([StateType.PENDING])
    )
    for found in client.read_flow_runs(flow_run_filter=wanted):
        _set(client, found, Crashed(message="whoever was to start it is gone"))
        with Ledger(settings) as ledger:
            if found.deployment_id and run_of_flow_run(ledger, str(found.id)) is None:
                _note_unbegun(ledger, flows[found.deployment_id], found)


def _note_unbegun(ledger: Ledger, flow: str, found: FlowRun) -> None:
    now = datetime.now(UTC)
    asked = {name: value for name, value in found.parameters.items() if value}
    run = Run(str(uuid4()), flow, asked, found.expected_start_time or now, None, "crashed", str(found.id))
    begin_run(ledger, run)
    end_run(ledger, run.run_id, run.status, now)


def stand_for_missed_runs(deployment_id: UUID, own_id: UUID, client: SyncPrefectClient) -> None:
    """Cancel the scheduled runs of a deployment whose time is over: one run does what all of them would have done."""
    wanted = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=[deployment_id]), state=_of_types([StateType.SCHEDULED])
    )
    now = datetime.now(UTC)
    for missed in client.read_flow_runs(flow_run_filter=wanted):
        is_over = missed.expected_start_time is not None and missed.expected_start_time <= now
        if missed.auto_scheduled and is_over and missed.id != own_id:
            _set(client, missed, Cancelled(message=f"missed; run {own_id} stands for it"))


def _of_types(types: list[StateType]) -> FlowRunFilterState:
    return FlowRunFilterState(type=StateTypes(any_=types))


def _set(client: SyncPrefectClient, found: FlowRun, state: State[Any]) -> None:
    client.set_flow_run_state(found.id, state, force=True)
    logger.warning("run_put_in_order name=%s state=%s reason=%s", found.name, state.name, state.message)
