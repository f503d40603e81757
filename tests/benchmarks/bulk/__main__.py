"""`make bench-bulk`: prints what it measured; asserts nothing. `PAGES=100000` takes 4 GB and half an hour.

Making the pages is in no figure.
"""

import argparse
import tempfile
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from rich.console import Console

from flows.cli.tables import show, table
from pipeline.memory import keep_memory
from tests.benchmarks.bulk.commands import Run, cores_of_ours, run
from tests.benchmarks.bulk.pages import crawled, write_warc
from tests.benchmarks.bulk.peers import PEERS, rates

_PEER_PAGES = 100
_FEW = 200
"""Pages of a command whose time is that of its start, and hardly any more."""
_HEADS = ("command", "s", "pages/s", "processor ms a page", "peak MB: command", "largest worker", "all together")


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
    crawl = folder / "crawl.warc.gz"
    raw = write_warc(crawl, pages, seed)
    write_warc(folder / "few.warc.gz", _FEW, seed)
    console.print(f"{pages:,} pages of {raw / pages / 1000:,.0f} kB, {_megabytes(crawl):,.0f} MB of WARC")
    cores = len(cores_of_ours())
    commands = {
        f"import, {cores} workers": partial(_import, folder, cores),
        "reparse, 1 worker, one core": partial(_reparse, folder, 1, is_on_one_core=True),
        "reparse, 1 worker": partial(_reparse, folder, 1),
        f"reparse, {cores} workers": partial(_reparse, folder, cores),
    }
    starts = {what: command("few").seconds for what, command in commands.items()}
    runs = {what: command("crawl") for what, command in commands.items()}
    show(table("Whole commands", _HEADS, [(what, *_figures(one, pages)) for what, one in runs.items()]), console)
    _show_scaling("whole commands", {what: pages / one.seconds for what, one in runs.items()}, console)
    without = {what: (pages - _FEW) / (one.seconds - starts[what]) for what, one in runs.items()}
    _show_scaling("without their starts", without, console)
    for part in ("archive", "lake"):
        size = sum(_megabytes(path) for path in (_home(folder, "crawl") / part).rglob("*") if path.is_file())
        console.print(f"{part}: {size * 1000 / pages:.1f} kB a page")


def _import(folder: Path, workers: int, crawl: str) -> Run:
    return run(["import", str(folder / f"{crawl}.warc.gz")], _home(folder, crawl), str(workers))


def _reparse(folder: Path, workers: int, crawl: str, *, is_on_one_core: bool = False) -> Run:
    return run(["reparse", "--dry-run"], _home(folder, crawl), str(workers), is_on_one_core=is_on_one_core)


def _home(folder: Path, crawl: str) -> Path:
    return folder / f"home-{crawl}"


def _show_scaling(which: str, rates: Mapping[str, float], console: Console) -> None:
    """Pages a second, whole or beyond those of a command of few pages: that takes as long as Python and Prefect start.

    A worker reads beside the command's process, which commits: with one, two cores are used too, and only one core
    alone shows what the second is worth.
    """
    for what, rate in rates.items():
        console.print(f"{what}: {rate:,.0f} pages/s, {which}")
    _, one_core, one_worker, every = rates.values()
    console.print(
        f"reparse, {which}: all workers on all cores {every / one_core:.2f} x one worker on one core, "
        f"{every / one_worker:.2f} x one worker on all cores"
    )


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
    missing = [peer for peer in PEERS if peer not in found]
    if missing:
        console.print(f"Not installed, so not measured: {', '.join(missing)}. `make setup peers` installs all.")


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1_000_000


if __name__ == "__main__":
    main()
