"""What `asrun serve` says of the runs it does: one line when a run begins, one when it ends."""

import logging
from datetime import datetime
from typing import Any

import httpx
import typer
from prefect import Flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun, State

from pipeline.ingest.work import BACKFILL, NIGHTLY, REVISIT
from pipeline.ledger import Ledger
from pipeline.ledger.history import run_of_flow_run
from pipeline.report import in_one_line, run_report
from pipeline.settings import load_settings

_COLLECT = {NIGHTLY, BACKFILL, REVISIT}
"""Flows that ask for pages: of others there is nothing to count."""


def say(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Tell of a run's new state; of runs that a command does itself the command tells.

    The parameters have the names that Prefect's runner calls its hooks with.
    """
    del flow
    if flow_run.deployment_id is None:
        return
    # A log that Prefect's server is not there to take is no error of the run's; nothing else is said of it here.
    logging.raiseExceptions = False
    words = [
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S}",
        _name(flow_run) if state.is_crashed() else flow_run.name,
        (state.name or state.type.value).lower(),
    ]
    if state.is_completed():
        words.append(_what_it_did(flow_run))
    elif state.message and not state.is_running():
        words.append(f"({state.message})")
    typer.echo(" ".join(word for word in words if word), err=True)


def _name(flow_run: FlowRun) -> str:
    """The name that a run gave itself, which the serving process, who tells of its crash, has not heard of."""
    try:
        with get_client(sync_client=True) as client:
            return client.read_flow_run(flow_run.id).name
    except httpx.HTTPError:
        return flow_run.name


def _what_it_did(flow_run: FlowRun) -> str:
    with Ledger(load_settings()) as ledger:
        run = run_of_flow_run(ledger, str(flow_run.id))
        if run is None:
            return ""
        if run.flow in _COLLECT:
            return in_one_line(run_report(ledger, run.run_id))
        return f"{(run.finished_at - run.started_at).total_seconds():.0f} s" if run.finished_at else ""


HOOKS: dict[str, Any] = {
    name: [say] for name in ("on_running", "on_completion", "on_failure", "on_crashed", "on_cancellation")
}
"""For `@flow(**HOOKS)`. A crash is told by the serving process, all else by the run's own."""
