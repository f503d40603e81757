"""The Internet Archive's CDX server to captures, and its replayed pages to what was captured.

The server (https://github.com/internetarchive/wayback, wayback-cdx-server) gives a table as JSON, a page of it at a
time: the last row of a page that is not the last holds a resume key, behind an empty row. A replay with `id_` behind
its time is the page as it was captured, with the headers of then under `x-archive-orig-`.
"""

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlencode

from pipeline.discover.sought import Sought
from pipeline.errors import FetchFailed, PageRejected
from pipeline.exchanges import CrawlCapture, Exchange
from pipeline.records import rejected

CDX_URL = "https://web.archive.org/cdx/search/cdx"
REPLAY_URL = "https://web.archive.org/web/"
ROWS = 5_000
"""Captures asked for at once."""
_FIELDS = ("timestamp", "original", "digest")
_ORIGINAL = "x-archive-orig-"
_OF_THE_WIRE = {"content-encoding", "content-length", "transfer-encoding"}
"""Headers that must fit the body as it came from the Archive, not as it once came to the Archive."""
_REPLAYED = re.compile(r"/web/(\d{14})id_/")


@dataclass(frozen=True, slots=True)
class CdxPage:
    """A page of the table, and the key of the next one; None for the last."""

    captures: tuple[CrawlCapture, ...]
    resume_key: str | None


def cdx_url(sought: Sought, host: str, resume_key: str | None = None) -> str:
    """The address of the captures of a host, neighbouring ones of the same content once."""
    asked = {
        "url": host,
        "matchType": "host",
        "from": f"{sought.first:%Y%m%d}",
        "to": f"{sought.last:%Y%m%d}",
        "output": "json",
        "fl": ",".join(_FIELDS),
        "filter": "statuscode:200",
        "collapse": "digest",
        "limit": str(ROWS),
        "showResumeKey": "true",
    }
    return f"{CDX_URL}?{urlencode(asked | ({'resumeKey': resume_key} if resume_key else {}))}"


def read_cdx(content: bytes, sought: Sought) -> CdxPage:
    """The captures of a source's pages that a page of the table names.

    Raises:
        PageRejected: `rejected:malformed`, where it is no such table.
    """
    try:
        rows = json.loads(content) if content.strip() else []
        resume_key = rows[-1][0] if len(rows) > 1 and rows[-2] == [] else None
        table = rows[1:-2] if resume_key else rows[1:]
        captures = [_capture(*row) for row in table]
    except (ValueError, TypeError, IndexError, KeyError) as error:
        raise PageRejected(rejected("malformed"), f"not a table of captures ({error})") from error
    return CdxPage(tuple(one for one in captures if sought.source.page_for(one.url) is not None), resume_key)


def _capture(timestamp: str, original: str, digest: str) -> CrawlCapture:
    at = datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return CrawlCapture(_without_port(original), at, f"sha1:{digest}", f"{REPLAY_URL}{timestamp}id_/{original}")


def _without_port(url: str) -> str:
    """Old captures name the port (`http://www.npr.org:80/...`), which no page calls its own."""
    return re.sub(r"^(http://[^/:]+):80(?=/|$)", r"\1", url)


def as_captured(replayed: Exchange, capture: CrawlCapture) -> Exchange:
    """The exchange that the Archive once had with the site: its URL, time and headers, and the body as replayed.

    Raises:
        FetchFailed: `protocol`, where the Archive gave the page of another time, or its own.
    """
    found = _REPLAYED.search(replayed.url)
    if not found or not any(name.lower().startswith(_ORIGINAL) for name, _ in replayed.headers):
        raise FetchFailed(capture.place, "protocol", "no page as captured, but one of the archive's own")
    if found[1] != f"{capture.captured_at:%Y%m%d%H%M%S}":
        raise FetchFailed(capture.place, "protocol", f"the page of another time, {found[1]}")
    headers = [
        (name[len(_ORIGINAL) :], value) for name, value in replayed.headers if name.lower().startswith(_ORIGINAL)
    ]
    kept = [(name, value) for name, value in headers if name.lower() not in _OF_THE_WIRE]
    coding = [("Content-Encoding", value)] if (value := replayed.header("Content-Encoding")) else []
    return replace(
        replayed,
        url=capture.url,
        requested_at=capture.captured_at,
        request_headers=(),
        headers=(*kept, *coding),
        ip_address=None,
        hops=(),
        original_digest=capture.payload_digest,
    )
