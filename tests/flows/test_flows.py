"""The flows against a real Prefect server and the simulated network."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, NoReturn
from urllib.error import HTTPError

import pytest

from pipeline.ingest import begun
from pipeline.ingest.begun import reading_ahead
from pipeline.ledger import Ledger
from pipeline.ledger.history import last_runs
from pipeline.query.session import connect
from pipeline.report import run_report
from pipeline.settings import load_settings
from tests.network.server import SimulatedNetwork
from tests.running import FIRST_DAY, run_night, settings_for
from tests.serving import Api

pytestmark = [pytest.mark.flow, pytest.mark.usefixtures("prefect_server")]


def artifacts(key: str) -> list[Any]:
    """The artifacts with this key, the newest first."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
    from prefect.client.schemas.sorting import ArtifactSort

    with get_client(sync_client=True) as client:
        wanted = ArtifactFilter(key=ArtifactFilterKey(any_=[key]))
        return list(client.read_artifacts(artifact_filter=wanted, sort=ArtifactSort.UPDATED_DESC))


def flow_run(state: Any) -> Any:
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        return client.read_flow_run(state.state_details.flow_run_id)


def test_nightly_completes_and_reports(mapped: Path) -> None:
    from flows.nightly import nightly

    state = nightly(day=date(2026, 3, 20), sources=["npr", "wuky"], return_state=True)

    assert state.is_completed()
    assert flow_run(state).name == "nightly-npr-wuky-2026-03-20"
    with Ledger(load_settings()) as ledger:
        report = run_report(ledger, state.result())
    assert report.run.status == "completed"
    assert report.new > 5
    assert artifacts("nightly-progress")[0].data == 100.0
    assert "new transcripts" in artifacts("nightly-report")[0].data
    counted = json.loads(artifacts("nightly-pages")[0].data)
    assert {"source": "npr", "outcome": "not_yet", "pages": 1} in counted
    assert len(list((mapped / "reports").glob("*-nightly.md"))) == 1


def test_a_night_does_maintenance_when_it_is_due(mapped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.nightly import nightly

    def flows_after_a_night() -> list[str]:
        nightly(day=date(2026, 3, 20), sources=["wuky"])
        with Ledger(load_settings()) as ledger:
            return [f"{run.flow} {run.status}" for run in reversed(last_runs(ledger, 9))]

    monkeypatch.setenv("ASRUN_MAINTAIN_DAYS", "0")
    assert flows_after_a_night() == ["nightly completed"]
    monkeypatch.delenv("ASRUN_MAINTAIN_DAYS")
    assert flows_after_a_night() == ["nightly completed"] * 2 + ["maintain completed"]
    assert flows_after_a_night() == ["nightly completed"] * 2 + ["maintain completed", "nightly completed"]
    assert (mapped / "lake" / "asrun.duckdb").exists()


def test_backfill_completes_and_a_second_one_fetches_nothing(mapped: Path) -> None:
    from flows.backfill import backfill

    days = {"first": date(2026, 3, 9), "last": date(2026, 3, 18)}
    state = backfill(source="kpbs", **days, return_state=True)
    again = backfill(source="kpbs", **days, return_state=True)

    assert state.is_completed()
    assert flow_run(state).name == "backfill-kpbs-2026-03-09-2026-03-18"
    with Ledger(load_settings()) as ledger:
        assert run_report(ledger, state.result()).new > 0
        assert run_report(ledger, again.result()).pages == {}
    assert artifacts("backfill-progress")[0].data == 100.0
    assert (mapped / "archive").exists()


def test_reparse_rebuilds_the_same_rows_without_network(
    mapped: Path, network: SimulatedNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.reparse import reparse

    run_night(settings_for(mapped, network), FIRST_DAY, ("npr",))
    query = "SELECT * FROM turns ORDER BY transcript_id, turn_index"
    with connect(load_settings()) as session:
        before = session.arrow(query)
    monkeypatch.setenv("ASRUN_HOST_MAP", "{}")

    with reading_ahead(load_settings(), None), monkeypatch.context() as patch:
        patch.setattr(begun, "Reading", None)  # the run begins none of its own
        dry = reparse(dry_run=True)
    (mapped / "lake").rename(mapped / "lost")
    rebuilt = reparse(return_state=True)

    assert not any(dry.tables.values())
    assert rebuilt.is_completed()
    assert rebuilt.result().tables["turns"].added == before.num_rows > 0
    with connect(load_settings()) as session:
        assert session.arrow(query).equals(before)
    assert json.loads(artifacts("reparse-rows")[0].data)[0]["table"] == "transcripts"


def test_a_revisit_looks_at_what_is_due_and_reads_no_listing(mapped: Path, network: SimulatedNetwork) -> None:
    from flows.revisit import revisit

    run_night(settings_for(mapped, network), FIRST_DAY, ("wuky",))
    network.forget_requests()

    state = revisit(sources=["wuky"], return_state=True)

    assert state.is_completed()
    assert flow_run(state).name.startswith("revisit-wuky-")
    asked = [seen.path for seen in network.requests if seen.path != "/robots.txt"]
    with Ledger(load_settings()) as ledger:
        looked_at = ledger.rows("SELECT url FROM urls WHERE looks > 0 AND kind = 'page'")
    pages = {row["url"].rpartition("wuky.org")[2] for row in looked_at}
    assert asked
    assert set(asked) <= pages
    assert mapped.exists()


def test_a_release_is_written_and_told(mapped: Path, network: SimulatedNetwork) -> None:
    from flows.release import release

    run_night(settings_for(mapped, network), FIRST_DAY, ("wuky",))
    state = release(folder="march", text="none", return_state=True)

    assert state.is_completed()
    assert (mapped / "releases" / "march" / "SHA256SUMS").exists()
    counted = {row["table"]: row["rows"] for row in json.loads(artifacts("release-rows")[0].data)}
    assert counted["transcripts"] == 1


def test_a_night_in_which_nothing_can_be_fetched_fails(mapped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.nightly import nightly

    monkeypatch.setenv("ASRUN_HOST_MAP", json.dumps({"www.kpbs.org": "127.0.0.1:9"}))
    monkeypatch.setenv("ASRUN_RETRIES", "0")

    state = nightly(day=date(2026, 3, 20), sources=["kpbs"], return_state=True)

    assert state.is_failed()
    assert "nothing could be fetched" in (state.message or "")
    assert (mapped / "reports").exists()


def test_the_deployments_are_scheduled_as_documented() -> None:
    from prefect.client.schemas.schedules import CronSchedule

    from flows.serve import deployments

    made = {f"{deployment.flow_name}/{deployment.name}": deployment for deployment in deployments(["npr", "kpbs"])}

    assert set(made) == {
        "nightly/scheduled", "revisit/scheduled", "release/scheduled",
        "maintain/manual", "backfill/manual", "reparse/manual",
    }  # fmt: skip
    for name, cron in (("nightly", "15 3 * * *"), ("revisit", "15 15 * * *"), ("release", "30 6 1 * *")):
        (planned,) = made[f"{name}/scheduled"].schedules or []
        assert isinstance(planned.schedule, CronSchedule)
        assert (planned.schedule.cron, planned.schedule.timezone) == (cron, "America/New_York")
    assert not made["backfill/manual"].schedules
    assert all(deployment.concurrency_limit == 1 for deployment in made.values())
    assert made["backfill/manual"].entrypoint == "flows.backfill.backfill"
    assert made["backfill/manual"]._parameter_openapi_schema.required == ["source", "first", "last"]


@pytest.mark.parametrize(
    ("name", "more", "is_kept"),
    [
        ("scheduled", {}, False),
        ("scheduled", {"work_pool_name": "theirs"}, True),
        ("by-hand", {"tags": ["maintain"]}, True),
        ("theirs", {"entrypoint": "radio.maintain"}, True),
        ("manual", {}, True),
    ],
)
def test_what_an_older_asrun_served_is_removed(
    prefect_server: Api,
    name: str,
    more: dict[str, object],
    is_kept: bool,  # noqa: FBT001  # a case
) -> None:
    from prefect.client.orchestration import get_client

    from flows.serve import _forget_former, deployments

    if "work_pool_name" in more:
        with suppress(HTTPError):  # it is there
            prefect_server.ask("/work_pools/", {"name": "theirs", "type": "process"})
    asked = {"name": name, "entrypoint": "flows.maintain.maintain", "tags": ["asrun", "maintain"], **more}
    flow_id = prefect_server.ask("/flows/", {"name": "maintain"})["id"]
    made = prefect_server.ask("/deployments/", {**asked, "flow_id": flow_id})

    with get_client(sync_client=True) as client:
        _forget_former(deployments(["npr"]), client)

    kept = prefect_server.ask("/deployments/filter", {"deployments": {"id": {"any_": [made["id"]]}}})
    assert bool(kept) == is_kept
    if is_kept:
        prefect_server.ask(f"/deployments/{made['id']}", method="DELETE")


class Unread(list[str]):
    """What nobody may look into."""

    def __iter__(self) -> NoReturn:
        raise AssertionError


def test_prefect_does_not_look_into_what_a_step_is_given() -> None:
    from prefect import flow, task

    from flows.tasks import unvisited

    given = Unread(["page"])
    step = task(name="step")(lambda handed: handed is given)

    @flow
    def two_steps() -> tuple[bool, bool]:
        return step(*unvisited(given)), step.submit(*unvisited(given)).result()

    assert two_steps() == (True, True)
