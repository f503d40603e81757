"""Pages that no parser should be given: too large, too deep, tags with too many attributes.

Lexbor follows the HTML standard, and three of its rules cost more than linear time or space. Measured on one core:
100,000 nested `<div>` take 25 s (each start tag walks the open elements for a `<p>`), one tag with 100,000 attributes
45 s (each is compared with those before it), and 1,000 unclosed `<font>` are copied into every paragraph that follows.
The largest real page met has 210 kB and 3,000 tags. What is cheap to know of every page is counted first; only a page
that looks odd is walked tag by tag.
"""

import re
from collections import defaultdict

from pipeline.errors import PageRejected
from pipeline.records import Page, rejected

_MOST_BYTES = 5_000_000
_MOST_TAGS = 250_000
_MOST_BLOCKS = 20_000
"""Paragraphs: the longest transcript met, an hour of short replies, has 2,000."""
_DEEPEST = 1_000
_MOST_STEPS = 100_000_000
"""Of start tags up the elements that are open: about three seconds."""
_MOST_COPIES = 1_500_000
"""Elements that unclosed formatting may be copied into: so many take 300 MB."""
_MOST_COMPARISONS = 300_000_000
"""Of attributes with those before them: about one second."""

_FEW_TAGS = 2_000
"""No arrangement of so many is deep or copied enough to matter."""
_ODD_TAGS = 6_000
_ODD_UNCLOSED = 200
_ODD_LENGTH = 300_000
_ODD_STRETCH = 10_000
_MOST_STRAY_ENDS = 20_000
"""`>` without `<`: in attributes' values they would hide how long a tag is. Scripts have some hundreds."""
_LONG_TAG = 2_000
_SCRIPT_DISCOUNT = 16
"""`a < b` in a script looks like a tag; a comment that holds `<script>` must not hide one."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)")
_OPENING = re.compile(r"<[a-zA-Z]")
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
))  # fmt: skip
_FORMATTING = frozenset((
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
))  # fmt: skip
# A start tag of these ends an open one of the same name: `<p>one<p>two` does not nest.
_SELF_ENDING = frozenset(("p", "li", "dd", "dt", "option", "tr", "td", "th"))
_RAW = frozenset(("script", "style", "textarea", "title", "noembed", "noframes", "xmp"))
"""What stands in these is text: `if (a<b)` opens nothing."""
_MOST_ALIKE = 3
"""Of formatting elements with one name and the same attributes no more are copied (HTML standard, 13.2.4.3)."""
_SEARCHED = 50
"""Open elements that an end tag is looked for in."""


def refuse_too_large(content: bytes) -> None:
    """Refuse what no page is.

    Raises:
        PageRejected: `rejected:too_large`.
    """
    if len(content) > _MOST_BYTES:
        raise PageRejected(rejected("too_large"), f"{len(content):,} bytes; a page has {_MOST_BYTES:,} at most")


def refuse_too_long(page: Page) -> None:
    """Refuse a page of more paragraphs than any transcript has.

    Raises:
        PageRejected: `rejected:too_large`.
    """
    if len(page.blocks) > _MOST_BLOCKS:
        raise PageRejected(
            rejected("too_large"), f"{len(page.blocks):,} paragraphs; a transcript has {_MOST_BLOCKS:,} at most"
        )


def refuse_hostile_markup(content: bytes, text: str) -> None:
    """Refuse markup that would cost the parser seconds or gigabytes; `text` is `content` decoded. Linear in the page.

    Raises:
        PageRejected: `rejected:too_many_tags`, `rejected:too_deep` or `rejected:too_many_attributes`.
    """
    tags = content.count(
        b"<"
    )  # three times as fast in bytes, and every encoding in use has these bytes for these signs
    if tags > _MOST_TAGS:
        raise PageRejected(rejected("too_many_tags"), f"{tags:,} tags; a page has {_MOST_TAGS:,} at most")
    if tags > _ODD_TAGS or (tags > _FEW_TAGS and tags - 2 * content.count(b"</") > _ODD_UNCLOSED):
        _refuse_deep(text)
    if len(content) > _ODD_LENGTH and content.count(b">") - tags > _MOST_STRAY_ENDS:
        raise PageRejected(rejected("too_many_attributes"), "tens of thousands of > that end no tag")
    if len(text) > _ODD_LENGTH or _has_long_stretch(text):
        _refuse_long_tags(text)


class _Nesting:
    """The open elements as a parser would have them, roughly: an end tag ends what stands inside it."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.steps = 0
        """How far start tags have looked up the open elements."""
        self.copies = 0
        """How many elements unclosed formatting may have been copied into."""
        self._raw: str | None = None
        self._formatting: defaultdict[str, list[str]] = defaultdict(list)
        self._unclosed = 0

    def tag(self, name: str, attributes: str, *, is_end: bool) -> None:
        if self._raw is not None:
            self._raw = None if is_end and name == self._raw else self._raw
        elif is_end:
            self._close(name)
        elif name in _RAW:
            self._raw = name
        elif name not in _VOID:
            self._open(name, attributes)

    def _open(self, name: str, attributes: str) -> None:
        if name in _SELF_ENDING and self.opened and self.opened[-1] == name:
            self.opened.pop()
        if name in _FORMATTING and self._formatting[name][-_SEARCHED:].count(attributes) < _MOST_ALIKE:
            self._formatting[name].append(attributes)
            self._unclosed += 1
        self.opened.append(name)
        self.steps += len(self.opened)
        self.copies += self._unclosed

    def _close(self, name: str) -> None:
        if name in self.opened[-_SEARCHED:]:
            while self.opened.pop() != name:
                pass
        if self._formatting[name]:
            self._formatting[name].pop()
            self._unclosed -= 1


def _refuse_deep(text: str) -> None:
    nesting = _Nesting()
    for end, name, attributes in _TAG.findall(text):
        nesting.tag(name.lower(), attributes, is_end=bool(end))
        if len(nesting.opened) > _DEEPEST:
            raise PageRejected(rejected("too_deep"), f"elements nest deeper than {_DEEPEST:,}")
        if nesting.steps > _MOST_STEPS:
            raise PageRejected(rejected("too_deep"), "tens of thousands of elements inside hundreds of others")
        if nesting.copies > _MOST_COPIES:
            raise PageRejected(rejected("too_deep"), "formatting that is never closed would be copied without end")


def _has_long_stretch(text: str) -> bool:
    """Whether a tag may be long: a stretch of twice this length without `>` covers one of these windows."""
    return any(
        text.find(">", start, start + _ODD_STRETCH) < 0 for start in range(0, len(text) - _ODD_STRETCH, _ODD_STRETCH)
    )


def _refuse_long_tags(text: str) -> None:
    comparisons = 0
    is_script = False
    for stretch in text.split(">"):
        if len(stretch) > _LONG_TAG and (opening := _OPENING.search(stretch)) is not None:
            attributes = max(len(stretch[opening.start() :].split()), stretch.count("/"))
            comparisons += attributes * attributes // (_SCRIPT_DISCOUNT if is_script else 1)
        if is_script or "<" in stretch:
            last = stretch[stretch.rfind("<") + 1 :][:7].lower()
            is_script = not last.startswith("/script") if is_script else last.startswith("script")
    if comparisons > _MOST_COMPARISONS:
        raise PageRejected(rejected("too_many_attributes"), "tags with thousands of attributes each")
