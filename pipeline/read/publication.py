"""When a page of any system was published, and by whom, as the page says: in structured data, in meta data, in print.

What is printed counts in the story's own element: beside it stand other stories, their days and their authors. Where
several days are printed, the first below the headline is the story's.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from selectolax.lexbor import LexborNode

from pipeline.read.dates import instant, published_and_updated
from pipeline.read.html import Html
from pipeline.read.npr_facts import text_of
from pipeline.read.paragraphs import squeeze
from pipeline.read.story_element import HEADLINE, StoryElement
from pipeline.read.text_bylines import byline_of
from pipeline.records import PrintedByline

_DATE_METAS = (
    "article:published_time", "date", "pubdate", "publish-date", "publish_date", "publishdate", "publication_date",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date",
    "cxenseparse:recs:publishtime",
)  # fmt: skip
_AUTHOR_METAS = ("author", "parsely-author", "sailthru.author", "dc.creator", "byl", "article:author")
_WRITTEN_BY = "written by"
_DATES = (
    'h1, time, [itemprop="datePublished"], .date, .published, .posted-on, .entry-date, .air-date, .airdate,'
    ' [class*="pub-date"], [class*="publish-date"], [class*="timestamp"]'
)
_MARKED_AUTHORS = '[rel~="author"], [itemprop="author"]'
_AUTHORS = '[class*="byline" i], .author, [class*="author-name" i], [class*="authorname" i]'
_OF_UPDATE = re.compile(r"updated|modified", re.IGNORECASE)
"""An element's classes; WordPress calls one that is of both `published updated`."""
_LONGEST_DAY = 160
"""Characters of `Updated ... Originally published ...`."""
_LONGEST = 80
"""Characters of a printed day or author; what is longer is a sentence."""
_MOST_AUTHORS = 5


def published_at(page: Html, article: Mapping[str, Any], story: StoryElement) -> datetime | None:
    """The instant of publication. `article` is the story in JSON-LD, or empty."""
    declared = [
        text_of(article.get("datePublished")),
        *map(page.meta.get, _DATE_METAS),
        page.attribute('meta[itemprop="datePublished"]', "content"),
        text_of(page.linked_data("WebPage").get("datePublished")),
        text_of(page.own_data("AudioObject").get("uploadDate")),
    ]
    found = next((when for text in declared if (when := instant(text)) is not None), None)
    return found or _printed_day(story)


def printed_bylines(page: Html, article: Mapping[str, Any], story: StoryElement) -> tuple[PrintedByline, ...]:
    """Who wrote the story, by the first source that says so."""
    names = [*_authors_of(page, article)] or [*_authors_in_meta(page)] or _printed_authors(story)
    outlets = {squeeze(text_of(one.get("name")) or "") for one in _author_objects(page, article) if _is_outlet(one)}
    return tuple(
        PrintedByline(name, affiliation=name if name in outlets else None)
        for name in dict.fromkeys(names)
        if not name.startswith("http")
    )


def _author_objects(page: Html, article: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    author = article.get("author")
    for person in author if isinstance(author, list) else [author]:
        if isinstance(person, dict):
            yield person if "name" in person else page.linked_object(person.get("@id"))


def _is_outlet(author: Mapping[str, Any]) -> bool:
    kind = author.get("@type")
    return "Organization" in (kind if isinstance(kind, list) else [kind])


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


def _printed_authors(story: StoryElement) -> list[str]:
    marked = [_short(node) for node in story.own(_MARKED_AUTHORS)][:_MOST_AUTHORS]
    names = [name for name in marked if name]
    printed = [name for node in story.own(_AUTHORS) if (name := _short(node))][:1]
    read = ((byline_of(name), name) for name in printed)
    return names or [line.byline.printed if line is not None and line.day else name for line, name in read]


def _printed_day(story: StoryElement) -> datetime | None:
    days: list[datetime] = []
    below: datetime | None = None
    has_headline = False
    for node in story.own(_DATES):
        if node.tag == HEADLINE:
            has_headline = True
            continue
        attributes = node.attributes
        declared = attributes.get("content") or attributes.get("datetime") or attributes.get("title")
        if _OF_UPDATE.search(classes := attributes.get("class") or "") and "publish" not in classes:
            continue
        when = instant(declared) or published_and_updated(squeeze(node.text())[:_LONGEST_DAY])[0]
        if when is not None:
            days.append(when)
            below = below or (when if has_headline else None)
    if not days:
        read = (byline_of(text) for node in story.own(_AUTHORS) if (text := _short(node)))
        days = [when for line in read if line is not None and (when := instant(line.day)) is not None]
    return below or (days[0] if len({when.date() for when in days}) == 1 else None)


def _short(node: LexborNode) -> str | None:
    text = squeeze(node.text())
    return text if 0 < len(text) <= _LONGEST else None
