"""A feed, sitemap or listing page to the links it names: pure, no network."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urljoin

from pipeline.discover.documents import parse_html, parse_xml
from pipeline.discover.entries import Entry, day_in, moment_in_utc
from pipeline.discover.feeds import read_feed
from pipeline.discover.listings import read_page
from pipeline.discover.sitemaps import read_sitemap
from pipeline.errors import FetchFailed
from pipeline.exchanges import Link
from pipeline.fetch.urls import canonical_url
from pipeline.sources import Program, Source

_DAY_IN_PATH = re.compile(r"/(\d{4})[/-](\d{2})[/-](\d{2})(?=/|$)")


@dataclass(frozen=True, slots=True)
class Listing:
    """What one listing names, in its order, nothing twice."""

    links: tuple[Link, ...] = ()
    children: tuple[str, ...] = ()
    """Canonical URLs of the sitemaps that a sitemap index names."""


def read_listing(  # noqa: PLR0913  # each by name: what was read, and how it is to be understood
    exchange_content: bytes,
    *,
    kind: Literal["feed", "sitemap", "listing"],
    url: str,
    content_type: str | None,
    source: Source,
    program: Program | None,
    latest: date | None = None,
) -> Listing:
    """The pages of `source` that a listing names.

    Args:
        exchange_content: the listing, its content coding removed; a sitemap may still be a gzip file.
        kind: how the listing is written.
        url: where it was found; relative links are meant from there.
        content_type: its Content-Type header, whose charset goes before what the document says.
        source: decides which links are pages, and in whose time zone a day is.
        program: the programme that the listing is of, where it is of one.
        latest: the last day on which a page can be; a later one is a slip of the listing's, and not known.

    Raises:
        PageRejected: this is no such listing; `outcome` is `rejected:<reason>` with `not_a_feed`, `not_a_sitemap`,
            `not_xml`, `not_html`, `too_large`, `truncated` or `bad_encoding`.
    """
    children: list[str] = []
    if kind == "feed":
        entries = read_feed(parse_xml(exchange_content, content_type))
    elif kind == "sitemap":
        entries, children = read_sitemap(parse_xml(exchange_content, content_type))
    else:
        entries = read_page(parse_html(exchange_content, content_type), url)
    links: dict[str, Link] = {}
    for entry in entries:
        link = _link(entry, url, source, program, latest)
        if link is not None:
            links.setdefault(link.url, link)
    return Listing(tuple(links.values()), tuple(dict.fromkeys(_canonical(url, children))))


def _link(entry: Entry, found_on: str, source: Source, program: Program | None, latest: date | None) -> Link | None:
    """The entry as a page of the source, or None where it is no page."""
    listed = next(_canonical(found_on, [entry.url]), None)
    page = source.page_for(listed) if listed else None
    if listed is None or page is None:
        return None
    return Link(
        url=canonical_url(page),
        source_id=source.source_id,
        found_on=found_on,
        program=program.name if program else entry.program,
        air_date=_first((day_in(entry.published, source.timezone), _day_in_path(listed)), latest),
        title=entry.title,
        modified_at=moment_in_utc(entry.modified),
    )


def _first(days: Iterable[date | None], latest: date | None) -> date | None:
    """The first day that is one; of a page of next year no night would ever ask."""
    return next((day for day in days if day is not None and (latest is None or day <= latest)), None)


def _canonical(base: str, addresses: Iterable[str]) -> Iterator[str]:
    """The canonical URLs of those addresses that are http(s) URLs; listings hold much that is not."""
    for address in addresses:
        try:
            yield canonical_url(urljoin(base, address))
        except (ValueError, FetchFailed):
            continue


def _day_in_path(url: str) -> date | None:
    """The day that the URL's path names, as /2026/01/04/ or /2026-03-20/."""
    found = _DAY_IN_PATH.search(url)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
