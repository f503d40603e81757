"""The paragraphs that a reader sees: one walk of an element's nodes, in document order."""

import re
import unicodedata
from collections.abc import Callable

from selectolax.lexbor import LexborNode

from pipeline.read.asides import ASIDE_TAGS, HEADINGS, HIDDEN, UNSEEN, Asides, Mark, mark_of_classes

_BLOCK_TAGS = (
    "address", "article", "blockquote", "body", "br", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "footer", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
)  # fmt: skip
_UNSPOKEN_TAGS = ("script", "style", "noscript", "template", "iframe", "svg", "button", "select")
_ZERO_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff]+")
"""Soft hyphens and blanks without width: they part no words."""


# What a node is to a reader, by its name; an element of any other name is a part of the line that it stands in.
_TEXT, _BLOCK, _HEADING, _UNSPOKEN, _FORM = range(1, 6)
_Ending = Callable[[list[str], int], None]
_Open = tuple[LexborNode | None, bool, _Ending | None, int]
"""Of an element that is open: what comes behind it; whether a block ends there; who is told so; where it began."""
_KINDS = {
    "-text": _TEXT,
    "form": _FORM,
    **dict.fromkeys(_BLOCK_TAGS, _BLOCK),
    **dict.fromkeys(ASIDE_TAGS, _BLOCK),
    **dict.fromkeys(HEADINGS, _HEADING),
    **dict.fromkeys(_UNSPOKEN_TAGS, _UNSPOKEN),
}
_MARKS_BY_NAME = dict.fromkeys(ASIDE_TAGS, Mark.ASIDE)


def squeeze(text: str) -> str:
    r"""Text on one line: runs of white space, also of no-break blanks, become one blank; zero-width marks go.

    An accented letter becomes one character: names compare, and a label's words are words.

    >>> squeeze(" All\u00a0Things \n Considered ")
    'All Things Considered'
    >>> squeeze("MUN\u0303OZ")
    'MUÑOZ'
    """
    if text.isprintable() and "  " not in text:  # as most texts are: neither line breaks nor zero-width marks
        return composed(text.strip())
    if text.isascii():
        return " ".join(text.split())
    return composed(" ".join(_ZERO_WIDTH.sub("", text).split()))


def composed(text: str) -> str:
    """Text with one character for each accented letter (Unicode's form C)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


Marks = dict[int, Mark]
"""What is to be left out, for sure or perhaps, by the nodes' identities."""


def marks_below(root: LexborNode, without: str = "", asides: str = "") -> Marks:
    """The elements in `without`, and the asides: those of all systems, but for those by name, and those in `asides`."""
    marks = {node.mem_id: Mark.ASIDE for node in root.css(f"{HIDDEN}, {asides}" if asides else HIDDEN)}
    marks |= {node.mem_id: Mark.UNSEEN for node in root.css(UNSEEN)}
    for node in root.css("[class]"):
        mark = mark_of_classes(node.attrs["class"])
        if mark is not None:
            marks[node.mem_id] = mark
    return marks | {node.mem_id: Mark.OUT for node in root.css(without)} if without else marks


def is_aside(node: LexborNode) -> bool:
    """Whether an element is an aside, whatever stands in it: of use to whoever reads a turn's elements one by one."""
    mark = _MARKS_BY_NAME.get(node.tag or "") or mark_of_classes(node.attributes.get("class"))
    return mark is not None


def paragraphs(root: LexborNode, marks: Marks) -> list[str]:
    """The visible text below `root` in document order, one squeezed string a block; what is marked left out.

    An aside is left out where no conversation stands in it (see `Asides`). Whoever reads elements that hold each other
    marks the outer one, once: selectors cost more than the walk.

    A block ends where a block-level element begins or ends, also where `<p>` is never closed, and at `<br>`. The tree
    stays as it is: lexbor frees what is removed, and a selector names nested elements, or one element twice. Each look
    at a node makes an object, so what is left out is not walked through.
    """
    seen = Asides()
    found: list[str] = []
    parts: list[str] = []
    above: list[_Open] = []
    node = root.child
    while True:
        while node is not None:
            tag = node.tag or ""
            kind = _KINDS.get(tag)
            if kind == _TEXT:
                text = node.text_content or ""
                if parts or not text.isspace():  # as between most elements
                    parts.append(text)
            elif kind != _UNSPOKEN:
                mark = marks.get(node.mem_id) or _MARKS_BY_NAME.get(tag)
                if mark is Mark.ASIDE and kind is None and "-" in tag:
                    kind = _BLOCK  # a CMS's own element
                if parts and kind is not None:
                    _flush(parts, found)
                child = node.child
                is_plain = mark is None and kind not in (_FORM, _HEADING)
                if child is not None and (is_plain or _is_read(node, kind, mark)):
                    ending = None if is_plain else _ending(seen, kind, mark)
                    above.append((node.next, kind is not None, ending, len(found)))
                    node = child
                    continue
            node = node.next
        if not above:
            break
        node = _close(above.pop(), parts, found)
    _flush(parts, found)
    return seen.left_out_of(found)


def _close(opened: _Open, parts: list[str], found: list[str]) -> LexborNode | None:
    """End an element; what comes next."""
    following, is_block, ending, first = opened
    if parts and is_block:
        _flush(parts, found)
    if ending is not None:
        ending(found, first)
    return following


def _is_read(node: LexborNode, kind: int | None, mark: int | None) -> bool:
    """Whether an element's inside is for a reader. Some sites wrap the page in a form; any other asks for something."""
    if mark is Mark.OUT or (mark is Mark.UNSEEN and kind is None):
        return False
    return kind != _FORM or node.css_first("p") is not None


def _ending(seen: Asides, kind: int | None, mark: int | None) -> _Ending | None:
    """Who is to be told where the element ends."""
    if kind is not None and mark is not None:
        return seen.end_aside
    return seen.end_heading if kind == _HEADING else None


def _flush(parts: list[str], found: list[str]) -> None:
    if parts:
        text = squeeze(parts[0] if len(parts) == 1 else "".join(parts))
        if text:
            found.append(text)
        parts.clear()
