"""Pages as the lake holds them: what a batch of looks is folded into."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.dataset as ds

from pipeline.identify.revisions.revisions import Content
from pipeline.lake.pages.fold import Look
from pipeline.lake.pages.revision_rows import stored_content, superseded_contents
from pipeline.lake.rows import Row, ordered
from pipeline.lake.tables.together import Tables
from pipeline.records import GONE
from schemas import BYLINES, CAPTURES, REVISIONS, TRANSCRIPTS, TURNS, Table


@dataclass(frozen=True, slots=True)
class StoredPage:
    """What the lake knows of a page; rows in their table's order."""

    transcript: Row
    turns: list[Row]
    bylines: list[Row]
    revisions: list[Row]
    looks: dict[str, Look]
    """By capture; those that saw a transcript or found the page gone."""

    @property
    def month(self) -> str:
        return TRANSCRIPTS.part(self.transcript["air_date"])

    def contents(self) -> dict[str, Content]:
        """What the page said, by content hash, as far as the lake holds it."""
        newest = stored_content(self.transcript, self.turns, self.bylines)
        return {**superseded_contents(self.revisions), self.transcript["content_hash"]: newest}


def stored_pages(tables: Tables, page_ids: Collection[str]) -> dict[str, StoredPage]:
    """These pages, as far as the lake has them."""
    found = tables[TRANSCRIPTS].of_units(page_ids, columns=TRANSCRIPTS.column_names)
    transcripts = {row["transcript_id"]: row for row in found.to_pylist()}
    if not transcripts:
        return {}
    months = {TRANSCRIPTS.part(row["air_date"]) for row in transcripts.values()}
    looks = _looks(tables, transcripts)
    turns, bylines, revisions = (
        _by_page(table, tables[table].of_units(transcripts, months)) for table in (TURNS, BYLINES, REVISIONS)
    )
    return {
        page_id: StoredPage(transcript, turns[page_id], bylines[page_id], revisions[page_id], looks[page_id])
        for page_id, transcript in transcripts.items()
    }


def _of(page_ids: Collection[str]) -> ds.Expression:
    return ds.field("transcript_id").isin(pa.array(page_ids, pa.string()))


def _by_page(table: Table, rows: pa.Table) -> Mapping[str, list[Row]]:
    by_page: dict[str, list[Row]] = defaultdict(list)
    columns = list(table.column_names)
    for row in ordered(table, rows).select(columns).to_pylist():
        by_page[row["transcript_id"]].append(row)
    return by_page


def _looks(tables: Tables, transcripts: Mapping[str, Row]) -> Mapping[str, dict[str, Look]]:
    """The looks at these pages; none is older than its page's `first_seen_at`, so earlier months need not be read."""
    looks: dict[str, dict[str, Look]] = defaultdict(dict)
    since = CAPTURES.part(min(row["first_seen_at"] for row in transcripts.values()))
    found = tables[CAPTURES].select(
        _of(transcripts) & (ds.field("content_hash").is_valid() | (ds.field("outcome") == GONE)),
        ("transcript_id", "capture_id", "captured_at", "content_hash"),
        [month for month in tables[CAPTURES].parts() if month >= since],
    )
    for row in (*transcripts.values(), *found.to_pylist()):
        looks[row["transcript_id"]][row["capture_id"]] = Look(
            row["captured_at"], row["capture_id"], row["content_hash"]
        )
    return looks
