"""Commands that run flows, as processes: `asrun nightly` with a Prefect server of its own, `asrun demo`."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.flows.saying import Asrun
from tests.network.server import SimulatedNetwork
from tests.serving import Api


@pytest.mark.flow
@pytest.mark.usefixtures("mapped")
def test_nightly_runs_with_a_server_of_its_own(prefect_home: Path) -> None:
    """In a process of its own, as Prefect's settings are read once in a process."""
    command = [sys.executable, "-c", "from flows.cli import main; main()"]
    night = [*command, "nightly", "--date", "2026-03-20", "--source", "wuky"]

    done = subprocess.run(night, check=False, capture_output=True, text=True, timeout=250)

    assert (done.returncode, done.stderr) == (0, "")
    assert "1 new transcript," in done.stdout
    with closing(sqlite3.connect(prefect_home / "prefect.db")) as database:
        assert database.execute("SELECT name, state_type, tags FROM flow_run").fetchall() == [
            ("nightly-wuky-2026-03-20", "COMPLETED", '["asrun"]')
        ]


@pytest.mark.flow
@pytest.mark.usefixtures("mapped")
def test_a_night_in_which_nothing_can_be_fetched_says_so(
    asrun: Asrun, network: SimulatedNetwork, monkeypatch: pytest.MonkeyPatch, prefect_server: Api
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", prefect_server.address)
    monkeypatch.setenv("ASRUN_HOST_MAP", json.dumps(dict.fromkeys(network.host_map, "127.0.0.1:9")))
    monkeypatch.setenv("ASRUN_RETRIES", "0")

    code, _, err = asrun("nightly", "--date", "2026-03-20", "--source", "wuky")

    assert code == 3
    assert err.splitlines()[-1].startswith("asrun: nothing could be fetched (fetch_failed:")


@pytest.mark.flow
def test_the_demo_tells_its_story_and_checks_it(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prefect_server: Api
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", prefect_server.address)
    command = [sys.executable, "-c", "from flows.cli import main; main()", "demo"]

    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=280, cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert "Who spoke most?" in done.stdout
    assert "0 missed, 0 false" in " ".join(done.stdout.split())
    assert not home.exists()

    (tmp_path / "data" / "demo" / ".made-by-asrun-demo").unlink()
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60, cwd=tmp_path)
    assert done.returncode == 2
    assert "move it away" in done.stderr
