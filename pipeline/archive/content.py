"""Content codings of archived entities: gzip and deflate, the two that the fetcher asks for."""

import zlib

from pipeline.exchanges import Headers

_GZIP_WBITS = zlib.MAX_WBITS + 16


MOST_BYTES = 100_000_000
"""Of a content, which no reader takes: a gigabyte of nothing fits into a megabyte of gzip."""


def codings_of(headers: Headers) -> str:
    """All that an entity was coded with, in order: a header may be given several times (RFC 9110, section 5.3)."""
    return ",".join(value for name, value in headers if name.lower() == "content-encoding")


def decode_content(body: bytes, content_encoding: str | None, most_bytes: int = MOST_BYTES) -> bytes:
    """The entity without its content codings, the last applied taken off first (RFC 9110, section 8.4).

    Of what is larger than `most_bytes` so many and one more are given: enough to see that it is.

    Raises:
        ValueError: a coding is unknown or the bytes are not in it.
    """
    codings = [coding.strip().lower() for coding in (content_encoding or "").split(",")]
    for coding in reversed([coding for coding in codings if coding not in {"", "identity"}]):
        try:
            body = _decode(body, coding, most_bytes + 1)
        except zlib.error as error:
            raise ValueError(f"Content-Encoding {coding}: {error}") from error
    return body


def _decode(body: bytes, coding: str, size: int) -> bytes:
    if coding in {"gzip", "x-gzip"}:
        return _inflate(body, _GZIP_WBITS, size)
    if coding == "deflate":
        # RFC 9110 means the zlib format; some servers send bare deflate, whose first nibble cannot be 8.
        has_zlib_header = len(body) >= 2 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
        return _inflate(body, zlib.MAX_WBITS if has_zlib_header else -zlib.MAX_WBITS, size)
    raise ValueError(f"Content-Encoding {coding} is unknown")


def _inflate(body: bytes, wbits: int, size: int) -> bytes:
    """All members, one after another, or the first `size` bytes of them.

    What follows the last member is padding (RFC 1952, section 2.2).
    """
    parts: list[bytes] = []
    rest = body
    while size > 0 and rest.strip(b"\0"):
        decompressor = zlib.decompressobj(wbits)
        parts.append(decompressor.decompress(rest, size))
        size -= len(parts[-1])
        if size <= 0:
            break
        if not decompressor.eof:
            raise ValueError("Content-Encoding: the entity ends too early")
        rest = decompressor.unused_data
    return b"".join(parts)
