"""`make bench-deployment`: measures what a page costs here, and prints what so many pages would take.

Prices are examples to be replaced by one's own; nothing is asserted.
"""

import argparse
import tempfile
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from flows.cli.tables import show, table
from tests.benchmarks.deployment.measured import Measured, measure
from tests.benchmarks.deployment.plan import Plan, costs, fetching_days, requests, storage, works


def main() -> None:
    """Measure, reckon, print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sample", type=int, default=2_000, help="pages that are measured (default: %(default)s)")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--pages", type=int, default=50_000_000, help="of the deployment (default: %(default)s)")
    arguments.add_argument("--reading-cores", type=int, default=32)
    arguments.add_argument("--hosts", type=int, default=300)
    arguments.add_argument("--gap-seconds", type=float, default=5)
    arguments.add_argument("--latency-ms", type=float, default=20)
    arguments.add_argument("--core-hour", type=float, default=0.04)
    arguments.add_argument("--gigabyte-month", type=float, default=0.023)
    arguments.add_argument("--thousand-writes", type=float, default=0.005)
    arguments.add_argument("--thousand-reads", type=float, default=0.0004)
    chosen = vars(arguments.parse_args())
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(chosen.pop("sample"), chosen.pop("seed"), Path(folder))
    _show(measured, Plan(**chosen), Console())


def _show(measured: Measured, plan: Plan, console: Console) -> None:
    constants = [(name, f"{value:,.2f}") for name, value in asdict(measured).items()]
    show(table(f"A page, measured over {measured.pages:,}", ("constant", "value"), constants), console)
    stored = [(place, f"{size:,.0f}") for place, size in storage(measured, plan.pages).items()]
    show(table(f"{plan.pages:,} pages", ("where", "GB"), stored), console)
    jobs = [
        (
            work.name,
            f"{work.core_hours(plan.pages):,.0f}",
            f"{work.hours(plan.pages, 2):,.0f}",
            f"{work.hours(plan.pages, plan.reading_cores):,.0f}",
            f"{work.serial_ms * plan.pages / 3_600_000:,.0f}",
            f"{work.useful_cores:.1f}",
        )
        for work in works(measured, plan)
    ]
    heads = ("job", "core hours", "hours, 2 cores read", f"{plan.reading_cores} cores", "committer", "useful cores")
    show(table("Hours", heads, jobs), console)
    asked = [(job, f"{w:,.0f}", f"{r:,.0f}") for job, (w, r) in requests(measured, plan.pages).items()]
    show(table("Requests to the bucket", ("job", "writes", "reads"), asked), console)
    prices = [(what, f"{price:,.0f}") for what, price in costs(measured, plan).items()]
    show(table("Cost", ("what", "price"), prices), console)
    console.print(
        f"fetched from {plan.hosts} hosts at one page in {plan.gap_seconds:g} s each: {fetching_days(plan):,.0f} days"
    )


if __name__ == "__main__":
    main()
