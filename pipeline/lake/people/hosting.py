"""The derivation of programmes' hosts: surname-only labels, by who is heard on the programme in the months around.

Reads some columns of the turns of these months; a page is looked at anew whenever one of these months was touched.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache, partial

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from pipeline.identify.authority.hosts import is_of_network
from pipeline.identify.authority.program_hosts import (
    CONFIDENCE,
    MONTHS_AROUND,
    RULE,
    Heard,
    ProgramHosts,
    is_only_bearer,
)
from pipeline.lake.derive import Derivation, Touched
from pipeline.lake.rows import Row
from pipeline.lake.stories.arriving import NAMELESS
from pipeline.lake.tables.together import Tables
from schemas import BYLINES, TRANSCRIPTS, TURNS
from schemas.table import UNDATED

_COLUMNS = ("transcript_id", "speaker_label", "speaker_name", "speaker_role", "name_rule", "program")

Labels = dict[str, dict[str, str]]
"""By page and label: a programme, or a name."""


def derive(tables: Tables, touched: Touched) -> frozenset[str] | None:
    """Name open labels; gives the other pages of which turns were named, or are nobody's again."""
    spoken = lru_cache(maxsize=2 * MONTHS_AROUND + 1)(partial(_spoken, tables))
    heard = lru_cache(maxsize=2 * MONTHS_AROUND + 1)(lambda month: list(_heard(spoken(month), _number(month))))
    changed: set[str] = set()
    for month in sorted(_reached(tables, touched)):
        rows = spoken(month)
        left, named = _labels(rows, "program"), _labels(rows.filter(rows["is_given"]), "speaker_name")
        if not (left or named):
            continue
        hosts = ProgramHosts(one for near in sorted(_spread({month})) for one in heard(near))
        found: Labels = defaultdict(dict)
        for page, labels in left.items():
            for label, program in labels.items():
                if (name := hosts.host(program, _number(month), label)) is not None:
                    found[page][label] = name
        sure = _sure(tables, month, found)
        pages = {page for page in sure.keys() | named.keys() if sure.get(page) != named.get(page)}
        _put(tables, month, pages, sure)
        changed |= pages
    return None if touched.pages is None else frozenset(changed - touched.pages)


HOSTING = Derivation("hosts", derive)


def _reached(tables: Tables, touched: Touched) -> set[str]:
    """The months in which a label may mean somebody else now: those of the touched pages, and those beside them."""
    there = set(tables[TURNS].parts()) - {UNDATED}
    if touched.pages is None:
        return there
    now = tables[TRANSCRIPTS].of_units(touched.pages, columns=("transcript_id", "air_month"))["air_month"].to_pylist()
    return _spread((tables[TRANSCRIPTS].places(touched.pages) | set(now)) - {UNDATED}) & there


def _spread(months: Iterable[str]) -> set[str]:
    """These months and those beside them."""
    return {
        f"{number // 12:04}-{number % 12 + 1:02}"
        for month in months
        for number in range(_number(month) - MONTHS_AROUND, _number(month) + MONTHS_AROUND + 1)
    }


def _number(month: str) -> int:
    """Of all months: `2026-03` is one more than `2026-02`."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _spoken(tables: Tables, month: str) -> pa.Table:
    """What is said in a month on programmes: whether a host says it, whose name is open, and whose was given here."""
    is_spoken = (ds.field("kind") == "speech") & ds.field("program").is_valid()
    rows = tables[TURNS].select(is_spoken, _COLUMNS, {month})
    is_given = pc.fill_null(pc.equal(rows["name_rule"], RULE), fill_value=False)
    is_host = pc.fill_null(pc.equal(rows["speaker_role"], "host"), fill_value=False)
    is_open = pc.and_(
        pc.or_(pc.is_null(rows["speaker_name"]), is_given), pc.or_(is_host, pc.is_null(rows["speaker_role"]))
    )
    added = {"is_given": is_given, "is_host": is_host.cast(pa.int32()), "is_open": is_open.cast(pa.int32())}
    for name, values in added.items():
        rows = rows.append_column(name, values)
    return rows


def _heard(rows: pa.Table, month: int) -> Iterator[Heard]:
    is_named = pc.and_(pc.is_valid(rows["speaker_name"]), pc.invert(rows["is_given"]))
    named = rows.filter(is_named).group_by(["program", "speaker_name", "transcript_id"])
    by_name = named.aggregate([("is_host", "max")]).group_by(["program", "speaker_name"])
    for row in by_name.aggregate([("is_host_max", "sum")]).to_pylist():
        yield Heard(row["program"], month, row["speaker_name"], row["is_host_max_sum"])


def _labels(rows: pa.Table, value: str) -> Labels:
    """Of labels whose every turn is open."""
    groups = rows.group_by(["transcript_id", "speaker_label", value]).aggregate([("is_open", "min")])
    found: Labels = defaultdict(dict)
    for row in groups.filter(pc.equal(groups["is_open_min"], 1)).to_pylist():
        if row["speaker_label"] is not None:
            found[row["transcript_id"]][row["speaker_label"]] = row[value]
    return found


def _sure(tables: Tables, month: str, found: Labels) -> Labels:
    """Those of pages that a network answers for, and on which nobody else has the surname."""
    pages = tables[TRANSCRIPTS].of_units(found, {month}).to_pylist()
    turns = _by_page(tables[TURNS].of_units(found, {month}, ("transcript_id", "speaker_name", "name_rule", "text")))
    bylines = _by_page(tables[BYLINES].of_units(found, {month}, ("transcript_id", "name")))
    sure: Labels = {}
    for page in pages:
        page_id = page["transcript_id"]
        if not is_of_network(page["station"], page["source_id"], page["npr_id"], page["rights"]):
            continue
        said = turns[page_id]
        named = [turn["speaker_name"] for turn in said if turn["name_rule"] != RULE]
        named += [byline["name"] for byline in bylines[page_id]]
        text = "\n".join(turn["text"] for turn in said)
        labels = {label: name for label, name in found[page_id].items() if is_only_bearer(label, name, text, named)}
        if labels:
            sure[page_id] = labels
    return sure


def _by_page(rows: pa.Table) -> Mapping[str, list[Row]]:
    by_page: dict[str, list[Row]] = defaultdict(list)
    for row in rows.to_pylist():
        by_page[row["transcript_id"]].append(row)
    return by_page


def _put(tables: Tables, month: str, pages: Collection[str], found: Labels) -> None:
    """Give the turns of these pages the names that were found, and take back those that were not."""
    if not pages:
        return
    rows = tables[TURNS].of_units(pages, {month})
    turns = [_named(turn, found.get(turn["transcript_id"], {})) for turn in rows.to_pylist()]
    for name in NAMELESS:
        place = rows.schema.get_field_index(name)
        values = pa.array([turn[name] for turn in turns], rows.schema.field(name).type)
        rows = rows.set_column(place, rows.schema.field(name), values)
    tables[TURNS].replace(pages, rows, {month})


def _named(turn: Row, names: Mapping[str, str]) -> Row:
    plain = turn | NAMELESS if turn["name_rule"] == RULE else turn
    name = names.get(turn["speaker_label"] or "") if turn["kind"] == "speech" else None
    return plain | {"speaker_name": name, "name_rule": RULE, "confidence": CONFIDENCE} if name else plain
