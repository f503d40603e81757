"""What `asrun serve` says of the runs it does: one line when a run begins, one when it ends."""

from datetime import datetime
from typing import Any

import typer
from prefect import Flow
from prefect.client.schemas.objects import FlowRun, State

from pipeline.ledger import Ledger
from pipeline.ledger.history import run_of_flow_run
from pipeline.report import in_one_line, run_report
from pipeline.settings import load_settings


def say(_flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Tell of a run's new state; of runs that a command does itself the command tells."""
    if flow_run.deployment_id is None:
        return
    words = [
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S}",
        flow_run.name,
        (state.name or state.type.value).lower(),
    ]
    if state.is_completed():
        words.append(_what_it_did(flow_run))
    elif state.message and not state.is_running():
        words.append(f"({state.message})")
    typer.echo(" ".join(word for word in words if word), err=True)


def _what_it_did(flow_run: FlowRun) -> str:
    with Ledger(load_settings()) as ledger:
        run = run_of_flow_run(ledger, str(flow_run.id))
        return in_one_line(run_report(ledger, run.run_id)) if run else ""


HOOKS: dict[str, Any] = {
    name: [say] for name in ("on_running", "on_completion", "on_failure", "on_crashed", "on_cancellation")
}
"""For `@flow(**HOOKS)`. A crash is told by the serving process, all else by the run's own."""
