"""The rows that follow from a month's pages and turns, in the tables beside `turns`."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from schemas import APPEARANCES, CAPTURES, TRANSCRIPTS, Table

TURNS_A_STORY = 20
COPIED = 20
"""One page in so many is not the primary one of its story."""


@dataclass(frozen=True, slots=True)
class Pages:
    """What the pages of a month share with their turns."""

    transcript_id: pa.Array
    air_date: pa.Array
    program: pa.Array
    source_id: pa.Array

    def columns(
        self, names: tuple[str, ...] = ("transcript_id", "air_date", "program", "source_id")
    ) -> dict[str, object]:
        return {name: getattr(self, name) for name in names}


def transcripts(page: Pages, turns: pa.Table, month: str, stories: int) -> pa.Table:
    words = np.add.reduceat(turns["word_count"].to_numpy(), np.arange(0, turns.num_rows, TURNS_A_STORY))
    seen_at = _seen_at(page)
    return filled(
        TRANSCRIPTS,
        stories,
        page.columns()
        | {
            "url": pc.binary_join_element_wise("https://www.npr.org/transcripts/", page.transcript_id, ""),
            "layout": "npr_transcript",
            "title": pc.binary_join_element_wise("Story", page.transcript_id, " "),
            "air_date_rule": "printed",
            "audio_seconds": pa.array(words / 2.7),
            "language": "en",
            "word_count": pa.array(words.astype(np.int32)),
            "turn_count": TURNS_A_STORY,
            "speaker_count": 4,
            "content_hash": _hashes(page),
            "revision": 1,
            "first_seen_at": seen_at,
            "captured_at": seen_at,
            "capture_id": _captured(page),
            "parser_version": "1",
            "story_id": page.transcript_id,
            "is_primary": pa.array(np.arange(stories) % COPIED != 0),
            "air_month": month,
        },
    )


def appearances(turns: pa.Table) -> pa.Table:
    page = ["transcript_id", "speaker_name", "person_id", "air_date", "air_month", "source_id", "program"]
    named = turns.filter(pc.field("speaker_name").is_valid())
    heard = named.group_by(page).aggregate([([], "count_all"), ("word_count", "sum"), ("speaker_role", "min")])
    return filled(
        APPEARANCES,
        heard.num_rows,
        {name: heard[name].combine_chunks() for name in page if name != "speaker_name"}
        | {
            "name": heard["speaker_name"],
            "name_key": pc.utf8_lower(heard["speaker_name"]),
            "label": "SMITH",
            "network": "NPR",
            "role": heard["speaker_role_min"],
            "turn_count": heard["count_all"],
            "word_count": heard["word_count_sum"],
            "name_rule": "surname",
            "confidence": 0.98,
        },
    )


def captures(page: Pages, month: str, stories: int) -> pa.Table:
    return filled(
        CAPTURES,
        stories,
        page.columns(("transcript_id", "source_id"))
        | {
            "capture_id": _captured(page),
            "url": pc.binary_join_element_wise("https://www.npr.org/transcripts/", page.transcript_id, ""),
            "captured_at": _seen_at(page),
            "outcome": "published",
            "content_hash": _hashes(page),
            "http_status": 200,
            "body_bytes": 52_000,
            "warc_file": f"{month}.warc.gz",
            "warc_offset": pa.array(np.arange(stories) * 20_000),
            "capture_month": pc.strftime(page.air_date, "%Y-%m"),
        },
    )


def _captured(page: Pages) -> pa.Array:
    return pc.binary_join_element_wise("urn:uuid", page.transcript_id, ":")


def _hashes(page: Pages) -> pa.Array:
    return pc.binary_join_element_wise(page.transcript_id, "0123456789abcdef0123456789abcdef", "")


def _seen_at(page: Pages) -> pa.Array:
    """Noon of the day of broadcast."""
    noon = pa.scalar(timedelta(hours=12))
    return pc.add(page.air_date.cast(pa.timestamp("us")), noon).cast(pa.timestamp("us")).cast(pa.timestamp("us", "UTC"))


def filled(table: Table, count: int, values: dict[str, object]) -> pa.Table:
    """The rows as they are stored: constants repeated, what is not given NULL."""
    columns = []
    for field in table.stored:
        value = values.get(field.name)
        column = (
            value if isinstance(value, pa.Array | pa.ChunkedArray) else pa.repeat(pa.scalar(value, field.type), count)
        )
        columns.append(column.cast(field.type))
    return pa.table(columns, schema=table.stored)
