"""The report page of a year of forty sources: `python -m tests.benchmarks.page`."""

import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from rich.console import Console

from pipeline.ledger import Ledger
from pipeline.report_page import write_page
from pipeline.settings import load_settings
from tests.report_page.year import fill

SOURCES = 40
RUNS = 5
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def main() -> None:
    """Measure and print; nothing is asserted."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(home=Path(folder))
        with Ledger(settings) as ledger:
            fill(ledger, Random(1), date(2026, 11, 19), sources=SOURCES)
            pages = ledger.rows("SELECT count(*) AS n FROM urls")[0]["n"]
        out = Path(folder) / "report.html"
        times = []
        for _ in range(RUNS):
            start = time.process_time()
            write_page(settings, out, AT)
            times.append(time.process_time() - start)
        Console().print(
            f"{SOURCES} sources, a year, {pages:,} pages: {out.stat().st_size / 1000:,.0f} kB "
            f"in {sorted(times)[RUNS // 2]:.2f} s of one core (median of {RUNS})"
        )


if __name__ == "__main__":
    main()
