"""`make bench-lake`: prints what it measured; asserts nothing. `STORIES=500000` is ten million turns, 20 minutes."""

import argparse
import tempfile
from functools import partial
from pathlib import Path
from statistics import median

from rich.console import Console

from flows.cli.tables import show, table
from pipeline.lake.store import Lake
from tests.benchmarks.lake.building import Built, build, night
from tests.benchmarks.lake.measure import cost
from tests.benchmarks.lake.questions import ask_all, opening, scan_limit
from tests.benchmarks.lake.text import FREQUENT, Corpus

_NIGHTS = 3


def main() -> None:
    """Build, load, commit, ask."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--stories", type=int, default=25_000, help="of the largest lake; each has twenty turns")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--folder", type=Path, help="where to build; default: a temporary folder")
    chosen = arguments.parse_args()
    console = Console()
    corpus = Corpus(chosen.seed)
    sizes = sorted({min(size, chosen.stories) for size in (1_000, 100_000, chosen.stories)})
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        lakes = {size: build(corpus, size, Path(folder) / str(size)) for size in sizes}
        largest = lakes[sizes[-1]]
        _show_load(largest, console)
        _show_questions(largest, console)
        _show_nights(corpus, lakes, console)


def _show_load(built: Built, console: Console) -> None:
    ways = {"lake": built.lake_costs, "COPY ... TO parquet": built.plain_costs}
    rows = [
        (
            name,
            round(built.turns / sum(one.seconds for one in costs)),
            round(sum(one.processor_seconds for one in costs), 1),
            round(max(one.peak_megabytes for one in costs)),
        )
        for name, costs in ways.items()
    ]
    heads = ("way", "turns/s", "processor s", "peak MB of the process")
    show(table(f"Bulk load of {built.turns:,} turns, month by month", heads, rows), console)


def _show_questions(built: Built, console: Console) -> None:
    limit = scan_limit(built, FREQUENT)
    rows = [
        (
            name,
            one.rows,
            round(one.cold.seconds, 2),
            round(one.warm.seconds, 3),
            round(one.warm.processor_seconds, 3),
            round(one.plain.seconds, 3),
            round(one.warm.seconds / one.plain.seconds, 2),
            round(one.warm.seconds / limit.seconds, 2),
            round(max(one.cold.peak_megabytes, one.warm.peak_megabytes)),
        )
        for name, one in ask_all(built).items()
    ]
    heads = (
        "question",
        "rows",
        "cold s",
        "warm s",
        "processor s",
        "plain s",
        "of plain",
        "of the scan limit",
        "peak MB",
    )
    title = f"Questions to {built.turns:,} turns; decompressing and searching alone takes {limit.seconds:.2f} s"
    show(table(title, heads, rows), console)
    console.print(f"opening a session: {opening(built).seconds:.3f} s")


def _show_nights(corpus: Corpus, lakes: dict[int, Built], console: Console) -> None:
    rows = []
    for size, built in lakes.items():
        lake = Lake(built.settings)
        nights = [night(corpus, size, number) for number in range(_NIGHTS)]
        costs = [cost(partial(lake.commit, looks)) for looks in nights]
        rows.append(
            (
                size,
                round(median(one.seconds for one in costs), 2),
                round(median(one.processor_seconds for one in costs), 2),
                round(max(one.peak_megabytes for one in costs)),
            )
        )
    heads = ("stories in the lake", "s", "processor s", "peak MB of the process")
    show(table(f"A nightly commit of 300 stories, median of {_NIGHTS}", heads, rows), console)


if __name__ == "__main__":
    main()
