"""The body of a response: read whole or not at all, its content coding removed by ourselves.

requests accepts a gzip stream that ends too early, an overlong body and a thousandfold bomb without a word. Here the
entity is read as it came, within a cap, its framing is checked against the header, and zlib gives at most the cap.
"""

import re
import zlib
from http.client import HTTPMessage, HTTPResponse

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
    content = body
    for coding in reversed(codings) if body else ():
        if coding in {"gzip", "x-gzip"}:
            content = _inflate(content, _GZIP, url, max_bytes)
        elif coding == "deflate":
            # Meant is zlib's format (RFC 9110, section 8.4.1.2); some servers send the bare stream.
            is_zlib = len(content) > 1 and content[0] & 0x0F == zlib.DEFLATED and not int.from_bytes(content[:2]) % 31
            content = _inflate(content, _ZLIB if is_zlib else _RAW, url, max_bytes)
        else:
            raise FetchFailed(url, "bad_encoding", f"content coding {coding!r}, although only gzip is asked for")
    if len(content) > max_bytes:
        raise FetchFailed(url, "too_large", f"more than {max_bytes} bytes")
    if not codings:
        _check_ending(content, header, url)
    return content


def _inflate(data: bytes, wbits: int, url: str, max_bytes: int) -> bytes:
    """All members of a gzip file (RFC 1952, section 2.2), or one deflate stream, up to a cap and to the last byte."""
    content = bytearray()
    rest = data
    while True:
        stream = zlib.decompressobj(wbits)
        try:
            content += stream.decompress(rest, max_bytes + 1 - len(content))
        except zlib.error as error:
            raise FetchFailed(url, "bad_encoding", f"broken compression: {error}") from error
        if len(content) > max_bytes:
            raise FetchFailed(url, "too_large", f"more than {max_bytes} bytes once decompressed")
        if not stream.eof:
            raise FetchFailed(url, "truncated", f"the compressed stream ends too early, after {len(content)} bytes")
        rest = stream.unused_data
        if not rest.strip(b"\0"):  # zeros are padding
            return bytes(content)
        if wbits != _GZIP:
            raise FetchFailed(url, "bad_encoding", f"{len(rest)} bytes behind the compressed stream")


def _check_ending(content: bytes, header: HTTPMessage, url: str) -> None:
    """Where only the connection's end says that the body is over, markup must at least end with a tag."""
    is_framed = "Content-Length" in header or "Transfer-Encoding" in header
    if is_framed or not content.strip() or not _MARKUP.search(header.get("Content-Type", "")):
        return
    if not content.rstrip(b"\0\t\n\r ").endswith(b">"):
        raise FetchFailed(
            url, "truncated", f"the connection ended in the middle of the page, after {len(content)} bytes"
        )
