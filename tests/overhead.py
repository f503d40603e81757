"""`make overhead`: what Prefect costs a night, and how long it takes to the first request.

Three things, in one run: a night without Prefect beside the same night as a flow; the cost of one task; and the time
from the command to the first request at the network, with a server of its own (new and known database) and with one
that runs. A polite night is reckoned from the requests of the simulated one, five seconds apart at each host.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from unittest import mock

from pipeline.settings import load_settings
from tests.network.server import SimulatedNetwork
from tests.running import FIRST_DAY, run_night
from tests.soak import say

SOURCES = ("npr", "kpbs", "wuky")
ROUNDS = 3
TASKS = 200
POLITE_GAP_SECONDS = 5.0


@contextmanager
def home_of(folder: Path, network: SimulatedNetwork, **more: str) -> Iterator[None]:
    """A home that knows only the simulated network, in the environment, and not yet collected in."""
    ours = {
        "ASRUN_HOME": str(folder),
        "ASRUN_HOST_MAP": json.dumps(network.host_map),
        "ASRUN_MIN_GAP_SECONDS": "0",
        **more,
    }
    network.forget_requests()
    with mock.patch.dict(os.environ, ours):
        yield


def seconds_to_first_request(folder: Path, network: SimulatedNetwork, **more: str) -> float:
    """From the start of `asrun nightly` to the first request that the network sees."""
    command = [sys.executable, "-c", "from flows.cli import main; main()", "nightly", "--date", FIRST_DAY.isoformat()]
    with home_of(folder, network, **more):
        began = datetime.now(UTC)
        subprocess.run([*command, "--source", "wuky"], check=True, capture_output=True, timeout=600)
    return (min(seen.at for seen in network.requests) - began).total_seconds()


def say_time_to_first_request(folder: Path, network: SimulatedNetwork, address: str) -> None:
    os.environ.pop("PREFECT_API_URL", None)
    prefect = str(folder / "embedded")
    new = seconds_to_first_request(folder / "new", network, PREFECT_HOME=prefect)
    known = median(
        seconds_to_first_request(folder / f"known-{number}", network, PREFECT_HOME=prefect) for number in range(3)
    )
    served = median(
        seconds_to_first_request(folder / f"served-{number}", network, PREFECT_API_URL=address) for number in range(3)
    )
    say(
        "seconds to the first request",
        f"own server, new database {new:.1f}",
        f"known {known:.1f}",
        f"running {served:.1f}",
    )


def say_cost_of_a_night(folder: Path, network: SimulatedNetwork) -> None:
    from flows.nightly import nightly

    plain, flows = [], []
    for number in range(ROUNDS):
        with home_of(folder / f"plain-{number}", network):
            began = time.monotonic()
            run_night(load_settings(), FIRST_DAY, SOURCES)
            plain.append(time.monotonic() - began)
        with home_of(folder / f"flow-{number}", network):
            began = time.monotonic()
            nightly(day=FIRST_DAY, sources=list(SOURCES))
            flows.append(time.monotonic() - began)
    requests = Counter(seen.host for seen in network.requests)
    polite = max(requests.values()) * POLITE_GAP_SECONDS
    cost = median(flows) - median(plain)
    say(
        "a night", f"plain {median(plain):.2f} s (one source after the other)", f"flow {median(flows):.2f} s (together)"
    )
    say("polite", f"{sum(requests.values())} requests, {polite:.0f} s; Prefect {cost:+.2f} s, {cost / polite:+.2%}")


def say_cost_of_a_task() -> None:
    from prefect import flow, task

    @task
    def nothing() -> None:
        pass

    @flow
    def tasks(count: int) -> float:
        began = time.monotonic()
        for _ in range(count):
            nothing()
        return time.monotonic() - began

    began = time.monotonic()
    tasks(0)
    say("a flow without tasks", f"{time.monotonic() - began:.2f} s")
    say("a task that does nothing", f"{tasks(TASKS) / TASKS * 1000:.1f} ms")


def main() -> int:
    """Run and print."""
    from flows import environment
    from flows.server import server

    with tempfile.TemporaryDirectory() as name, SimulatedNetwork() as network:
        folder = Path(name)
        os.environ["PREFECT_HOME"] = str(folder / "prefect")
        os.environ.pop("PREFECT_API_URL", None)
        environment.prepare(is_verbose=False)
        with server(is_lasting=True) as address:
            say_cost_of_a_task()
            say_cost_of_a_night(folder, network)
            say_time_to_first_request(folder, network, address)
    return 0


if __name__ == "__main__":
    sys.exit(main())
