"""`make bench-frontier`: what a night, a listing and `asrun status` cost by the size of the ledger; asserts nothing."""

import argparse
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from itertools import islice
from pathlib import Path

from rich.console import Console

from flows.cli.tables import show, table
from pipeline.exchanges import Validators
from pipeline.expected import keep_expectations
from pipeline.ledger import Discovered, DueFilter, Ledger, Look, Scope, Settlement, Visit
from pipeline.ledger.frontier import due
from pipeline.ledger.links import note_listing, note_pages
from pipeline.report import run_report
from pipeline.report_page.figures import figures_of
from pipeline.settings import Settings, load_settings
from pipeline.status import status_of
from tests.benchmarks.frontier.building import LAST_DAY, NETWORK, NIGHT, RUN, build, page_url, source_ids
from tests.benchmarks.lake.measure import cost

_SIZES = (50_000, 500_000, 5_000_000)
_KNOWN = 10_000
_NIGHT_PAGES = 300
Row = tuple[str, int, float, float, int]


def main() -> None:
    """Build ledgers, ask them, print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--urls", type=int, default=500_000, help="pages of the largest ledger")
    arguments.add_argument("--folder", type=Path, help="where to build, and to find what was built")
    chosen = arguments.parse_args()
    sizes = sorted({min(size, chosen.urls) for size in (*_SIZES, chosen.urls)})
    console = Console()
    rows: list[Row] = []
    with nullcontext(chosen.folder) if chosen.folder else tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            settings = load_settings(home=Path(folder) / str(size))
            build(settings, size)
            rows += _measured(settings, size)
    heads = ("work", "pages in the ledger", "s", "processor s", "peak MiB of the process")
    show(table("What a ledger costs by its size", heads, sorted(rows)), console)


def _measured(settings: Settings, size: int) -> list[Row]:
    works: dict[str, Callable[[Ledger], object]] = {
        "1 choose tonight's work of 300 sources": _choose,
        f"2 note {_NIGHT_PAGES} looks and their outcomes": _note,
        f"3 a listing of {_KNOWN:,} pages that are known": lambda ledger: _discover(ledger, size),
        "4 the report of a night": lambda ledger: run_report(ledger, RUN),
        "5 coverage after it": lambda ledger: keep_expectations(ledger, LAST_DAY),
        "6 asrun status": lambda ledger: status_of(ledger, NIGHT, 5),
        "7 the report page": lambda ledger: figures_of(ledger, NIGHT),
    }
    rows: list[Row] = []
    for name, work in works.items():
        with Ledger(settings) as ledger:
            one = cost(lambda work=work, ledger=ledger: work(ledger))  # type: ignore[misc]  # bound as they are now
        rows.append((name, size, round(one.seconds, 2), round(one.processor_seconds, 2), round(one.peak_megabytes)))
    return [*rows, ("8 the file, in millions of bytes", size, settings.ledger_file.stat().st_size / 1e6, 0, 0)]


def _choose(ledger: Ledger) -> int:
    before = LAST_DAY - timedelta(days=1)
    return sum(
        len(list(islice(due(ledger, DueFilter(source_id, NIGHT, before, LAST_DAY, Scope.NIGHT)), 500)))
        for source_id in source_ids()
    )


def _note(ledger: Ledger) -> None:
    pages = [page_url(NETWORK, 1_000_000_000 + number) for number in range(_NIGHT_PAGES)]
    note_pages(ledger, [Discovered(url, NETWORK, None, LAST_DAY, None, NIGHT, NIGHT) for url in pages], NIGHT)
    for number, url in enumerate(pages):
        look = Look(
            Visit(url, "tonight", f"tonight-{number}", NIGHT), None, None, "a.warc.gz", number, "sha256:0", None
        )
        ledger.note_look(look)
    ledger.settle([
        Settlement(look.look_id, look.url, "published", None, NIGHT + timedelta(days=1), "new")
        for look in ledger.open_looks(NETWORK)
    ])  # fmt: skip


def _discover(ledger: Ledger, size: int) -> int:
    """Pages as a sitemap names them: old and new ones, and of whatever source."""
    step = max(size // _KNOWN, 1)
    known = [
        Discovered(row["url"], row["source_id"], None, LAST_DAY, None, NIGHT, NIGHT)
        for row in ledger.rows("SELECT url, source_id FROM urls WHERE rowid % ? = 0 LIMIT ?", (step, _KNOWN))
    ]
    visit = Visit("https://www.npr.org/sitemap.xml", "tonight", "tonight-listing", NIGHT, 1.0, 1, 1_000_000, 200)
    return note_listing(ledger, visit, NETWORK, Validators('"e"', None), known, "sha256:1")


if __name__ == "__main__":
    main()
