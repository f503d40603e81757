"""`make bench-bulk`: prints what it measured; asserts nothing. `PAGES=100000` takes 14 GB and half an hour."""

import argparse
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from flows.cli.tables import show, table
from tests.benchmarks.bulk.pages import crawled, write_warc
from tests.benchmarks.bulk.peers import rates

_PEER_PAGES = 100


@dataclass(frozen=True, slots=True)
class Run:
    """A command as a whole, its workers included."""

    seconds: float
    processor_seconds: float
    peak_megabytes: float
    """Of the largest of its processes."""


def main() -> None:
    """Import, read anew with one worker and with all, and set beside others."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=5_000, help="pages of the crawl (default: %(default)s)")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--folder", type=Path, help="where to build; default: a temporary folder")
    chosen = arguments.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        _show_commands(Path(folder), chosen.pages, chosen.seed, console)
    _show_peers(chosen.seed, console)


def _show_commands(folder: Path, pages: int, seed: int, console: Console) -> None:
    crawl, home = folder / "crawl.warc.gz", folder / "home"
    raw = write_warc(crawl, pages, seed)
    console.print(f"{pages:,} pages of {raw / pages / 1000:,.0f} kB, {_megabytes(crawl):,.0f} MB of WARC")
    every = str(len(os.sched_getaffinity(0)))
    runs = {f"import, {every} workers": _run(["import", str(crawl)], home, every)}
    for workers in dict.fromkeys(("1", every)):
        runs[f"reparse, {workers} workers"] = _run(["reparse", "--dry-run"], home, workers)
    rows = [
        (what, round(pages / one.seconds), round(1000 * one.processor_seconds / pages, 1), round(one.peak_megabytes))
        for what, one in runs.items()
    ]
    heads = ("command", "pages/s", "processor ms a page", "peak MB of a process")
    show(table("Whole commands", heads, rows), console)
    for part in ("archive", "lake"):
        size = sum(_megabytes(path) for path in (home / part).rglob("*") if path.is_file())
        console.print(f"{part}: {size * 1000 / pages:.1f} kB a page")


def _show_peers(seed: int, console: Console) -> None:
    found = rates(list(crawled(_PEER_PAGES, seed)))
    rows = [(who, round(rate), round(found["asrun"] / rate, 1)) for who, rate in found.items()]
    show(table(f"Reading {_PEER_PAGES} pages on one core", ("who", "pages/s", "asrun is faster by"), rows), console)


def _run(arguments: list[str], home: Path, workers: str) -> Run:
    """Run an asrun command to its end.

    Raises:
        RuntimeError: it failed.
    """
    command = [str(Path(sys.executable).with_name("asrun")), *arguments]
    start = time.perf_counter()
    process = os.posix_spawn(
        command[0],
        command,
        {**os.environ, "ASRUN_HOME": str(home), "ASRUN_WORKERS": workers},
        file_actions=[(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)],
    )
    _, status, usage = os.wait4(process, 0)
    if code := os.waitstatus_to_exitcode(status):
        raise RuntimeError(f"asrun {arguments[0]} ended with {code}")
    return Run(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1_000_000


if __name__ == "__main__":
    main()
