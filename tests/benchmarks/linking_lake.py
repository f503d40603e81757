"""Stories and people in the lake: what all pages cost from nothing, and what one night costs in a lake of many."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.table import Table

from pipeline.lake.derivations import DERIVATIONS, derive_all
from pipeline.lake.derive import Touched
from pipeline.lake.pages.batch import apply
from pipeline.lake.pages.packing import pack
from pipeline.lake.tables.together import Tables
from pipeline.storage.disk import Disk
from tests.benchmarks.corpus.ingested import ingested
from tests.benchmarks.corpus.stories import Page, pages
from tests.benchmarks.corpus.strangers import put_strangers
from tests.benchmarks.memory import peak_megabytes

_BATCH_PAGES = 1_000
_PAGES_BEFORE = 5_000
"""Pages of the days before the night, whose copies it brings."""


def rebuilt(count: int) -> Table:
    """Link so many pages from nothing, as a rebuild does; the making of the corpus is not timed."""
    with _tables() as tables:
        _fill(tables, pages(count))
        report = _report("stories and people, linked from nothing")
        with _timed(report, "linked and written", count):
            derive_all(tables, Touched(None))
            tables.flush()
        return _with_peak(report)


def night(count: int, stored: int) -> Table:
    """Link so many pages with `stored` others, which are put into the lake as linking would have left them."""
    with _tables() as tables:
        made = pages(_PAGES_BEFORE + count)
        _fill(tables, islice(made, _PAGES_BEFORE))
        derive_all(tables, Touched(None))
        tables.flush()
        strangers = put_strangers(tables, stored)
        batch = strangers.meet(ingested(page) for page in made)
        touched = Touched(apply(tables, pack(batch)).pages)
        report = _report(f"a night in a lake of {stored:,} pages")
        with _timed(report, "linked and written, in all", count):
            for derivation in DERIVATIONS:
                with _timed(report, f"{derivation.name} linked", count):
                    touched = touched.more(derivation.derive(tables, touched))
            for derivation in DERIVATIONS:
                with _timed(report, f"{derivation.name} written", count):
                    for table in derivation.tables:
                        tables[table].flush()
            with _timed(report, "their pages written", count):
                tables.flush()
        return _with_peak(report)


def _report(title: str) -> Table:
    report = Table(title=title)
    report.add_column("what")
    for column in ("pages", "seconds", "of processors"):
        report.add_column(column, justify="right")
    return report


def _with_peak(report: Table) -> Table:
    report.add_row("peak memory, MB", "", f"{peak_megabytes():,.0f}", "")
    return report


@contextmanager
def _tables() -> Iterator[Tables]:
    with TemporaryDirectory() as folder:
        yield Tables(Path(folder), Disk(Path(folder), is_durable=False))


@contextmanager
def _timed(table: Table, what: str, count: int) -> Iterator[None]:
    start, spent = time.perf_counter(), time.process_time()
    yield
    seconds, processors = time.perf_counter() - start, time.process_time() - spent
    table.add_row(what, f"{count:,}", f"{seconds:,.1f}", f"{processors:,.1f}")


def _fill(tables: Tables, made: Iterator[Page]) -> None:
    while batch := list(islice(made, _BATCH_PAGES)):
        apply(tables, pack(ingested(page) for page in batch))
        tables.flush()
