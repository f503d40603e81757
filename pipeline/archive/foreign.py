"""Pages out of archives that others wrote: WARC and WET files, compressed or not, as `asrun import` takes them."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator  # noqa: TID251  # the archive's rooms are the one place
from warcio.bufferedreaders import ChunkedDataReader  # noqa: TID251
from warcio.exceptions import ArchiveLoadFailed  # noqa: TID251
from warcio.limitreader import LimitReader  # noqa: TID251

from pipeline.archive.content import decode_content
from pipeline.archive.warc import BAD_RECORD, ORIGINAL_DIGEST, Resource, error_line, whole_block
from pipeline.errors import ArchiveError
from pipeline.records import Exchange, Headers

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a WARC file is read, in bytes from where it stands."""

    wanted: int
    """Records are read that begin before."""
    whole: int
    """Where the WARC file ends."""


def read_foreign(file: BinaryIO, name: str, extent: Extent | None = None) -> Iterator[Exchange | Resource]:
    """Yield the pages (status 200) of a WARC or WET file in its order; a record that cannot be decoded is logged.

    From where the file stands, which is the begin of a record, to its end, or so far as `extent` says. `name` is what
    the file is called in messages.

    Raises:
        ArchiveError: it is no WARC file, or is damaged; pages before the damage were yielded.
        OSError: it cannot be read.
    """
    try:
        yield from _read_records(LimitReader(file, extent.whole) if extent else file, name, extent)
    except BAD_RECORD as error:
        raise ArchiveError(f"{name}: not a whole WARC file: {error_line(error)}") from error


def _read_records(file: Any, name: str, extent: Extent | None) -> Iterator[Exchange | Resource]:
    records = ArchiveIterator(file, check_digests="raise")
    for record in records:
        if extent and records.offset >= extent.wanted:
            return
        if record.format != "warc":
            raise ArchiveLoadFailed("its records are not in WARC's form")
        body = whole_block(record)
        try:
            page = _page(record, body)
        except ValueError as error:
            url = record.rec_headers.get_header("WARC-Target-URI")
            logger.warning("import_skipped file=%s url=%s reason=%s", name, url, error)
            continue
        if page is not None:
            yield page


def _page(record: Any, body: bytes) -> Exchange | Resource | None:
    """The page that a record holds; None for records of another kind and other statuses.

    Raises:
        ValueError: it does not say of what URL it is, or when it was captured, or its content cannot be decoded.
    """
    if record.rec_type in {"resource", "conversion"}:
        return Resource(_url(record), _date(record), str(record.content_type), body, _digest(record))
    if record.rec_type == "response" and record.http_headers and record.http_headers.get_statuscode() == "200":
        return _exchange(record, body)
    return None


def _exchange(record: Any, body: bytes) -> Exchange:
    headers: Headers = tuple(record.http_headers.headers)
    if (record.http_headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
        # Some crawlers keep the chunks, some join them and keep the header: the reader takes both.
        body = ChunkedDataReader(BytesIO(body)).read()
        headers = tuple((name, value) for name, value in headers if name.lower() != "transfer-encoding")
    status, _, reason = record.http_headers.statusline.partition(" ")
    return Exchange(
        url=_url(record),
        requested_at=_date(record),
        elapsed_seconds=0.0,
        request_headers=(),
        status=int(status),
        reason=reason,
        headers=headers,
        body=body,
        content=decode_content(body, record.http_headers.get_header("Content-Encoding")),
        ip_address=record.rec_headers.get_header("WARC-IP-Address"),
        original_digest=_digest(record),
    )


def _url(record: Any) -> str:
    return _stated(record, "WARC-Target-URI")


def _date(record: Any) -> datetime:
    """When it was captured; WARC's dates are UTC, whether or not they say so (WARC 1.1, section 5.4)."""
    date = datetime.fromisoformat(_stated(record, "WARC-Date"))
    return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)


def _stated(record: Any, field: str) -> str:
    value = record.rec_headers.get_header(field)
    if not value:
        raise ValueError(f"a record without {field}")
    return str(value)


def _digest(record: Any) -> str | None:
    """The payload digest that the page's first archive gave it; the reader holds a record's own against its payload."""
    digest = record.rec_headers.get_header(ORIGINAL_DIGEST) or record.rec_headers.get_header("WARC-Payload-Digest")
    return str(digest) if digest else None
