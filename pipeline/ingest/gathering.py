"""Pages that web crawls hold, into the archive and from there the usual way: Common Crawl, the Internet Archive.

A page keeps the crawl's URL and date; the newest capture of a page wins by its date, whenever it was gathered, and the
others are its revisions. Gathering may be broken off and begun again: what is archived is not fetched twice.
"""

import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from pathlib import Path

from pipeline.archive import read_foreign
from pipeline.archive.warc import capture_id_of
from pipeline.discover import common_crawl, internet_archive
from pipeline.discover.sought import Sought
from pipeline.errors import ArchiveError, FetchFailed, PageRejected, UsageError
from pipeline.exchanges import CrawlCapture, Exchange
from pipeline.fetch.spans import RemoteFiles
from pipeline.ingest.importing import go_on, import_page, publish_run
from pipeline.ingest.work import Rooms
from pipeline.lake.pages.looks import Looks
from pipeline.ledger import Discovered, Ledger, Look, Visit
from pipeline.ledger.links import note_pages
from pipeline.records import GONE, fetch_failed, rejected


def from_common_crawl(sought: Sought, crawl: str, rooms: Rooms, index: Path | None = None) -> Iterator[CrawlCapture]:
    """The captures of a source in a crawl, by its columnar index: of the folder `index`, or on the crawl's server.

    Raises:
        UsageError: there is no such crawl or no index in the folder.
        FetchFailed: the index was not to be had.
    """
    if index is not None:
        yield from common_crawl.captures(common_crawl.index_files(index), sought)
        return
    files = common_crawl.index_paths(crawl, lambda url: rooms.fetcher.get(url).content)
    remote = RemoteFiles(rooms.fetcher.get_span)
    try:
        yield from common_crawl.captures(files, sought, remote)
    except UsageError as error:
        raise remote.failure or error from error


def from_internet_archive(sought: Sought, rooms: Rooms) -> Iterator[CrawlCapture]:
    """The captures of a source in the Internet Archive, by its CDX server.

    Raises:
        FetchFailed, PageRejected: the table was not to be had, or is none.
    """
    for host in sought.hosts:
        key: str | None = None
        known: set[str] = set()
        while True:
            answer = rooms.fetcher.get(internet_archive.cdx_url(sought, host, key))
            page = internet_archive.read_cdx(answer.content, sought)
            yield from page.captures
            key = page.resume_key
            if key is None:
                break
            if key in known:
                raise PageRejected(
                    rejected("malformed"), "the table of captures names a page again that it named before"
                )
            known.add(key)


def gather(captures: Iterable[CrawlCapture], run_id: str, rooms: Rooms) -> None:
    """Take in these pages, batch by batch; one that cannot be had is counted by its reason, and the next is taken.

    Raises:
        ArchiveError, LakeError, LedgerError: something could not be kept; nothing is damaged.
        UsageError: the host may not be asked without a contact.
    """
    waiting = iter(captures)
    with Ledger(rooms.settings) as ledger:
        go_on(run_id, rooms, ledger)
        while batch := list(islice(waiting, rooms.settings.batch_pages)):
            read: list[Looks] = []
            try:
                for capture in batch:
                    if rooms.stopping.is_set():
                        return
                    if not ledger.knows_capture(capture_id_of(capture.url, capture.captured_at)):
                        read += _gather_page(capture, run_id, rooms, ledger)
            finally:
                publish_run(run_id, rooms, ledger, read)


def _gather_page(capture: CrawlCapture, run_id: str, rooms: Rooms, ledger: Ledger) -> list[Looks]:
    clock = time.monotonic()
    try:
        page = _fetched(capture, rooms)
    except FetchFailed as failure:
        _note_failure(capture, failure, run_id, time.monotonic() - clock, ledger)
        return []
    return [import_page(page, run_id, rooms, ledger)]


def _fetched(capture: CrawlCapture, rooms: Rooms) -> Exchange:
    """The page as the crawl captured it."""
    if capture.span is None:
        return internet_archive.as_captured(rooms.fetcher.get(capture.place), capture)
    record = rooms.fetcher.get_span(capture.place, capture.span).body
    try:
        found = next(read_foreign(BytesIO(record), capture.place), None)
    except ArchiveError as error:
        raise FetchFailed(capture.place, "bad_record", str(error)) from error
    if not isinstance(found, Exchange) or found.url != capture.url:
        raise FetchFailed(capture.place, "bad_record", f"the crawl's file holds no such page at {capture.span.first}")
    return found


def _note_failure(capture: CrawlCapture, failure: FetchFailed, run_id: str, seconds: float, ledger: Ledger) -> None:
    """Count the failure where it happened, at the crawl's place: of the page's own site it says nothing."""
    now = datetime.now(UTC)
    span = f"#bytes={capture.span.first}-{capture.span.last}" if capture.span else ""
    place = f"{capture.place}{span}"
    visit = Visit(
        url=place,
        run_id=run_id,
        capture_id=capture_id_of(place, now),
        looked_at=now,
        seconds=seconds,
        requests=0 if failure.is_unasked else 1,
        http_status=failure.status,
    )
    note_pages(ledger, [Discovered(place, None, None, None, None, counted_from=now, due_at=None)], now)
    ledger.note_look(Look(visit, GONE if failure.is_gone else fetch_failed(failure.reason), failure.detail))
