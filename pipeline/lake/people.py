"""The derivation of people: `appearances` from pages, `people` from appearances, `person_id` back to turns and bylines.

A commit looks at the names on its pages and at those that may be the same people's (`Neighbours.closed`), not at the
rest: of the whole lake it reads only how often each name is met. What it derives for these names is what a rebuild
derives, but for ids that were given before: they stay.
"""

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from pipeline.identify.aliases import STAFF, Met, Neighbours
from pipeline.identify.appearances import Sighting, appearances_of
from pipeline.identify.corrections import Corrections, PersonCorrection
from pipeline.identify.ids import Registry
from pipeline.identify.names import key_of
from pipeline.identify.people import Grounds, Linked, Person, link
from pipeline.lake.derive import Derivation, Touched
from pipeline.lake.rows import Row, build
from pipeline.lake.tables import Tables
from schemas import APPEARANCES, BYLINES, PEOPLE, TRANSCRIPTS, TURNS, Table

logger = logging.getLogger(__name__)

_NAMES = ((TURNS, "speaker_name"), (BYLINES, "name"))
"""The tables that name people on pages, with the column that does."""
_OF_TURN = (
    "transcript_id", "turn_index", "kind", "speaker_label", "speaker_name", "speaker_role", "speaker_affiliation",
    "name_rule", "confidence", "text", "word_count",
)  # fmt: skip
_FACETS = ("name_key", "role", "affiliation", "network", "program", "year", "by_hand")
_BETWEEN = "\x1f"
"""Stands between the parts of a joined key, and in no page's text."""
_NOTHING = "\x1e"
_NO_DAY = "9999-12-31"


def derive(tables: Tables, touched: Touched) -> frozenset[str] | None:
    """Bring `appearances`, `people` and every `person_id` to where they also know the touched pages.

    Gives the other pages on which somebody is linked otherwise than before.
    """
    before = touched.before or tables
    corrections = touched.known.corrections
    if touched.pages is None:
        names = _note_all(tables, before)
    else:
        names = _note(tables, touched.pages) | _corrected(tables, corrections)
    met = _met(tables)
    neighbours = Neighbours(_known(met))
    closed = None if touched.pages is None else neighbours.closed(_with_namesakes(met, names))
    appeared = _appeared(tables, closed, corrections)
    sightings = _sightings(appeared)
    stood = _people_before(before, {one.person_id for one in sightings if one.person_id is not None})
    taken = () if touched.pages is None else _taken(tables, {row["person_id"] for row in stood})
    registry = Registry({row["person_id"]: row["former_ids"] for row in stood}, taken)
    linked = link(sightings, Grounds(neighbours, touched.known.authority, corrections, registry))
    people = build(PEOPLE, [_row(person) for person in linked.people])
    tables[PEOPLE].replace({*(row["person_id"] for row in stood), *people["person_id"].to_pylist()}, people)
    appeared = _told(appeared, linked)
    changed = appeared.filter(_differ(appeared["person_id"], appeared["now"]))
    pages = None if touched.pages is None else touched.pages | set(changed["transcript_id"].to_pylist())
    _write(tables, pages, appeared)
    logger.info(
        "people_linked names=%d people=%d ids_kept=%d pages=%s",
        len(neighbours.known) if closed is None else len(closed),
        len(linked.people),
        linked.ids_kept,
        "all" if pages is None else len(pages),
    )
    return None if pages is None or touched.pages is None else frozenset(pages - touched.pages)


PEOPLE_DERIVATION = Derivation("people", derive, (PEOPLE, APPEARANCES))


# --- appearances ----------------------------------------------------------------------------------------------------
def _note_all(tables: Tables, before: Tables) -> set[str]:
    """Put the appearances of all pages, month by month, with whom they were linked to before."""
    for month in tables[TRANSCRIPTS].parts():
        is_of = ds.field("air_month") == month
        pages = tables[TRANSCRIPTS].select(is_of).to_pylist()
        old = before[APPEARANCES].select(is_of, ("transcript_id", "name_key", "person_id")).to_pylist()
        rows = _appearance_rows(tables, pages, is_of, old)
        tables[APPEARANCES].replace([page["transcript_id"] for page in pages], build(APPEARANCES, rows))
    tables[APPEARANCES].flush()
    return set()


def _note(tables: Tables, page_ids: Collection[str]) -> set[str]:
    """Put the appearances of these pages; every name that is or was on them."""
    is_page = _is_in("transcript_id", page_ids)
    pages = tables[TRANSCRIPTS].select(is_page).to_pylist()
    months = {TRANSCRIPTS.part(page["air_date"]) for page in pages}
    old = tables[APPEARANCES].select(is_page, ("transcript_id", "name_key", "person_id", "air_date")).to_pylist()
    rows = _appearance_rows(tables, pages, _is_in("air_month", months) & is_page, old)
    tables[APPEARANCES].replace(page_ids, build(APPEARANCES, rows), {APPEARANCES.part(row["air_date"]) for row in old})
    return {row["name_key"] for row in (*rows, *old)}


def _appearance_rows(tables: Tables, pages: Sequence[Row], condition: ds.Expression, old: Sequence[Row]) -> list[Row]:
    linked = {(row["transcript_id"], row["name_key"]): row["person_id"] for row in old}
    turns = _by_page(tables[TURNS].select(condition, _OF_TURN), "turn_index")
    bylines = _by_page(tables[BYLINES].select(condition), "position")
    found = []
    for page in pages:
        page_id = page["transcript_id"]
        there = appearances_of(page, turns.get(page_id, ()), bylines.get(page_id, ()))
        found += [{**asdict(one), "person_id": linked.get((page_id, one.name_key))} for one in there]
    return found


def _by_page(rows: pa.Table, order: str) -> dict[str, list[Row]]:
    by_page: dict[str, list[Row]] = {}
    for row in rows.sort_by([("transcript_id", "ascending"), (order, "ascending")]).to_pylist():
        by_page.setdefault(row["transcript_id"], []).append(row)
    return by_page


# --- names ----------------------------------------------------------------------------------------------------------
def _met(tables: Tables) -> pa.Table:
    """Every name with everybody it was linked to, how often it is met, and how often as staff."""
    rows = tables[APPEARANCES].select(None, ("name_key", "role", "person_id"))
    is_staff = pc.cast(pc.is_in(rows["role"], pa.array(sorted(STAFF))), pa.int32())
    return (
        rows.append_column("staff", is_staff)
        .group_by(["name_key", "person_id"])
        .aggregate([([], "count_all"), ("staff", "sum")])
    )


def _known(met: pa.Table) -> Iterator[Met]:
    names = met.group_by("name_key").aggregate([("count_all", "sum"), ("staff_sum", "sum")])
    columns = (names[name].to_pylist() for name in ("name_key", "count_all_sum", "staff_sum_sum"))
    return map(Met, *columns)


def _with_namesakes(met: pa.Table, names: Collection[str]) -> set[str]:
    """These names with all that were linked to the same people: a link may have to be undone."""
    people = met.filter(pc.is_in(met["name_key"], _texts(names)))["person_id"].drop_null().unique()
    linked = met.filter(pc.is_in(met["person_id"], people.cast(pa.string())))["name_key"]
    return {*names, *linked.to_pylist()}


def _corrected(tables: Tables, corrections: Corrections) -> set[str]:
    """The names whose linking is corrected, and those of the people whom corrections name."""
    by_hand = _by_hand(corrections)
    people = set(by_hand.values())
    rows = tables[APPEARANCES].select(_is_in("person_id", people), ("name_key",)) if people else None
    return {*corrections.keys, *(key for _, key in by_hand), *(rows["name_key"].to_pylist() if rows else ())}


def _by_hand(corrections: Corrections) -> dict[tuple[str, str], str]:
    """Who is meant by a name on a page, where a correction says so."""
    return {
        (entry.page, key): entry.person_id
        for entries in corrections.pages.values()
        for entry in entries
        if isinstance(entry, PersonCorrection) and (key := key_of(entry.name)) is not None
    }


# --- sightings ------------------------------------------------------------------------------------------------------
def _appeared(tables: Tables, names: Collection[str] | None, corrections: Corrections) -> pa.Table:
    """The appearances under these names (None: under all) with year, correction, and their facets as one text."""
    condition = None if names is None else _is_in("name_key", names)
    rows = tables[APPEARANCES].select(
        condition,
        (
            "transcript_id", "name_key", "person_id", "name", "role", "affiliation", "network", "program", "air_date",
            "turn_count", "word_count",
        ),
    )  # fmt: skip
    rows = rows.append_column("year", pc.cast(pc.year(rows["air_date"]), pa.int32()))
    by_hand = pa.nulls(rows.num_rows, pa.string())
    for (page, key), person_id in _by_hand(corrections).items():
        is_it = pc.and_(pc.equal(rows["transcript_id"], page), pc.equal(rows["name_key"], key))
        by_hand = pc.if_else(is_it, person_id, by_hand)
    rows = rows.append_column("by_hand", by_hand)
    return rows.append_column("facets", _joined(rows[name] for name in _FACETS))


def _sightings(appeared: pa.Table) -> list[Sighting]:
    day = pc.fill_null(pc.strftime(appeared["air_date"], "%Y-%m-%d"), _NO_DAY)
    earliest = pc.binary_join_element_wise(day, appeared["transcript_id"], _BETWEEN)
    groups = (
        appeared.append_column("earliest", earliest)
        .group_by([*_FACETS, "name", "person_id"])
        .aggregate(
            [
                ("air_date", "min"),
                ("air_date", "max"),
                ("earliest", "min"),
                ([], "count_all"),
                ("turn_count", "sum"),
                ("word_count", "sum"),
            ]
        )
    )
    return [_sighting(group) for group in groups.to_pylist()]


def _sighting(group: Mapping[str, Any]) -> Sighting:
    return Sighting(
        **{name: group[name] for name in (*_FACETS, "name", "person_id")},
        first_air_date=group["air_date_min"],
        last_air_date=group["air_date_max"],
        transcript_count=group["count_all"],
        turn_count=group["turn_count_sum"],
        word_count=group["word_count_sum"],
        example=group["earliest_min"].partition(_BETWEEN)[2],
    )


def _told(appeared: pa.Table, linked: Linked) -> pa.Table:
    """The appearances with the person that each is now, as last column."""
    texts = [_BETWEEN.join(_NOTHING if part is None else str(part) for part in facets) for facets in linked.person_of]
    place = pc.index_in(appeared["facets"], pa.array(texts, pa.string()))
    return appeared.append_column("now", pa.array(linked.person_of.values(), pa.string()).take(place.combine_chunks()))


# --- people ---------------------------------------------------------------------------------------------------------
def _people_before(before: Tables, person_ids: Collection[str]) -> list[Row]:
    rows: list[Row] = before[PEOPLE].select(_is_in("person_id", person_ids), ("person_id", "former_ids")).to_pylist()
    return rows


def _taken(tables: Tables, own: Collection[str]) -> set[str]:
    """The ids, former ones included, of everybody but these."""
    rows = tables[PEOPLE].select(None, ("person_id", "former_ids"))
    others = rows.filter(pc.invert(pc.is_in(rows["person_id"], _texts(own))))
    return {*others["person_id"].to_pylist(), *pc.list_flatten(others["former_ids"]).to_pylist()}


def _row(person: Person) -> Row:
    row = asdict(person)
    return {**row, "aliases": list(row["aliases"]), "roles": list(row["roles"]), "former_ids": list(row["former_ids"])}


# --- back to the pages ----------------------------------------------------------------------------------------------
def _write(tables: Tables, page_ids: Collection[str] | None, appeared: pa.Table) -> None:
    """Set `person_id` in all rows of these pages (None: of all), month by month."""
    told = appeared.select(["transcript_id", "name_key", "now", "air_date"])
    if page_ids is None:
        months = {month: ds.field("air_month") == month for month in tables[APPEARANCES].parts()}
    else:
        is_page = _is_in("transcript_id", page_ids)
        days = tables[TRANSCRIPTS].select(is_page, ("air_date",))["air_date"].to_pylist()
        months = {month: (ds.field("air_month") == month) & is_page for month in map(TRANSCRIPTS.part, days)}
    for month, condition in sorted(months.items()):
        rows = tables[APPEARANCES].select(condition)
        rows = _set(rows, _coalesced(rows, told))
        _replace(tables, APPEARANCES, rows, month)
        for table, column in _NAMES:
            named = tables[table].select(condition)
            _replace(tables, table, _set(named, _found(named, column, rows)), month)


def _coalesced(rows: pa.Table, told: pa.Table) -> pa.Array:
    """Who these appearances are: what is told now, else what they were."""
    own = _joined(rows[name] for name in ("transcript_id", "name_key"))
    place = pc.index_in(own, _joined(told[name] for name in ("transcript_id", "name_key")))
    return pc.if_else(pc.is_valid(place), told["now"].combine_chunks().take(place), rows["person_id"].combine_chunks())


def _found(named: pa.Table, column: str, appearances: pa.Table) -> pa.Array:
    """Who is meant by the names in a column of pages' rows."""
    names = named[column].combine_chunks().dictionary_encode()
    keys = pa.array([key_of(name) for name in names.dictionary.to_pylist()], pa.string()).take(names.indices)
    own = pc.binary_join_element_wise(named["transcript_id"].combine_chunks(), keys, _BETWEEN)
    known = _joined(appearances[name] for name in ("transcript_id", "name_key"))
    place = pc.index_in(own, known, skip_nulls=True)
    return appearances["person_id"].combine_chunks().take(place)


def _set(rows: pa.Table, person_ids: pa.Array) -> pa.Table:
    return rows.set_column(rows.column_names.index("person_id"), "person_id", person_ids)


def _replace(tables: Tables, table: Table, rows: pa.Table, month: str) -> None:
    if rows.num_rows:
        tables[table].replace(rows["transcript_id"].unique().to_pylist(), rows, {month})


# --- Arrow ----------------------------------------------------------------------------------------------------------
def _joined(columns: Iterator[pa.ChunkedArray]) -> pa.Array:
    """Columns as one text a row, NULL as a sign of its own."""
    texts = [pc.cast(column.combine_chunks(), pa.string()) for column in columns]
    return pc.binary_join_element_wise(*texts, _BETWEEN, null_handling="replace", null_replacement=_NOTHING)


def _differ(one: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.not_equal(pc.fill_null(one, ""), pc.fill_null(other, ""))


def _is_in(column: str, values: Collection[str]) -> ds.Expression:
    return ds.field(column).isin(_texts(values))


def _texts(values: Collection[str]) -> pa.Array:
    return pa.array(sorted(values), pa.string())
