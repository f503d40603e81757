"""When a page of any system was published, and by whom, as the page says: in structured data, in meta data, in print.

What is printed counts in the story's own element: beside it stand other stories, their days and their authors. Where
several days are printed, the first below the headline is the story's.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from selectolax.lexbor import LexborNode

from pipeline.read.dates import instant
from pipeline.read.html import Html
from pipeline.read.npr_facts import text_of
from pipeline.read.paragraphs import squeeze
from pipeline.records import PrintedByline

_DATE_METAS = (
    "article:published_time", "date", "pubdate", "publish-date", "publish_date", "publishdate", "publication_date",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date",
    "cxenseparse:recs:publishtime",
)  # fmt: skip
_AUTHOR_METAS = ("author", "parsely-author", "sailthru.author", "dc.creator", "byl", "article:author")
_WRITTEN_BY = "written by"
_HEADLINE = "h1"
_DATES = (
    'h1, time, [itemprop="datePublished"], .date, .published, .posted-on, .entry-date, .air-date, .airdate,'
    ' [class*="pub-date"], [class*="publish-date"], [class*="timestamp"]'
)
_MARKED_AUTHORS = '[rel~="author"], [itemprop="author"]'
_AUTHORS = '[class*="byline" i], .author, [class*="author-name" i], [class*="authorname" i]'
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
_LONGEST = 80
"""Characters of a printed day or author; what is longer is a sentence."""
_LONGEST_CLASSES = 300
"""Characters of an element's classes that are looked at."""
_MOST_AUTHORS = 5
_MOST_NODES = 60
_DEEPEST = 40
"""Elements between a printed day and its story."""


def published_at(page: Html, article: Mapping[str, Any]) -> datetime | None:
    """The instant of publication. `article` is the story in JSON-LD, or empty."""
    declared = [
        text_of(article.get("datePublished")),
        *map(page.meta.get, _DATE_METAS),
        page.attribute('meta[itemprop="datePublished"]', "content"),
        text_of(page.linked_data("WebPage").get("datePublished")),
        text_of(page.own_data("AudioObject").get("uploadDate")),
    ]
    found = next((when for text in declared if (when := instant(text)) is not None), None)
    return found or _printed_day(page)


def printed_bylines(page: Html, article: Mapping[str, Any]) -> tuple[PrintedByline, ...]:
    """Who wrote the story, by the first source that says so."""
    names = [*_authors_of(page, article)] or [*_authors_in_meta(page)] or _printed_authors(page)
    return tuple(PrintedByline(name) for name in dict.fromkeys(names) if not name.startswith("http"))


def _authors_of(page: Html, article: Mapping[str, Any]) -> Iterator[str]:
    author = article.get("author")
    for person in author if isinstance(author, list) else [author]:
        name = person
        if isinstance(person, dict):
            name = person.get("name") or page.linked_object(person.get("@id")).get("name")
        if isinstance(name, str) and (said := squeeze(name)):
            yield said


def _authors_in_meta(page: Html) -> Iterator[str]:
    written = page.meta.get("twitter:data1") if page.meta.get("twitter:label1", "").lower() == _WRITTEN_BY else None
    for name in (*map(page.meta.get, _AUTHOR_METAS), written):
        if name and not name.startswith("http"):
            yield squeeze(name)
            return


def _printed_authors(page: Html) -> list[str]:
    story = _story(page)
    if story is None:
        return []
    marked = [_short(node) for node in _own(page, story, _MARKED_AUTHORS)][:_MOST_AUTHORS]
    names = [name for name in marked if name]
    return names or [name for node in _own(page, story, _AUTHORS) if (name := _short(node))][:1]


def _printed_day(page: Html) -> datetime | None:
    story = _story(page)
    if story is None:
        return None
    days: list[datetime] = []
    below: datetime | None = None
    has_headline = False
    for node in _own(page, story, _DATES):
        if node.tag == _HEADLINE:
            has_headline = True
            continue
        attributes = node.attributes
        declared = attributes.get("content") or attributes.get("datetime") or attributes.get("title")
        when = instant(declared) or instant(_short(node))
        if when is not None:
            days.append(when)
            below = below or (when if has_headline else None)
    return below or (days[0] if len({when.date() for when in days}) == 1 else None)


def _story(page: Html) -> LexborNode | None:
    """The element of the story: around its headline, or the only one of its kind, or all of the page."""
    node = page.first(_HEADLINE)
    for _ in range(_DEEPEST):
        if node is None or node.tag in _STORY_TAGS:
            break
        node = node.parent
    if node is not None and node.tag in _STORY_TAGS:
        return node
    for tag in _STORY_TAGS:
        found: Sequence[LexborNode] = page.tree.tags(tag)
        if len(found) == 1:
            return found[0]
    return page.tree.body


def _own(page: Html, story: LexborNode, selector: str) -> Iterator[LexborNode]:
    """The elements of the story itself that fit."""
    inner = [node for node in story.css(_ARTICLE) if node.mem_id != story.mem_id]
    tags = _OTHER_TAGS if story.tag != _ARTICLE and len(inner) < _FEWEST_CARDS else (*_OTHER_TAGS, _ARTICLE)
    around = around_story(page)
    return (node for node in story.css(selector)[:_MOST_NODES] if not is_of_others(node, around, tags))


def around_story(page: Html) -> frozenset[int]:
    """The elements that hold the headline and the story, whatever their classes say: `<body class="has-sidebar">`."""
    found: set[int] = set()
    for node in (page.first(_HEADLINE), _story(page)):
        inner = node.parent if node is not None and node.tag == _HEADLINE else node
        for _ in range(_DEEPEST):
            if inner is None:
                break
            found.add(inner.mem_id)
            inner = inner.parent
    return frozenset(found)


def is_of_others(node: LexborNode, around: Container[int], tags: Sequence[str] = _OTHER_TAGS) -> bool:
    """Whether an element stands among other stories, comments or widgets: in one of these tags, or classes say so.

    `around`: the elements in which all of the story stands.
    """
    inner: LexborNode | None = node
    for _ in range(_DEEPEST):
        if inner is None or inner.mem_id in around:
            return False
        if inner.tag in tags or _are_of_others((inner.attributes.get("class") or "")[:_LONGEST_CLASSES]):
            return True
        inner = inner.parent
    return True


@lru_cache(maxsize=1024)  # elements stand in the same ones
def _are_of_others(classes: str) -> bool:
    return _OTHERS.search(classes) is not None


def _short(node: LexborNode) -> str | None:
    text = squeeze(node.text())
    return text if 0 < len(text) <= _LONGEST else None
