"""Options and fixtures of the whole suite."""

import os
import shutil
import signal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings as hypothesis_settings
from xdist.scheduler import LoadScopeScheduling

from pipeline.settings import Settings, load_settings
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


MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory. Half of a test's time went by while a disk flushed, which no test can see."""
ROOM_BYTES = 4_000_000_000
"""The suite takes a quarter of it at most."""


def pytest_configure() -> None:
    """Keep the tests' files in memory, where there is room and nobody has said otherwise.

    And let Ctrl-C reach the processes that tests start: what a shell puts into the background ignores it, and hands
    that down.
    """
    if "TMPDIR" not in os.environ and _has_room(MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _has_room(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > ROOM_BYTES


class OneServer(LoadScopeScheduling):  # type: ignore[misc]  # it ships no types
    """`--dist loadfile`, where the modules with flow tests count as one file: their Prefect server is started once.

    (`--dist loadgroup`, made for this, does nothing with pytest 9.2: pytest-xdist 3.8 writes its groups where pytest
    does not look.)
    """

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return "prefect" if has_flows(self.config.rootpath / module) else module


def has_flows(module: Path) -> bool:
    return _has("pytest.mark.flow", module)


@cache
def _has(mark: str, module: Path) -> bool:
    return mark in module.read_text(encoding="utf-8")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    if config.getoption("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False  # it would begin with the modules of most tests, which are the quick ones
    return OneServer(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """A process more than there are processors: tests with servers wait for a third of their time."""
    return 1 + (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


HEAVY = ("storage", "read", "ingest", "flows", "lake", "schemas", "query")
"""Folders whose modules take seconds, in this order, before the many that are over at once: what begins late and takes
long is waited for by all other processors, as those tests are that ask a bucket's server."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Modules with flow tests first, as together they take longest, then those with slow ones; the quick ones last."""
    items.sort(
        key=lambda item: (
            not has_flows(item.path),
            not _has("pytest.mark.slow", item.path),
            HEAVY.index(folder) if (folder := item.path.parent.name) in HEAVY else len(HEAVY),
        )
    )


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real pages of the publishers, kept outside the repository; tests that need them skip where they are absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared (real pages, not part of the repository) is not here")
    return SHARED


@pytest.fixture(scope="session")
def lake_of_two_nights(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A lake of all simulated sources after two nights, made once for all processes of a run. Only to be read."""
    ours = tmp_path_factory.getbasetemp()
    home = (ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours) / "two-nights"
    is_made = home / "is-made"
    with FileLock(f"{home}.lock"):
        if not is_made.exists():
            with SimulatedNetwork() as network:
                settings = settings_for(home, network)
                sources = ("npr", *(station.call_sign.lower() for station in STATIONS))
                run_night(settings, FIRST_DAY, sources)
                network.advance()
                run_night(settings, SECOND_DAY, sources)
            is_made.touch()
    return load_settings(home=home)
