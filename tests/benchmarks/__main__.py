"""`make bench`: prints the ratios, and where the time goes."""

import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from flows.cli.tables import show
from pipeline.memory import keep_memory
from pipeline.sources import load_sources
from tests.benchmarks.extraction import Sample, groups, measure, readings, samples
from tests.benchmarks.stages import PARSE, STAGES, shares

_COMMAND_RUNS = 7


def main() -> None:
    """Measure and print, as a worker reads; nothing is asserted."""
    keep_memory()
    console = Console()
    table = Table(title="read + transcribe, one core, medians of one run")
    for column in ("pages", "count", "mean kB", "lexbor alone", "asrun", "bs4 + lxml", "asrun : lexbor", "asrun : bs4"):
        table.add_column(column, justify="left" if column == "pages" else "right")
    for sample in samples():
        table.add_row(*_row(sample))
    show(table, console)
    console.print("Rates are pages per second; «asrun : lexbor» is asrun's rate as a share of bare parsing.")
    show(_profile(groups()), console)
    console.print(f"Shares of asrun's time by stage, sampled. What is not «{PARSE}» is Python's.")
    seconds = _command_seconds()
    console.print(f"asrun parse of one page, whole process: {seconds:.2f} s (median of {_COMMAND_RUNS})")


def _row(sample: Sample) -> list[str]:
    seconds = measure(sample)
    count = len(sample.pages)
    size = sum(len(content) for content, _ in sample.pages) / count / 1000
    rates = {name: count / value for name, value in seconds.items()}
    return [
        sample.name,
        str(count),
        f"{size:.0f}",
        *(f"{rates[name]:,.0f}" for name in ("lexbor", "asrun", "soup")),
        f"{rates['asrun'] / rates['lexbor']:.2f}",
        f"{rates['asrun'] / rates['soup']:.1f} x",
    ]


def _profile(found: list[Sample]) -> Table:
    sources = load_sources()
    table = Table("stage", title="where the time of a page goes, in hundredths, by group of pages")
    for sample in found:
        table.add_column(sample.name, justify="right")
    columns = [shares(lambda sample=sample: readings(sample.pages, sources)) for sample in found]  # type: ignore[misc]  # bound
    for stage in STAGES:
        table.add_row(stage, *(f"{column[stage] * 100:.0f}" for column in columns))
    return table


def _command_seconds() -> float:
    page = next(iter(samples()[0].pages))[0]
    command = [str(Path(sys.executable).with_name("asrun")), "parse", "-"]
    times = []
    for _ in range(_COMMAND_RUNS):
        start = time.perf_counter()
        subprocess.run(command, input=page, capture_output=True, check=True)
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2]


if __name__ == "__main__":
    main()
