"""Bytes to Page: is it HTML or text, and which layout has it."""

import re
from types import ModuleType

from pipeline.read import plain_text
from pipeline.read.decode import decode
from pipeline.read.html import Html
from pipeline.read.layouts import generic, grove, npr_transcript
from pipeline.records import Page

# In this order: the first whose marks the page has. `generic` takes what nobody else knows.
LAYOUTS: tuple[ModuleType, ...] = (npr_transcript, grove, generic)
_TAG = re.compile(r"<(?:!doctype|html|head|body|div|p|article|main|section|span|meta|title|h1)\b", re.IGNORECASE)

_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def read_page(content: bytes, *, url: str | None, content_type: str | None) -> Page:
    """The page that these bytes are. Pure.

    Raises:
        PageRejected: `rejected:empty` or `rejected:binary`.
    """
    text = decode(content, content_type).text
    url = url or None  # unknown is None, never ""
    if _is_html(text, content_type):
        page = Html(text, url)
        for layout in LAYOUTS:
            if layout.matches(page):
                found: Page = layout.read(page)
                return found
    return plain_text.read(text, url)


def _is_html(text: str, content_type: str | None) -> bool:
    """By the header, if the text bears it out, else by tags near the beginning (fragments have no doctype)."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind == "text/plain":
        return False
    if kind in ("text/html", "application/xhtml+xml") and _ANY_TAG.search(text) is not None:
        return True
    return _TAG.search(text, 0, 5000) is not None
