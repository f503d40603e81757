"""Listings to links: what a source says it has published."""

import logging
import re
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pipeline.archive.warc import capture_id_of, digest_of
from pipeline.discover.listing import read_listing
from pipeline.errors import BrokenOff, FetchFailed, PageRejected
from pipeline.exchanges import Exchange, Link, Validators
from pipeline.fetch.client import Fetcher
from pipeline.ingest.work import Rooms, Wanted
from pipeline.ledger import Discovered, Ledger, Scope, Visit
from pipeline.ledger.links import listing_validators, note_listing, note_listing_failed
from pipeline.records import GONE, fetch_failed
from pipeline.schedule import counted_from, first_look, may_pass
from pipeline.sources import Discovery, Program

logger = logging.getLogger(__name__)

MAX_CHILDREN = 50
"""Sitemaps followed from the indexes of one source in one run; Grove's index names one a month, ten years are 120."""
_AHEAD = timedelta(days=1)
"""So far ahead listings name pages: what is on air tomorrow."""
_MONTH = re.compile(r"(20\d\d)[-_/]?(0[1-9]|1[0-2])(?!\d)")


@dataclass(frozen=True, slots=True)
class Listed:
    """What reading a source's listings came to."""

    new: int
    """Pages that were not known."""
    unread: int
    """Listings that could not be had or read, and may be the next time."""


@dataclass(frozen=True, slots=True)
class _Place:
    place: Discovery
    program: Program | None
    url: str


@dataclass(frozen=True, slots=True)
class _Answer:
    new: int = 0
    children: tuple[str, ...] = ()
    """Further sitemaps that it names."""
    may_pass: bool = False
    """It failed, and may be had the next time."""


def discover(wanted: Wanted, rooms: Rooms) -> Listed:
    """Read the source's listings for the wanted days and note the pages they name.

    All links are noted, whatever their day: a listing that is not modified is not read again, and a backfill of other
    days must find what it named. A listing that fails is noted and the next one is read.

    Raises:
        LedgerError: the links could not be kept.
        UsageError: the host may not be asked without a contact.
    """
    with Ledger(rooms.settings) as ledger:
        return _discover(wanted, rooms, ledger)


def _discover(wanted: Wanted, rooms: Rooms, ledger: Ledger) -> Listed:
    waiting = deque(_places(wanted))
    seen = {place.url for place in waiting}
    children_left = MAX_CHILDREN
    new = unread = 0
    while waiting and not rooms.is_over(wanted.scope):
        place = waiting.popleft()
        try:
            answer = _read(place, wanted, rooms.fetcher, ledger)
        except BrokenOff:
            waiting.append(place)
            break
        new += answer.new
        unread += answer.may_pass
        asked = [url for url in answer.children if url not in seen and _is_of_wanted_months(url, wanted)]
        if len(asked) > children_left:
            logger.warning("sitemaps_left_out url=%s left_out=%d", place.url, len(asked) - children_left)
        for url in asked[:children_left]:
            seen.add(url)
            waiting.append(_Place(place.place, place.program, url))
        children_left -= len(asked[:children_left])
    unread += len(waiting)
    logger.info("discovered source=%s new_pages=%d listings=%d", wanted.source.source_id, new, len(seen))
    return Listed(new, unread)


def _places(wanted: Wanted) -> Iterator[_Place]:
    """Every listing of the wanted days, once, the newest day first."""
    seen: set[str] = set()
    for day in _days(wanted.first, wanted.last):
        for place, program, url in wanted.source.listings(day, only_dated=wanted.scope is Scope.DAYS):
            if url not in seen:
                seen.add(url)
                yield _Place(place, program, url)


def _days(first: date, last: date) -> Iterator[date]:
    while last >= first:
        yield last
        last -= timedelta(days=1)


def _is_of_wanted_months(url: str, wanted: Wanted) -> bool:
    """False where the URL of a monthly archive names a month that is not asked for."""
    months = {(day.year, day.month) for day in _days(wanted.first, wanted.last)}
    named = _MONTH.search(url)
    return named is None or (int(named[1]), int(named[2])) in months


def _read(place: _Place, wanted: Wanted, fetcher: Fetcher, ledger: Ledger) -> _Answer:
    """Ask for a listing and note what it names: nothing where it fails or is not modified."""
    source = wanted.source
    started_at, clock = datetime.now(UTC), time.monotonic()

    def visit(status: int | None, exchange: Exchange | None = None) -> Visit:
        return Visit(
            url=place.url,
            run_id=wanted.run_id,
            capture_id=capture_id_of(place.url, started_at),
            looked_at=started_at,
            seconds=time.monotonic() - clock,
            requests=1 + len(exchange.hops) if exchange else 1,
            body_bytes=len(exchange.body) if exchange else 0,
            http_status=status,
        )

    try:
        exchange = fetcher.get(
            place.url, validators=listing_validators(ledger, place.url), min_gap_seconds=source.min_gap_seconds
        )
        if exchange.status == 304:
            note_listing(ledger, visit(304, exchange), source.source_id, None, ())
            return _Answer()
        listing = read_listing(
            exchange.content,
            kind=place.place.kind,
            url=exchange.url,
            content_type=exchange.header("Content-Type"),
            source=source,
            program=place.program,
            latest=(started_at.astimezone(source.timezone) + _AHEAD).date(),
        )
    except FetchFailed as failure:
        outcome = GONE if failure.is_gone else fetch_failed(failure.reason)
        note_listing_failed(ledger, visit(failure.status), source.source_id, outcome, failure.detail)
        logger.warning("listing_failed url=%s outcome=%s detail=%s", place.url, outcome, failure.detail)
        return _Answer(may_pass=may_pass(outcome))
    except PageRejected as rejection:
        note_listing_failed(ledger, visit(200), source.source_id, rejection.outcome, rejection.detail)
        logger.warning("listing_rejected url=%s outcome=%s detail=%s", place.url, rejection.outcome, rejection.detail)
        return _Answer()
    # An index of sitemaps is read whole each time: on 304 the sitemaps it names would not be known.
    validators = None if listing.children else Validators(exchange.header("ETag"), exchange.header("Last-Modified"))
    pages = [_discovered(link, wanted) for link in listing.links]
    digest = digest_of(exchange.body)
    new = note_listing(ledger, visit(200, exchange), source.source_id, validators, pages, digest)
    return _Answer(new, listing.children)


def _discovered(link: Link, wanted: Wanted) -> Discovered:
    counted = counted_from(link.air_date, wanted.source.timezone, wanted.at)
    return Discovered(
        url=link.url,
        source_id=link.source_id,
        program=link.program,
        air_date=link.air_date,
        found_on=link.found_on,
        counted_from=counted,
        due_at=first_look(link.air_date, counted),
        title=link.title,
    )
