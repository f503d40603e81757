"""Pages that no parser should be given: too large, too many tags, tags with too many attributes.

Lexbor follows the HTML standard, and three of its rules cost more than linear time or space. Measured on one core: each
start tag walks the open elements for a `<p>` (100,000 nested `<div>` take 25 s, 30,000 take 0.9 s); each attribute is
compared with those before it in its tag (100,000 take 45 s); and formatting that is not closed in its paragraph is
copied into every later one, with its attributes (1,000 `<font>` and 1,000 paragraphs take 380 MB). Only a parser knows
what closes a formatting element (an end tag in a table's cell, or behind nine nested blocks, does not). So nobody
guesses: where copies could be many, formatting elements are read as `<span>`, which nothing copies.

The largest real page met has 210 kB and 3,000 tags.
"""

import re

from pipeline.errors import PageRejected
from pipeline.records import Page, rejected

_MOST_BYTES = 5_000_000
_MOST_TAGS = 30_000
_MOST_BLOCKS = 20_000
"""Paragraphs: the longest transcript met, an hour of short replies, has 2,000."""
_MOST_COLONS = 200_000
"""Each is looked at, whether a label stands before it; a million took five seconds, five million nine."""
_MOST_COMPARISONS = 300_000_000
"""Of attributes with those before them: about one second."""

_FEW_STARTS = 2_000
"""So many start tags cannot make more than a million copies, half of them being formatting and half paragraphs."""
_COPY_BYTES = 400
"""A copied element, without the text of its attributes."""
_MOST_COPIED_BYTES = 300_000_000
_PLAIN_FORMATTING = 39
"""Thirteen names; of elements with one name and the same attributes no more than three are copied (HTML, 13.2.4.3)."""
_LONG_LINKS = 300_000_000
"""Start tags times bytes: with fewer, no link could be copied into more than 300 MB. Of links but one is ever open."""
_STRETCHES = 8
"""Of a page, in which its tags are counted: the bytes of a link hold no tags that could copy it."""

_ODD_LENGTH = 300_000
_ODD_STRETCH = 10_000
_MOST_STRAY_ENDS = 20_000
"""`>` without `<`: in attributes' values they would hide how long a tag is. Scripts have some hundreds."""
_LONG_TAG = 2_000
_SCRIPT_DISCOUNT = 16
"""`a < b` in a script looks like a tag; a comment that holds `<script>` must not hide one."""

_END = b"</"
# The standard's formatting elements but `<a>`: as start tags with attributes; and all their tags.
_WITH_ATTRIBUTES = re.compile(
    rb"<(?=[bceinfstuBCEINFSTU])(?:[bisuBISU]|[bB][iI][gG]|(?i:code|em|font|nobr|small|strike|strong|tt))[\s/]"
)
_FORMATTING = re.compile(rb"<(/?)(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE)
# A link that is no short tag for sure: its attributes are not all `name`, `name=value` or `name="value"`.
_ODD_LINK = re.compile(
    rb"<[aA](?=[\s/])(?!(?:\s++[\w:.@-]{1,50}+(?:=(?:\"[^\"<>]{0,2000}+\"|'[^'<>]{0,2000}+'|[^\s\"'<>=`]{1,2000}+))?+){0,20}+\s*+/?>)"
)
_OPENING = re.compile(r"<[a-zA-Z]")


def refuse_too_large(content: bytes) -> None:
    """Refuse what no page is.

    Raises:
        PageRejected: `rejected:too_large`.
    """
    if len(content) > _MOST_BYTES:
        raise PageRejected(rejected("too_large"), f"{len(content):,} bytes; a page has {_MOST_BYTES:,} at most")


def refuse_too_long(page: Page) -> None:
    """Refuse a page of more paragraphs, or of more that may be labels, than any transcript has.

    Raises:
        PageRejected: `rejected:too_large`.
    """
    if len(page.blocks) > _MOST_BLOCKS:
        raise PageRejected(
            rejected("too_large"), f"{len(page.blocks):,} paragraphs; a transcript has {_MOST_BLOCKS:,} at most"
        )
    if sum(len(block.text) for block in page.blocks) <= _MOST_COLONS:
        return  # as nearly all pages have fewer characters
    colons = sum(block.text.count(":") for block in page.blocks)
    if colons > _MOST_COLONS:
        raise PageRejected(rejected("too_large"), f"{colons:,} colons; a transcript has {_MOST_COLONS:,} at most")


def harmless(markup: bytes) -> bytes:
    """Markup in UTF-8 that costs the parser neither seconds nor gigabytes: the same, but for pages of odd size.

    Linear in the page; on a real one a tenth of what parsing takes, a half where it has thousands of tags.

    Raises:
        PageRejected: `rejected:too_many_tags` or `rejected:too_many_attributes`.
    """
    tags = _count(b"<", markup)
    if tags > _MOST_TAGS:
        raise PageRejected(rejected("too_many_tags"), f"{tags:,} tags; a page has {_MOST_TAGS:,} at most")
    if len(markup) > _ODD_LENGTH and _count(b">", markup) - tags > _MOST_STRAY_ENDS:
        raise PageRejected(rejected("too_many_attributes"), "tens of thousands of > that end no tag")
    if len(markup) > _ODD_LENGTH or _has_long_stretch(markup):
        _refuse_long_tags(markup.decode("utf-8", "replace"))
    if tags > _FEW_STARTS or tags * len(markup) > _MOST_COPIED_BYTES:
        return _without_copies(markup, tags)
    return markup


def _count(byte: bytes, markup: bytes) -> int:
    """How often a byte stands there that few are: so in a third of the time that `bytes.count` takes."""
    return len(markup) - len(markup.replace(byte, b""))


def _without_copies(markup: bytes, tags: int) -> bytes:
    """The markup with formatting elements as `<span>`, and with odd links so, if they could be copied too often."""
    # Each copy is made below an element that a start tag opened since the last one: half of the tags are end tags.
    starts = tags - markup.count(_END)
    most_bytes = starts * len(markup)
    if starts <= _FEW_STARTS and most_bytes <= _MOST_COPIED_BYTES:
        return markup
    may_have_long_link = most_bytes > _LONG_LINKS and _most_link_bytes(markup) > _LONG_LINKS
    if _is_copied_often(starts, len(_WITH_ATTRIBUTES.findall(markup)), len(markup)):
        markup = _FORMATTING.sub(rb"<\1span", markup)
    return _ODD_LINK.sub(b"<span", markup) if may_have_long_link else markup


def _is_copied_often(starts: int, formatting: int, size: int) -> bool:
    """Whether formatting elements, so many of them with attributes, could be copied into more than 300 MB."""
    copies = starts * (formatting + _PLAIN_FORMATTING)
    return copies * _COPY_BYTES > _MOST_COPIED_BYTES or (formatting > 0 and starts * size > _MOST_COPIED_BYTES)


def _most_link_bytes(markup: bytes) -> int:
    """No fewer bytes than copies of one link could take: its own, times the tags outside of it.

    A link reaches into two stretches of the page, and covers those between.
    """
    size = len(markup) // _STRETCHES + 1
    counts = [_count(b"<", markup[start : start + size]) for start in range(0, len(markup), size)]
    tags = sum(counts)
    return max(
        (last + 1 - first) * size * (tags - sum(counts[first + 1 : last]))
        for first in range(len(counts))
        for last in range(first, len(counts))
    )


def _has_long_stretch(markup: bytes) -> bool:
    """Whether a tag may be long: a stretch of twice this length without `>` covers one of these windows."""
    return any(
        markup.find(b">", start, start + _ODD_STRETCH) < 0
        for start in range(0, len(markup) - _ODD_STRETCH, _ODD_STRETCH)
    )


def _refuse_long_tags(text: str) -> None:
    comparisons = 0
    is_script = False
    for stretch in text.split(">"):
        if len(stretch) > _LONG_TAG and (opening := _OPENING.search(stretch)) is not None:
            attributes = _most_attributes(stretch[opening.start() :])
            comparisons += attributes * attributes // (_SCRIPT_DISCOUNT if is_script else 1)
        if is_script or "<" in stretch:
            last = stretch[stretch.rfind("<") + 1 :][:7].lower()
            is_script = not last.startswith("/script") if is_script else last.startswith("script")
    if comparisons > _MOST_COMPARISONS:
        raise PageRejected(rejected("too_many_attributes"), "tags with thousands of attributes each")


def _most_attributes(tag: str) -> int:
    """No fewer attributes than the tag has: white space, a slash or a closing quote stands before each."""
    return min(len(tag.split()) + tag.count("/") + (tag.count('"') + tag.count("'")) // 2, len(tag) // 2)
