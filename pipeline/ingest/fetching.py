"""Due pages to archived ones: a look at each, archived before it is noted."""

import logging
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from pipeline.archive import Archive
from pipeline.archive.warc import capture_id_of, digest_of
from pipeline.errors import ArchiveError, BrokenOff, FetchFailed
from pipeline.exchanges import ArchivedPage, Exchange, Validators
from pipeline.fetch.client import Fetcher
from pipeline.fetch.urls import canonical_url, host_of
from pipeline.ingest.work import Rooms, Wanted
from pipeline.ledger import Discovered, Ledger, Look, UrlState, Visit
from pipeline.ledger.links import note_pages
from pipeline.records import GONE, PUBLISHED, UNCHANGED, fetch_failed
from pipeline.schedule import next_look
from pipeline.sources import Sources

logger = logging.getLogger(__name__)

TROUBLES = 3
"""So many pages in a row that a host in trouble did not give, each tried as often as it may be, and it is left alone
until the next run: while it asks for ever longer gaps, one page may take it twenty minutes."""
_IN_TROUBLE = frozenset({
    "dns", "held", "refused", "reset", "timeout", "tls", "unreachable", "http_429", "http_503",
})  # fmt: skip
"""Reasons that say something of the host and not of the page."""


def fetch(wanted: Wanted, pages: Sequence[UrlState], rooms: Rooms) -> bool:
    """Look at these pages and note what came: archived and open to be read, unchanged, or failed.

    False where the source is not to be asked for more: the night is over, or its host is in trouble. What is left then
    stays due, so that a host that is slow, or dead, costs a night an hour and not its end.

    Raises:
        ArchiveError, LedgerError: a page could not be kept.
        UsageError: the host may not be asked without a contact.
    """
    troubled: list[str] = []
    with Ledger(rooms.settings) as ledger:
        for number, page in enumerate(pages):
            if rooms.is_over(wanted.scope):
                return False
            try:
                failed = _fetch_page(wanted, page, rooms.fetcher, rooms.archive, ledger)
            except BrokenOff:
                return False
            troubled = [*troubled, host_of(page.url)] if failed in _IN_TROUBLE else []
            if troubled[-TROUBLES:] == [host_of(page.url)] * TROUBLES:
                left = len(pages) - number - 1
                logger.warning("left_alone source=%s reason=%s batch_left=%d", wanted.source.source_id, failed, left)
                return False
    return True


def _fetch_page(wanted: Wanted, page: UrlState, fetcher: Fetcher, archive: Archive, ledger: Ledger) -> str | None:
    """The reason why nothing was had, if so."""
    started_at, clock = datetime.now(UTC), time.monotonic()
    try:
        # A page that came back must be read again, even where it says what it said before it was gone.
        is_back = page.outcome != PUBLISHED and ledger.was_gone(page.url)
        original = None if is_back else _original(page, archive)
        validators = page.validators if original else None
        exchange = fetcher.get(page.url, validators=validators, min_gap_seconds=wanted.source.min_gap_seconds)
    except FetchFailed as failure:
        visit = Visit(
            url=page.url,
            run_id=wanted.run_id,
            capture_id=capture_id_of(page.url, started_at),
            looked_at=started_at,
            seconds=time.monotonic() - clock,
            requests=0 if failure.is_unasked else 1,
            http_status=failure.status,
        )
        outcome = GONE if failure.is_gone else fetch_failed(failure.reason)
        ledger.note_look(Look(visit, outcome, failure.detail))
        return failure.reason
    visit = _visit(exchange, page.url, wanted.run_id)
    source_id = wanted.source.source_id
    if original and (exchange.status == 304 or digest_of(exchange.body) == page.payload_digest):
        archive.append_revisit(exchange, original, source_id)
        ledger.note_unchanged(visit, next_look(UNCHANGED, page.counted_from, wanted.at))
        return None
    ledger.note_look(archived_look(visit, archive.append(exchange, source_id)))
    return None


def _original(page: UrlState, archive: Archive) -> ArchivedPage | None:
    """What is archived of a page. What is lost there is asked for whole: nothing would be left of «unchanged»."""
    if page.warc_file is None or page.warc_offset is None:
        return None
    try:
        return archive.read(page.warc_file, page.warc_offset)
    except ArchiveError as error:
        logger.warning("archived_page_lost url=%s reason=%s", page.url, error)
        return None


def recover(run_id: str, rooms: Rooms) -> int:
    """Note what a killed run had archived and not yet noted, so that it is read and never fetched again.

    Returns the number of such pages.

    Raises:
        ArchiveError, LedgerError: a file is damaged, or the pages could not be noted.
    """
    found = 0
    with Ledger(rooms.settings) as ledger:
        for asked, page in rooms.archive.recover():
            if ledger.knows_capture(page.capture_id):
                continue
            url = asked if asked.startswith("file:") else canonical_url(asked)
            visit = Visit(url, run_id, page.capture_id, page.captured_at, body_bytes=page.body_bytes, http_status=200)
            note_pages(ledger, [unlisted(url, page.captured_at, rooms.sources)], datetime.now(UTC))
            ledger.note_look(archived_look(visit, page, is_taken_over=True))  # an import may have died too
            found += 1
    return found


def unlisted(url: str, captured_at: datetime, sources: Sources) -> Discovered:
    """A page that no listing named: what the archive alone tells of it."""
    source = sources.at(url)
    return Discovered(
        url=url,
        source_id=source.source_id if source else None,
        program=None,
        air_date=None,
        found_on=None,
        counted_from=captured_at,
        due_at=None,
    )


def archived_look(visit: Visit, page: ArchivedPage, *, is_taken_over: bool = False) -> Look:
    """The look whose page was archived here."""
    return Look(
        visit,
        warc_file=page.warc_file,
        warc_offset=page.warc_offset,
        payload_digest=page.payload_digest,
        validators=Validators(page.header("ETag"), page.header("Last-Modified")),
        is_taken_over=is_taken_over,
    )


def _visit(exchange: Exchange, url: str, run_id: str) -> Visit:
    return Visit(
        url=url,
        run_id=run_id,
        capture_id=capture_id_of(exchange.url, exchange.requested_at),
        looked_at=exchange.requested_at,
        seconds=exchange.elapsed_seconds,
        requests=1 + len(exchange.hops),
        body_bytes=len(exchange.body),
        http_status=exchange.status,
    )
