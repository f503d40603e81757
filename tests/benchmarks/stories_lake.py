"""Stories in the lake: how long all pages take, and one night's in a lake of many."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
from rich.table import Table

from pipeline.lake import stories
from pipeline.lake.derive import Touched
from pipeline.lake.pages import apply
from pipeline.lake.tables import Tables
from schemas import FINGERPRINTS, TRANSCRIPTS
from tests.benchmarks.corpus.ingested import ingested
from tests.benchmarks.corpus.stories import Page, pages
from tests.benchmarks.memory import peak_megabytes

_BATCH_PAGES = 1_000
_MONTHS = [date(2008 + number // 12, number % 12 + 1, 1) for number in range(120)]
"""Ten years before the corpus begins."""


def measure(rebuilt: int, night: int, stored: int) -> Table:
    """Link `rebuilt` pages from nothing; then `night` more in a lake that `stored` pages are put into."""
    table = Table(title="stories in the lake")
    table.add_column("what")
    for column in ("pages", "seconds"):
        table.add_column(column, justify="right")
    with TemporaryDirectory() as folder:
        tables = Tables(Path(folder), is_durable=False)
        made = pages(rebuilt + night)
        _fill(tables, islice(made, rebuilt))
        with _timed(table, "linked from nothing", rebuilt):
            stories.derive(tables, Touched(None))
            tables.flush()
        _put_strangers(tables, stored)
        batch = [ingested(page) for page in made]
        with _timed(table, f"a night's pages linked with {rebuilt + stored:,}", night):
            stories.derive(tables, Touched(apply(tables, batch)))
        with _timed(table, "and written", night):
            tables.flush()
    table.add_row("peak memory, MB", "", f"{peak_megabytes():,.0f}")
    return table


@contextmanager
def _timed(table: Table, what: str, count: int) -> Iterator[None]:
    start = time.perf_counter()
    yield
    table.add_row(what, f"{count:,}", f"{time.perf_counter() - start:,.1f}")


def _fill(tables: Tables, made: Iterator[Page]) -> None:
    while batch := list(islice(made, _BATCH_PAGES)):
        apply(tables, [ingested(page) for page in batch])
        tables.flush()


def _put_strangers(tables: Tables, count: int) -> None:
    """Pages with fingerprints of their own: what they say is not asked for."""
    source = random.Random(1)
    size = count // len(_MONTHS)
    for number, day in enumerate(_MONTHS):
        ids = [f"npr-{number}-{page}" for page in range(size)]
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
        values: dict[str, Any] = {
            "air_date": day,
            "published_at": moment,
            "first_seen_at": moment,
            "captured_at": moment,
            "source_id": "npr",
            "program": "Morning Edition",
            "air_month": f"{day:%Y-%m}",
            "is_primary": True,
        }
        bands = pa.Array.from_buffers(pa.int32(), 32 * size, [None, pa.py_buffer(source.randbytes(4 * 32 * size))])
        offsets = pa.array(range(0, 32 * size + 1, 32), pa.int32())
        own = {"transcript_id": pa.array(ids), "family_id": pa.array(ids), "story_id": pa.array(ids)}
        own["bands"] = pa.ListArray.from_arrays(offsets, bands)
        for stored in (FINGERPRINTS, TRANSCRIPTS):
            columns = [_column(field, own, values, size) for field in stored.stored]
            tables[stored].disk.write(f"{day:%Y-%m}", pa.Table.from_arrays(columns, schema=stored.stored))


def _column(field: pa.Field, own: dict[str, pa.Array], values: dict[str, Any], size: int) -> pa.Array:
    if field.name in own:
        return own[field.name].cast(field.type)
    empty = 1 if pa.types.is_integer(field.type) else "x"
    value = values.get(field.name, None if field.nullable else empty)
    return pa.array([value] * size, field.type)
