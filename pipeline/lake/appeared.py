"""`appearances` from pages, and the people that were found in them back to the pages' rows."""

from collections.abc import Collection, Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from pipeline.identify.appearances import appearances_of
from pipeline.identify.names import key_of
from pipeline.lake.rows import Row, build, plain
from pipeline.lake.tables import Tables
from schemas import APPEARANCES, BYLINES, TRANSCRIPTS, TURNS, Table

_NAMES = ((TURNS, "speaker_name"), (BYLINES, "name"))
"""The tables that name people on pages, with the column that does."""
_OF_TURN = (
    "transcript_id", "turn_index", "kind", "speaker_label", "speaker_name", "speaker_role", "speaker_affiliation",
    "name_rule", "confidence", "text", "word_count",
)  # fmt: skip
_BETWEEN = "\x1f"
"""Stands between the parts of a joined key, and in no page's text."""


def note_all(tables: Tables, before: Tables) -> set[str]:
    """Put the appearances of all pages, month by month, with whom they were linked to before; gives no names."""
    for month in tables[TRANSCRIPTS].parts():
        is_of = ds.field("air_month") == month
        pages = tables[TRANSCRIPTS].select(is_of).to_pylist()
        old = before[APPEARANCES].select(is_of, ("transcript_id", "name_key", "person_id")).to_pylist()
        rows = _appearance_rows(tables, pages, is_of, old)
        tables[APPEARANCES].replace([page["transcript_id"] for page in pages], build(APPEARANCES, rows))
    tables[APPEARANCES].flush()
    return set()


def note(tables: Tables, page_ids: Collection[str]) -> set[str]:
    """Put the appearances of these pages; every name that is or was on them."""
    is_page = _is_in("transcript_id", page_ids)
    pages = (
        tables[TRANSCRIPTS].select(is_page & _is_in("air_month", _months(tables, TRANSCRIPTS, page_ids))).to_pylist()
    )
    months = {TRANSCRIPTS.part(page["air_date"]) for page in pages}
    was = is_page & _is_in("air_month", _months(tables, APPEARANCES, page_ids))
    old = tables[APPEARANCES].select(was, ("transcript_id", "name_key", "person_id", "air_date")).to_pylist()
    rows = _appearance_rows(tables, pages, _is_in("air_month", months) & is_page, old)
    tables[APPEARANCES].replace(page_ids, build(APPEARANCES, rows), {APPEARANCES.part(row["air_date"]) for row in old})
    return {row["name_key"] for row in (*rows, *old)}


def tell_pages(tables: Tables, page_ids: Collection[str] | None, changed: pa.Table) -> None:
    """Set `person_id` in all rows of these pages (None: of all), month by month; `changed`: see `Heard.changed`."""
    for month, condition in _by_month(tables, page_ids):
        rows = tables[APPEARANCES].select(condition)
        rows = _set(rows, _coalesced(rows, changed.filter(pc.equal(changed["air_month"], month))))
        _replace(tables, APPEARANCES, rows, month)
        for table, column in _NAMES:
            named = tables[table].select(condition)
            _replace(tables, table, _set(named, _found(named, column, rows)), month)


def _by_month(tables: Tables, page_ids: Collection[str] | None) -> Iterator[tuple[str, ds.Expression]]:
    """The months of these pages (None: all months), each with what its rows have in common."""
    if page_ids is None:
        months: Iterable[str] = tables[APPEARANCES].parts()
    else:
        months = _months(tables, TRANSCRIPTS, page_ids)
    for month in sorted(months):
        is_month = ds.field("air_month") == month
        yield month, is_month if page_ids is None else is_month & _is_in("transcript_id", page_ids)


def _months(tables: Tables, table: Table, page_ids: Collection[str]) -> set[str]:
    """The months in which these pages have rows."""
    rows = tables[table].select(_is_in("transcript_id", page_ids), ("air_month",))
    return set(rows["air_month"].unique().to_pylist())


def _appearance_rows(tables: Tables, pages: Sequence[Row], condition: ds.Expression, old: Sequence[Row]) -> list[Row]:
    linked = {(row["transcript_id"], row["name_key"]): row["person_id"] for row in old}
    turns = _by_page(tables[TURNS].select(condition, _OF_TURN), "turn_index")
    bylines = _by_page(tables[BYLINES].select(condition), "position")
    found = []
    for page in pages:
        page_id = page["transcript_id"]
        there = appearances_of(page, turns.get(page_id, ()), bylines.get(page_id, ()))
        found += [{**plain(one), "person_id": linked.get((page_id, one.name_key))} for one in there]
    return found


def _by_page(rows: pa.Table, order: str) -> dict[str, list[Row]]:
    by_page: dict[str, list[Row]] = {}
    for row in rows.sort_by([("transcript_id", "ascending"), (order, "ascending")]).to_pylist():
        by_page.setdefault(row["transcript_id"], []).append(row)
    return by_page


def _coalesced(rows: pa.Table, changed: pa.Table) -> pa.Array:
    """Who these appearances are: what is told now, else what they were."""
    place = pc.index_in(_joined(rows, "name_key"), _joined(changed, "name_key"))
    now = changed["person_id"].combine_chunks().take(place)
    return pc.if_else(pc.is_valid(place), now, rows["person_id"].combine_chunks())


def _found(named: pa.Table, column: str, appearances: pa.Table) -> pa.Array:
    """Who is meant by the names in a column of pages' rows."""
    names = named[column].combine_chunks().dictionary_encode()
    keys = pa.array([key_of(name) for name in names.dictionary.to_pylist()], pa.string()).take(names.indices)
    own = pc.binary_join_element_wise(named["transcript_id"].combine_chunks(), keys, _BETWEEN)
    place = pc.index_in(own, _joined(appearances, "name_key"), skip_nulls=True)
    return appearances["person_id"].combine_chunks().take(place)


def _joined(rows: pa.Table, column: str) -> pa.Array:
    """Page and name as one text a row."""
    return pc.binary_join_element_wise(rows["transcript_id"].combine_chunks(), rows[column].combine_chunks(), _BETWEEN)


def _set(rows: pa.Table, person_ids: pa.Array) -> pa.Table:
    return rows.set_column(rows.column_names.index("person_id"), "person_id", person_ids)


def _replace(tables: Tables, table: Table, rows: pa.Table, month: str) -> None:
    if rows.num_rows:
        tables[table].replace(rows["transcript_id"].unique().to_pylist(), rows, {month})


def _is_in(column: str, values: Collection[str]) -> ds.Expression:
    return ds.field(column).isin(pa.array(sorted(values), pa.string()))
