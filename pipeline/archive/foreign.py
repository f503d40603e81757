"""Pages out of archives that others wrote: WARC and WET files, compressed or not, as `asrun import` takes them."""

import base64
import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any, BinaryIO, ClassVar

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader, DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.limitreader import LimitReader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from pipeline.archive.content import codings_of, decode_content
from pipeline.archive.members import gzip_decompressor
from pipeline.archive.warc import BAD_RECORD, ORIGINAL_DIGEST, Resource, error_line, stated, whole_block
from pipeline.errors import ArchiveError
from pipeline.exchanges import Exchange, Headers

logger = logging.getLogger(__name__)

_HTTP = ("http:", "https:")
_FIRST_YEAR = 1990
"""Before it there was no web."""
_SLACK = timedelta(days=1)
"""By which the clock of a crawler may be ahead."""
_UNDECODED = "X-Crawler-Content-Encoding"
"""What Common Crawl calls a coding that is named and not there; its like for chunks is in `encode`."""
_ALGORITHMS = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}


class _Inflated(DecompressingBufferedReader):  # type: ignore[misc]  # warcio ships no types
    """What a file holds, inflated by zlib-ng: in four tenths of the time that the standard library takes."""

    DECOMPRESSORS: ClassVar = {**DecompressingBufferedReader.DECOMPRESSORS, "gzip": gzip_decompressor}


class _Records(ArchiveIterator):  # type: ignore[misc]  # warcio ships no types
    """The records with their blocks as they stand: HTTP and digests are looked at here.

    warcio ends with the file over a record without URL, and over a digest that it cannot work out.
    """

    INC_RECORD = ""  # three lines on standard error; the damage that follows is told in one

    def __init__(self, file: Any) -> None:
        super().__init__(file, no_record_parse=True)
        self.reader = _Inflated(self.fh)
        self.last_begin = 0
        """Of the record that was given last; behind a wrong Content-Length `offset` itself is wrong."""


class DamagedFile(ArchiveError):
    """Bytes that are no record; `offset` is where the last record before them begins, from where reading began."""

    def __init__(self, detail: str, offset: int) -> None:
        super().__init__(detail)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a WARC file is read, in bytes from where it stands."""

    wanted: int
    """Records are read that begin before."""
    whole: int
    """Where the WARC file ends."""


def read_foreign(file: BinaryIO, name: str, extent: Extent | None = None) -> Iterator[Exchange | Resource]:
    """Yield the pages (status 200) of a WARC or WET file in its order.

    A record that does not say of what URL it is, or when it was captured, is logged and left out, and one that does not
    fit its digest is left out. A page whose content is not in the coding that it names is given as it stands: crawlers
    that save what a browser shows them keep the header.

    From where the file stands, which is the begin of a record, to its end, or so far as `extent` says. `name` is what
    the file is called in messages.

    Raises:
        DamagedFile: it is no WARC file, or is damaged; pages before the damage were yielded.
        ArchiveError: a record does not fit its digest or its length; all others were yielded.
        OSError: it cannot be read.
    """
    damages: list[str] = []
    records = _Records(LimitReader(file, extent.whole) if extent else file)
    try:
        yield from _pages(records, name, extent, damages)
    except BAD_RECORD as error:
        raise DamagedFile(f"{name}: not a whole WARC file: {error_line(error)}", records.last_begin) from error
    if damages:
        others = f" (and {len(damages) - 1} more)" if len(damages) > 1 else ""
        raise ArchiveError(f"{name}: not what was written: {damages[0]}{others}")


def _pages(records: _Records, name: str, extent: Extent | None, damages: list[str]) -> Iterator[Exchange | Resource]:
    """The pages; what is not as it was written is added to `damages`."""
    url = None
    for record in records:
        if records.err_count > len(damages):
            damages.append(f"{url} is longer than it says")
        if extent and records.offset >= extent.wanted:
            return
        records.last_begin = records.offset
        if record.format != "warc":
            raise ArchiveLoadFailed("its records are not in WARC's form")
        block = whole_block(record)
        url = record.rec_headers.get_header("WARC-Target-URI") or f"a record of type {record.rec_type}"
        try:
            http, payload = _http_of(record, block)
            if _is_altered(record, block, payload):
                damages.append(f"{url} does not fit its digest")
                continue
            page = _page(record, http, payload)
        except ValueError as error:
            logger.warning("import_skipped file=%s url=%s reason=%s", name, url, error)
            continue
        if page is not None:
            yield page


def _http_of(record: Any, block: bytes) -> tuple[StatusAndHeaders | None, bytes]:
    """The head of the response that a record holds, and what follows it; None and the block where it holds none."""
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    if record.rec_type != "response" or not block or not url.startswith(_HTTP):
        return None, block
    stream = BytesIO(block)
    try:
        head = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"], verify=False).parse(stream)
    except EOFError:  # warcio's word for an empty line
        return None, block
    return head, stream.read()


def _is_altered(record: Any, block: bytes, payload: bytes) -> bool:
    """Whether a record is not what was written.

    Where its block is, it is whole: what crawlers take for the payload differs, with the chunks or without.
    """
    if record.rec_headers.get_header("WARC-Segment-Number"):
        return False  # digests are of the whole (WARC 1.1, section 5.17)
    is_whole = _fits(record.rec_headers.get_header("WARC-Block-Digest"), block)
    if is_whole is None and record.rec_type != "revisit":
        is_whole = _fits(record.rec_headers.get_header("WARC-Payload-Digest"), payload)
        if is_whole is False:
            is_whole = _fits(record.rec_headers.get_header("WARC-Payload-Digest"), _without_chunks(payload))
    return is_whole is False


def _fits(digest: str | None, data: bytes) -> bool | None:
    """Whether it is the digest of this; None where it is none that can be worked out."""
    algorithm, _, value = (digest or "").partition(":")
    algorithm, value = algorithm.lower().replace("-", ""), value.strip().rstrip("=")
    if algorithm not in _ALGORITHMS:
        return None
    made = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    forms = [encode(made).decode("ascii").rstrip("=") for encode in (base64.b16encode, base64.b32encode)]
    exact = [encode(made).decode("ascii").rstrip("=") for encode in (base64.b64encode, base64.urlsafe_b64encode)]
    if len(value) not in map(len, (*forms, *exact)):
        return None
    return value.upper() in forms or value in exact


def _page(record: Any, http: StatusAndHeaders | None, payload: bytes) -> Exchange | Resource | None:
    """The page that a record holds; None for records of another kind and other statuses.

    Raises:
        ValueError: it does not say of what URL it is, or when it was captured.
    """
    if record.rec_type in {"resource", "conversion"}:
        return Resource(_url(record), _date(record), str(record.content_type), payload, _digest(record))
    if http is not None and http.get_statuscode() == "200":
        return _exchange(record, http, payload)
    return None


def _exchange(record: Any, http: StatusAndHeaders, body: bytes) -> Exchange:
    headers: Headers = tuple(http.headers)
    if (http.get_header("Transfer-Encoding") or "").lower() == "chunked":
        body = _without_chunks(body)
        headers = tuple((name, value) for name, value in headers if name.lower() != "transfer-encoding")
    try:
        content = decode_content(body, codings_of(headers))
    except ValueError:
        content = body
        headers = tuple((_UNDECODED if name.lower() == "content-encoding" else name, value) for name, value in headers)
    status, _, reason = http.statusline.partition(" ")
    return Exchange(
        url=_url(record),
        requested_at=_date(record),
        elapsed_seconds=0.0,
        request_headers=(),
        status=int(status),
        reason=reason,
        headers=headers,
        body=body,
        content=content,
        ip_address=record.rec_headers.get_header("WARC-IP-Address"),
        original_digest=_digest(record),
    )


def _without_chunks(body: bytes) -> bytes:
    """Some crawlers keep the chunks, some join them and keep the header: the reader takes both."""
    return bytes(ChunkedDataReader(BytesIO(body)).read())


def _url(record: Any) -> str:
    return stated(record, "WARC-Target-URI")


def _date(record: Any) -> datetime:
    """When it was captured; WARC's dates are UTC, whether or not they say so (WARC 1.1, section 5.4)."""
    date = datetime.fromisoformat(stated(record, "WARC-Date"))
    if date.year < _FIRST_YEAR or date.replace(tzinfo=None) > datetime.now(UTC).replace(tzinfo=None) + _SLACK:
        raise ValueError(f"captured on {date.date()}, which cannot be")  # and would stand before all others, or behind
    return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)


def _digest(record: Any) -> str | None:
    """The payload digest that the page's first archive gave it; the reader holds a record's own against its payload."""
    digest = record.rec_headers.get_header(ORIGINAL_DIGEST) or record.rec_headers.get_header("WARC-Payload-Digest")
    return str(digest) if digest else None
