"""Stories and people in the lake: what all pages cost from nothing, and what one night costs in a lake of many."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.table import Table

from pipeline.lake.derivations import derive_all, derived_tables
from pipeline.lake.derive import Touched
from pipeline.lake.pages import apply
from pipeline.lake.tables import Tables
from pipeline.storage.disk import Disk
from schemas import TRANSCRIPTS, TURNS
from tests.benchmarks.corpus.ingested import ingested
from tests.benchmarks.corpus.stories import Page, pages
from tests.benchmarks.corpus.strangers import put_strangers
from tests.benchmarks.memory import peak_megabytes

_BATCH_PAGES = 1_000


def measure(rebuilt: int, night: int, stored: int) -> Table:
    """Link `rebuilt` pages from nothing; then `night` more in a lake that `stored` pages are put into."""
    table = Table(title="stories and people in the lake")
    table.add_column("what")
    for column in ("pages", "seconds", "of processors"):
        table.add_column(column, justify="right")
    with TemporaryDirectory() as folder:
        tables = Tables(Path(folder), Disk(Path(folder), is_durable=False))
        made = pages(rebuilt + night)
        _fill(tables, islice(made, rebuilt))
        with _timed(table, "linked from nothing and written", rebuilt):
            derive_all(tables, Touched(None))
            tables.flush()
        table.add_row("peak memory so far, MB", "", f"{peak_megabytes():,.0f}", "")
        strangers = put_strangers(tables, stored)
        batch = strangers.meet(ingested(page) for page in made)
        touched = Touched(apply(tables, batch))
        with _timed(table, f"a night's pages linked with {rebuilt + stored:,}", night):
            derive_all(tables, touched)
        with _timed(table, "and written, page tables apart", night):
            for derived in derived_tables():
                tables[derived].flush()
        with _timed(table, "page tables", night):
            for given in (TRANSCRIPTS, TURNS):
                tables[given].flush()
    table.add_row("peak memory, MB", "", f"{peak_megabytes():,.0f}", "")
    return table


@contextmanager
def _timed(table: Table, what: str, count: int) -> Iterator[None]:
    start, spent = time.perf_counter(), time.process_time()
    yield
    seconds, processors = time.perf_counter() - start, time.process_time() - spent
    table.add_row(what, f"{count:,}", f"{seconds:,.1f}", f"{processors:,.1f}")


def _fill(tables: Tables, made: Iterator[Page]) -> None:
    while batch := list(islice(made, _BATCH_PAGES)):
        apply(tables, [ingested(page) for page in batch])
        tables.flush()
