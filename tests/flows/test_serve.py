"""`asrun serve` with a real server: triggers, missed schedules, and the deaths of each of its processes."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError

import pytest

from pipeline.ledger import Ledger
from pipeline.ledger.history import last_runs
from pipeline.settings import Settings, load_settings
from tests.ingest.test_runs import Rows, rows
from tests.network.server import SimulatedNetwork
from tests.running import FIRST_DAY, run_night, settings_for
from tests.serving import UNENDED, Api, Serving, until

pytestmark = [pytest.mark.flow, pytest.mark.slow]

SOURCES = ["npr", "wuky"]
NIGHT = {"day": FIRST_DAY.isoformat(), "sources": SOURCES}


def settings_of(serving: Serving) -> Settings:
    return load_settings(home=serving.home)


def asrun(serving: Serving, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", "from flows.cli import main; main()", *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    environment["ASRUN_HOME"] = str(serving.home)
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=250, env=environment)


def statuses(serving: Serving, flow: str) -> list[str]:
    with Ledger(settings_of(serving)) as ledger:
        return [run.status for run in last_runs(ledger, 99) if run.flow == flow]


def test_a_backfill_is_asked_of_the_serving_process_and_waited_for(serving: Serving) -> None:
    days = ("--from", "2026-03-16", "--to", "2026-03-18")

    done = asrun(serving, "backfill", "--source", "kpbs", *days, "--deploy", "--watch")

    assert done.returncode == 0, done.stderr
    assert "new transcripts" in done.stdout
    assert statuses(serving, "backfill") == ["completed"]
    lines = [line for line in serving.said().splitlines() if "backfill-kpbs-2026-03-16-2026-03-18" in line]
    assert [line.split()[3] for line in lines] == ["running", "completed"]
    assert "new" in lines[-1]
    assert "Starting temporary server" not in serving.said()


@pytest.mark.usefixtures("serving")
def test_what_cannot_be_is_refused_before_a_run_begins(prefect_server: Api) -> None:
    asked = {"source": "kxyz", "first": "2026-03-16", "last": "2026-03-18"}

    with pytest.raises(HTTPError) as refused:
        prefect_server.run_now("backfill/manual", asked)

    assert "is not one of" in refused.value.read().decode()
    with pytest.raises(HTTPError):
        prefect_server.run_now("nightly/scheduled", {"sources": ["npr", "kxyz"]})
    described = prefect_server.deployment("backfill/manual")["parameter_openapi_schema"]["properties"]
    assert all(parameter.get("description") for parameter in described.values())
    assert "npr" in described["source"]["enum"]


def test_there_is_one_serving_process_a_home(serving: Serving) -> None:
    done = asrun(serving, "serve")

    assert done.returncode == 2
    assert "one is enough" in done.stderr


@pytest.mark.series  # it races with runs of a second: a machine of its own, please
def test_schedules_that_were_missed_are_made_up_for_by_one_run(serving: Serving, prefect_server: Api) -> None:
    """The process is gone for longer than several schedules; the days are those of a test, a second long."""
    serving.end(signal.SIGKILL)
    deployment = prefect_server.deployment("revisit/scheduled")
    (planned,) = deployment["schedules"]
    every_second = {"schedule": {"interval": 1.0, "anchor_date": datetime.now(UTC).isoformat()}, "active": True}
    prefect_server.ask(f"/deployments/{deployment['id']}/schedules/{planned['id']}", every_second, "PATCH")

    def missed() -> int:
        runs = prefect_server.flow_runs(deployment_id={"any_": [deployment["id"]]}, state={"name": {"any_": ["Late"]}})
        return len(runs)

    until(lambda: missed() >= 4, "four runs are late")
    serving.start()  # registers 15:15 again

    def ended() -> list[str]:
        runs = prefect_server.flow_runs(deployment_id={"any_": [deployment["id"]]})
        return [run["state_type"] for run in runs if run["state_type"] != "SCHEDULED"]

    until(lambda: "COMPLETED" in ended(), "the run that stands for all")
    assert missed() == 0
    assert ended().count("COMPLETED") == 1
    assert ended().count("CANCELLED") == len(ended()) - 1 >= 3
    assert statuses(serving, "revisit") == ["completed"]


@pytest.fixture(scope="module")
def undisturbed(network: SimulatedNetwork, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    settings = settings_for(tmp_path_factory.mktemp("undisturbed"), network)
    run_night(settings, FIRST_DAY, tuple(SOURCES))
    return rows(settings)


def begin_night(serving: Serving, api: Api) -> str:
    """Ask for a night and wait until it is at work."""
    before = len(statuses(serving, "nightly"))
    flow_run_id = api.run_now("nightly/scheduled", NIGHT)
    until(lambda: len(statuses(serving, "nightly")) > before, "the night is at work")
    return flow_run_id


@pytest.mark.series  # it races with runs of a second: a machine of its own, please
def test_each_process_may_die_and_the_next_run_makes_it_good(
    serving: Serving, prefect_server: Api, undisturbed: Rows
) -> None:
    """Runs are killed one after the other, each in another way; what is left of them keeps none of the others up."""
    for name in ("archive", "lake", "reports"):
        shutil.rmtree(serving.home / name, ignore_errors=True)  # there where a test before this one has run
    for path in serving.home.glob("ledger.sqlite*"):
        path.unlink()
    flow_killed = begin_night(serving, prefect_server)
    flow = serving.flow_process()
    assert flow, "the night is over before it could be killed"
    os.kill(flow, signal.SIGKILL)
    assert prefect_server.wait_for_end(flow_killed) == "CRASHED"

    all_killed = begin_night(serving, prefect_server)
    flow = serving.flow_process()
    assert flow, "the night is over before it could be killed"
    serving.end(signal.SIGKILL)
    os.kill(flow, signal.SIGKILL)
    assert prefect_server.state(all_killed) == "RUNNING"
    serving.start()
    assert prefect_server.wait_for_end(all_killed) == "CRASHED"

    server_killed = begin_night(serving, prefect_server)
    os.kill(server_process(), signal.SIGKILL)
    assert prefect_server.wait_for_end(server_killed) in {"COMPLETED", "CRASHED", "FAILED"}

    last = prefect_server.run_now("nightly/scheduled", NIGHT)
    assert prefect_server.wait_for_end(last) == "COMPLETED"
    assert rows(settings_of(serving)) == undisturbed
    assert prefect_server.of_types(*UNENDED) == []
    assert set(statuses(serving, "nightly")) <= {"completed", "crashed", "failed"}
    slots = prefect_server.ask("/v2/concurrency_limits/filter", {})
    assert {limit["active_slots"] for limit in slots} == {0}


def server_process() -> int:
    """The session's server, a child of this process."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            command = (entry / "cmdline").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == os.getpid() and "flows.server_process" in command:
            return int(entry.name)
    raise AssertionError


def test_what_watches_over_runs_is_made_once(serving: Serving, prefect_server: Api) -> None:
    assert "taking runs" in serving.said()
    names = [found["name"] for found in prefect_server.ask("/automations/filter", {})]

    assert sorted(names) == [
        "asrun: a run that is silent has crashed",
        "asrun: a run that never begins has crashed",
        "asrun: alarm raised",
    ]
