import json
import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.saying import PAGE, Asrun, command
from tests.network.server import SimulatedNetwork
from tests.serving import Api, Serving

# Loops that the server makes once a minute by default, so that a test need not wait for one.
QUICK = {
    "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "1",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_LOOP_SECONDS": "1",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS": "1",
    "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "1",
    "PREFECT_RUNNER_POLL_FREQUENCY": "1",
}


@pytest.fixture(autouse=True)
def log_as_before() -> Iterator[None]:
    """A command that runs in this process adds to the log for its own life, which here does not end with it."""
    log = logging.getLogger("pipeline")
    handlers, level = list(log.handlers), log.level
    yield
    log.handlers[:] = handlers
    log.setLevel(level)


@pytest.fixture(scope="package")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """One Prefect server, with a database of its own, for all tests of a session that need one.

    They stand one after the other (`tests/conftest.py`), and it ends with them: it is never idle, as the loops that a
    test would wait for are made every second.

    Prefect is imported by no other fixture, and reads the address once: flows of this process run with this server.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("prefect")))
        patch.delenv("PREFECT_API_URL", raising=False)
        for name, value in QUICK.items():
            patch.setenv(name, value)
        # A port of its own: where this server is killed and started anew, nobody else's may have taken the usual one.
        patch.setattr("flows.server._UI_PORT", 0)
        from flows import environment
        from flows.server import server

        environment.prepare(is_verbose=False)
        with server(is_lasting=True) as address:
            yield Api(address)


@pytest.fixture(scope="package")
def migrated(prefect_server: Api, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Prefect home whose database is new and needs no migration, to be copied: a migration takes ten seconds."""
    del prefect_server
    made = tmp_path_factory.mktemp("migrated")
    with (
        sqlite3.connect(Path(os.environ["PREFECT_HOME"]) / "prefect.db") as used,
        sqlite3.connect(made / "prefect.db") as copy,
    ):
        used.backup(copy)
        tables = [name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            if not table.startswith(("alembic", "sqlite")):
                copy.execute(f'DELETE FROM "{table}"')
    for database in (used, copy):
        database.close()
    return made


@pytest.fixture
def prefect_home(migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Prefect home of the test's own, for servers that it starts itself."""
    home = tmp_path / "prefect"
    shutil.copytree(migrated, home)
    monkeypatch.setenv("PREFECT_HOME", str(home))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    return home


@pytest.fixture(scope="module")
def network() -> Iterator[SimulatedNetwork]:
    with SimulatedNetwork() as opened:
        yield opened


@pytest.fixture(scope="module")
def serving(
    prefect_server: Api, network: SimulatedNetwork, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Serving]:
    """A serving process of a home of the module's own, with the session's server."""
    home = tmp_path_factory.mktemp("serving") / "home"
    home.mkdir()
    environment = {
        "PREFECT_API_URL": prefect_server.address,
        "ASRUN_HOST_MAP": json.dumps(network.host_map),
        "ASRUN_MIN_GAP_SECONDS": "0",
    }
    with Serving(home, environment) as process:
        yield process


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own, named to commands and flows as a user would name it."""
    monkeypatch.chdir(tmp_path)
    for name in ("ASRUN_HOST_MAP", "ASRUN_CONTACT_URL", "PREFECT_API_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ASRUN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def mapped(home: Path, network: SimulatedNetwork, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, with the simulated network in the public one's place."""
    network.night = 1
    network.forget_requests()
    monkeypatch.setenv("ASRUN_HOST_MAP", json.dumps(network.host_map))
    monkeypatch.setenv("ASRUN_MIN_GAP_SECONDS", "0")
    return home


@pytest.fixture
def asrun(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asrun:
    """Run the command in this process; its exit code, output and errors."""
    del home
    return command(monkeypatch, capsys, str)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    return path
