"""`make kills`: the processes of a scheduled operation, killed at random moments; does the next run make it good?

A night is asked of `asrun serve` as a schedule does it. At a random moment of its time one process gets SIGKILL: the
run's own, the serving one together with the run's, or Prefect's server. Then the next night is asked for, after the
serving process was started again where it was the one that died: what systemd does. Nothing else is touched. Rows must
equal those of an undisturbed night, and no run, slot or lock may be left for anybody to clear.

Not a test of the suite, since it takes a quarter of an hour. It ends with exit code 1 where something was left.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.ledger import Ledger
from pipeline.ledger.history import last_runs
from pipeline.settings import load_settings
from tests.ingest.test_runs import Rows, rows
from tests.network.server import SimulatedNetwork
from tests.running import FIRST_DAY, run_night, settings_for
from tests.serving import UNENDED, Serving, until
from tests.soak import say

SOURCES = ["npr", "wuky"]
NIGHT = {"day": FIRST_DAY.isoformat(), "sources": SOURCES}
VICTIMS = ("run", "serving process and run", "server")
HEARTBEATS_SECONDS = 150.0
"""Prefect ends a run that is silent for ninety seconds, and looks after them every few."""
KEPT = {"locks", "serving.json"}


def empty(home: Path) -> None:
    """A home that has collected nothing, of a process that goes on serving it."""
    for path in home.iterdir():
        if path.name not in KEPT:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def statuses(home: Path) -> list[str]:
    with Ledger(load_settings(home=home)) as ledger:
        return [run.status for run in last_runs(ledger, 99)]


def begin(serving: Serving) -> str:
    """Ask for a night; its id, when it is at work."""
    before = len(statuses(serving.home))
    flow_run_id = serving.api.run_now("nightly/scheduled", NIGHT)
    until(lambda: len(statuses(serving.home)) > before, "the night is at work")
    return flow_run_id


def kill(victim: str, serving: Serving) -> None:
    run = serving.flow_process()
    if victim == "server":
        if server := serving.server_process():  # 0 would be all of our own processes
            os.kill(server, signal.SIGKILL)
        return
    if victim != "run":
        serving.end(signal.SIGKILL)
    if run:
        os.kill(run, signal.SIGKILL)
    if victim != "run":
        serving.start()


def left_over(serving: Serving, undisturbed: Rows) -> list[str]:
    """What somebody would have to clear away, or what differs."""
    found = []
    if rows(load_settings(home=serving.home)) != undisturbed:
        found.append("rows differ")
    try:
        until(lambda: not serving.api.of_types(*UNENDED), "every run has ended", HEARTBEATS_SECONDS)
    except TimeoutError:
        found.append("a run that does not end")
    if any(limit["active_slots"] for limit in serving.api.ask("/v2/concurrency_limits/filter", {})):
        found.append("a slot")
    if "running" in statuses(serving.home):
        found.append("a run that the ledger takes for running")
    for lock in serving.home.rglob("*.lock"):
        try:
            if lock.name != "serve.lock":
                FileLock(lock, timeout=0).acquire()
        except Timeout:
            found.append(f"{lock.name} is held")
    return found


def undisturbed_night(folder: Path, network: SimulatedNetwork) -> Rows:
    settings = settings_for(folder / "undisturbed", network)
    run_night(settings, FIRST_DAY, tuple(SOURCES))
    return rows(settings)


def series(kills: int, seed: int, folder: Path) -> int:
    """Kill, and say what came of it; the number of kills after which something was left."""
    chance = random.Random(seed)
    bad = 0
    with SimulatedNetwork() as network:
        undisturbed = undisturbed_night(folder, network)
        environment = {
            "PREFECT_HOME": str(folder / "prefect"),
            "ASRUN_HOST_MAP": json.dumps(network.host_map),
            "ASRUN_MIN_GAP_SECONDS": "0.1",
            "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "5",
        }
        os.environ.pop("PREFECT_API_URL", None)
        home = folder / "home"
        home.mkdir()
        with Serving(home, environment) as serving:
            first = begin(serving)
            began = time.monotonic()
            serving.api.wait_for_end(first)
            took = time.monotonic() - began
            say(f"an undisturbed night is at work for {took:.1f} s")
            say("victim", "after s", "killed run", "next run", "s", "left over")
            for number in range(kills):
                victim = VICTIMS[number % len(VICTIMS)]
                empty(home)
                killed = begin(serving)
                moment = chance.uniform(0, took * 0.7)
                time.sleep(moment)
                kill(victim, serving)
                began = time.monotonic()
                ended = serving.api.wait_for_end(serving.api.run_now("nightly/scheduled", NIGHT))
                took_next = time.monotonic() - began
                left = left_over(serving, undisturbed) if ended == "COMPLETED" else ["the next run did not complete"]
                bad += bool(left)
                say(
                    victim,
                    f"{moment:.1f}",
                    serving.api.state(killed),
                    ended,
                    f"{took_next:.0f}",
                    ", ".join(left) or "nothing",
                )
            say(dict(Counter(statuses(home))))
    return bad


def main() -> int:
    """Run, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=21)
    parser.add_argument("--seed", type=int, default=20260320)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bad = series(asked.kills, asked.seed, Path(folder))
    say(f"{asked.kills - bad} of {asked.kills} kills left nothing to clear")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
