"""WARC records read back (WARC 1.1, ISO 28500:2017), and the names and digests that writing and reading share."""

import base64
import hashlib
import uuid
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from gzip import BadGzipFile
from io import BytesIO
from typing import Any

from warcio.exceptions import ArchiveLoadFailed
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from pipeline.archive.content import codings_of, decode_content
from pipeline.archive.members import BAD_GZIP
from pipeline.errors import ArchiveError
from pipeline.exchanges import ArchivedPage

_DIGESTS = {"WARC-Block-Digest", "WARC-Payload-Digest"}
ORIGINAL_DIGEST = "Asrun-Original-Payload-Digest"
"""Field of a record that was taken over: the payload digest of the record that others wrote."""
_LONGEST_ERROR = 200
BAD_RECORD = (
    ArchiveLoadFailed, StatusAndHeadersParserException, BadGzipFile, EOFError, ValueError, zlib.error, BAD_GZIP,
)  # fmt: skip


class _Loader(ArcWarcRecordLoader):  # type: ignore[misc]  # warcio ships no types
    """Loads a record; warcio ends with an AttributeError over a response that does not say of what URL it is."""

    def load_http_headers(self, rec_type: str, uri: str | None, stream: Any, length: int | None) -> Any:
        head = super().load_http_headers(rec_type, uri or "", stream, length)
        if rec_type == "response" and head is None:
            raise ArchiveLoadFailed("a response without URL or without status")
        return head


class DamagedRecord(ArchiveError):
    """A record of the archive is not what was written; `offset` is where it begins in its file."""

    def __init__(self, detail: str, offset: int) -> None:
        super().__init__(detail)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Record:
    """What one record says of itself, whatever its kind."""

    kind: str
    warc_file: str
    offset: int
    bytes_in_file: int
    url: str | None
    at: datetime
    status: int | None
    content_type: str | None
    payload_digest: str | None
    location: str | None
    """Where a redirect leads."""
    refers_to: tuple[str, datetime] | None
    """URL and date of the response that a revisit found again."""
    is_digested: bool
    """True where block and payload digest are there."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A page that came without HTTP: a saved file, or the text of a page as a web crawl keeps it."""

    url: str
    captured_at: datetime
    content_type: str
    content: bytes
    original_digest: str | None = None
    """As in `Exchange`."""


def capture_id_of(url: str, captured_at: datetime) -> str:
    """The id of a look at a page; the same whenever its record is read again."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{captured_at.isoformat()} {url}"))


def digest_of(data: bytes) -> str:
    """`sha256:<base32>`, as in WARC-Payload-Digest."""
    return f"sha256:{base64.b32encode(hashlib.sha256(data).digest()).decode('ascii')}"


def decode_record(data: bytes, warc_file: str, warc_offset: int) -> ArchivedPage | None:
    """The page that one of our own records holds; None for records of another kind and for redirects.

    Raises:
        ArchiveError: the record is damaged: its digests do not fit, or it is no WARC record.
    """
    with _named_errors(warc_file, warc_offset):
        record, body = _loaded(data)
        return _page_of(record, body, warc_file, warc_offset)


def describe_record(data: bytes, warc_file: str, warc_offset: int, bytes_in_file: int) -> Record:
    """What one of our own records says of itself.

    Raises:
        ArchiveError: the record is damaged: its digests do not fit, or it is no WARC record.
    """
    with _named_errors(warc_file, warc_offset):
        record, _ = _loaded(data)
        return _record_of(record, warc_file, warc_offset, bytes_in_file)


def read_back(data: bytes, warc_offset: int, bytes_in_file: int) -> tuple[Record, ArchivedPage | None]:
    """What `describe_record` and `decode_record` will give of a record that was made just now.

    Its digests are not worked out a second time. File and page's offset are not known yet.

    Raises:
        ArchiveError: it would not be read back.
    """
    with _named_errors("a record made just now", warc_offset):
        record, body = _loaded(data, check_digests=False)
        return _record_of(record, "", warc_offset, bytes_in_file), _page_of(record, body, "", 0)


def _record_of(record: Any, warc_file: str, warc_offset: int, bytes_in_file: int) -> Record:
    warc, http = record.rec_headers.get_header, record.http_headers
    refers_to = warc("WARC-Refers-To-Date")
    return Record(
        kind=record.rec_type,
        warc_file=warc_file,
        offset=warc_offset,
        bytes_in_file=bytes_in_file,
        url=warc("WARC-Target-URI"),
        at=datetime.fromisoformat(stated(record, "WARC-Date")),
        status=int(http.get_statuscode()) if http and record.rec_type in {"response", "revisit"} else None,
        content_type=http.get_header("Content-Type") if http else record.content_type,
        payload_digest=warc("WARC-Payload-Digest"),
        location=http.get_header("Location") if http else None,
        refers_to=(warc("WARC-Refers-To-Target-URI"), datetime.fromisoformat(refers_to)) if refers_to else None,
        is_digested=all(warc(name) for name in _DIGESTS),
    )


def _loaded(data: bytes, *, check_digests: bool = True) -> tuple[Any, bytes]:
    if not data:
        raise ArchiveLoadFailed("no WARC record")
    # Not by warcio's iterator: that would inflate them first, if it could, and copy them piece by piece.
    loader = _Loader(verify_http=False, arc2warc=False)
    record = loader.parse_record_stream(BytesIO(data), check_digests="raise" if check_digests else False)
    return record, whole_block(record)


@contextmanager
def _named_errors(warc_file: str, warc_offset: int) -> Iterator[None]:
    try:
        yield
    except BAD_RECORD as error:
        problem = error_line(error)
        told = f"{warc_file} at {warc_offset}: {problem}; restore this file from a copy"
        raise DamagedRecord(told, warc_offset) from error


def stated(record: Any, field: str) -> str:
    """What a record says in a field that it must have.

    Raises:
        ValueError: it does not have it.
    """
    value = record.rec_headers.get_header(field)
    if not value:
        raise ValueError(f"a record without {field}")
    return str(value)


def whole_block(record: Any) -> bytes:
    """What follows the headers of a record, to its last byte.

    Raises:
        ArchiveLoadFailed: the file ends before the record does, or the record does not say how long it is; warcio
            itself tells neither.
    """
    if not isinstance(record.raw_stream, LimitReader):
        raise ArchiveLoadFailed("a record without Content-Length")
    block: bytes = record.raw_stream.read()
    if record.raw_stream.limit:
        raise ArchiveLoadFailed(f"the file ends {record.raw_stream.limit} bytes before this record")
    return block


def error_line(error: Exception) -> str:
    """What went wrong, in one short line; what warcio quotes of a damaged file may be any bytes."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return ascii(lines[0])[1:-1][:_LONGEST_ERROR] if lines else type(error).__name__


def _page_of(record: Any, body: bytes, warc_file: str, warc_offset: int) -> ArchivedPage | None:
    if record.rec_type not in {"response", "resource"}:
        return None
    status, headers, content = 200, (("Content-Type", str(record.content_type)),), body
    if record.rec_type == "response":
        status = int(record.http_headers.get_statuscode())
        headers = tuple(record.http_headers.headers)
        content = decode_content(body, codings_of(headers))
    if status != 200:
        return None
    return ArchivedPage(
        capture_id=stated(record, "WARC-Record-ID").removeprefix("<urn:uuid:").removesuffix(">"),
        url=stated(record, "WARC-Target-URI"),
        captured_at=datetime.fromisoformat(stated(record, "WARC-Date")),
        status=status,
        headers=headers,
        content=content,
        body_bytes=len(body),
        payload_digest=stated(record, "WARC-Payload-Digest"),
        warc_file=warc_file,
        warc_offset=warc_offset,
        original_digest=record.rec_headers.get_header(ORIGINAL_DIGEST),
    )
