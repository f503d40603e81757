from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import pyarrow as pa
import pytest

from pipeline.errors import LakeError
from pipeline.identify.revisions.content import content_hash
from pipeline.lake.pages.record_rows import byline_rows, capture_row, turn_rows
from pipeline.lake.rows import build, checked
from pipeline.records import Reading, Transcript
from schemas import BYLINES, CAPTURES, TURNS
from schemas.table import UNDATED
from schemas.turns import NOTE as NOTE_TYPE
from tests.lake.factory import AIR_DATE, SAID, Look

NOTE = {"kind": "laughter", "text": "(laughter)", "start": 0, "end": 10}
LOOSE = partial(pa.array, type=pa.list_(pa.struct([(field.name, field.type) for field in NOTE_TYPE])))
"""Notes whose type does not say that their fields are required."""


def read(look: Look) -> tuple[Reading, Transcript]:
    reading = look.ingested().reading
    assert reading is not None
    assert reading.transcript is not None
    return reading, reading.transcript


def rows_of(look: Look) -> list[dict[str, Any]]:
    reading, transcript = read(look)
    return turn_rows(transcript, reading.turns, (f"id-{turn.turn_index}" for turn in reading.turns))


class TestBuild:
    def test_rows_are_sorted_and_filed_by_month(self) -> None:
        rows = rows_of(Look(page=2)) + rows_of(Look(page=1)) + rows_of(Look(page=3, air_date=None))
        built = build(TURNS, rows)
        assert built.schema.equals(TURNS.stored)
        assert built["transcript_id"].unique().to_pylist() == ["npr:nx-s1-1", "npr:nx-s1-2", "npr:nx-s1-3"]
        assert built["air_month"].to_pylist() == ["2026-03"] * 6 + [UNDATED] * 3

    def test_no_rows(self) -> None:
        assert build(TURNS, []).schema.equals(TURNS.stored)

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"mood": "wry"}, r"turns: columns missing \[\], unknown \['mood'\]"),
            ({"turn_id": None}, r"turns\.turn_id: NULL where a value is required"),
            ({"program": ""}, r"turns\.program: an empty string; unknown is NULL"),
            ({"turn_index": "first"}, r"turns\.turn_index: 'first' is no INTEGER"),
            ({"turn_index": True}, r"turns\.turn_index: True is no INTEGER"),
            ({"turn_index": 2**40}, r"turns\.turn_index: "),
            ({"word_count": 1.5}, r"turns\.word_count: 1\.5 is no INTEGER"),
            ({"confidence": float("nan")}, r"turns\.confidence: not a number; unknown is NULL"),
            ({"text": 7}, r"turns\.text: 7 is no VARCHAR"),
            ({"text": "\ud800"}, r"turns\.text: "),
            ({"air_date": "2026-03-20"}, r"turns\.air_date: '2026-03-20' is no DATE"),
            ({"air_date": Look().captured_at}, r"turns\.air_date: datetime.* is no DATE"),
            ({"notes": None}, r"turns\.notes: NULL where a value is required"),
            ({"notes": [None]}, r"turns\.notes\[\]: NULL where a value is required"),
            ({"notes": [{**NOTE, "kind": ""}]}, r"turns\.notes\[\]\.kind: an empty string"),
            ({"notes": [{**NOTE, "end": None}]}, r"turns\.notes\[\]\.end: NULL where a value is required"),
            ({"notes": [{**NOTE, "mood": "wry"}]}, r"turns\.notes\[\]: an entry with other fields than \['end', "),
            ({"turn_index": 1}, r"turns: two rows with the key \{'transcript_id': 'npr:nx-s1-1', 'turn_index': 1\}"),
        ],
    )
    def test_breach_of_the_contract(self, change: dict[str, Any], says: str) -> None:
        rows = rows_of(Look())
        with pytest.raises(LakeError, match=says) as refusal:
            build(TURNS, [{**rows[0], **change}, *rows[1:]])
        assert "\n" not in str(refusal.value)

    @pytest.mark.parametrize("name", ["confidence", "notes"])
    def test_missing_column(self, name: str) -> None:
        rows = rows_of(Look())
        del rows[1][name]
        with pytest.raises(LakeError, match=rf"turns: columns missing \['{name}'\], unknown \[\]"):
            build(TURNS, rows)

    def test_time_without_zone(self) -> None:
        row = capture_row(Look().ingested().capture, None)
        with pytest.raises(LakeError, match=r"captures\.captured_at: a time without its zone"):
            build(CAPTURES, [{**row, "captured_at": datetime(2026, 3, 20)}])  # noqa: DTZ001  # the point

    def test_bylines_and_failed_captures(self) -> None:
        reading, transcript = read(Look())
        assert build(BYLINES, byline_rows(transcript, reading.bylines))["air_date"].to_pylist() == [AIR_DATE] * 2
        failed = build(CAPTURES, [capture_row(Look().failed().capture, None)]).to_pylist()[0]
        assert failed["content_hash"] is None
        assert failed["capture_month"] == "2026-03"


class TestChecked:
    """The same gate for rows that are in Arrow already."""

    def test_rows_may_come_in_any_order_and_without_their_month(self) -> None:
        built = build(TURNS, rows_of(Look(1)) + rows_of(Look(2, air_date=None)))
        shuffled = built.drop_columns("air_month").select(sorted(TURNS.column_names)).take([3, 0, 5, 4, 2, 1])
        assert checked(TURNS, shuffled).equals(built)
        assert checked(TURNS, built.slice(0, 0)).schema.equals(TURNS.stored)

    @pytest.mark.parametrize(
        ("name", "values", "says"),
        [
            ("mood", ["wry"], r"turns: columns missing \[\], unknown \['mood'\]"),
            ("turn_id", pa.array([None], pa.string()), r"turns\.turn_id: NULL where a value is required"),
            ("program", [""], r"turns\.program: an empty string; unknown is NULL"),
            ("turn_index", [1.5], r"turns\.turn_index: double is no INTEGER"),
            ("confidence", [float("nan")], r"turns\.confidence: not a number; unknown is NULL"),
            ("notes", pa.array([None], TURNS.arrow.field("notes").type), r"turns\.notes: NULL where a value is"),
            ("notes", LOOSE([[{**NOTE, "end": None}]]), r"turns\.notes\[\]\.end: NULL where a value is required"),
            ("notes", LOOSE([[{**NOTE, "kind": ""}]]), r"turns\.notes\[\]\.kind: an empty string"),
            ("notes", [[NOTE]], r"turns\.notes\[\]\.start: int64 is no INTEGER"),
            ("notes", [[{**NOTE, "mood": "wry"}]], r"turns\.notes\[\]: an entry with other fields than \['end', "),
            ("notes", [["laughter"]], r"turns\.notes\[\]: string is no STRUCT"),
        ],
    )
    def test_breach_of_the_contract(self, name: str, values: Any, says: str) -> None:
        rows = build(TURNS, rows_of(Look())[:1])
        if name in rows.column_names:
            rows = rows.drop_columns(name)
        with pytest.raises(LakeError, match=says):
            checked(TURNS, rows.append_column(name, pa.array(values)))

    def test_missing_column_and_double_key(self) -> None:
        rows = build(TURNS, rows_of(Look()))
        with pytest.raises(LakeError, match=r"turns: columns missing \['notes'\], unknown \[\]"):
            checked(TURNS, rows.drop_columns("notes"))
        with pytest.raises(LakeError, match=r"turns: two rows with the key"):
            checked(TURNS, pa.concat_tables([rows, rows]))


class TestContentHash:
    @pytest.mark.parametrize(
        "other",
        [
            Look(title="Another"),
            Look(title=None),
            Look(air_date=None),
            Look(program="Fresh Air"),
            Look(said=SAID[:2]),
            Look(said=(("LEILA FADEL:", "Good evening."), *SAID[1:])),
            Look(said=(("FADEL:", "Good morning."), *SAID[1:])),
        ],
    )
    def test_differs_where_the_page_says_something_else(self, other: Look) -> None:
        assert content_hash(read(other)[0]) != content_hash(read(Look())[0])

    def test_is_the_same_where_only_the_parser_or_the_request_differ(self) -> None:
        reading, transcript = read(Look())
        renamed = tuple(replace(turn, speaker_name="X", confidence=0.5, name_rule="surname") for turn in reading.turns)
        other = replace(
            reading,
            turns=renamed,
            transcript=replace(transcript, url="https://npr.org/x", updated_at=Look().captured_at, speaker_count=9),
        )
        assert content_hash(other) == content_hash(reading)

    def test_none_without_transcript(self) -> None:
        assert content_hash(Reading("not_yet")) is None


def test_turns_of_a_record_stay_as_they_are() -> None:
    reading, _ = read(Look())
    row = rows_of(Look())[1]
    assert row["turn_id"] == "npr:nx-s1-1#id-1"
    assert {name: row[name] for name in ("turn_index", "speaker_name", "text", "confidence")} == {
        name: getattr(reading.turns[1], name) for name in ("turn_index", "speaker_name", "text", "confidence")
    }
    assert list(row["notes"]) == [{"kind": "laughter", "text": "(laughter)", "start": 10, "end": 20}]
