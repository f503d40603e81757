"""What was read of a page as rows of the tables that looks give."""

from collections.abc import Iterable

from pipeline.lake.pages.fold import Standing
from pipeline.lake.rows import Row, plain
from pipeline.records import Byline, Capture, Ingested, Transcript, Turn


def transcript_row(item: Ingested, transcript: Transcript, standing: Standing) -> Row:
    """The row of a page in `transcripts`."""
    return {
        **plain(transcript),
        **plain(standing),
        "correction_ids": list(item.correction_ids) or None,
        "parser_version": item.parser_version,
    }


def turn_rows(transcript: Transcript, turns: Iterable[Turn], turn_ids: Iterable[str]) -> list[Row]:
    """The rows of a page in `turns`; `turn_ids` are unique within the page (`identify.revisions`)."""
    place = {"transcript_id": transcript.transcript_id, "air_date": transcript.air_date}
    source = {"source_id": transcript.source_id, "program": transcript.program}
    rows = [{**place, **source, **plain(turn), "notes": [plain(note) for note in turn.notes]} for turn in turns]
    return with_turn_ids(rows, turn_ids)


def with_turn_ids(turns: Iterable[Row], turn_ids: Iterable[str]) -> list[Row]:
    """The rows of a page's turns, in their order, with these ids."""
    return [
        {**row, "turn_id": f"{row['transcript_id']}#{turn_id}"} for row, turn_id in zip(turns, turn_ids, strict=True)
    ]


def byline_rows(transcript: Transcript, bylines: Iterable[Byline]) -> list[Row]:
    """The rows of a page in `bylines`."""
    place = {"transcript_id": transcript.transcript_id, "air_date": transcript.air_date}
    return [{**place, **plain(byline)} for byline in bylines]


def capture_row(capture: Capture, content_hash: str | None) -> Row:
    """The row of a look in `captures`."""
    return {**plain(capture), "content_hash": content_hash}
