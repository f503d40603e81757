"""Runs that Prefect takes for running and that are not, or the other way round."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from pipeline.ingest.holding import living
from pipeline.ledger import Ledger, Run
from pipeline.ledger.history import begin_run, last_runs
from pipeline.settings import load_settings
from tests.serving import Api, until

pytestmark = [pytest.mark.flow, pytest.mark.usefixtures("prefect_server")]


def prefect_run(name: str = "nightly") -> Any:
    """A run that Prefect takes for running, and its client."""
    from prefect import flow
    from prefect.client.orchestration import get_client
    from prefect.states import Running

    with get_client(sync_client=True) as client:
        run = client.create_flow_run(flow(name=name)(lambda: None))
        client.set_flow_run_state(run.id, Running(), force=True)
        return run


def state_of(run: Any) -> str:
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        return str(client.read_flow_run(run.id).state_name)


AGES = {
    "crashed": (None, "Crashed"),
    "ended long ago": (timedelta(hours=1), "Completed"),
    "ended just now": (timedelta(seconds=1), "Running"),
}


@pytest.mark.parametrize(("ended_since", "state"), AGES.values(), ids=AGES)
def test_a_run_that_is_over_is_told_so(home: Path, ended_since: timedelta | None, state: str) -> None:
    from flows.left_behind import put_in_order

    del home
    run, settings = prefect_run(), load_settings()
    now = datetime.now(UTC)
    ended = Run("r1", "nightly", {}, now - timedelta(hours=2), None, "running", str(run.id))
    with Ledger(settings) as ledger:
        begin_run(ledger, ended)
        if ended_since:
            with ledger.transaction() as sql:
                sql.execute("UPDATE runs SET status = 'completed', finished_at = ?", ((now - ended_since).isoformat(),))

    put_in_order(settings)

    assert state_of(run) == state


def test_a_run_that_lives_and_one_that_is_not_ours_are_left_alone(home: Path) -> None:
    from flows.left_behind import put_in_order

    del home
    alive, foreign, settings = prefect_run(), prefect_run("theirs"), load_settings()
    with Ledger(settings) as ledger, living("r1", settings):
        begin_run(ledger, Run("r1", "nightly", {}, datetime.now(UTC), None, "running", str(alive.id)))
        put_in_order(settings)

    assert state_of(alive) == state_of(foreign) == "Running"


def test_a_run_that_died_before_it_began_is_told_of(home: Path) -> None:
    from prefect import flow
    from prefect.client.orchestration import get_client
    from prefect.states import Pending

    from flows.left_behind import end_unbegun_runs

    del home
    settings = load_settings()
    asked = {"source": "npr", "first": "2026-03-16", "last": "2026-03-18"}
    with get_client(sync_client=True) as client:
        deployment_id = client.create_deployment(client.create_flow(flow(name="unbegun")(lambda: None)), "manual")
        whole = {**asked, "max_requests": None}
        run = client.create_flow_run_from_deployment(deployment_id, parameters=whole, state=Pending())
        for _ in ("it is noted", "and noted once"):
            end_unbegun_runs({deployment_id: "backfill"}, settings, client)

    assert state_of(run) == "Crashed"
    with Ledger(settings) as ledger:
        [told] = last_runs(ledger, 9)
    assert (told.flow, told.parameters, told.status) == ("backfill", asked, "crashed")
    assert told.finished_at is not None


def test_a_run_without_heartbeat_is_marked_as_crashed(prefect_server: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """With seconds in the place of the minute and a half: the server looks after them every few seconds."""
    from prefect.client.orchestration import get_client
    from prefect.events import emit_event
    from prefect.events.worker import EventsWorker

    from flows import automations

    monkeypatch.setattr(automations, "MISSED_HEARTBEATS", timedelta(seconds=10))
    with get_client(sync_client=True) as client:
        wanted = automations.automations({"watched"})
        automations.establish(wanted, client)
        automations.establish(wanted, client)
        run = prefect_run("watched")
        names = [found["name"] for found in prefect_server.ask("/automations/filter", {})]
        assert len(names) == len(set(names))
    flow_id = prefect_server.ask(f"/flow_runs/{run.id}")["flow_id"]
    emit_event(
        event="prefect.flow-run.heartbeat",
        resource={"prefect.resource.id": f"prefect.flow-run.{run.id}"},
        related=[
            {
                "prefect.resource.id": f"prefect.flow.{flow_id}",
                "prefect.resource.role": "flow",
                "prefect.resource.name": "watched",
            }
        ],
        id=uuid4(),
    )
    EventsWorker.drain_all(timeout=10)

    until(lambda: state_of(run) == "Crashed", "the run that fell silent is marked")


def test_a_good_run_that_was_marked_as_crashed_does_no_harm(mapped: Path) -> None:
    """What it does does not depend on its state, and the next run finds everything done."""
    from prefect.client.orchestration import get_client
    from prefect.states import Crashed

    from flows import runs
    from flows.nightly import nightly

    del mapped
    take_in_all = runs._take_in_all

    def mark_and_take_in(*calls: Any, **how: Any) -> None:
        from prefect.runtime import flow_run

        with get_client(sync_client=True) as client:
            client.set_flow_run_state(flow_run.id, Crashed(message="no heartbeat"), force=True)
        take_in_all(*calls, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "_take_in_all", mark_and_take_in)
        nightly(day=date(2026, 3, 20), sources=["wuky"], return_state=True)
    again = nightly(day=date(2026, 3, 20), sources=["wuky"], return_state=True)

    assert again.is_completed()
    with Ledger(load_settings()) as ledger:
        looks = ledger.rows("SELECT url FROM looks JOIN urls USING (url) WHERE kind = 'page' AND change = 'new'")
    assert len(looks) == len({row["url"] for row in looks}) == 1
