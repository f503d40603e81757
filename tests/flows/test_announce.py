"""What the serving process says of runs."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from pipeline.ledger import Ledger, Run
from pipeline.ledger.history import begin_run, end_run
from pipeline.settings import load_settings

pytestmark = [pytest.mark.flow, pytest.mark.usefixtures("prefect_server")]

BEGAN = datetime(2026, 3, 20, 8, 0, tzinfo=UTC)
ENDINGS = {
    "nightly": "0 new, 0 revised; no page was due; 0 requests, 0 kB, 2 s",
    "release": "2 s",
    "maintain": "2 s",
}


@pytest.mark.parametrize(("flow", "did"), ENDINGS.items(), ids=ENDINGS)
def test_pages_are_counted_of_runs_that_ask_for_some(
    flow: str, did: str, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect import Flow
    from prefect.client.schemas.objects import FlowRun
    from prefect.states import Completed

    from flows.announce import say

    del home
    monkeypatch.setattr(logging, "raiseExceptions", logging.raiseExceptions)  # which `say` turns off
    told = FlowRun(id=uuid4(), flow_id=uuid4(), deployment_id=uuid4(), name=f"{flow}-run")
    with Ledger(load_settings()) as ledger:
        begin_run(ledger, Run("r1", flow, {}, BEGAN, None, "running", str(told.id)))
        end_run(ledger, "r1", "completed", BEGAN + timedelta(seconds=2))

    say(Flow(print, name=flow), told, Completed())

    assert capsys.readouterr().err.split(" ", 2)[2] == f"{flow}-run completed {did}\n"
