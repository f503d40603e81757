"""`appearances` from pages, and the people that were found in them back to the pages' rows."""

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from pipeline.lake.people.appearing import LINKED, OF_BYLINE, OF_PAGE, OF_TURN, Unheard, appearances_in
from pipeline.lake.people.telling import NAMES, Telling, named, told
from pipeline.lake.spread import Spread
from pipeline.lake.tables.together import Tables
from schemas import APPEARANCES, BYLINES, TRANSCRIPTS, TURNS, Table

JOB_PAGES = 500
"""Pages whose appearances a rebuild has taken at a time."""


@dataclass(frozen=True, slots=True)
class Noted:
    """The keys of the names that are on some pages or were, and the ids of the people whose they were."""

    names: frozenset[str] = frozenset()
    person_ids: frozenset[str] = frozenset()


def note_all(tables: Tables, before: Tables, spread: Spread) -> Noted:
    """Put the appearances of all pages, month by month, with whom they were linked to before; notes nothing."""
    months: deque[tuple[list[str], int]] = deque()

    def unheard() -> Iterator[Unheard]:
        for month in tables[TRANSCRIPTS].parts():
            yield from jobs_of(month)

    def jobs_of(month: str) -> Iterator[Unheard]:
        # A function of its own: its rows are let go of before those of the next month are read.
        is_of = ds.field("air_month") == month
        rows = Unheard(
            tables[TRANSCRIPTS].select(is_of, OF_PAGE),
            tables[TURNS].select(is_of, OF_TURN),
            tables[BYLINES].select(is_of, OF_BYLINE),
            before[APPEARANCES].select(is_of, LINKED),
        )
        pages = rows.pages["transcript_id"].to_pylist()
        jobs = [pages[start : start + JOB_PAGES] for start in range(0, len(pages), JOB_PAGES)]
        months.append((pages, len(jobs)))
        yield from (rows.of(job) for job in jobs)

    found = spread(appearances_in, unheard())
    for first in found:
        pages, jobs = months.popleft()
        tables[APPEARANCES].replace(pages, pa.concat_tables([first, *islice(found, jobs - 1)]))
    tables[APPEARANCES].flush()
    return Noted()


def note(tables: Tables, page_ids: Collection[str]) -> Noted:
    """Put the appearances of these pages."""
    pages = tables[TRANSCRIPTS].of_units(page_ids, columns=OF_PAGE)
    where = tables[TRANSCRIPTS].places(page_ids) | set(map(TRANSCRIPTS.part, pages["air_date"].to_pylist()))
    old = tables[APPEARANCES].of_units(page_ids, where, (*LINKED, "air_date"))
    turns, bylines = (
        tables[table].of_units(page_ids, where, columns) for table, columns in ((TURNS, OF_TURN), (BYLINES, OF_BYLINE))
    )
    rows = appearances_in(Unheard(pages, turns, bylines, old))
    tables[APPEARANCES].replace(page_ids, rows, set(map(APPEARANCES.part, old["air_date"].to_pylist())))
    were = frozenset(old["person_id"].drop_null().to_pylist())
    return Noted(frozenset(rows["name_key"].to_pylist()) | frozenset(old["name_key"].to_pylist()), were)


def tell_pages(tables: Tables, page_ids: Collection[str] | None, changed: pa.Table) -> None:
    """Set `person_id` in all rows of these pages (None: of all), month by month; `changed`: see `Heard.changed`."""
    for month, page_ids_of in _by_month(tables, page_ids):
        rows = told(_of(tables, APPEARANCES, month, page_ids_of), _in(changed, month))
        _replace(tables, APPEARANCES, rows, month)
        for table, column in NAMES:
            _replace(tables, table, named(_of(tables, table, month, page_ids_of), column, rows), month)


def tell_at_last(tables: Tables, changed: pa.Table) -> None:
    """Have `person_id` set in all rows when these are settled: they need not be written and read once more for it."""
    for table, column in (*NAMES, (APPEARANCES, None)):
        tables.complete(table, partial(_telling, tables, changed, column))


def _telling(tables: Tables, changed: pa.Table, column: str | None, month: str) -> Telling:
    return Telling(column, tables[APPEARANCES].disk.dataset({month}), _in(changed, month))


def _in(changed: pa.Table, month: str) -> pa.Table:
    return changed.filter(pc.equal(changed["air_month"], month))


def _by_month(tables: Tables, page_ids: Collection[str] | None) -> list[tuple[str, list[str] | None]]:
    """The months of these pages (None: all months), each with those of its pages (None: all)."""
    if page_ids is None:
        return [(month, None) for month in tables[APPEARANCES].parts()]
    pages: dict[str, list[str]] = {}
    for row in tables[TRANSCRIPTS].of_units(page_ids, columns=("transcript_id", "air_month")).to_pylist():
        pages.setdefault(row["air_month"], []).append(row["transcript_id"])
    return [(month, pages[month]) for month in sorted(pages)]


def _of(tables: Tables, table: Table, month: str, page_ids: Collection[str] | None) -> pa.Table:
    """The rows of these pages (None: of all) in a month."""
    return tables[table].part(month) if page_ids is None else tables[table].of_units(page_ids, {month})


def _replace(tables: Tables, table: Table, rows: pa.Table, month: str) -> None:
    if rows.num_rows:
        tables[table].replace(rows["transcript_id"].unique().to_pylist(), rows, {month})
