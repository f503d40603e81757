"""What all layouts ask of an HTML page: its meta data, its paragraphs, its declared facts. Lexbor underneath."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.errors import PageRejected
from pipeline.records import rejected

_BLOCK_TAGS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
# Some sites wrap the whole page in one form.
_UNSPOKEN = "script, style, noscript, template, iframe, svg, button, select, form:not(:has(p))"
_ZERO_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff]+")
"""Soft hyphens and blanks without width: they part no words."""
_ENDS = ("</body", "</html", "</BODY", "</HTML")
_CONTAINER_TAGS = ("div", "article", "section", "main")
_WHOLE = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_OPEN_TAG = re.compile("[a-zA-Z/!]")


def squeeze(text: str) -> str:
    r"""Text on one line: runs of white space, also of no-break blanks, become one blank; zero-width marks go.

    >>> squeeze(" All\u00a0Things \n Considered ")
    'All Things Considered'
    """
    return " ".join((text if text.isascii() else _ZERO_WIDTH.sub("", text)).split())


class Html:
    """One parsed page. Reading a fact that is not there gives None, never an error."""

    def __init__(self, text: str, url: str | None) -> None:
        self.tree = LexborHTMLParser(text)
        self.source = text
        self.url = url
        self._meta: Mapping[str, str] | None = None
        self._linked: list[dict[str, Any]] | None = None

    def mentions(self, mark: str) -> bool:
        """Whether the source holds these characters, in whatever place. An element is found faster by its selector."""
        return mark in self.source

    @cached_property
    def host(self) -> str:
        """The host that the page comes from, or else names as its own, without `www.`; empty where nothing says."""
        return (urlsplit(self.url or self.canonical_url or "").hostname or "").removeprefix("www.")

    @cached_property
    def path(self) -> str:
        """The path of the address that the page comes from, or else names as its own."""
        return urlsplit(self.url or self.canonical_url or "").path

    def is_at(self, *domains: str) -> bool:
        """Whether the page comes from one of these domains or a host below it."""
        return any(self.host == domain or self.host.endswith(f".{domain}") for domain in domains)

    def absolute(self, href: str) -> str | None:
        """A link as an address of its own; None where nothing tells which."""
        address = urljoin(self.url or self.canonical_url or "", href.strip())
        return address if address.startswith(("http://", "https://")) else None

    def spoken(self, root: LexborNode, without: str = "") -> list[str]:
        """The paragraphs of the element that holds a transcript (see `paragraphs`).

        Raises:
            PageRejected: `rejected:truncated` where the page ends inside that element: who knows what was said then.
        """
        if self._is_unfinished and self._is_last(root):
            raise PageRejected(
                rejected("truncated"),
                "the page ends inside its text, without the tags that close a page: fetch it again",
            )
        return paragraphs(root, without)

    @cached_property
    def _is_unfinished(self) -> bool:
        """Whether the source breaks off: inside a tag, a page without its end, a fragment with one left open."""
        opened = self.source.rfind("<")
        if opened > self.source.rfind(">") and _OPEN_TAG.match(self.source, opened + 1):
            return True
        if any(self.source.rfind(end) >= 0 for end in _ENDS):
            return False
        if _WHOLE.search(self.source, 0, 5000) is not None:
            return True
        return any(self.source.count(f"<{tag}") > self.source.count(f"</{tag}") for tag in _CONTAINER_TAGS)

    def _is_last(self, root: LexborNode) -> bool:
        """Whether the page's last node stands inside this element: nothing shows that the element was closed."""
        node: LexborNode | None = self.tree.body
        while node is not None and node.last_child is not None:
            node = node.last_child
        while node is not None and node.mem_id != root.mem_id:
            node = node.parent
        return node is not None

    def first(self, selector: str) -> LexborNode | None:
        """The first element that fits, in document order."""
        return self.tree.css_first(selector)

    def text_of(self, selector: str) -> str | None:
        """The squeezed text of the first element that fits and has any."""
        for node in self.tree.css(selector):
            text = squeeze(node.text())
            if text:
                return text
        return None

    def attribute(self, selector: str, name: str) -> str | None:
        """A non-empty attribute of the first element that fits."""
        node = self.tree.css_first(selector)
        return ((node.attributes.get(name) or "").strip() or None) if node else None

    @property
    def meta(self) -> Mapping[str, str]:
        """`<meta>` by name or property, the first of each. Re-serialised copies say `value=` for `content=`."""
        if self._meta is None:
            found: dict[str, str] = {}
            for node in self.tree.css("meta[name], meta[property]"):
                attributes = node.attributes
                name = attributes.get("name") or attributes.get("property")
                value = attributes.get("content") or attributes.get("value")
                if name and value and value.strip():
                    found.setdefault(name.lower(), value.strip())
            self._meta = found
        return self._meta

    @property
    def canonical_url(self) -> str | None:
        return self.attribute('link[rel="canonical"]', "href") or self.meta.get("og:url")

    @property
    def language(self) -> str | None:
        return self.attribute("html", "lang")

    def linked_data(self, *types: str) -> Mapping[str, Any]:
        """The first JSON-LD object of one of these types (schema.org names); empty where there is none."""
        if self._linked is None:
            self._linked = [
                item
                for node in self.tree.css('script[type="application/ld+json"]')
                for item in _objects(load_json(node.text()))
            ]
        for item in self._linked:
            kind = item.get("@type")
            if kind in types or (isinstance(kind, list) and set(kind) & set(types)):
                return item
        return {}


def load_json(text: str | None) -> Any:
    """JSON from a page, also where its quotes were HTML-escaped; None where it is none."""
    for candidate in (text, html.unescape(text) if text else None):
        try:
            return json.loads(candidate or "", strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        graph = data.get("@graph")
        if isinstance(graph, list):
            yield from (item for item in graph if isinstance(item, dict))
    elif isinstance(data, list):
        yield from (item for item in data if isinstance(item, dict))


def paragraphs(root: LexborNode, without: str = "") -> list[str]:
    """The visible text below `root` in document order, one squeezed string a block; elements in `without` left out.

    A block ends where a block-level element begins or ends, also where `<p>` is never closed, and at `<br>`. The tree
    stays as it is: lexbor frees what is removed, and a selector names nested elements, or one element twice.
    """
    left_out = {node.mem_id for node in root.css(f"{_UNSPOKEN}, {without}" if without else _UNSPOKEN)}
    left_out.discard(root.mem_id)  # <body class="has-sidebar"> is no sidebar
    found: list[str] = []
    parts: list[str] = []
    for node, is_block in _walk(root, left_out):
        if is_block:
            _flush(parts, found)
        else:
            parts.append(node.text_content or "")
    _flush(parts, found)
    return found


def _walk(root: LexborNode, left_out: set[int]) -> Iterator[tuple[LexborNode, bool]]:
    """Texts, and both edges of block-level elements, in document order. Pages nest deeper than Python may recurse."""
    node = root.first_child
    while node is not None:
        is_block = node.tag in _BLOCK_TAGS
        if is_block or node.is_text_node:
            yield node, is_block
        following = node.first_child if node.mem_id not in left_out else None
        while following is None:
            following = node.next
            if following is None:
                parent = node.parent
                if parent is None or parent.mem_id == root.mem_id:
                    return
                node = parent
            if node.tag in _BLOCK_TAGS:
                yield node, True
        node = following


def _flush(parts: list[str], found: list[str]) -> None:
    text = squeeze("".join(parts))
    if text:
        found.append(text)
    parts.clear()
