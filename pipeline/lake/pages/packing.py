"""What was read of pages to Arrow, and back: what workers hand over, and what the lake takes apart of it.

The rows of a look are those of a page that was looked at this once: its first revision, first seen then. So they are
right where the lake has no other look at the page; where it has, they are taken apart and folded (`batch.py`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import islice
from typing import Any, TypeVar, cast

import pyarrow as pa

from pipeline.errors import LakeError
from pipeline.identify.revisions.revisions import tell
from pipeline.lake.pages.fold import Look, first_standing
from pipeline.lake.pages.gist import Gist, gist_of
from pipeline.lake.pages.looks import COUNTED, PAGE_TABLES, Looks, as_lists, put_together
from pipeline.lake.pages.record_rows import byline_rows, capture_row, transcript_row, turn_rows
from pipeline.lake.pages.revision_rows import content_of, revision_rows
from pipeline.lake.rows import Row, as_structs
from pipeline.records import Byline, Capture, Ingested, Note, Reading, Transcript, Turn
from schemas import BYLINES, CAPTURES, REVISIONS, TRANSCRIPTS, TURNS, Table
from schemas.table import WHOLE

_Record = TypeVar("_Record")


def pack(items: Iterable[Ingested]) -> Looks:
    """These looks as rows.

    Raises:
        LakeError: a row breaks the contract of `schemas/`, or a capture names another transcript than was read; the
            look is named.
    """
    items = list(items)
    try:
        return _pack(items)
    except LakeError as error:
        raise _told_of(items, error) from error


def _told_of(items: Iterable[Ingested], error: LakeError) -> LakeError:
    for item in items:
        try:
            _pack([item])
        except LakeError as alone:
            return LakeError(f"{item.capture.url}: {alone}")
    return error


def _pack(items: Iterable[Ingested]) -> Looks:
    rows: dict[str, list[Row]] = {table.name: [] for table in PAGE_TABLES}
    counts: dict[str, list[int]] = {table.name: [] for table in PAGE_TABLES}
    gists = []
    for item in items:
        gist = gist_of(item)
        gists.append(gist)
        of_look = _rows(item, gist)
        for table in PAGE_TABLES:
            new = of_look.get(table.name, [])
            rows[table.name] += new
            counts[table.name].append(len(new))
    columns: dict[str, pa.Array] = {
        table.name: as_lists(as_structs(table, rows[table.name]), counts[table.name]) for table in PAGE_TABLES
    }
    for name in COUNTED:
        columns[name] = pa.array([getattr(gist.page, name) if gist.page else None for gist in gists], WHOLE)
    return Looks(pa.table(columns))


def _rows(item: Ingested, gist: Gist) -> dict[str, list[Row]]:
    """The rows of a look by table."""
    captures = [capture_row(item.capture, gist.content_hash)]
    reading = item.reading
    if reading is None or reading.transcript is None:
        return {CAPTURES.name: captures}
    transcript = reading.transcript
    if transcript.transcript_id != gist.transcript_id:
        raise LakeError(
            f"capture {gist.capture_id} names transcript {gist.transcript_id}, not {transcript.transcript_id}"
        )
    look = Look(gist.captured_at, gist.capture_id, gist.content_hash)
    told = tell([content_of(transcript, reading)])
    page = transcript_row(item, transcript, first_standing(look))
    return {
        CAPTURES.name: captures,
        TRANSCRIPTS.name: [page],
        TURNS.name: turn_rows(transcript, reading.turns, told[0].turn_ids),
        BYLINES.name: byline_rows(transcript, reading.bylines),
        REVISIONS.name: revision_rows(page, [look], told, {}),
    }


def unpack(looks: Looks) -> list[Ingested]:
    """What was packed, as the look's outcome has it now; where there is no transcript, the reading is None."""
    captures, pages = looks.of(CAPTURES), looks.of(TRANSCRIPTS)
    marks = iter(zip(pages["parser_version"].to_pylist(), pages["correction_ids"].to_pylist(), strict=True))
    found = []
    for [capture], page, heard, credited, said in zip(
        _records(Capture, looks, CAPTURES),
        _records(Transcript, looks, TRANSCRIPTS),
        _records(Turn, looks, TURNS),
        _records(Byline, looks, BYLINES),
        captures["content_hash"].to_pylist(),
        strict=True,
    ):
        reading, version, correction_ids = None, "", None
        if page:
            reading = Reading(capture.outcome, capture.detail, page[0], tuple(credited), tuple(heard))
            version, correction_ids = next(marks)
        found.append(Ingested(capture, reading, version, said, tuple(correction_ids or ())))
    return found


def _records(kind: type[_Record], looks: Looks, table: Table) -> Iterator[list[_Record]]:
    """The records of each look out of the rows of a table."""
    rows = looks.of(table)
    columns = [_values(rows, field.name) for field in fields(cast("Any", kind))]
    records = map(kind, *columns)
    for count in looks.counts(table):
        yield list(islice(records, count))


def _values(rows: pa.Table, name: str) -> list[Any]:
    values: list[Any] = rows[name].to_pylist()
    return [tuple(Note(**note) for note in notes) for notes in values] if name == "notes" else values


def packed(given: Iterable[Looks | Ingested], size: int) -> Iterator[Looks]:
    """These looks, at most so many at a time; those that were read here are packed as workers pack theirs.

    Raises:
        LakeError: as `pack`.
    """
    held: list[Looks] = []
    for piece in _pieces(given, size):
        if held and sum(map(len, held)) + len(piece) > size:
            yield put_together(held)
            held = []
        held.append(piece)
    if held:
        yield put_together(held)


def _pieces(given: Iterable[Looks | Ingested], size: int) -> Iterator[Looks]:
    waiting: list[Ingested] = []
    for one in given:
        if isinstance(one, Ingested):
            waiting.append(one)
        if waiting and (isinstance(one, Looks) or len(waiting) == size):
            yield pack(waiting)
            waiting = []
        if isinstance(one, Looks):
            yield from (one.cut(start, start + size) for start in range(0, len(one), size))
    if waiting:
        yield pack(waiting)
