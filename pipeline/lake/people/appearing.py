"""Pages' rows to their rows in `appearances`. What workers do in a rebuild, who need no lake."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.dataset as ds

from pipeline.identify.people.appearances import appearances_of
from pipeline.lake.rows import Row, build, plain
from schemas import APPEARANCES

OF_PAGE = ("transcript_id", "air_date", "source_id", "network", "program")
OF_TURN = (
    "transcript_id", "turn_index", "kind", "speaker_label", "speaker_name", "speaker_role", "speaker_affiliation",
    "name_rule", "confidence", "text", "word_count",
)  # fmt: skip
OF_BYLINE = ("transcript_id", "position", "name", "affiliation")
LINKED = ("transcript_id", "name_key", "person_id")
"""The columns that are looked at, of `transcripts`, `turns`, `bylines` and `appearances`."""


@dataclass(frozen=True, slots=True)
class Unheard:
    """Pages of which nobody has said yet who is heard on them: their rows, and to whom names there were linked."""

    pages: pa.Table
    turns: pa.Table
    bylines: pa.Table
    linked: pa.Table

    def of(self, pages: Collection[str]) -> "Unheard":
        """What is of these pages."""
        is_one = ds.field("transcript_id").isin(pa.array(pages, pa.string()))
        return Unheard(*(rows.filter(is_one) for rows in (self.pages, self.turns, self.bylines, self.linked)))


def appearances_in(unheard: Unheard) -> pa.Table:
    """The rows of these pages in `appearances`."""
    linked = {(page, key): person_id for page, key, person_id in zip(*_columns(unheard.linked, LINKED), strict=True)}
    said, signed = _by_page(unheard.turns, "turn_index"), _by_page(unheard.bylines, "position")
    found = []
    for page in unheard.pages.to_pylist():
        page_id = page["transcript_id"]
        there = appearances_of(page, said.get(page_id, ()), signed.get(page_id, ()))
        found += [{**plain(one), "person_id": linked.get((page_id, one.name_key))} for one in there]
    return build(APPEARANCES, found)


def _columns(rows: pa.Table, names: Sequence[str]) -> list[list[str]]:
    return [rows[name].to_pylist() for name in names]


def _by_page(rows: pa.Table, order: str) -> dict[str, list[Row]]:
    by_page: dict[str, list[Row]] = {}
    for row in rows.sort_by([("transcript_id", "ascending"), (order, "ascending")]).to_pylist():
        by_page.setdefault(row["transcript_id"], []).append(row)
    return by_page
