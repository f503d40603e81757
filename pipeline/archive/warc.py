"""WARC records to bytes and back (WARC 1.1, ISO 28500:2017).

Blocks are written as they were received: warcio's own HTTP header writer percent-encodes bytes outside ASCII, which
would change what the server said, so records are given to it whole.
"""

import base64
import hashlib
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator  # noqa: TID251  # this is the one place
from warcio.exceptions import ArchiveLoadFailed  # noqa: TID251
from warcio.recordloader import ArcWarcRecord  # noqa: TID251
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException  # noqa: TID251
from warcio.warcwriter import WARCWriter  # noqa: TID251

from pipeline.archive.content import decode_content
from pipeline.errors import ArchiveError
from pipeline.records import ArchivedPage, Exchange, Headers

_CONTENT_TYPES = {
    "warcinfo": "application/warc-fields",
    "response": "application/http; msgtype=response",
    "request": "application/http; msgtype=request",
}
# A header value that was folded over lines (obsolete, RFC 9112, section 5.2) goes back to one line.
_FOLD = re.compile(r"[\r\n]+[ \t]*")
BAD_RECORD = (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError)


@dataclass(frozen=True, slots=True)
class Resource:
    """A page that came without HTTP: a saved file, or the text of a page as a web crawl keeps it."""

    url: str
    captured_at: datetime
    content_type: str
    content: bytes


def capture_id_of(url: str, captured_at: datetime) -> str:
    """The id of a look at a page; the same whenever its record is read again."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{captured_at.isoformat()} {url}"))


def digest_of(data: bytes) -> str:
    """`sha256:<base32>`, as in WARC-Payload-Digest."""
    return f"sha256:{base64.b32encode(hashlib.sha256(data).digest()).decode('ascii')}"


# --- to bytes -------------------------------------------------------------------------------------------------------
def encode_warcinfo(filename: str, software: str, user_agent: str) -> bytes:
    """The record every file begins with: who wrote it, with what, by which rules."""
    fields = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "http-header-user-agent": user_agent,
        "robots": "obey",
    }
    block = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
    headers = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", f"<urn:uuid:{uuid.uuid4()}>"),
        ("WARC-Date", _warc_date(datetime.now(UTC))),
        ("WARC-Filename", filename),
    ]
    return _encode("warcinfo", headers, block)


def encode_exchange(exchange: Exchange) -> tuple[bytes, int]:
    """The records of an exchange, its redirects first, and where among them the page's own response stands."""
    written = b"".join(_encode_response(hop) + _encode_request(hop) for hop in exchange.hops)
    return written + _encode_response(exchange) + _encode_request(exchange), len(written)


def encode_resource(resource: Resource) -> bytes:
    """The record of a page that came without HTTP."""
    headers = [
        *_common_headers("resource", resource.url, resource.captured_at),
        ("WARC-Record-ID", _urn(capture_id_of(resource.url, resource.captured_at))),
        ("WARC-Payload-Digest", digest_of(resource.content)),
    ]
    return _encode("resource", headers, resource.content, resource.content_type)


def _encode_response(exchange: Exchange) -> bytes:
    headers = [
        *_common_headers("response", exchange.url, exchange.requested_at),
        ("WARC-Record-ID", _urn(capture_id_of(exchange.url, exchange.requested_at))),
        *_address(exchange),
        ("WARC-Payload-Digest", digest_of(exchange.body)),
    ]
    status_line = f"HTTP/1.1 {exchange.status} {exchange.reason}"
    block = _http_head(status_line, _without_transfer_coding(exchange)) + exchange.body
    return _encode("response", headers, block)


def _encode_request(exchange: Exchange) -> bytes:
    if not exchange.request_headers:
        return b""  # a page taken over from somebody else's archive: what was asked is not known
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
    return _encode("request", headers, _http_head(f"GET {target} HTTP/1.1", exchange.request_headers))


def _encode(kind: str, headers: list[tuple[str, str]], block: bytes, content_type: str | None = None) -> bytes:
    rec_headers = StatusAndHeaders("", [*headers, ("WARC-Block-Digest", digest_of(block))], protocol="WARC/1.1")
    content_type = content_type or _CONTENT_TYPES[kind]
    record = ArcWarcRecord("warc", kind, rec_headers, BytesIO(block), None, content_type, len(block))
    out = BytesIO()
    WARCWriter(out, gzip=True, warc_version="1.1").write_record(record)
    return out.getvalue()


def _common_headers(kind: str, url: str, at: datetime) -> list[tuple[str, str]]:
    return [("WARC-Type", kind), ("WARC-Target-URI", url), ("WARC-Date", _warc_date(at))]


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


def _warc_date(at: datetime) -> str:
    """UTC with six decimals, which WARC 1.1 allows, so that `captured_at` survives the round trip."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


# --- and back -------------------------------------------------------------------------------------------------------
def decode_record(data: bytes, warc_file: str, warc_offset: int) -> ArchivedPage | None:
    """The page that one of our own records holds; None for records of another kind and for redirects.

    Raises:
        ArchiveError: the record is damaged: its digests do not fit, or it is no WARC record.
    """
    try:
        record = next(iter(ArchiveIterator(BytesIO(data), check_digests="raise")), None)
        if record is None:
            raise ArchiveError(f"{warc_file} at {warc_offset}: no WARC record; restore this file from a copy")
        body = whole_block(record)
        page = _page_of(record, body, warc_file, warc_offset)
    except BAD_RECORD as error:
        problem = error_line(error)
        raise ArchiveError(f"{warc_file} at {warc_offset}: {problem}; restore this file from a copy") from error
    return page


def whole_block(record: Any) -> bytes:
    """What follows the headers of a record, to its last byte.

    Raises:
        ArchiveLoadFailed: the file ends before the record does, which warcio itself does not tell.
    """
    block: bytes = record.raw_stream.read()
    if record.raw_stream.limit:
        raise ArchiveLoadFailed(f"the file ends {record.raw_stream.limit} bytes before this record")
    return block


def error_line(error: Exception) -> str:
    """What went wrong, in one line."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__


def _page_of(record: Any, body: bytes, warc_file: str, warc_offset: int) -> ArchivedPage | None:
    if record.rec_type not in {"response", "resource"}:
        return None
    status, headers, content = 200, (("Content-Type", str(record.content_type)),), body
    if record.rec_type == "response":
        status = int(record.http_headers.get_statuscode())
        headers = tuple(record.http_headers.headers)
        content = decode_content(body, record.http_headers.get_header("Content-Encoding"))
    if status != 200:
        return None
    return ArchivedPage(
        capture_id=record.rec_headers.get_header("WARC-Record-ID").removeprefix("<urn:uuid:").removesuffix(">"),
        url=record.rec_headers.get_header("WARC-Target-URI"),
        captured_at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")),
        status=status,
        headers=headers,
        content=content,
        body_bytes=len(body),
        payload_digest=record.rec_headers.get_header("WARC-Payload-Digest"),
        warc_file=warc_file,
        warc_offset=warc_offset,
    )
