"""`make bench-growth`: what a page of a night and of a reparse costs by the stories that the lake holds already.

Lake and ledger of each size are written directly (kept in a folder, where one is named); in a copy of each a night of
300 pages is fetched from stations of this machine, read, linked, committed and reported, and its pages are read anew
from the archive. Prints a table; with `--docs`, writes it and a plot of it.
"""

import argparse
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from rich.console import Console

from flows.cli.tables import show, table
from tests.benchmarks.growth.building import build
from tests.benchmarks.growth.night import MAINTAIN, PAGES, STAGES, STATUS, Spent, measure
from tests.benchmarks.growth.page import write

_Got = TypeVar("_Got")


def main() -> None:
    """Build, run a night and a reparse in each, print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--stories", type=int, nargs="+", default=[10_000, 100_000])
    arguments.add_argument("--folder", type=Path, help="where to build, and to find what was built")
    arguments.add_argument(
        "--docs", type=Path, help="folder of growth.md, whose figures are written anew, with its plot"
    )
    chosen = arguments.parse_args()
    found: dict[int, Spent] = {}
    with nullcontext(chosen.folder) if chosen.folder else tempfile.TemporaryDirectory() as folder:
        for stories in sorted(chosen.stories):
            home, place = Path(folder) / str(stories), Path(folder) / "measured"
            _apart(build, stories, home)
            found[stories] = _apart(measure, home, place)
            shutil.rmtree(place)
    once = (STATUS, MAINTAIN)
    rows = [
        (
            f"{stage} (once)" if stage in once else stage,
            *(round(1000 * spent.seconds[stage] / (1 if stage in once else PAGES), 1) for spent in found.values()),
            *(round(spent.peak_megabytes[stage]) for spent in found.values()),
        )
        for stage in (*STAGES, *once)
    ]
    heads = ("stage", *(f"{size:,} stories" for size in found), *(f"MB of {size:,}" for size in found))
    show(table(f"Processor ms a page, of {PAGES} pages, and peak memory", heads, rows), Console())
    if chosen.docs:
        write(chosen.docs, found, datetime.now(UTC).date())


def _apart(work: Callable[..., _Got], *arguments: object) -> _Got:
    """In a process of its own, so that the memory of what was done before is not counted."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(work, *arguments).result()


if __name__ == "__main__":
    main()
