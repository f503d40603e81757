"""Transcripts of podcasts in JSON that their feeds link to (the podcast namespace's `application/json`).

History: the namespace's own description (version 1.0.0): `segments` of `speaker`, `startTime`, `endTime` and `body`; a
segment may be a sentence or a word. Nothing says which episode it is of: the feed does.
"""

from pipeline.read.record import Record
from pipeline.read.segments import segment_blocks
from pipeline.records import Page

NAME = "podcast_record"


def matches(record: Record) -> bool:
    """Segments with words."""
    segments = record.data.get("segments")
    return isinstance(segments, list) and bool(segments) and isinstance(segments[0], dict) and "body" in segments[0]


def read(record: Record) -> Page:
    """The paragraphs that the segments make."""
    return Page(
        layout=NAME,
        url=record.url,
        canonical_url=None,
        title=None,
        blocks=segment_blocks(record.data["segments"]),
        has_container=True,
        expects_transcript=True,
        otherwise="a podcast's transcript without words",
    )
