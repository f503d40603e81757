"""The body of a response: read whole or not at all, its content coding removed by ourselves.

requests accepts a gzip stream that ends too early, an overlong body and a thousandfold bomb without a word. Here the
entity is read as it came, within a cap, its framing is checked against the header, and zlib gives at most the cap.
"""

import re
import zlib
from collections.abc import Iterator
from http.client import HTTPMessage, HTTPResponse
from itertools import chain

import urllib3

from pipeline.errors import FetchFailed
from pipeline.fetch.transport import WatchedResponse

_SLICE = 65_536
_MAX_CODINGS = 3
"""No server that means well codes a page more often."""
_MARKUP = re.compile(r"text/html|[/+]xml\b", re.IGNORECASE)
_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


def read_entity(response: urllib3.HTTPResponse, original: HTTPResponse, url: str, max_bytes: int) -> bytes:
    """The entity as received, transfer coding removed. `original` is the response as http.client made it.

    Raises:
        FetchFailed: `too_large`, or `protocol` where framing is contradictory or not understood.
        urllib3.exceptions.HTTPError, http.client.HTTPException, OSError: the connection broke.
    """
    _check_framing(original.msg, url)
    received = bytearray()
    while piece := response.read(_SLICE, decode_content=False):
        received += piece
        if len(received) > max_bytes:
            raise FetchFailed(url, "too_large", f"more than {max_bytes} bytes on the wire")
    if isinstance(original, WatchedResponse) and original.has_surplus:
        raise FetchFailed(url, "protocol", f"more bytes than the Content-Length of {len(received)}")
    return bytes(received)


def _check_framing(header: HTTPMessage, url: str) -> None:
    """Refuse a header from which the end of the body cannot be told for certain (RFC 9112, section 6.3)."""
    if header.get_payload():
        raise FetchFailed(url, "protocol", "a line of the header is none; what follows it was lost")
    if any(not value.strip().isdecimal() for value in header.get_all("Content-Length", [])):
        raise FetchFailed(url, "protocol", "Content-Length is no number")
    if any(value.strip().lower() != "chunked" for value in header.get_all("Transfer-Encoding", [])):
        raise FetchFailed(url, "protocol", "a Transfer-Encoding other than chunked")


def decoded(body: bytes, header: HTTPMessage, url: str, max_bytes: int) -> bytes:
    """The content of an entity: gzip and deflate removed, whole.

    Raises:
        FetchFailed: `bad_encoding` (unknown or broken), `truncated` (ends too early), `too_large` (more than
            `max_bytes`, at whatever stage).
    """
    codings = [part.strip().lower() for part in ",".join(header.get_all("Content-Encoding", [])).split(",")]
    codings = [coding for coding in codings if coding not in {"", "identity"}]
    if len(codings) > _MAX_CODINGS:
        raise FetchFailed(url, "bad_encoding", f"coded {len(codings)} times")
    pieces: Iterator[bytes] = (body[start : start + _SLICE] for start in range(0, len(body), _SLICE))
    for coding in reversed(codings) if body else ():
        if coding not in {"gzip", "x-gzip", "deflate"}:
            raise FetchFailed(url, "bad_encoding", f"content coding {coding!r}, although only gzip is asked for")
        pieces = _inflated(pieces, coding, url, max_bytes)
    # The stages are drained together, piece by piece: what lies between two of them is never held whole.
    content = b"".join(pieces)
    if len(content) > max_bytes:
        raise FetchFailed(url, "too_large", f"more than {max_bytes} bytes")
    if not codings:
        _check_ending(content, header, url)
    return content


def _inflated(pieces: Iterator[bytes], coding: str, url: str, max_bytes: int) -> Iterator[bytes]:
    """All members of a gzip file (RFC 1952, section 2.2), or one deflate stream, up to a cap and to the last byte."""
    first = next(pieces, b"")
    wbits = _wbits(coding, first)
    stream = zlib.decompressobj(wbits)
    size = 0
    for piece in chain((first,), pieces):
        rest, has_more = piece, False
        while rest or has_more:
            if stream.eof:
                if not rest.strip(b"\0"):
                    break  # zeros are padding
                if wbits != _GZIP:
                    raise FetchFailed(url, "bad_encoding", "bytes behind the compressed stream")
                stream = zlib.decompressobj(wbits)
            try:
                content = stream.decompress(rest, _SLICE)
            except zlib.error as error:
                raise FetchFailed(url, "bad_encoding", f"broken compression: {error}") from error
            size += len(content)
            if size > max_bytes:
                raise FetchFailed(url, "too_large", f"more than {max_bytes} bytes once decompressed")
            if content:
                yield content
            has_more = len(content) == _SLICE and not stream.eof
            rest = stream.unused_data if stream.eof else stream.unconsumed_tail
    if not stream.eof:
        raise FetchFailed(url, "truncated", f"the compressed stream ends too early, after {size} bytes")


def _wbits(coding: str, first: bytes) -> int:
    if coding != "deflate":
        return _GZIP
    # Meant is zlib's format (RFC 9110, section 8.4.1.2); some servers send the bare stream.
    is_zlib = len(first) > 1 and first[0] & 0x0F == zlib.DEFLATED and not int.from_bytes(first[:2]) % 31
    return _ZLIB if is_zlib else _RAW


def _check_ending(content: bytes, header: HTTPMessage, url: str) -> None:
    """Where only the connection's end says that the body is over, markup must at least end with a tag."""
    is_framed = "Content-Length" in header or "Transfer-Encoding" in header
    if is_framed or not content.strip() or not _MARKUP.search(header.get("Content-Type", "")):
        return
    if not content.rstrip(b"\0\t\n\r ").endswith(b">"):
        raise FetchFailed(
            url, "truncated", f"the connection ended in the middle of the page, after {len(content)} bytes"
        )
