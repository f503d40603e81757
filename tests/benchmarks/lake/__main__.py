"""`make bench-lake`: prints what it measured; asserts nothing. `STORIES=500000` is ten million turns, 20 minutes."""

import argparse
import tempfile
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from statistics import median

from rich.console import Console

from flows.cli.tables import show, table
from pipeline.lake.phrases.phrase_index import INDEX_FOLDER
from pipeline.lake.store import Lake
from tests.benchmarks.lake.building import NIGHT, REVISED, Built, build, night, seen_again
from tests.benchmarks.lake.measure import cost
from tests.benchmarks.lake.questions import ask_all, opening, scan_limit
from tests.benchmarks.lake.text import FREQUENT, Corpus

_NIGHTS = 3
_PARTS = ("load", "questions", "nights")


def main() -> None:
    """Build, load, commit, ask."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--stories", type=int, default=25_000, help="of the largest lake; each has twenty turns")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--folder", type=Path, help="where to build, and to find what was built")
    arguments.add_argument("--parts", nargs="+", choices=_PARTS, default=_PARTS, help="what to measure; default: all")
    chosen = arguments.parse_args()
    console = Console()
    corpus = Corpus(chosen.seed)
    smaller = (1_000, 100_000) if "nights" in chosen.parts else ()
    sizes = sorted({min(size, chosen.stories) for size in (*smaller, chosen.stories)})
    with nullcontext(chosen.folder) if chosen.folder else tempfile.TemporaryDirectory() as folder:
        lakes = {size: build(corpus, size, Path(folder) / str(size)) for size in sizes}
        largest = lakes[sizes[-1]]
        if "load" in chosen.parts:
            _show_load(largest, console)
            _show_index(largest, console)
        if "questions" in chosen.parts:
            _show_questions(largest, console)
        if "nights" in chosen.parts:
            _show_nights(corpus, lakes, console)


def _show_index(built: Built, console: Console) -> None:
    lake = built.settings.lake_dir
    sizes = {
        "turns": sum(path.stat().st_size for path in lake.glob("turns/*/*.parquet")),
        "index, words": sum(path.stat().st_size for path in lake.glob(f"{INDEX_FOLDER}/words/*.parquet")),
        "index, turns": sum(path.stat().st_size for path in lake.glob(f"{INDEX_FOLDER}/turns/*.parquet")),
        "index, voices": sum(path.stat().st_size for path in lake.glob(f"{INDEX_FOLDER}/voices/*.parquet")),
    }
    rows = [(name, round(size / 1e6), round(size / sizes["turns"], 2)) for name, size in sizes.items()]
    seconds = sum(one.seconds for one in built.index_costs)
    processor_seconds = sum(one.processor_seconds for one in built.index_costs)
    peak = max((one.peak_megabytes for one in built.index_costs), default=0)
    show(table("The phrase index", ("files", "MB", "of turns"), rows), console)
    console.print(f"built in {seconds:.0f} s, {processor_seconds:.0f} processor s, peak {peak:.0f} MB of the process")


def _show_load(built: Built, console: Console) -> None:
    if not built.lake_costs:
        return
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
            round(one.plain.processor_seconds, 3),
            round(one.warm.processor_seconds / one.plain.processor_seconds, 2),
            round(one.warm.processor_seconds / limit.processor_seconds, 2),
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
        "its processor s",
        "of plain",
        "of the scan limit",
        "peak MB",
    )
    alone = f"decompressing and searching alone takes {limit.processor_seconds:.2f} processor s"
    title = f"Questions to {built.turns:,} turns; {alone}; ratios are of processor seconds"
    show(table(title, heads, rows), console)
    console.print(f"opening a session: {opening(built).seconds:.3f} s")


def _show_nights(corpus: Corpus, lakes: dict[int, Built], console: Console) -> None:
    rows = []
    for size, built in lakes.items():
        lake = Lake(built.settings)
        lake.commit(seen_again(corpus, size, 0))
        for name, made in ((f"{NIGHT} new stories", night), (f"{REVISED} pages of all years changed", seen_again)):
            nights = [made(corpus, size, one) for one in range(1, _NIGHTS + 1)]
            costs = [cost(partial(lake.commit, looks)) for looks in nights]
            rows.append(
                (
                    size,
                    name,
                    round(median(one.seconds for one in costs), 2),
                    round(median(one.processor_seconds for one in costs), 2),
                    round(max(one.peak_megabytes for one in costs)),
                )
            )
    heads = ("stories in the lake", "night", "s", "processor s", "peak MB of the process")
    show(table(f"A nightly commit, median of {_NIGHTS}", heads, rows), console)


if __name__ == "__main__":
    main()
