"""Options and fixtures of the whole suite."""

from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from pipeline.settings import Settings
from tests.network.server import SimulatedNetwork
from tests.network.stations import STATIONS
from tests.running import FIRST_DAY, SECOND_DAY, run_night, settings_for

# The same examples in every run: a run that fails can be repeated, and CI does not go looking for new ones.
# `pytest --hypothesis-profile=default` does.
hypothesis_settings.register_profile("asrun", derandomize=True, deadline=None)
hypothesis_settings.load_profile("asrun")

SHARED = Path(__file__).parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-cases", action="store_true", help="write tests/cases/*/*/expected.json anew, and fail")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share a Prefect server go to one process, where several share the work (pytest-xdist)."""
    for item in items:
        if item.get_closest_marker("flow"):
            item.add_marker(pytest.mark.xdist_group("prefect"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real pages of the publishers, kept outside the repository; tests that need them skip where they are absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared (real pages, not part of the repository) is not here")
    return SHARED


@pytest.fixture(scope="session")
def lake_of_two_nights(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A lake of all simulated sources after two nights. Only to be read."""
    with SimulatedNetwork() as network:
        settings = settings_for(tmp_path_factory.mktemp("two-nights"), network)
        sources = ("npr", *(station.call_sign.lower() for station in STATIONS))
        run_night(settings, FIRST_DAY, sources)
        network.advance()
        run_night(settings, SECOND_DAY, sources)
    return settings
