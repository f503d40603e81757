"""What all layouts ask of an HTML page: its meta data, its paragraphs, its declared facts. Lexbor underneath."""

import html
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.errors import PageRejected
from pipeline.read.addresses import address_of
from pipeline.read.json_text import decode_json
from pipeline.read.limits import harmless
from pipeline.read.paragraphs import composed, marks_below, paragraphs, squeeze
from pipeline.records import rejected

_ENDS = ("</body", "</html", "</BODY", "</HTML")
_CONTAINER_TAGS = ("div", "article", "section", "main")
_WHOLE = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_OPEN_TAG = re.compile("[a-zA-Z/!]")


class Html:
    """One parsed page. Reading a fact that is not there gives None, never an error.

    `source` is the page's text and `utf8` the same in UTF-8, where the page came so: lexbor need not encode it again.
    Whoever reads more than one fact of an element's subtree names it in `within`: on a page of three thousand tags a
    selector costs forty microseconds, below `<main>` four.
    """

    def __init__(self, source: str, url: str | None, utf8: bytes | None = None) -> None:
        self.tree = LexborHTMLParser(harmless(source.encode("utf-8", "replace") if utf8 is None else utf8))
        self.source = source
        self.url = url
        self._firsts: dict[str, LexborNode | None] = {}

    def mentions(self, mark: str) -> bool:
        """Whether the source holds these characters, in whatever place.

        An element is found faster by its selector, but for one that looks into all classes.
        """
        return mark in self.source

    @property
    def swallows_markup(self) -> bool:
        """Whether markup stands in an element whose content is elsewhere: the page may be written as XML is."""
        elements = (*self.tree.tags("script"), *self.tree.tags("iframe"))
        return any(node.child is not None and "src" in node.attributes and "<" in node.text() for node in elements)

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
        return address_of(href, self.url or self.canonical_url)

    def spoken(self, root: LexborNode, without: str = "", asides: str = "") -> list[str]:
        """The paragraphs of the element that holds a transcript (see `paragraphs`).

        Raises:
            PageRejected: `rejected:truncated` where the page ends inside that element: who knows what was said then.
        """
        self.refuse_unfinished(root)
        return paragraphs(root, marks_below(root, without, asides))

    def refuse_unfinished(self, root: LexborNode) -> None:
        """Refuse a page that ends inside this element.

        Raises:
            PageRejected: `rejected:truncated`.
        """
        if self._is_unfinished and self._is_last(root):
            raise PageRejected(
                rejected("truncated"),
                "the page ends inside its text, without the tags that close a page: fetch it again",
            )

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

    def first(self, selector: str, within: LexborNode | None = None) -> LexborNode | None:
        """The first element that fits, in document order.

        Of the whole page it is looked for once: layouts ask for what their page is known by, and then for it again.
        """
        if within is not None:
            return within.css_first(selector)
        if selector not in self._firsts:
            self._firsts[selector] = self.tree.css_first(selector)
        return self._firsts[selector]

    def text_of(self, selector: str, within: LexborNode | None = None) -> str | None:
        """The squeezed text of the first element that fits and has any."""
        root = within or self.tree
        node = root.css_first(selector)  # nearly always the one: the rest of the page need not be searched
        if node is None:
            return None
        return squeeze(node.text()) or next(
            (text for node in root.css(selector) if (text := squeeze(node.text()))), None
        )

    def attribute(self, selector: str, name: str, within: LexborNode | None = None) -> str | None:
        """A non-empty attribute of the first element that fits."""
        node = (within or self.tree).css_first(selector)
        return composed(node.attributes.get(name) or "").strip() or None if node is not None else None

    @cached_property
    def meta(self) -> Mapping[str, str]:
        """`<meta>` by name or property, the first of each. Re-serialised copies say `value=` for `content=`."""
        found: dict[str, str] = {}
        for node in self.tree.tags("meta"):  # by name alone an element is found in half the time of a selector
            attributes = node.attributes
            name = attributes.get("name") or attributes.get("property")
            value = attributes.get("content") or attributes.get("value")
            if name and value:
                said = value.strip()
                if said:
                    found.setdefault(name.lower(), composed(said))
        return found

    @cached_property
    def canonical_url(self) -> str | None:
        """The address that the page calls its own; None where it names none, or one that is malformed."""
        link = self.attribute('link[rel="canonical"]', "href")
        return address_of(link, self.url) or address_of(self.meta.get("og:url"), self.url)

    @property
    def language(self) -> str | None:
        root = self.tree.root
        return composed(root.attributes.get("lang") or "").strip() or None if root is not None else None

    @cached_property
    def _linked(self) -> list[dict[str, Any]]:
        return [
            item
            for node in self.tree.tags("script")
            if (node.attributes.get("type") or "").lower() == "application/ld+json"
            for item in _objects(load_json(node.text()))
        ]

    def linked_data(self, *types: str) -> Mapping[str, Any]:
        """The first JSON-LD object of one of these types (schema.org names); empty where there is none."""
        return next((item for item in self._linked if _is_of(item, types)), {})

    def all_linked_data(self, *types: str) -> list[dict[str, Any]]:
        """The JSON-LD objects of one of these types, in the order in which they stand."""
        return [item for item in self._linked if _is_of(item, types)]

    def own_data(self, *types: str) -> Mapping[str, Any]:
        """The JSON-LD object of one of these types that is the only one, or the only one with the page's address."""
        found = self.all_linked_data(*types)
        if len(found) > 1:
            own = {self.url, self.canonical_url} - {None}
            found = [item for item in found if self.absolute(_text(item.get("url")) or "") in own]
        return found[0] if len(found) == 1 else {}

    def linked_object(self, identity: object) -> Mapping[str, Any]:
        """The JSON-LD object with this `@id` that has a name; empty where there is none."""
        return self._named.get(identity, {}) if isinstance(identity, str) and identity else {}

    @cached_property
    def _named(self) -> Mapping[str, Mapping[str, Any]]:
        """The JSON-LD objects that have a name, by their `@id`; the first of each."""
        found: dict[str, Mapping[str, Any]] = {}
        for item in self._linked:
            if isinstance(item.get("@id"), str) and "name" in item:
                found.setdefault(item["@id"], item)
        return found


_CDATA, _CDATA_END = "<![CDATA[", "]]>"
"""Around a script of XHTML, in comments of its language."""
_COMMENT_MARKS = "/* \t\r\n"
_LAST_COMMA = re.compile(r",(?=\s*[}\]])")
"""Before the end of an object: JavaScript allows it."""


def load_json(text: str | None) -> Any:
    """JSON from a page, also where its quotes were HTML-escaped; None where it is none."""
    written = composed(text or "")
    if _CDATA in written[:100]:
        written = written.partition(_CDATA)[2].rpartition(_CDATA_END)[0].strip(_COMMENT_MARKS)
    try:
        return decode_json(written)
    except (ValueError, RecursionError):
        pass
    try:  # quotes first: `unescape` calls a function for each entity
        return decode_json(_LAST_COMMA.sub("", html.unescape(written.replace("&quot;", '"'))))
    except (ValueError, RecursionError):
        return None


def _is_of(item: Mapping[str, Any], types: tuple[str, ...]) -> bool:
    kind = item.get("@type")
    return any(one in types for one in (kind if isinstance(kind, list) else [kind]))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        graph = data.get("@graph")
        inner = [*(graph if isinstance(graph, list) else ()), data.get("mainEntity")]
        yield from (item for item in inner if isinstance(item, dict))
    elif isinstance(data, list):
        for item in data:
            yield from (one for one in (item if isinstance(item, list) else [item]) if isinstance(one, dict))
