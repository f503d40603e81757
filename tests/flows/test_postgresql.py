"""PostgreSQL as Prefect's database, where it is installed: one server, flows side by side."""

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dask_cluster import free_port
from tests.network.server import SimulatedNetwork
from tests.serving import until

pytestmark = [pytest.mark.flow, pytest.mark.slow]


def program(name: str) -> str | None:
    """A program of PostgreSQL's, which Debian keeps out of the path."""
    places = [os.environ["PATH"], *(str(path) for path in Path("/usr/lib/postgresql").glob("*/bin"))]
    return shutil.which(name, path=os.pathsep.join(places))


def owner() -> str | None:
    """PostgreSQL refuses to run as root: the user that its package made."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres")


@pytest.fixture
def database() -> Iterator[str]:
    """The address of an empty database of the test's own."""
    initdb, postgres = program("initdb"), program("postgres")
    if not (initdb and postgres):
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    user, port = owner(), free_port()
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are closed to other users
        if user:
            shutil.chown(folder, user)
        data = f"{folder}/data"
        make = [initdb, "-D", data, "-U", "prefect", "--auth=trust", "--no-sync"]
        subprocess.run(make, check=True, capture_output=True, timeout=120, user=user, cwd=folder)
        serve = [postgres, "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", folder, "-c", "fsync=off"]
        silent = subprocess.DEVNULL
        with subprocess.Popen(serve, stdout=silent, stderr=silent, user=user, cwd=folder) as server:
            until(Path(folder, f".s.PGSQL.{port}").exists, "PostgreSQL listens")
            yield f"postgresql+asyncpg://prefect@127.0.0.1:{port}/postgres"
            server.send_signal(signal.SIGINT)  # at once, without waiting for those who are connected


def test_nights_run_with_it(
    database: str, mapped: Path, network: SimulatedNetwork, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    del mapped
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    monkeypatch.setenv("PREFECT_API_DATABASE_CONNECTION_URL", database)
    monkeypatch.setenv("ASRUN_HOST_MAP", json.dumps(network.host_map))
    command = [sys.executable, "-c", "from flows.cli import main; main()"]

    done = subprocess.run(
        [*command, "nightly", "--date", "2026-03-20", "--source", "wuky"],
        check=False, capture_output=True, text=True, timeout=280,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    assert "1 new transcript," in done.stdout
    assert not (tmp_path / "prefect" / "prefect.db").exists()
