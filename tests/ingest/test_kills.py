"""The nightly step, killed at random moments of its time: the next undisturbed run makes it as if nothing had happened.

Where `test_runs` kills between two calls of our own functions, this kills by the clock: inside SQLite, inside a commit
of the lake, in the middle of a write.
"""

import logging
import random
import signal
import time
from pathlib import Path

import pytest
from filelock import FileLock

from pipeline.archive.verify import verify
from pipeline.ingest.work import open_rooms
from pipeline.settings import load_settings
from tests.forks import Forked
from tests.ingest.test_runs import Rows, pages_asked, rows
from tests.network.server import SimulatedNetwork
from tests.running import FIRST_DAY, run_night, settings_for

logger = logging.getLogger(__name__)

SOURCES = ("npr", "wuky")
KILLS_EACH = 2
"""Of one home, whose night is then left in peace."""


def night(home: Path, network: SimulatedNetwork) -> Forked:
    """A night in a process of its own."""
    return Forked(a_night, home, network.host_map).go()


def a_night(home: Path, host_map: dict[str, str]) -> None:
    settings = load_settings(
        home=home, host_map=host_map, min_gap_seconds=0, delay_factor=0, backoff_seconds=0, batch_pages=7
    )
    run_night(settings, FIRST_DAY, SOURCES)


def assert_as_if_undisturbed(home: Path, network: SimulatedNetwork, undisturbed: Rows, kills: int) -> None:
    settings = settings_for(home, network)
    assert rows(settings) == undisturbed
    asked = pages_asked(network)
    assert len(asked) - len(set(asked)) <= kills  # at most the page that was on its way at each kill
    with open_rooms(settings) as rooms:
        archived = [page.url for page in rooms.archive.pages()]
        *_, verified = verify(rooms.archive)
    assert len(archived) == len(set(archived))
    assert (verified.problems, verified.unfinished, verified.indexes_written) == ([], 0, 0)
    assert list(settings.archive_dir.glob("*.lock")) == []
    for lock in home.rglob("*.lock"):
        with FileLock(lock, timeout=0):
            pass


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kills", [2, pytest.param(50, marks=pytest.mark.series)])
def test_kills_leave_no_trace(kills: int, tmp_path: Path) -> None:
    chance = random.Random(20260320)
    killed = finished = 0
    with SimulatedNetwork() as network:
        began = time.monotonic()
        assert night(tmp_path / "undisturbed", network).end().code == 0
        took = time.monotonic() - began
        undisturbed = rows(settings_for(tmp_path / "undisturbed", network))
        while killed < kills:
            home = tmp_path / f"home-{killed}-{finished}"
            network.forget_requests()
            codes = [night(home, network).end(chance.uniform(0.02, took)).code for _ in range(KILLS_EACH)]
            assert set(codes) <= {0, -signal.SIGKILL}
            killed += codes.count(-signal.SIGKILL)
            finished += codes.count(0)
            assert night(home, network).end().code == 0
            assert_as_if_undisturbed(home, network, undisturbed, codes.count(-signal.SIGKILL))
    logger.info("killed %d nights of %.1f s; %d were over before their time", killed, took, finished)
