"""`make bench`: prints the ratios."""

import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from flows.cli.tables import show
from tests.benchmarks.extraction import Sample, measure, samples

_COMMAND_RUNS = 7


def main() -> None:
    """Measure and print; nothing is asserted."""
    console = Console()
    table = Table(title="read + transcribe, one core, medians of one run")
    for column in ("pages", "count", "mean kB", "lexbor alone", "asrun", "bs4 + lxml", "asrun : lexbor", "asrun : bs4"):
        table.add_column(column, justify="left" if column == "pages" else "right")
    for sample in samples():
        table.add_row(*_row(sample))
    show(table, console)
    console.print("Rates are pages per second; «asrun : lexbor» is asrun's rate as a share of bare parsing.")
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
