"""What passes between the stages up to the archive: frozen dataclasses, NULL as None, never an empty string.

The order follows the way of a page: Link, Exchange, ArchivedPage. What is read from it is in `records`.
"""

from dataclasses import dataclass
from datetime import date, datetime


# --- discover -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Link:
    """A page that a feed, sitemap or listing named. What the listing says of it steers the ledger, never the rows."""

    url: str
    """Canonical URL of the page to look at."""
    source_id: str
    found_on: str
    """URL of the feed, sitemap or listing."""
    program: str | None = None
    air_date: date | None = None
    title: str | None = None
    modified_at: datetime | None = None
    """The sitemap's or feed's last change, UTC."""


@dataclass(frozen=True, slots=True)
class CrawlCapture:
    """A page that somebody else's crawl holds, as the crawl's index says."""

    url: str
    captured_at: datetime
    payload_digest: str | None
    """`sha1:<base32>`, as in the crawl's WARC-Payload-Digest."""
    place: str
    """URL of the crawl's WARC file, or of the page as the crawl replays it."""
    span: "Span | None" = None
    """The record's bytes in the WARC file; None where the page is replayed."""


# --- fetch ----------------------------------------------------------------------------------------------------------
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Validators:
    """What a former response gave us to ask «has it changed?» with (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes of a file on a server, both ends included (RFC 9110, section 14.1)."""

    first: int
    last: int

    @property
    def size(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Exchange:
    """One complete HTTP request and response."""

    url: str
    """The URL that was asked for (public form, even where settings map the host to another address)."""
    requested_at: datetime
    elapsed_seconds: float
    request_headers: Headers
    status: int
    reason: str
    headers: Headers
    """Response headers as received, in order, duplicates kept."""
    body: bytes
    """The entity as received: transfer coding removed, content coding kept."""
    content: bytes
    """The entity with its content coding (gzip, deflate) removed."""
    ip_address: str | None = None
    hops: tuple["Exchange", ...] = ()
    """The redirects that led here, first one first; empty when there were none."""
    original_digest: str | None = None
    """Of a page that somebody else archived: the payload digest that their record gives, algorithm and all."""

    def header(self, name: str) -> str | None:
        """The first value of a response header, whatever its case."""
        return _first_header(self.headers, name)

    @property
    def requested_url(self) -> str:
        """The URL the chain of redirects began with."""
        return self.hops[0].url if self.hops else self.url


# --- archive --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A response read back from the archive: all that the stages right of it may know of a page."""

    capture_id: str
    url: str
    captured_at: datetime
    status: int
    headers: Headers
    content: bytes
    """Decoded of content coding."""
    body_bytes: int
    payload_digest: str
    """`sha256:<base32>` of the entity as received, as in WARC-Payload-Digest."""
    warc_file: str
    """Path below the archive folder."""
    warc_offset: int
    original_digest: str | None = None
    """As in `Exchange`."""

    def header(self, name: str) -> str | None:
        """The first value of a response header, whatever its case."""
        return _first_header(self.headers, name)


def _first_header(headers: Headers, name: str) -> str | None:
    return next((value for key, value in headers if key.lower() == name.lower()), None)
