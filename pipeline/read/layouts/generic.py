"""Any other page: its main text, to be accepted only where a transcript is really found in it.

Candidates are tried from the most telling container to the whole body; which of them holds a transcript is judged by
the labels, not by the markup.
"""

from collections.abc import Mapping
from typing import Any

from pipeline.read.dates import instant
from pipeline.read.html import Html, paragraphs, squeeze
from pipeline.read.npr_ids import npr_id_of
from pipeline.records import Block, Page, PrintedByline
from pipeline.transcribe.labels import find_label

NAME = "generic"
_CONTAINERS = (
    '[class*="transcript"]', '[id*="transcript"]', '[itemprop="articleBody"]', "#storytext", "article", "main",
    '[role="main"]', ".entry-content", ".content", "body",
)  # fmt: skip
_FURNITURE = (
    "nav, header, footer, aside, figure, figcaption, [role=navigation], [class*=comment], [class*=sidebar],"
    " [class*=related]"
)
_SITE_SEPARATORS = (" : ", " | ")


def matches(page: Html) -> bool:  # noqa: ARG001  # the last resort takes all
    """Every page."""
    return True


def read(page: Html) -> Page:
    """The page's facts and the paragraphs of the container with most labels."""
    article = page.linked_data("NewsArticle", "Article", "RadioEpisode", "PodcastEpisode", "BlogPosting")
    published = instant(_string(article.get("datePublished"))) or instant(
        page.meta.get("article:published_time") or page.meta.get("date") or page.attribute("time[datetime]", "datetime")
    )
    title = page.meta.get("og:title") or _string(article.get("headline")) or page.text_of("h1") or page.text_of("title")
    return Page(
        layout=NAME,
        url=page.url,
        canonical_url=page.canonical_url,
        title=_without_site(title),
        blocks=tuple(Block(text) for text in main_text(page)),
        npr_id=npr_id_of(page.url) or npr_id_of(page.canonical_url),
        teaser=page.meta.get("og:description") or page.meta.get("description"),
        published_at=published,
        updated_at=instant(_string(article.get("dateModified"))),
        language=page.language,
        bylines=_bylines(page, article),
    )


def main_text(page: Html) -> list[str]:
    """The paragraphs of the container with most labels, the most telling of equals."""
    best: list[str] = []
    most = -1
    for selector in _CONTAINERS:
        for node in page.tree.css(selector)[:5]:
            texts = paragraphs(node, _FURNITURE)
            labels = sum(find_label(text) is not None for text in texts)
            if labels > most:
                best, most = texts, labels
    return best


def _bylines(page: Html, article: Mapping[str, Any]) -> tuple[PrintedByline, ...]:
    author = article.get("author")
    people = author if isinstance(author, list) else [author]
    names = [person.get("name") if isinstance(person, dict) else person for person in people]
    printed = [squeeze(name) for name in names if isinstance(name, str)] or [page.meta.get("author", "")]
    return tuple(PrintedByline(name) for name in printed if name and not name.startswith("http"))


def _without_site(title: str | None) -> str | None:
    """`Search continues : NPR` without the site's name."""
    if title is None:
        return None
    for separator in _SITE_SEPARATORS:
        head, found, tail = title.rpartition(separator)
        if found and head and len(tail) <= 40:
            return head.strip()
    return title


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None
