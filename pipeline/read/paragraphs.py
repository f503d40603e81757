"""The paragraphs that a reader sees: one walk of an element's nodes, in document order."""

import re
import unicodedata

from selectolax.lexbor import LexborNode

_BLOCK_TAGS = (
    "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
)  # fmt: skip
_UNSPOKEN_TAGS = ("script", "style", "noscript", "template", "iframe", "svg", "button", "select")
_ZERO_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff]+")
"""Soft hyphens and blanks without width: they part no words."""


# What a node is to a reader, by its name; an element of any other name is a part of the line that it stands in.
_TEXT, _BLOCK, _UNSPOKEN, _FORM = range(1, 5)
_KINDS = {
    "-text": _TEXT,
    "form": _FORM,
    **dict.fromkeys(_BLOCK_TAGS, _BLOCK),
    **dict.fromkeys(_UNSPOKEN_TAGS, _UNSPOKEN),
}


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


def paragraphs(root: LexborNode, without: str = "") -> list[str]:
    """The visible text below `root` in document order, one squeezed string a block; elements in `without` left out.

    A block ends where a block-level element begins or ends, also where `<p>` is never closed, and at `<br>`. The tree
    stays as it is: lexbor frees what is removed, and a selector names nested elements, or one element twice. Each look
    at a node makes an object, so what is left out is not walked through.
    """
    left_out = {node.mem_id for node in root.css(without)} if without else set()
    found: list[str] = []
    parts: list[str] = []
    above: list[tuple[LexborNode | None, bool]] = []
    """Behind each element that is open, what comes next; and whether a block ends there."""
    node = root.child
    while True:
        while node is not None:
            kind = _KINDS.get(node.tag or "")
            if kind == _TEXT:
                parts.append(node.text_content or "")
            elif kind != _UNSPOKEN:
                if parts and kind is not None:
                    _flush(parts, found)
                child = node.child
                if (
                    child is not None
                    and not (left_out and node.mem_id in left_out)
                    and (kind != _FORM or _wraps_page(node))
                ):
                    above.append((node.next, kind is not None))
                    node = child
                    continue
            node = node.next
        if not above:
            break
        node, is_block = above.pop()
        if parts and is_block:
            _flush(parts, found)
    _flush(parts, found)
    return found


def _wraps_page(form: LexborNode) -> bool:
    """Some sites wrap the whole page in one form; any other form asks for something."""
    return form.css_first("p") is not None


def _flush(parts: list[str], found: list[str]) -> None:
    if parts:
        text = squeeze(parts[0] if len(parts) == 1 else "".join(parts))
        if text:
            found.append(text)
        parts.clear()
