"""`make soak`: four hundred short nights behind a bad line, and what they cost in memory, descriptors and files.

Not a test of the suite, since it takes minutes. It ends with exit code 1 where something grows.
"""

import argparse
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import linear_regression

from tests.network.flaky import FlakyNetwork
from tests.network.server import SimulatedNetwork
from tests.running import FIRST_DAY, run_night, settings_for

SOURCES = ("npr", "kpbs", "wuky")
NIGHTS_PER_HOME = 10
"""Then a home begins anew, so that each ten nights do the same work."""
WARM_UP = 0.25
"""Share of the runs after which caches are full and growth counts."""
KB_PER_RUN, PER_RUN = 20.0, 0.02
"""Slopes that are still flat. Two hundred runs are too few to tell: they gave -29 and +68 kB, 480 runs -12."""


@dataclass(frozen=True, slots=True)
class Sample:
    run: int
    rss_kb: int
    descriptors: int
    temporary: int
    """Files in the temporary folder, and those in the home that should be gone after a run."""


def sample(run: int, home: Path, temporary: Path) -> Sample:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    left = [path for path in home.rglob("*") if path.suffix in {".new", ".tmp"} or path.name.endswith(".warc.gz.lock")]
    return Sample(
        run=run,
        rss_kb=pages * os.sysconf("SC_PAGE_SIZE") // 1024,
        descriptors=len(os.listdir("/proc/self/fd")),  # noqa: PTH208  # of names only: iterating opens one itself
        temporary=sum(path.is_file() for path in temporary.rglob("*")) + len(left),
    )


def soak(runs: int, share: float, folder: Path) -> tuple[list[Sample], int]:
    """The samples after each run, and the number of requests that met a fault."""
    temporary = folder / "tmp"
    temporary.mkdir()
    tempfile.tempdir = str(temporary)
    samples: list[Sample] = []
    with SimulatedNetwork() as network, FlakyNetwork(network.address, share=share, seed=20260320) as line:
        for run in range(runs):
            home = folder / f"home-{run // NIGHTS_PER_HOME}"
            if run % NIGHTS_PER_HOME == 0 and run:
                shutil.rmtree(folder / f"home-{run // NIGHTS_PER_HOME - 1}")
            night = run % NIGHTS_PER_HOME
            network.night = min(night + 1, 3)
            settings = settings_for(home, network, retries=1).model_copy(update={"host_map": line.host_map})
            run_night(settings, FIRST_DAY + timedelta(days=night), SOURCES)
            shutil.rmtree(home / "pacing")  # a day passes, and what hosts held against us with it
            network.forget_requests()
            line.forget()
            samples.append(sample(run + 1, home, temporary))
            if (run + 1) % max(runs // 20, 1) == 0:
                say(*vars_of(samples[-1]))
        return samples, line.faults


def vars_of(one: Sample) -> tuple[int, ...]:
    return one.run, one.rss_kb, one.descriptors, one.temporary


def slope(samples: Sequence[Sample], values: Sequence[int]) -> float:
    """How much a value grows from run to run."""
    return linear_regression([one.run for one in samples], values).slope


def say(*values: object) -> None:
    """One line on standard output, at once."""
    sys.stdout.write("\t".join(map(str, values)) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Run, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--faults", type=float, default=0.1, help="share of requests that meet a fault")
    asked = parser.parse_args()
    logging.disable()
    say("run", "rss_kb", "descriptors", "temporary files")
    with tempfile.TemporaryDirectory() as folder:
        samples, faults = soak(asked.runs, asked.faults, Path(folder))
    steady = samples[int(len(samples) * WARM_UP) :]
    slopes = {
        "rss_kb": (slope(steady, [one.rss_kb for one in steady]), KB_PER_RUN),
        "descriptors": (slope(steady, [one.descriptors for one in steady]), PER_RUN),
        "temporary files": (slope(steady, [one.temporary for one in steady]), PER_RUN),
    }
    say(f"{len(samples)} runs, {faults} faults; per run, after the first {len(samples) - len(steady)}:")
    for name, (grows, most) in slopes.items():
        say(name, f"{grows:+.3f}", "flat" if grows <= most else "GROWS")
    return int(any(grows > most for grows, most in slopes.values()))


if __name__ == "__main__":
    sys.exit(main())
