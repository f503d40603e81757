"""What a batch of looks changes in the tables that the looks themselves give: pages, turns, bylines, captures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds

from pipeline.errors import LakeError
from pipeline.lake import rows
from pipeline.lake.fold import Look, Standing, fold
from pipeline.lake.rows import Row
from pipeline.lake.tables import Tables
from pipeline.records import Ingested, Transcript
from schemas import BYLINES, CAPTURES, TRANSCRIPTS, TURNS

PAGE_TABLES = (TURNS, BYLINES, TRANSCRIPTS, CAPTURES)
"""The tables that looks give."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A look of the batch that gave a transcript."""

    look: Look
    item: Ingested
    transcript: Transcript


@dataclass(slots=True)
class _Pages:
    """The new rows of the pages in a batch."""

    transcripts: list[Row] = field(default_factory=list)
    turns: list[Row] = field(default_factory=list)
    bylines: list[Row] = field(default_factory=list)
    read_anew: list[str] = field(default_factory=list)
    """The pages whose turns and bylines are replaced."""

    def add(self, seen: _Seen, standing: Standing) -> None:
        """Publish what this look saw."""
        self.transcripts.append(rows.transcript_row(seen.transcript, standing, seen.item.parser_version))
        if seen.item.reading is not None:
            self.turns += rows.turn_rows(seen.transcript, seen.item.reading.turns)
            self.bylines += rows.byline_rows(seen.transcript, seen.item.reading.bylines)
        self.read_anew.append(seen.transcript.transcript_id)


def apply(tables: Tables, batch: Sequence[Ingested]) -> frozenset[str]:
    """Stage what the tables hold once they also know these looks; the pages (`transcript_id`) of the batch.

    Raises:
        LakeError: a row breaks the contract of `schemas/`; nothing was staged.
    """
    looks = {item.capture.capture_id: item for item in batch}
    captures = {capture_id: rows.capture_row(item) for capture_id, item in looks.items()}
    by_page = _by_page(looks, captures)
    stored = _stored(tables, by_page)
    pages = _decide(by_page, stored, _history(tables, stored))
    all_months = {_month(row) for row in stored.values()}
    months_anew = {_month(stored[page_id]) for page_id in pages.read_anew if page_id in stored}
    staged = (
        (TURNS, pages.read_anew, months_anew, rows.build(TURNS, pages.turns)),
        (BYLINES, pages.read_anew, months_anew, rows.build(BYLINES, pages.bylines)),
        (TRANSCRIPTS, by_page.keys(), all_months, rows.build(TRANSCRIPTS, pages.transcripts)),
        (CAPTURES, looks.keys(), set[str](), rows.build(CAPTURES, list(captures.values()))),
    )
    for table, units, months, coming in staged:
        tables[table].replace(units, coming, months)
    return frozenset(by_page)


def _stored(tables: Tables, page_ids: Iterable[str]) -> dict[str, Row]:
    """The rows of these pages in `transcripts`."""
    condition = ds.field("transcript_id").isin(pa.array(page_ids, pa.string()))
    found = tables[TRANSCRIPTS].select(condition, TRANSCRIPTS.column_names)
    return {row["transcript_id"]: row for row in found.to_pylist()}


def _history(tables: Tables, stored: Mapping[str, Row]) -> dict[str, dict[str, Look]]:
    """The looks at these pages that gave a transcript, by page and capture.

    None is older than its page's `first_seen_at`: earlier months need not be read, and for new pages none at all.
    """
    history: dict[str, dict[str, Look]] = defaultdict(dict)
    if not stored:
        return history
    since = CAPTURES.part(min(row["first_seen_at"] for row in stored.values()))
    found = tables[CAPTURES].select(
        (ds.field("capture_month") >= since)
        & ds.field("transcript_id").isin(pa.array(stored, pa.string()))
        & ds.field("content_hash").is_valid(),
        ("transcript_id", "capture_id", "captured_at", "content_hash"),
    )
    for row in (*stored.values(), *found.to_pylist()):
        history[row["transcript_id"]][row["capture_id"]] = _look(row)
    return history


def _by_page(looks: Mapping[str, Ingested], captures: Mapping[str, Row]) -> dict[str, list[_Seen]]:
    by_page: dict[str, list[_Seen]] = defaultdict(list)
    for capture_id, item in looks.items():
        transcript = item.reading.transcript if item.reading else None
        if transcript is None:
            continue
        if transcript.transcript_id != item.capture.transcript_id:
            raise LakeError(
                f"capture {capture_id} names transcript {item.capture.transcript_id}, not {transcript.transcript_id}"
            )
        by_page[transcript.transcript_id].append(_Seen(_look(captures[capture_id]), item, transcript))
    return by_page


def _decide(
    by_page: Mapping[str, Sequence[_Seen]], stored: Mapping[str, Row], history: Mapping[str, Mapping[str, Look]]
) -> _Pages:
    pages = _Pages()
    for page_id, looks in by_page.items():
        coming = {seen.look.capture_id: seen.look for seen in looks}
        standing = fold({**history.get(page_id, {}), **coming}.values())
        seen = _source(standing, looks, stored.get(page_id))
        if seen is None:
            pages.transcripts.append({**stored[page_id], **asdict(standing)})
        else:
            pages.add(seen, standing)
    return pages


def _source(standing: Standing, looks: Sequence[_Seen], stored: Row | None) -> _Seen | None:
    """The look of the batch to publish; None where the stored rows stay.

    That is the look that saw this revision first. Where it is in an earlier batch, the stored rows say the same, or
    else another look of this batch does: the newest look of all is either in the batch or agrees with what is stored.
    """
    for seen in looks:
        if seen.look.capture_id == standing.capture_id:
            return seen
    if stored is not None and stored["content_hash"] == standing.content_hash:
        return None
    return next(seen for seen in looks if seen.look.content_hash == standing.content_hash)


def _look(row: Mapping[str, Any]) -> Look:
    return Look(row["captured_at"], row["capture_id"], row["content_hash"])


def _month(transcript: Row) -> str:
    return TRANSCRIPTS.part(transcript["air_date"])
