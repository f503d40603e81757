"""Exchanges to WARC records (WARC 1.1, ISO 28500:2017).

Written here and not by warcio: its HTTP header writer percent-encodes bytes outside ASCII, which would change what the
server said, and who works around it has to give it records that are whole already.
"""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from urllib.parse import urlsplit

from pipeline.archive.members import encode_member
from pipeline.archive.warc import ORIGINAL_DIGEST, Record, Resource, capture_id_of, digest_of, read_back
from pipeline.exchanges import ArchivedPage, Exchange, Headers

_CONTENT_TYPES = {
    "warcinfo": "application/warc-fields",
    "metadata": "application/warc-fields",
    "response": "application/http; msgtype=response",
    "revisit": "application/http; msgtype=response",
    "request": "application/http; msgtype=request",
}
_PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
_NOT_MODIFIED = 304
# A header value that was folded over lines (obsolete, RFC 9112, section 5.2) goes back to one line.
_FOLD = re.compile(r"[\r\n]+[ \t]*")


@dataclass(frozen=True, slots=True)
class EncodedPage:
    """The records of a page, ready to be written, and where among them the page's own stands."""

    records: bytes
    page_at: int
    described: tuple[Record, ...]
    """What each of them says of itself, so that the file need not be read again for its index; offsets are from
    the first on."""


def encode_page(page: Exchange | Resource) -> tuple[EncodedPage, ArchivedPage]:
    """The records of a page that somebody else archived, and the page as it will be read back from them.

    File and offset of the page are not known yet.
    """
    before, record, after = (
        ([], _resource_record(page), []) if isinstance(page, Resource) else _exchange_records(page, None)
    )
    records = [*before, record, *after]
    members = list(map(encode_member, records))
    begins = list(accumulate(map(len, members), initial=0))
    described = [
        read_back(one, begin, len(member)) for one, begin, member in zip(records, begins, members, strict=False)
    ]
    archived = described[len(before)][1]
    if archived is None:
        raise ValueError(f"{page.url}: no page that is archived")
    return EncodedPage(b"".join(members), begins[len(before)], tuple(one for one, _ in described)), archived


def encode_warcinfo(filename: str, software: str, user_agent: str) -> bytes:
    """The record every file begins with: who wrote it, with what, by which rules."""
    fields = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "http-header-user-agent": user_agent,
        "robots": "obey",
    }
    headers = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", f"<urn:uuid:{uuid.uuid4()}>"),
        ("WARC-Date", warc_date(datetime.now(UTC))),
        ("WARC-Filename", filename),
    ]
    return encode_member(_record("warcinfo", headers, _fields(fields.items())))


def encode_exchange(exchange: Exchange, source_id: str | None) -> tuple[bytes, int]:
    """The records of an exchange, its redirects first, and where among them the page's own response stands."""
    before, response, after = _exchange_records(exchange, source_id)
    hops = _members(before)
    return hops + _members([response, *after]), len(hops)


def _members(records: Iterable[bytes]) -> bytes:
    return b"".join(map(encode_member, records))


def _exchange_records(exchange: Exchange, source_id: str | None) -> tuple[list[bytes], bytes, list[bytes]]:
    """The records of its redirects, of its own response, and of its circumstances."""
    return _hop_records(exchange), _response_record(exchange), _circumstances(exchange, source_id)


def encode_revisit(exchange: Exchange, original: ArchivedPage, source_id: str | None) -> bytes:
    """The records of a look that brought what is archived already: no body, but where and when it was archived.

    Section 6.7.2 for a response with the same payload, 6.7.3 for 304.
    """
    is_not_modified = exchange.status == _NOT_MODIFIED
    headers = [
        *_common_headers("revisit", exchange.url, exchange.requested_at),
        ("WARC-Record-ID", _urn(capture_id_of(exchange.url, exchange.requested_at))),
        ("WARC-Profile", _PROFILE + ("server-not-modified" if is_not_modified else "identical-payload-digest")),
        ("WARC-Refers-To", _urn(original.capture_id)),
        ("WARC-Refers-To-Target-URI", original.url),
        ("WARC-Refers-To-Date", warc_date(original.captured_at)),
        ("WARC-Payload-Digest", original.payload_digest),
        *_address(exchange),
        *(() if is_not_modified else (("WARC-Truncated", "length"),)),
    ]
    revisit = _record("revisit", headers, _response_head(exchange))
    return _members([*_hop_records(exchange), revisit, *_circumstances(exchange, source_id)])


def _resource_record(resource: Resource) -> bytes:
    headers = [
        *_common_headers("resource", resource.url, resource.captured_at),
        ("WARC-Record-ID", _urn(capture_id_of(resource.url, resource.captured_at))),
        ("WARC-Payload-Digest", digest_of(resource.content)),
        *_original(resource),
    ]
    return _record("resource", headers, resource.content, resource.content_type)


def _original(page: Exchange | Resource) -> tuple[tuple[str, str], ...]:
    """What its first archive called the page's payload."""
    return ((ORIGINAL_DIGEST, page.original_digest),) if page.original_digest else ()


def _hop_records(exchange: Exchange) -> list[bytes]:
    return [record for hop in exchange.hops for record in (_response_record(hop), _request_record(hop))]


def _response_record(exchange: Exchange) -> bytes:
    headers = [
        *_common_headers("response", exchange.url, exchange.requested_at),
        ("WARC-Record-ID", _urn(capture_id_of(exchange.url, exchange.requested_at))),
        *_address(exchange),
        ("WARC-Payload-Digest", digest_of(exchange.body)),
        *_original(exchange),
    ]
    return _record("response", headers, _response_head(exchange) + exchange.body)


def _response_head(exchange: Exchange) -> bytes:
    return _http_head(f"HTTP/1.1 {exchange.status} {exchange.reason}", _without_transfer_coding(exchange))


def _circumstances(exchange: Exchange, source_id: str | None) -> list[bytes]:
    """The records of what was asked, and of how the look went."""
    if not exchange.request_headers:
        return []  # a page taken over from somebody else's archive: what was asked is not known
    return [_request_record(exchange), _metadata_record(exchange, source_id)]


def _metadata_record(exchange: Exchange, source_id: str | None) -> bytes:
    """What asrun knows of the look beside what was said. The first three names are Heritrix's."""
    hops = [hop.url for hop in exchange.hops]
    fields: dict[str, str | None] = {
        "fetchTimeMs": str(round(exchange.elapsed_seconds * 1000)),
        "hopsFromSeed": "R" * len(hops),
        "via": hops[-1] if hops else None,
        "requestedUrl": exchange.requested_url,
        "sourceId": source_id,
    }
    response_id = capture_id_of(exchange.url, exchange.requested_at)
    headers = [
        *_common_headers("metadata", exchange.url, exchange.requested_at),
        ("WARC-Record-ID", _urn(str(uuid.uuid5(uuid.UUID(response_id), "metadata")))),
        ("WARC-Concurrent-To", _urn(response_id)),
    ]
    return _record("metadata", headers, _fields((name, value) for name, value in fields.items() if value))


def _request_record(exchange: Exchange) -> bytes:
    response_id = capture_id_of(exchange.url, exchange.requested_at)
    headers = [
        *_common_headers("request", exchange.url, exchange.requested_at),
        ("WARC-Record-ID", _urn(str(uuid.uuid5(uuid.UUID(response_id), "request")))),
        ("WARC-Concurrent-To", _urn(response_id)),
        *_address(exchange),
        ("WARC-Payload-Digest", digest_of(b"")),
    ]
    parts = urlsplit(exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _record("request", headers, _http_head(f"GET {target} HTTP/1.1", exchange.request_headers))


def _record(kind: str, headers: list[tuple[str, str]], block: bytes, content_type: str | None = None) -> bytes:
    names = {name for name, _ in headers}
    if "WARC-Payload-Digest" not in names:  # the payload of what is not HTTP is its block
        headers = [*headers, ("WARC-Payload-Digest", digest_of(block))]
    stated = [
        *headers,
        ("WARC-Block-Digest", digest_of(block)),
        ("Content-Type", content_type or _CONTENT_TYPES[kind]),
        ("Content-Length", str(len(block))),
    ]
    return b"".join((b"WARC/1.1\r\n", _fields(stated), b"\r\n", block, b"\r\n\r\n"))


def _fields(fields: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in fields).encode()


def _common_headers(kind: str, url: str, at: datetime) -> list[tuple[str, str]]:
    return [("WARC-Type", kind), ("WARC-Target-URI", url), ("WARC-Date", warc_date(at))]


def _address(exchange: Exchange) -> list[tuple[str, str]]:
    return [("WARC-IP-Address", exchange.ip_address)] if exchange.ip_address else []


def _http_head(first_line: str, headers: Headers) -> bytes:
    lines = [first_line, *(f"{name}: {_FOLD.sub(' ', value)}" for name, value in headers)]
    text = "\r\n".join(lines) + "\r\n\r\n"
    try:
        return text.encode("latin-1")  # how http.client decoded it: the bytes on the wire again
    except UnicodeEncodeError:
        return text.encode()


def _without_transfer_coding(exchange: Exchange) -> Headers:
    """Headers that fit a body whose chunks were joined; the coding's own header is kept under Common Crawl's name."""
    names = {name.lower() for name, _ in exchange.headers}
    if "transfer-encoding" not in names:
        return exchange.headers
    kept = tuple(
        ("X-Crawler-Transfer-Encoding" if name.lower() == "transfer-encoding" else name, value)
        for name, value in exchange.headers
        if name.lower() != "content-length"
    )
    return (*kept, ("Content-Length", str(len(exchange.body))))


def _urn(record_id: str) -> str:
    return f"<urn:uuid:{record_id}>"


def warc_date(at: datetime) -> str:
    """UTC with six decimals, which WARC 1.1 allows, so that `captured_at` survives the round trip."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
