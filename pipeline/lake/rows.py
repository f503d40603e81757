"""Records to rows, and rows to Arrow: the gate at which the contract of `schemas/` is enforced."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.errors import LakeError
from pipeline.lake.fold import Standing
from pipeline.records import Byline, Ingested, Reading, Transcript, Turn
from schemas import Table

Row = dict[str, Any]

_SAID_BY_PAGE = (
    "npr_id", "program", "title", "segment_title", "teaser", "air_date", "published_at", "audio_url", "audio_seconds",
    "language", "dateline", "correction", "rights", "author_bio",
)  # fmt: skip
"""What of a transcript's facts is its content. URLs and `updated_at` may differ between looks at the same content."""


def content_hash(reading: Reading) -> str | None:
    """SHA-256 (hexadecimal) of what the page says: its facts, bylines as printed, turns as labelled and worded.

    What the parser concludes (names, roles, counts) does not count. None where there is no transcript.
    """
    if reading.transcript is None:
        return None
    said = [
        [getattr(reading.transcript, name) for name in _SAID_BY_PAGE],
        [byline.printed for byline in reading.bylines],
        [[turn.kind, turn.speaker_label, turn.text, turn.start_seconds] for turn in reading.turns],
    ]
    return hashlib.sha256(json.dumps(said, default=_iso).encode("ascii")).hexdigest()


def _iso(value: date | datetime) -> str:
    return value.isoformat()


def transcript_row(transcript: Transcript, standing: Standing, parser_version: str) -> Row:
    """The row of a page in `transcripts`."""
    return {**asdict(transcript), **asdict(standing), "parser_version": parser_version}


def turn_rows(transcript: Transcript, turns: Iterable[Turn]) -> list[Row]:
    """The rows of a page in `turns`.

    `turn_id` is made of the label and the text, with a number that tells equal ones apart: it stays when turns around
    it change.
    """
    place = {"transcript_id": transcript.transcript_id, "air_date": transcript.air_date}
    source = {"source_id": transcript.source_id, "program": transcript.program}
    seen: Counter[str] = Counter()
    rows = []
    for turn in turns:
        wording = json.dumps([turn.speaker_label, turn.text]).encode("ascii")
        digest = hashlib.sha256(wording).hexdigest()[:12]  # 48 bits: enough to tell the turns of one transcript apart
        seen[digest] += 1
        turn_id = f"{transcript.transcript_id}#{digest}-{seen[digest]}"
        rows.append({**place, **source, "turn_id": turn_id, **asdict(turn)})
    return rows


def byline_rows(transcript: Transcript, bylines: Iterable[Byline]) -> list[Row]:
    """The rows of a page in `bylines`."""
    place = {"transcript_id": transcript.transcript_id, "air_date": transcript.air_date}
    return [{**place, **asdict(byline)} for byline in bylines]


def capture_row(item: Ingested) -> Row:
    """The row of a look in `captures`."""
    return {**asdict(item.capture), "content_hash": content_hash(item.reading) if item.reading else None}


def build(table: Table, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """These rows as Arrow, in the table's stored schema and order.

    Raises:
        LakeError: a column is unknown or missing, a value is of the wrong type, NULL where one is required, an empty
        string or a time without its zone, or two rows have the same key.
    """
    names = set(table.column_names)
    for row in rows:
        if row.keys() != names:
            missing, unknown = sorted(names - row.keys()), sorted(row.keys() - names)
            raise LakeError(f"{table.name}: columns missing {missing}, unknown {unknown}")
    arrays = [_array(table, field, [row[field.name] for row in rows]) for field in table.arrow]
    months = [table.partition.month(row[table.partition.column]) for row in rows]
    built = pa.table([*arrays, pa.array(months, pa.string())], schema=table.stored)
    _check_keys(table, built)
    return ordered(table, built)


def ordered(table: Table, rows: pa.Table) -> pa.Table:
    """These rows in the order that the table's partitions are sorted by."""
    return rows.sort_by([(name, "ascending") for name in table.order])


def _array(table: Table, field: pa.Field, values: list[Any]) -> pa.Array:
    if pa.types.is_timestamp(field.type) and any(value is not None and value.tzinfo is None for value in values):
        raise LakeError(f"{table.name}.{field.name}: a time without its zone")
    try:
        array = pa.array(values, field.type)
    except (pa.ArrowException, UnicodeError, OverflowError, TypeError, ValueError) as error:
        raise LakeError(f"{table.name}.{field.name}: {' '.join(str(error).split())}") from error
    if not field.nullable and array.null_count:
        raise LakeError(f"{table.name}.{field.name}: NULL in a required column")
    _check_content(f"{table.name}.{field.name}", array)
    return array


def _check_content(where: str, array: pa.Array) -> None:
    """Refuse empty strings everywhere, and NULL within lists and structs where none may be."""
    if pa.types.is_string(array.type):
        if pc.any(pc.equal(array, "")).as_py():
            raise LakeError(f"{where}: an empty string; unknown is NULL")
    elif pa.types.is_list(array.type):
        _check_content(f"{where}[]", pc.list_flatten(array))
    elif pa.types.is_struct(array.type):
        for field in array.type:
            part = pc.struct_field(array, field.name)
            if not field.nullable and part.null_count:
                raise LakeError(f"{where}.{field.name}: NULL in a required field")
            _check_content(f"{where}.{field.name}", part)


def _check_keys(table: Table, rows: pa.Table) -> None:
    keys = rows.group_by(list(table.key)).aggregate([([], "count_all")])
    if keys.num_rows == rows.num_rows:
        return
    double = keys.filter(pc.greater(keys["count_all"], 1)).slice(0, 1).drop_columns("count_all").to_pylist()[0]
    raise LakeError(f"{table.name}: two rows with the key {double}")
