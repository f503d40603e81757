"""Pages that others saved, into the archive and from there the usual way: WARC and WET files, HTML and text files."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from pipeline.archive import Resource, read_foreign
from pipeline.archive.warc import capture_id_of, digest_of
from pipeline.errors import FetchFailed, UsageError
from pipeline.fetch.urls import canonical_url
from pipeline.ingest.fetching import archived_look, unlisted
from pipeline.ingest.publishing import publish_looks
from pipeline.ingest.work import Rooms
from pipeline.ledger import Ledger, OpenLook, Visit
from pipeline.records import UNCHANGED, Exchange
from pipeline.schedule import next_look

logger = logging.getLogger(__name__)

CONTENT_TYPES = {".html": "text/html", ".htm": "text/html", ".txt": "text/plain"}
WARC_SUFFIXES = (".warc", ".warc.gz", ".wet", ".wet.gz")


def import_files(paths: Iterable[Path], url: str | None, run_id: str, rooms: Rooms) -> None:
    """Take in the pages of these files; of a folder, those files in it whose kind is known.

    A WARC or WET record keeps its URL and its date. An HTML or text file keeps the time of its last change as
    the time of its capture, and has the URL `url`, or, where none is given, its own `file://` URL, since nothing else
    is known of where it came from. What is in the archive already is counted as unchanged.

    Raises:
        UsageError: a file is missing or of an unknown kind, or `url` is no URL or given for several files.
        ArchiveError: a WARC file is damaged; what stood before the damage is taken in.
        LakeError, LedgerError: rows or outcomes could not be kept.
    """
    files = [file for path in paths for file in _files(path)]
    if url is not None and (len(files) != 1 or _is_warc(files[0])):
        raise UsageError("--url names the page of one HTML or text file; import several without it or one by one")
    if url is not None:
        _check_url(url)
    with Ledger(rooms.settings) as ledger:
        _publish(ledger.open_looks(None), rooms, ledger)  # an import that was killed
        for file in files:
            try:
                for page in _pages(file, url):
                    _import_page(page, run_id, rooms, ledger)
            finally:
                _publish(ledger.open_looks_of_run(run_id), rooms, ledger)


def _check_url(url: str) -> None:
    try:
        canonical_url(url)
    except FetchFailed as failure:
        raise UsageError(f"--url {url}: {failure.detail}") from failure


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (file for file in sorted(path.rglob("*")) if file.is_file() and _is_known(file))
    elif not path.exists():
        raise UsageError(f"{path}: no such file")
    elif not _is_known(path):
        raise UsageError(f"{path}: not a kind that can be imported ({', '.join((*WARC_SUFFIXES, *CONTENT_TYPES))})")
    else:
        yield path


def _is_warc(path: Path) -> bool:
    return path.name.lower().endswith(WARC_SUFFIXES)


def _is_known(path: Path) -> bool:
    return _is_warc(path) or path.suffix.lower() in CONTENT_TYPES


def _pages(path: Path, url: str | None) -> Iterator[Exchange | Resource]:
    if _is_warc(path):
        yield from read_foreign(path)
        return
    try:
        changed_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    yield Resource(url or path.resolve().as_uri(), changed_at, CONTENT_TYPES[path.suffix.lower()], content)


def _import_page(page: Exchange | Resource, run_id: str, rooms: Rooms, ledger: Ledger) -> None:
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
        ledger.note_unchanged(visit, next_look(UNCHANGED, captured_at, datetime.now(UTC)))
        return
    archive = rooms.archive
    kept = archive.append_resource(page) if isinstance(page, Resource) else archive.append(page)
    ledger.note_look(archived_look(Visit(known_as, run_id, capture_id, captured_at, body_bytes=len(body)), kept))


def _publish(looks: Sequence[OpenLook], rooms: Rooms, ledger: Ledger) -> None:
    size = rooms.settings.batch_pages
    for start in range(0, len(looks), size):
        publish_looks(looks[start : start + size], datetime.now(UTC), rooms, ledger)
