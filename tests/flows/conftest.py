import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.network.server import SimulatedNetwork


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One Prefect server with a database of its own for all tests of this session; Prefect is imported nowhere else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("prefect")))
        patch.delenv("PREFECT_API_URL", raising=False)
        from flows import environment

        environment.prepare(is_verbose=False)
        from prefect.testing.utilities import prefect_test_harness

        with prefect_test_harness(server_startup_timeout=180):
            yield


@pytest.fixture(scope="module")
def network() -> Iterator[SimulatedNetwork]:
    with SimulatedNetwork() as opened:
        yield opened


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
