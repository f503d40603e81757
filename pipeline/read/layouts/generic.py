"""Any other page: its main text, to be accepted only where a transcript is really found in it.

A transcript whose speakers the markup names (`cited`), or that the page's structured data hold (schema.org's
`transcript`), comes first. Else candidates are tried from the most telling container to the whole body; which of them
holds a transcript is judged by the labels, not by the markup.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from selectolax.lexbor import LexborNode

from pipeline.read.asides import begins_with_label
from pipeline.read.cited import cited_blocks
from pipeline.read.dates import instant
from pipeline.read.html import Html
from pipeline.read.npr_ids import npr_id_of
from pipeline.read.own_story import own_article, own_headline
from pipeline.read.paragraphs import marks_below, paragraphs, squeeze
from pipeline.read.publication import printed_bylines, published_at
from pipeline.read.recordings import Recording, recording_of
from pipeline.read.script_data import is_transcript, transcript_in_scripts
from pipeline.read.story_element import StoryElement
from pipeline.records import Block, Page, PrintedByline
from pipeline.transcribe.labels.label import find_label

NAME = "generic"
_CONTAINERS = (
    '[class*="transcript"]', '[id*="transcript"]', '[itemprop="articleBody"]', "#storytext", "article", "main",
    '[role="main"]', ".entry-content", ".content", "body",
)  # fmt: skip
_MOST_OF_A_KIND = 5
_FEWEST_WORDS = 50
"""A container with fewer is a button or a heading, unless nothing else is there."""
_FURNITURE = (
    "nav, header, footer, [role=navigation], [class*=comment], [class*=sidebar], [class*=footer], [id*=footer],"
    " [id*=sidebar]"
)
_SITE_SEPARATORS = (" : ", " | ")
# One to six words and a colon: where text is densest in these, labels of any family stand.
_LABEL_LIKE = re.compile(r"[A-Z?\[][^\s:]{0,30}(?: [^\s:]{1,30}){0,5}:(?:\s|$)")
_ARTICLES = ("NewsArticle", "Article", "RadioEpisode", "PodcastEpisode", "BlogPosting", "ReportageNewsArticle")
_RECORDINGS = ("PodcastEpisode", "RadioEpisode", "AudioObject", "VideoObject", "Episode")
_TRANSCRIPT_LINK = 'a[href*="transcript"], a[title*="ranscript"]'
_PERSON = re.compile(r"/(?:people|person|staff|hosts?|authors?|contributors?|profiles?)/[^/]+/?$")
_HEADLINES = "h2 a, h3 a"
_ITEMS = "article h2 a, article h3 a, li h2 a, li h3 a, .views-row h2 a, .views-row h3 a, .story h2 a, .post h2 a"
_FEWEST_ITEMS = 4


@dataclass(frozen=True, slots=True)
class Facts:
    """What pages of any system say of themselves in meta data and structured data."""

    title: str | None
    teaser: str | None
    published_at: datetime | None
    updated_at: datetime | None
    bylines: tuple[PrintedByline, ...]
    recording: Recording
    otherwise: str | None
    """What the page is if it holds no transcript."""


def matches(page: Html) -> bool:  # noqa: ARG001  # the last resort takes all
    """Every page."""
    return True


def read(page: Html) -> Page:
    """The page's facts and the paragraphs of the container with most labels."""
    blocks, is_declared = cited_blocks(page) or _as_blocks(_declared_transcript(page)), True
    if not blocks:
        blocks, is_declared = _as_blocks(main_text(page)), False
        if not any(begins_with_label(block.text) for block in blocks) and (shown := _shown_by_program(page)):
            blocks, is_declared = shown, True
    found = facts(page)
    return Page(
        layout=NAME,
        url=page.url,
        canonical_url=page.canonical_url,
        title=found.title,
        blocks=blocks,
        npr_id=npr_id_of(page.url) or npr_id_of(page.canonical_url),
        teaser=found.teaser,
        program=found.recording.series,
        published_at=found.published_at,
        updated_at=found.updated_at,
        audio_url=found.recording.url,
        audio_seconds=found.recording.seconds,
        language=page.language,
        bylines=found.bylines,
        has_container=is_declared,
        otherwise=found.otherwise,
    )


def _as_blocks(texts: Sequence[str]) -> tuple[Block, ...]:
    return tuple(Block(text) for text in texts)


def facts(page: Html) -> Facts:
    """Title, dates, bylines and kind of a page, from JSON-LD, meta data and headings, in that order of trust."""
    article = own_article(page, *_ARTICLES)
    story = StoryElement(page)
    return Facts(
        title=_without_site(own_headline(page, article), page.meta.get("og:site_name")),
        teaser=page.meta.get("og:description") or page.meta.get("description"),
        published_at=published_at(page, article, story),
        updated_at=instant(_string(article.get("dateModified"))),
        bylines=printed_bylines(page, article, story),
        recording=recording_of(page, article, story),
        otherwise=_what_it_is(page, article),
    )


def main_text(page: Html, without: str = "") -> list[str]:
    """The paragraphs of the container with most labels, the most telling of equals; elements in `without` left out.

    Raises:
        PageRejected: `rejected:truncated` where the page ends inside that container.
    """
    furniture = f"{_FURNITURE}, {without}" if without else _FURNITURE
    body = page.tree.body
    marks = marks_below(body, furniture) if body is not None else {}
    best: LexborNode | None = None
    found: list[str] = []
    most = (False, -1)
    # An element may be of several kinds: `<main role="main" class="content">`.
    nodes = {node.mem_id: node for kind in _CONTAINERS for node in page.tree.css(kind)[:_MOST_OF_A_KIND]}
    for node in nodes.values():
        texts = paragraphs(node, marks)
        score = _score(texts)
        if score > most:
            best, found, most = node, texts, score
    if best is not None:
        page.refuse_unfinished(best)
    return found


def _score(texts: Sequence[str]) -> tuple[bool, int]:
    labels = sum(_LABEL_LIKE.match(text) is not None or find_label(text) is not None for text in texts)
    return labels > 1 or sum(len(text.split()) for text in texts) >= _FEWEST_WORDS, labels


def _declared_transcript(page: Html) -> list[str]:
    """The transcript that the structured data hold, as HTML or as lines."""
    if not page.mentions('"transcript"'):
        return []
    text = _string(page.linked_data(*_RECORDINGS).get("transcript"))
    if not text or text.startswith(("http://", "https://")):
        return []
    return texts_of(text, page.url)


def _shown_by_program(page: Html) -> tuple[Block, ...]:
    """The transcript in the data of a page whose markup holds none."""
    blocks, text = transcript_in_scripts(page)
    blocks = blocks or _as_blocks(texts_of(text, page.url))
    return blocks if is_transcript(blocks) else ()


def texts_of(text: str, url: str | None) -> list[str]:
    """The paragraphs of a field that holds HTML, or lines of text.

    Raises:
        PageRejected: `rejected:truncated` where its markup ends inside a tag.
    """
    if "<p" in text or "<br" in text:
        fragment = Html(text, url)
        body = fragment.tree.body
        return fragment.spoken(body) if body is not None else []
    return [line for line in map(squeeze, text.splitlines()) if line]


def transcript_elsewhere(page: Html, root: LexborNode | None = None) -> str | None:
    """Where a link below `root` says that the transcript is, as the detail of a refusal; None where none does."""
    for node in (root or page.tree).css(_TRANSCRIPT_LINK):
        address = page.absolute(node.attributes.get("href") or "")
        named = f"{node.text()} {node.attributes.get('title') or ''}"
        if address and "transcript" in named.lower() and address.partition("#")[0] != page.url:
            return f"its transcript is at {address}"
    return None


def _what_it_is(page: Html, article: Mapping[str, Any]) -> str | None:
    elsewhere = transcript_elsewhere(page)
    if elsewhere is not None:
        return elsewhere
    if _PERSON.search(page.path) or page.meta.get("og:type") == "profile":
        return "a person's page"
    if not article and len(page.tree.css(_HEADLINES)) >= _FEWEST_ITEMS:
        items = len({node.mem_id for node in page.tree.css(_ITEMS)})  # a link may fit twice: `article.post h2 a`
        if items >= _FEWEST_ITEMS:
            return f"a listing of {items} stories"
    return "a written story" if article or page.meta.get("og:type") == "article" else None


def _without_site(title: str | None, site: str | None) -> str | None:
    """`Search continues : NPR` without the site's name; `Noise - Marketplace` too where the page gives that name."""
    if title is None:
        return None
    if site is not None and title.endswith(f" - {site}"):
        return title.removesuffix(f" - {site}")
    for separator in _SITE_SEPARATORS:
        head, found, tail = title.rpartition(separator)
        if found and head and len(tail) <= 40:
            return head.strip()
    return title


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None
