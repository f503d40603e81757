"""BeautifulSoup with lxml doing the same: asrun's own readers on BeautifulSoup's tree, with lexbor's out of the way.

Layouts, selectors, facts and all that follows are asrun's, so both give the same rows, and the time between them is the
parsers' alone. BeautifulSoup finds what is asked for by its own `select` and `find_all`; the wrapper around a node
costs a hundredth of its time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self, cast
from unittest.mock import patch

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from selectolax.lexbor import LexborHTMLParser

from pipeline.read import page
from pipeline.read.html import Html


@contextmanager
def on_beautiful_soup() -> Iterator[None]:
    """Have pages be read on BeautifulSoup."""
    with patch.object(page, "Html", _SoupHtml):
        yield


class _SoupHtml(Html):
    """A page that BeautifulSoup parsed."""

    def __init__(self, source: str, url: str | None, utf8: bytes | None = None) -> None:
        super().__init__("", url)
        # Classes stay one string, as in the page: BeautifulSoup is faster so, and readers ask for that.
        soup = BeautifulSoup(source if utf8 is None else utf8.decode(), "lxml", multi_valued_attributes=None)
        self.tree = cast("LexborHTMLParser", _Node(soup))
        self.source = source


class _Node:
    """What readers ask of lexbor's nodes and trees, asked of BeautifulSoup."""

    __slots__ = ("_element",)

    def __init__(self, element: PageElement) -> None:
        self._element = element

    @classmethod
    def _of(cls, element: object) -> Self | None:
        return cls(element) if isinstance(element, PageElement) else None

    @property
    def _tag(self) -> Tag:
        return cast("Tag", self._element)

    @property
    def tag(self) -> str:
        if isinstance(self._element, Tag):
            return self._element.name
        return "-text" if type(self._element) is NavigableString else "-comment"

    @property
    def attributes(self) -> dict[str, str | None]:
        return cast("dict[str, str | None]", self._tag.attrs)

    @property
    def attrs(self) -> dict[str, str | None]:
        return self.attributes

    @property
    def mem_id(self) -> int:
        return id(self._element)

    @property
    def text_content(self) -> str:
        return str(self._element)

    def text(self) -> str:
        return self._element.get_text()

    def css(self, selector: str) -> list[Self]:
        return list(map(type(self), self._tag.select(selector)))

    def css_first(self, selector: str) -> Self | None:
        return self._of(self._tag.select_one(selector))

    def tags(self, name: str) -> list[Self]:
        return list(map(type(self), self._tag.find_all(name)))

    @property
    def root(self) -> Self | None:
        return self._of(self._tag.find("html"))

    @property
    def body(self) -> Self | None:
        return self._of(self._tag.find("body"))

    @property
    def child(self) -> Self | None:
        return self._at(0)

    @property
    def last_child(self) -> Self | None:
        return self._at(-1)

    def _at(self, place: int) -> Self | None:
        contents = self._element.contents if isinstance(self._element, Tag) else []
        return type(self)(contents[place]) if contents else None

    @property
    def next(self) -> Self | None:
        return self._of(self._element.next_sibling)

    @property
    def prev(self) -> Self | None:
        return self._of(self._element.previous_sibling)

    @property
    def parent(self) -> Self | None:
        return self._of(self._element.parent)

    def decompose(self) -> None:
        self._tag.decompose()
