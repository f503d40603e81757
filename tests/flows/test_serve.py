"""`asrun serve` with a real server: triggers, missed schedules, and the deaths of each of its processes."""

import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest

from pipeline.ledger import Ledger
from pipeline.ledger.history import last_runs
from pipeline.settings import Settings, load_settings
from tests.ingest.test_runs import Rows, rows
from tests.network.server import SimulatedNetwork
from tests.running import FIRST_DAY, run_night, settings_for
from tests.serving import ENDED, PATIENCE_SECONDS, UNENDED, Api, Serving, until

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

    def lines() -> list[str]:
        return [line for line in serving.said().splitlines() if "backfill-kpbs-2026-03-16-2026-03-18" in line]

    until(lambda: len(lines()) == 2, "the run's process says that it is over, which it does after it has told Prefect")
    assert [line.split()[3] for line in lines()] == ["running", "completed"]
    assert "new" in lines()[-1]
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


def test_what_runs_need_meanwhile_is_kept_in_the_home(serving: Serving) -> None:
    assert (serving.home / "runner").is_dir()


def miss(deployment_name: str, days: int, parameters: dict[str, object], api: Api) -> str:
    """Let a deployment's schedule make runs whose time is over, as many as there were in so many days; its id."""
    deployment_id = str(api.deployment(deployment_name)["id"])
    api.ask(f"/deployments/{deployment_id}", {"parameters": parameters}, "PATCH")
    now = datetime.now(UTC)
    span = {"start_time": (now - timedelta(days=days)).isoformat(), "end_time": now.isoformat(), "max_runs": 100}
    api.ask(f"/deployments/{deployment_id}/schedule", span)
    assert len(over(deployment_id, api)) >= 3
    return deployment_id


def over(deployment_id: str, api: Api) -> list[dict[str, Any]]:
    """The runs of a deployment that were to begin before now."""
    until_now = {"before_": datetime.now(UTC).isoformat()}
    return api.flow_runs(deployment_id={"any_": [deployment_id]}, expected_start_time=until_now)


def states_at_the_end(deployment_id: str, api: Api) -> Counter[str]:
    """How the runs of a deployment that were to begin before now have ended."""
    until(lambda: all(run["state_type"] in ENDED for run in over(deployment_id, api)), "all are over")
    return Counter(run["state_type"] for run in over(deployment_id, api))


WUKY: dict[str, object] = {"sources": ["wuky"]}
SCHEDULED: dict[str, tuple[int, dict[str, object]]] = {"nightly": (4, WUKY), "revisit": (4, WUKY), "release": (100, {})}
"""Flows that run by schedule, days in which several of their runs are missed, and what those are asked for."""


def test_schedules_that_were_missed_are_made_up_for_by_one_run_each(
    serving: Serving, prefect_server: Api, network: SimulatedNetwork
) -> None:
    """The process is gone for longer than several schedules of each."""
    run_night(settings_for(serving.home, network), FIRST_DAY, ("wuky",))  # there is something to release
    before = {flow: len(statuses(serving, flow)) for flow in SCHEDULED}
    serving.end(signal.SIGKILL)
    missed = {flow: miss(f"{flow}/scheduled", *asked, prefect_server) for flow, asked in SCHEDULED.items()}
    serving.start()

    for flow, deployment_id in missed.items():
        states = states_at_the_end(deployment_id, prefect_server)
        assert states == {"COMPLETED": 1, "CANCELLED": states.total() - 1}, flow
        assert len(statuses(serving, flow)) == before[flow] + 1


@pytest.fixture(scope="module")
def undisturbed(network: SimulatedNetwork, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    settings = settings_for(tmp_path_factory.mktemp("undisturbed"), network)
    run_night(settings, FIRST_DAY, tuple(SOURCES))
    return rows(settings)


def test_each_process_may_die_and_the_next_run_makes_it_good(
    serving: Serving, prefect_server: Api, undisturbed: Rows, network: SimulatedNetwork
) -> None:
    """Runs are killed one after the other, each in another way and at another page, which the network holds back."""
    for name in ("archive", "lake", "reports"):
        shutil.rmtree(serving.home / name, ignore_errors=True)  # there where a test before this one has run
    for path in serving.home.glob("ledger.sqlite*"):
        path.unlink()

    with night_at(3, network, prefect_server) as flow_killed:
        kill(serving.flow_process())
        assert prefect_server.wait_for_end(flow_killed) == "CRASHED"

    with night_at(12, network, prefect_server) as all_killed:
        flow = serving.flow_process()
        serving.end(signal.SIGKILL)
        kill(flow)
        assert prefect_server.state(all_killed) == "RUNNING"
    serving.start()
    assert prefect_server.wait_for_end(all_killed) == "CRASHED"

    with night_at(6, network, prefect_server) as server_killed:
        kill(server_process())
    assert prefect_server.wait_for_end(server_killed) in {"COMPLETED", "CRASHED", "FAILED"}

    last = prefect_server.run_now("nightly/scheduled", NIGHT)
    assert prefect_server.wait_for_end(last) == "COMPLETED"
    assert rows(settings_of(serving)) == undisturbed
    assert prefect_server.of_types(*UNENDED) == []
    assert set(statuses(serving, "nightly")) <= {"completed", "crashed", "failed"}
    slots = prefect_server.ask("/v2/concurrency_limits/filter", {})
    assert {limit["active_slots"] for limit in slots} == {0}
    said = serving.said()
    assert "nightly-npr-wuky-2026-03-20 crashed (" in said
    assert "run_put_in_order name=nightly-npr-wuky-2026-03-20 state=Crashed reason=its process is gone\n" in said
    assert not [word for word in ("Traceback", "Error", "Warning:") if word in said], said


@contextmanager
def night_at(page: int, network: SimulatedNetwork, api: Api) -> Iterator[str]:
    """A night that has been asked for and waits for the answer to its request of this number; its id."""
    with network.holding(after=page) as is_held:
        flow_run_id = api.run_now("nightly/scheduled", NIGHT)
        assert is_held.wait(PATIENCE_SECONDS)
        yield flow_run_id


def kill(process: int | None) -> None:
    assert process, "there is none"  # 0 would be all of our own processes
    os.kill(process, signal.SIGKILL)


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
