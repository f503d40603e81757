"""Where the story stands on a page of any system, and what in it or beside it is of other stories."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from selectolax.lexbor import LexborNode

from pipeline.read.html import Html

HEADLINE = "h1"
_ARTICLE = "article"
_STORY_TAGS = (_ARTICLE, "main")
_FEWEST_CARDS = 2
"""Articles below `<main>`: one is the story, several are cards of others. In the story's own, any is another's."""
_OTHER_TAGS = ("aside", "nav", "footer")
_OTHERS = re.compile(
    r"related|sidebar|comment|recirc|promo|latest|popular|trending|(?<!elementor-)widget|rail\b|\bmore\b|recent|up-?next"
    r"|teaser|elementor-widget-(?:posts|archive|loop)",
    re.IGNORECASE,
)
"""Elementor, a builder of pages, calls all widgets, the story too."""
_LONGEST_CLASSES = 300
"""Characters of an element's classes that are looked at."""
_MOST_NODES = 60
_DEEPEST = 40
"""Elements between a printed day and its story."""


class StoryElement:
    """The element of a page's story: found when it is first asked for, and once."""

    def __init__(self, page: Html) -> None:
        self._page = page

    @cached_property
    def root(self) -> LexborNode | None:
        """The element around the page's headline, or the only one of its kind, or all of the page."""
        node = self._page.first(HEADLINE)
        for _ in range(_DEEPEST):
            if node is None or node.tag in _STORY_TAGS:
                break
            node = node.parent
        if node is not None and node.tag in _STORY_TAGS:
            return node
        for tag in _STORY_TAGS:
            found: Sequence[LexborNode] = self._page.tree.tags(tag)
            if len(found) == 1:
                return found[0]
        return self._page.tree.body

    def own(self, selector: str) -> Iterator[LexborNode]:
        """The elements of the story itself that fit."""
        fitting = self.root.css(selector)[:_MOST_NODES] if self.root is not None else ()
        return (node for node in fitting if not self.is_of_others(node, self._tags_of_others))

    @cached_property
    def _tags_of_others(self) -> Sequence[str]:
        root = self.root
        if root is None or root.tag == _ARTICLE:
            return (*_OTHER_TAGS, _ARTICLE)
        inner = [node for node in root.css(_ARTICLE) if node.mem_id != root.mem_id]
        return _OTHER_TAGS if len(inner) < _FEWEST_CARDS else (*_OTHER_TAGS, _ARTICLE)

    @cached_property
    def _around(self) -> frozenset[int]:
        """What holds the headline and the story, whatever its classes say: `<body class="has-sidebar">`."""
        found: set[int] = set()
        for node in (self._page.first(HEADLINE), self.root):
            inner = node.parent if node is not None and node.tag == HEADLINE else node
            for _ in range(_DEEPEST):
                if inner is None:
                    break
                found.add(inner.mem_id)
                inner = inner.parent
        return frozenset(found)

    def is_of_others(self, node: LexborNode, tags: Sequence[str] = _OTHER_TAGS) -> bool:
        """Whether an element stands among other stories, comments or widgets: in one of these tags, or by classes."""
        inner: LexborNode | None = node
        for _ in range(_DEEPEST):
            if inner is None or inner.mem_id in self._around:
                return False
            if inner.tag in tags or _are_of_others((inner.attributes.get("class") or "")[:_LONGEST_CLASSES]):
                return True
            inner = inner.parent
        return True


@lru_cache(maxsize=1024)  # elements stand in the same ones
def _are_of_others(classes: str) -> bool:
    return _OTHERS.search(classes) is not None
