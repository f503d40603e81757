"""Bytes to Page: is it HTML, a record in JSON or text, and which layout has it."""

import re
from types import ModuleType

from pipeline.errors import PageRejected
from pipeline.read import plain_text
from pipeline.read.addresses import usable
from pipeline.read.decode import decode
from pipeline.read.feeds import FEED, is_feed_as_text, kind_of_xml
from pipeline.read.html import Html
from pipeline.read.layouts import (
    abc,
    core_publisher,
    fresh_air_archive,
    generic,
    grove,
    marketplace,
    npr_cds,
    npr_story,
    npr_text,
    npr_transcript,
    npr_transcript_2006,
    podcast_record,
    radiolab,
    this_american_life,
    wnyc,
    wnyc_record,
    wordpress_npr,
    wordpress_record,
)
from pipeline.read.limits import refuse_too_large, refuse_too_long
from pipeline.read.paragraphs import composed
from pipeline.read.record import record_of
from pipeline.read.saved import XML_DECLARATION, as_html, page_within, saved_from
from pipeline.records import NOT_A_TRANSCRIPT, Page

# In this order: the first whose marks the page has. `generic` takes what nobody else knows.
LAYOUTS: tuple[ModuleType, ...] = (
    npr_transcript,
    grove,
    npr_transcript_2006,
    npr_text,
    npr_story,
    wordpress_npr,
    radiolab,
    wnyc,
    this_american_life,
    fresh_air_archive,
    marketplace,
    abc,
    core_publisher,
    generic,
)
RECORD_LAYOUTS: tuple[ModuleType, ...] = (wnyc_record, npr_cds, podcast_record, wordpress_record)
_TAG = re.compile(r"<(?:!doctype|html|head|body|div|p|article|main|section|span|meta|title|h1)\b", re.IGNORECASE)

_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_OBJECT = re.compile(r"\s*\{\s*(?:\"|\})")


def read_page(content: bytes, *, url: str | None, content_type: str | None) -> Page:
    """The page that these bytes are. Pure; never more than seconds and a few hundred megabytes.

    Raises:
        PageRejected: `rejected:` and `empty`, `binary`, `too_large`, `too_many_tags`, `too_many_attributes`,
            `truncated` or `malformed`; or `not_a_transcript`, by name.
    """
    refuse_too_large(content)
    saved = page_within(content)
    if saved is not None:
        content, content_type, url = saved.content, saved.content_type, url or saved.url
    page = _read(content, usable(url), content_type)
    refuse_too_long(page)
    return page


def _read(content: bytes, url: str | None, content_type: str | None) -> Page:
    decoded = decode(content, content_type)
    text = decoded.text
    if _is_json(text, content_type):
        return _read_record(composed(text), url)
    kind = kind_of_xml(text) or (FEED if is_feed_as_text(text, url) else None)
    if kind is not None:
        raise PageRejected(NOT_A_TRANSCRIPT, kind)
    if not _is_html(text, content_type):
        return plain_text.read(composed(text), url)
    url = url or saved_from(text)
    page = Html(text, url, decoded.utf8)
    if page.swallows_markup or text.startswith(XML_DECLARATION):
        written = as_html(text)
        page = Html(written, url)
    found: Page = next(layout for layout in LAYOUTS if layout.matches(page)).read(page)
    return found


def _read_record(text: str, url: str | None) -> Page:
    record = record_of(text, url)
    layout = next((layout for layout in RECORD_LAYOUTS if layout.matches(record)), None) if record else None
    if layout is None:
        raise PageRejected(NOT_A_TRANSCRIPT, "a record in JSON of a kind that holds no transcript")
    found: Page = layout.read(record)
    return found


def _is_json(text: str, content_type: str | None) -> bool:
    """By the header, if the text bears it out, else by how it begins."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind == "application/json" or kind.endswith("+json"):
        return text.lstrip()[:1] in ("{", "[")
    return _OBJECT.match(text) is not None


def _is_html(text: str, content_type: str | None) -> bool:
    """By the header, if the text bears it out, else by tags near the beginning (fragments have no doctype)."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind == "text/plain":
        return False
    if kind in ("text/html", "application/xhtml+xml") and _ANY_TAG.search(text) is not None:
        return True
    return _TAG.search(text, 0, 5000) is not None
