"""Pages as people keep them: saved by a browser, in one file of many parts or with a comment above, or written as XML.

- `.mhtml` (Chrome, Edge, Internet Explorer): a MIME message; the page is its first part of HTML (RFC 2557).
- `.html`: `<!-- saved from url=(0044)https://... -->` (browsers), or «Page saved with SingleFile», «url: ...».
- A parsed page written by a library for XML: elements without content close themselves (`<script src="a.js"/>`,
  `<i/>`), which HTML reads as open: whatever follows would be a part of the script.
"""

import binascii
import quopri
import re
from base64 import b64decode
from itertools import islice, pairwise
from typing import NamedTuple

from pipeline.read.addresses import address_of

CONTENT_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".mhtml": "multipart/related",
    ".mht": "multipart/related",
    ".txt": "text/plain",
}
"""Of a page in a file, by the end of its name."""
XML_DECLARATION = "<?xml"

_HEADERS_WITHIN = 2_000
_MOST_PARTS = 2_000
_BOUNDARY = re.compile(rb"(?i)\bboundary=(?:\"([^\"\r\n]{1,100})\"|([^\s;\"]{1,100}))")
_HEADER = re.compile(rb"(?m)^([A-Za-z-]{1,40}):[ \t]*([^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*)")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d{1,6}\)(?P<browser>https?://\S{1,2000})"
    r"|<!--\s*Page saved with SingleFile\s+url: (?P<singlefile>https?://\S{1,2000})"
)
# Nobody serves such: browsers would show nothing of what follows.
_CLOSED_WHAT_HTML_OPENS = re.compile(
    r"<(?:script|style|title|textarea|iframe|noscript)(?:\s[^<>]*)?/>(?!\s*</)", re.IGNORECASE
)
_QUOTED_END = "\"' \t\r\n"
_SELF_CLOSED = re.compile(r"<([A-Za-z][\w:.-]{0,60})(\s[^<>]*)?/>")
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
))  # fmt: skip


class Saved(NamedTuple):
    """The page in a file of many parts."""

    content: bytes
    url: str | None
    content_type: str | None


def page_within(content: bytes) -> Saved | None:
    """The page in a file of many parts; None for any other file."""
    head = content[:_HEADERS_WITHIN]
    boundary = _BOUNDARY.search(head) if b"multipart/related" in head and b"MIME-Version:" in head else None
    if boundary is None or _HEADER.match(head) is None:
        return None
    line = rb"(?m)^--" + re.escape(boundary[1] or boundary[2]) + rb"(?:--)?[ \t]*\r?$"
    lines = [found.span() for found in islice(re.finditer(line, content), _MOST_PARTS)]
    for (_, start), (end, _) in pairwise([*lines, (len(content), 0)]):
        blank = _BLANK_LINE.search(content, start, min(end, start + _HEADERS_WITHIN))
        if blank is None:
            continue
        opening = content[start : blank.start()]
        headers = {found[1].lower(): found[2].decode("latin-1").strip() for found in _HEADER.finditer(opening)}
        kind = headers.get(b"content-type", "")
        if kind.lower().startswith("text/html"):
            encoding = headers.get(b"content-transfer-encoding", "").lower()
            address = address_of(headers.get(b"content-location"))  # Chrome calls frames `cid:...`
            return Saved(_decoded(content[blank.end() : end], encoding), address, kind)
    return None


def saved_from(text: str) -> str | None:
    """The address that the comment above a saved page names."""
    found = _SAVED_FROM.search(text, 0, _HEADERS_WITHIN)
    return address_of(found["browser"] or found["singlefile"]) if found is not None else None


def as_html(text: str) -> str:
    """A page that was written as XML with its empty elements closed as HTML closes them; any other as it is."""
    if text.startswith(XML_DECLARATION) or _is_written_as_xml(text):
        return _SELF_CLOSED.sub(_closed, text)
    return text


def _is_written_as_xml(text: str) -> bool:
    """Whether an element closes itself that HTML would not close: no address without quotes that ends in a slash."""
    return any(found[0][-3] in _QUOTED_END or "=" not in found[0] for found in _CLOSED_WHAT_HTML_OPENS.finditer(text))


def _closed(found: re.Match[str]) -> str:
    name, attributes = found[1], found[2] or ""
    return found[0] if name.lower() in _VOID else f"<{name}{attributes}></{name}>"


def _decoded(body: bytes, encoding: str) -> bytes:
    if encoding == "quoted-printable":
        return quopri.decodestring(body)
    if encoding == "base64":
        try:
            return b64decode(body)
        except binascii.Error:  # cut short: what came is decoded, so that the page is seen to end inside its text
            signs = _NO_BASE64.sub(b"", body)
            return b64decode(signs[: len(signs) // 4 * 4])
    return body
