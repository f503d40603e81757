"""Bytes to a parsed document: XML that may be broken, HTML that always is; never an expanded entity."""

import re
import zlib

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup

from pipeline.errors import PageRejected
from pipeline.records import rejected

MAX_BYTES = 52_428_800
"""The sitemap protocol's own limit, which is generous for feeds and listings too."""

_GZIP = b"\x1f\x8b"
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_DOCTYPE_START = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_MAX_DOCTYPE_BYTES = 65_536
"""A longer one is no feed's; it stays, and the parser gives up on it."""
_XML_START = re.compile(rb"<\?xml\b|<(?:\w+:)?(?:rss|feed|RDF|urlset|sitemapindex)\b")
_XML_DECLARATION = re.compile(rb"<\?xml[^<>]*>?", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def parse_xml(content: bytes, content_type: str | None) -> BeautifulSoup:
    """The document tree of a feed or sitemap; what is broken ends early or is left out.

    The document type declaration goes first: neither feeds nor sitemaps need one, entities that grow without bound are
    declared there, and lxml's recovery loses the whole document over one.

    Raises:
        PageRejected: `rejected:not_xml` where there is no element, `rejected:too_large`.
    """
    content = plain(content)
    start = _XML_START.search(content)
    content = content[start.start() :] if start else content  # blank lines or a warning of PHP's stand before it
    return _soup(_without_doctype(content), "lxml-xml", content_type, "not_xml")


def parse_html(content: bytes, content_type: str | None) -> BeautifulSoup:
    """The document tree of a listing page.

    Raises:
        PageRejected: `rejected:not_html` where there is no element, `rejected:too_large`.
    """
    # An XML declaration says nothing to an HTML parser, except to warn of it.
    return _soup(_XML_DECLARATION.sub(b"", plain(content)), "lxml", content_type, "not_html")


def _without_doctype(content: bytes) -> bytes:
    start = _DOCTYPE_START.search(content)
    found = start and _DOCTYPE.match(content, start.start(), start.start() + _MAX_DOCTYPE_BYTES)
    return content[: found.start()] + content[found.end() :] if found else content


def _soup(content: bytes, parser: str, content_type: str | None, reason: str) -> BeautifulSoup:
    declared = _CHARSET.search(content_type or "")
    is_markup = b"<" in content
    try:
        soup = BeautifulSoup(content if is_markup else b"", parser, from_encoding=declared[1] if declared else None)
    except ParserRejectedMarkup as error:
        raise PageRejected(rejected(reason), f"cannot be parsed ({error})") from error
    if soup.select_one("*") is None:
        raise PageRejected(rejected(reason), f"no element in {len(content)} bytes")
    return soup


def expect_element(soup: BeautifulSoup, names: list[str], reason: str) -> None:
    """Make sure that a document is what it was asked for as: it has one of these elements.

    Raises:
        PageRejected: `rejected:<reason>`; the detail says what was found instead.
    """
    if soup.find(names) is None:
        root = soup.select_one("*")
        found = root.name if root is not None else "nothing"
        raise PageRejected(rejected(reason), f"none of <{'>, <'.join(names)}>, but <{found}>")


def plain(content: bytes) -> bytes:
    """The content, decompressed where it is a gzip file, as sitemaps often are whatever their type says.

    Raises:
        PageRejected: `rejected:too_large`, `rejected:truncated` or `rejected:bad_encoding`.
    """
    if content.startswith(_GZIP):
        content = _gunzipped(content)
    if len(content) > MAX_BYTES:
        raise PageRejected(rejected("too_large"), f"more than {MAX_BYTES} bytes")
    return content


def _gunzipped(file: bytes) -> bytes:
    """The content of all members of a gzip file (RFC 1952, section 2.2), or the first of it where it is too large."""
    content, rest = b"", file
    while rest.startswith(_GZIP) and len(content) <= MAX_BYTES:
        stream = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            content += stream.decompress(rest, MAX_BYTES + 1 - len(content))
        except zlib.error as error:
            raise PageRejected(rejected("bad_encoding"), f"broken gzip file ({error})") from error
        if not stream.eof and len(content) <= MAX_BYTES:
            raise PageRejected(rejected("truncated"), f"the gzip file ends too early, after {len(content)} bytes")
        rest = stream.unused_data
    return content
