"""`make bench-bulk`: prints what it measured; asserts nothing. `PAGES=100000` takes 4 GB and half an hour.

Making the pages is in no figure.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

from rich.console import Console

from flows.cli.tables import show, table
from pipeline.memory import keep_memory
from tests.benchmarks.bulk.commands import Run, run
from tests.benchmarks.bulk.pages import crawled, write_warc
from tests.benchmarks.bulk.peers import rates

_PEER_PAGES = 100


def main() -> None:
    """Import, read anew with one worker and with all, and set beside others."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=5_000, help="pages of the crawl (default: %(default)s)")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--folder", type=Path, help="where to build; default: a temporary folder")
    chosen = arguments.parse_args()
    console = Console()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        _show_commands(Path(folder), chosen.pages, chosen.seed, console)
    _show_peers(chosen.seed, console)
    console.print(f"{time.perf_counter() - begun:,.0f} s in all")


def _show_commands(folder: Path, pages: int, seed: int, console: Console) -> None:
    crawl, home = folder / "crawl.warc.gz", folder / "home"
    raw = write_warc(crawl, pages, seed)
    console.print(f"{pages:,} pages of {raw / pages / 1000:,.0f} kB, {_megabytes(crawl):,.0f} MB of WARC")
    every = str(len(os.sched_getaffinity(0)))
    runs = {f"import, {every} workers": run(["import", str(crawl)], home, every)}
    for workers in dict.fromkeys(("1", every)):
        runs[f"reparse, {workers} workers"] = run(["reparse", "--dry-run"], home, workers)
    heads = ("command", "s", "pages/s", "processor ms a page", "peak MB: command", "largest worker", "all together")
    show(table("Whole commands", heads, [(what, *_figures(one, pages)) for what, one in runs.items()]), console)
    for part in ("archive", "lake"):
        size = sum(_megabytes(path) for path in (home / part).rglob("*") if path.is_file())
        console.print(f"{part}: {size * 1000 / pages:.1f} kB a page")


def _figures(one: Run, pages: int) -> tuple[object, ...]:
    return (
        round(one.seconds),
        round(pages / one.seconds),
        round(1000 * one.processor_seconds / pages, 2),
        round(one.megabytes),
        round(one.worker_megabytes),
        round(one.most_megabytes),
    )


def _show_peers(seed: int, console: Console) -> None:
    keep_memory()  # as a worker does
    found = rates(list(crawled(_PEER_PAGES, seed)))
    rows = [(who, round(rate), round(found["asrun"] / rate, 1)) for who, rate in found.items()]
    show(table(f"Reading {_PEER_PAGES} pages on one core", ("who", "pages/s", "asrun is faster by"), rows), console)


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1_000_000


if __name__ == "__main__":
    main()
