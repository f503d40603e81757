"""Pages that others saved, into the archive and from there the usual way."""

import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from pipeline.archive import Resource
from pipeline.archive.warc import capture_id_of, digest_of
from pipeline.errors import FetchFailed, UsageError
from pipeline.fetch.urls import canonical_url
from pipeline.ingest.covering import publish_coverage
from pipeline.ingest.fetching import archived_look, unlisted
from pipeline.ingest.publishing import publish_looks
from pipeline.ingest.saved import files_of, is_one_page, pages_of
from pipeline.ingest.work import Rooms
from pipeline.ledger import Ledger, OpenLook, Visit
from pipeline.records import UNCHANGED, Exchange, rejected
from pipeline.schedule import next_look

logger = logging.getLogger(__name__)


def import_files(paths: Iterable[Path], url: str | None, run_id: str, rooms: Rooms) -> None:
    """Take in the pages of these files; of a folder, those files in it whose kind is known (`saved`).

    A record of a crawl keeps its URL and its date. An HTML or text file keeps the time of its last change as the time
    of its capture, and has the URL `url`, or, where none is given, its own `file://` URL, since nothing else is known
    of where it came from. What is in the archive already is counted as unchanged, or as rejected again.

    Raises:
        UsageError: a file is missing or of an unknown kind, or `url` is no URL or given for several files.
        ArchiveError: a file is damaged; what stood before the damage is taken in.
        LakeError, LedgerError: rows or outcomes could not be kept.
    """
    files = [file for path in paths for file in files_of(path)]
    if url is not None and (len(files) != 1 or not is_one_page(files[0])):
        raise UsageError("--url names the page of one HTML or text file; import several without it or one by one")
    if url is not None:
        _check_url(url)
    with Ledger(rooms.settings) as ledger:
        _publish(ledger.open_looks(None), rooms, ledger)  # an import that was killed
        for file in files:
            try:
                for page in pages_of(file, url, rooms.settings.max_decoded_bytes):
                    import_page(page, run_id, rooms, ledger)
            finally:
                publish_run(run_id, rooms, ledger)
    publish_coverage(rooms.settings)


def _check_url(url: str) -> None:
    try:
        canonical_url(url)
    except FetchFailed as failure:
        raise UsageError(f"--url {url}: {failure.detail}") from failure


def publish_run(run_id: str, rooms: Rooms, ledger: Ledger) -> None:
    """Publish the pages that a run has taken in."""
    _publish(ledger.open_looks_of_run(run_id), rooms, ledger)


def import_page(page: Exchange | Resource, run_id: str, rooms: Rooms, ledger: Ledger) -> None:
    """Archive one page and note it, to be published.

    One that is archived already is noted as unchanged; a bad one stays bad, however often it is brought.
    """
    url, body = page.url, page.content if isinstance(page, Resource) else page.body
    captured_at = page.captured_at if isinstance(page, Resource) else page.requested_at
    try:
        known_as = url if url.startswith("file:") else canonical_url(url)
    except FetchFailed as failure:
        logger.warning("import_skipped url=%s reason=%s", url, failure.detail)
        return
    ledger.note_pages([unlisted(known_as, captured_at, rooms.sources)], datetime.now(UTC))
    state = ledger.state(known_as)
    capture_id = capture_id_of(url, captured_at)
    if ledger.knows_capture(capture_id) or (state and state.payload_digest == digest_of(body)):
        visit = Visit(known_as, run_id, str(uuid4()), datetime.now(UTC), body_bytes=len(body))
        again = state.outcome if state and state.outcome and state.outcome.startswith(rejected("")) else UNCHANGED
        ledger.note_unchanged(visit, next_look(again, captured_at, datetime.now(UTC)), outcome=again)
        return
    archive = rooms.archive
    kept = archive.append_resource(page) if isinstance(page, Resource) else archive.append(page)
    ledger.note_look(archived_look(Visit(known_as, run_id, capture_id, captured_at, body_bytes=len(body)), kept))


def _publish(looks: Sequence[OpenLook], rooms: Rooms, ledger: Ledger) -> None:
    size = rooms.settings.batch_pages
    for start in range(0, len(looks), size):
        publish_looks(looks[start : start + size], datetime.now(UTC), rooms, ledger)
