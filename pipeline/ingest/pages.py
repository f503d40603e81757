"""An archived page to what it gives. What a worker does with a page: it needs neither lake nor ledger."""

from pipeline.exchanges import ArchivedPage
from pipeline.identify.corrections.pages import corrected
from pipeline.identify.known import Known
from pipeline.identify.revisions.content import content_hash
from pipeline.parse import PARSER_VERSION, parse_page
from pipeline.records import Capture, Ingested, Reading, rejected
from pipeline.sources import Sources


def ingested(page: ArchivedPage, sources: Sources, known: Known) -> Ingested:
    """What an archived page gives, where nothing is known of the looks before.

    A pure function of archived bytes and of what people wrote down, so that a reparse gives what the nights gave.
    """
    reading = reading_of(page, sources, known)
    said = content_hash(reading)
    fixed, correction_ids = corrected(reading, known.corrections)
    capture = _capture(page, reading, sources)
    return Ingested(capture, fixed, PARSER_VERSION, said, correction_ids)


def refused(page: ArchivedPage, reason: str, detail: str, sources: Sources) -> Ingested:
    """What an archived page gives that could not be read: `rejected:<reason>`."""
    reading = Reading(rejected(reason), detail)
    return Ingested(_capture(page, reading, sources), reading, PARSER_VERSION)


def _capture(page: ArchivedPage, reading: Reading, sources: Sources) -> Capture:
    source = sources.at(page.url)
    transcript = reading.transcript
    return Capture(
        capture_id=page.capture_id,
        url=page.url,
        source_id=source.source_id if source else (transcript.source_id if transcript else None),
        captured_at=page.captured_at,
        outcome=reading.outcome,
        detail=reading.detail,
        transcript_id=transcript.transcript_id if transcript else None,
        http_status=page.status,
        content_type=page.header("Content-Type") or None,
        etag=page.header("ETag") or None,
        last_modified=page.header("Last-Modified") or None,
        body_bytes=page.body_bytes,
        payload_digest=page.payload_digest,
        warc_file=page.warc_file or None,  # of a page that is still to be archived
        warc_offset=page.warc_offset if page.warc_file else None,
        original_digest=page.original_digest,
    )


def reading_of(page: ArchivedPage, sources: Sources, known: Known) -> Reading:
    """What the page itself says, read by the parser of today."""
    return parse_page(
        page.content,
        url=page.url,
        content_type=page.header("Content-Type"),
        sources=sources,
        authority=known.authority,
    )
