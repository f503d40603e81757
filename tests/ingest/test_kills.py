"""The nightly step, killed at random moments of its time: the next undisturbed run makes it as if nothing had happened.

Where `test_runs` kills between two calls of our own functions, this kills by the clock: inside SQLite, inside a commit
of the lake, in the middle of a write. A process that has imported everything forks a child for each run, so that what
is killed is the night and not its start.
"""

import logging
import random
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from pipeline.archive.verify import verify
from pipeline.ingest.work import open_rooms
from tests.ingest.test_runs import Rows, pages_asked, rows
from tests.network.server import SimulatedNetwork
from tests.running import FIRST_DAY, settings_for

logger = logging.getLogger(__name__)

SOURCES = ("npr", "wuky")
KILLS_EACH = 2
"""Of one home, whose night is then left in peace."""
PATIENCE_SECONDS = 60.0

_FORKER = """
    import os, signal, sys, time
    from datetime import date
    from pathlib import Path
    from pipeline.settings import load_settings
    from tests import running

    host_map = dict.fromkeys(sys.argv[1].split(","), sys.argv[2])
    for line in sys.stdin:
        home, seconds = line.split()
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            settings = load_settings(
                home=Path(home), host_map=host_map, min_gap_seconds=0, delay_factor=0, backoff_seconds=0, batch_pages=7
            )
            running.run_night(settings, date.fromisoformat(sys.argv[3]), sys.argv[4].split(","))
            os._exit(0)
        ended, status = 0, 0
        while not ended:
            if time.monotonic() - began > float(seconds):
                os.kill(child, signal.SIGKILL)
                ended, status = os.waitpid(child, 0)
            else:
                time.sleep(0.001)
                ended, status = os.waitpid(child, os.WNOHANG)
        print(os.waitstatus_to_exitcode(status), time.monotonic() - began, flush=True)
"""


class Forker:
    """Runs nights in processes of their own, and kills them when their time is over."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, home: Path, seconds: float = PATIENCE_SECONDS) -> tuple[int, float]:
        """Exit code of a night (negative: the signal that ended it) and the seconds it took."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(home, seconds, file=self._process.stdin, flush=True)
        code, took = self._process.stdout.readline().split()
        return int(code), float(took)


@contextmanager
def forker(network: SimulatedNetwork) -> Iterator[Forker]:
    arguments = (",".join(network.host_map), network.address, FIRST_DAY.isoformat(), ",".join(SOURCES))
    command = [sys.executable, "-c", textwrap.dedent(_FORKER), *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Forker(process)


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
@pytest.mark.parametrize("kills", [10, pytest.param(50, marks=pytest.mark.series)])
def test_kills_leave_no_trace(kills: int, tmp_path: Path) -> None:
    chance = random.Random(20260320)
    killed = finished = 0
    with SimulatedNetwork() as network, forker(network) as night:
        code, took = night.run(tmp_path / "undisturbed")
        assert code == 0
        undisturbed = rows(settings_for(tmp_path / "undisturbed", network))
        while killed < kills:
            home = tmp_path / f"home-{killed}-{finished}"
            network.forget_requests()
            codes = [night.run(home, chance.uniform(0.02, took))[0] for _ in range(KILLS_EACH)]
            assert set(codes) <= {0, -signal.SIGKILL}
            killed += codes.count(-signal.SIGKILL)
            finished += codes.count(0)
            assert night.run(home)[0] == 0
            assert_as_if_undisturbed(home, network, undisturbed, codes.count(-signal.SIGKILL))
    logger.info("killed %d nights of %.1f s; %d were over before their time", killed, took, finished)
