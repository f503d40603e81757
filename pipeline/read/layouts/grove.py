"""Grove, NPR's system for member stations (Brightspot), 2019 to 2026.

History: 2019-07 KPBS `ArticlePage-*`; later themes have other prefixes (`ArtP-`, `RSEP-`, `LongFormPage-`): selectors
match the suffix. A show's episode holds its transcript in a `.RichTextModule` whose heading says so (St. Louis Public
Radio, second hand); the other modules are credits and links. Times: the bare `<meta content="...Z">` beside the printed
date is UTC and right; `article:published_time` is UTC without saying so; the dataLayer's `publishedDate` is Eastern
time with a false Z and is not used. The stream's `data-stream-program-name` is the story's headline, no programme; its
`data-stream-duration` is `7:38`.
"""

import html
import re
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from selectolax.lexbor import LexborNode

from pipeline.read.dates import instant
from pipeline.read.html import Html, load_json
from pipeline.read.layouts import generic
from pipeline.read.paragraphs import squeeze
from pipeline.records import Block, Page, PrintedByline

NAME = "grove"
_IN_BODIES = ("rticleBody", "-items-item-body")
_BODIES = ", ".join(f'[class*="{words}"]' for words in _IN_BODIES)
_BODY = re.compile(
    r"-articleBody(?: |$)|(?:^|\s)RichTextArticleBody(?:\s|$)|RichTextArticleBody-body$|-items-item-body$"
)
_MAIN = "main"
_MODULE = ".RichTextModule"
_MODULE_TITLE = "h2, h3"
_HEADLINE = 'h1[class*="-headline"]'
_NOISE = (
    '[class*="Figure"], [class*="AdModule"], [class*="GoogleDfpAd"], ps-promo, .Quote, .fullattribution, ps-stream,'
    ' ps-actionbar, [class*="ActionBar"]'
)
_ASIDES = ".Enhancement, .Enh"
"""Figures, promotions, players; but a transcript too may stand in a module of HTML, behind a written story."""
_AROUND = '[class*="-tags"], [class*="-breadcrumbs"], [class*="-headline"], [class*="-byline"], [class*="-timestamp"]'
_AUTHORS = '[class*="-authorBy"], [class*="-authorName"] a, [class*="-bylineNames"]'
_PUBLISHED = '[class*="-datePublished"]'
_UPDATED = '[class*="-dateModified"], [class*="-dateUpdated"]'
_TIMESTAMP_META = '[class*="-timestamp"] meta[content]'
_BIO = '[class$="-bio-content"]'
_STREAM = "ps-stream[on-demand]"
_PERSISTENT_PLAYER = "ps-brightspot-persistent-player"


def matches(page: Html) -> bool:
    """The CMS's own mark, or its article body."""
    if "brightspot.contentid" in page.meta or "brightspot-datalayer" in page.meta:
        return True
    return any(map(page.mentions, _IN_BODIES)) and _body(page) is not None


def read(page: Html) -> Page:
    """The page's facts and the paragraphs of its article."""
    layer = _data_layer(page)
    main = page.first(_MAIN)
    if main is None and (player := page.first(_PERSISTENT_PLAYER)) is not None:
        player.decompose()
    npr_id = _text(layer.get("nprStoryId"))
    published = (
        instant(page.attribute(_TIMESTAMP_META, "content", main))
        or instant(page.text_of(_PUBLISHED, main))
        or instant(page.meta.get("article:published_time"), UTC)
    )
    title = page.text_of(_HEADLINE, main) or _text(layer.get("storyTitle")) or page.meta.get("og:title")
    texts, is_module = _transcript_or_article(page, main)
    return Page(
        layout=NAME,
        url=page.url,
        canonical_url=page.canonical_url,
        title=title,
        blocks=tuple(Block(text) for text in texts),
        npr_id=npr_id,
        content_id=page.meta.get("brightspot.contentid"),
        teaser=page.meta.get("description") or page.meta.get("og:description"),
        program=_text(layer.get("program")),
        published_at=published,
        updated_at=instant(page.text_of(_UPDATED, main)) or instant(page.meta.get("article:modified_time"), UTC),
        audio_url=page.attribute(f"{_STREAM} ps-stream-url", "data-stream-url", main),
        audio_seconds=_seconds(page.attribute(_STREAM, "data-stream-duration", main)),
        language=page.language,
        author_bio=page.text_of(_BIO, main),
        bylines=_bylines(page, main, layer),
        has_container=is_module,
        expects_transcript=npr_id is not None,
        otherwise=None if npr_id is not None else generic.transcript_elsewhere(page, main),
    )


def _transcript_or_article(page: Html, main: LexborNode | None) -> tuple[list[str], bool]:
    """The paragraphs of the module headed as a transcript, else of the article, else of the page's main text."""
    for module in (main or page.tree).css(_MODULE):
        heading = module.css_first(_MODULE_TITLE)
        if heading is not None and "transcript" in heading.text().lower():
            texts = page.spoken(module, f"{_NOISE}, {_MODULE_TITLE}", _ASIDES)
            if texts:
                return texts, True
    body = _body(page, main)
    if body is not None:
        return page.spoken(body, _NOISE, _ASIDES), False
    return generic.main_text(page, f"{_NOISE}, {_AROUND}, {_ASIDES}"), False


def _body(page: Html, main: LexborNode | None = None) -> LexborNode | None:
    """The article's body: one selector finds few elements, whose names tell."""
    for node in (main or page.tree).css(_BODIES):
        if _BODY.search(node.attributes.get("class") or ""):
            return node
    return None


def _data_layer(page: Html) -> Mapping[str, Any]:
    data = load_json(html.unescape(page.meta.get("brightspot-datalayer", "")))
    return data if isinstance(data, dict) else {}


def _bylines(page: Html, main: LexborNode | None, layer: Mapping[str, Any]) -> tuple[PrintedByline, ...]:
    printed = [squeeze(node.text()) for node in (main or page.tree).css(_AUTHORS)]
    # The name stands inside its «By ... / role» too: keep the fuller of the two.
    fullest = [text for text in printed if text and not any(text != other and text in other for other in printed)]
    if not fullest and (author := _text(layer.get("author")) or page.meta.get("article:author")):
        fullest = [author]
    return tuple(PrintedByline(text) for text in dict.fromkeys(fullest) if not text.startswith("http"))


def _seconds(printed: str | None) -> float | None:
    """`458`, `7:38` or `1:07:38` as seconds."""
    parts = (printed or "").strip().split(":")
    if not all(part.isdecimal() and len(part) < 7 for part in parts):
        return None
    return float(sum(int(part) * 60**power for power, part in enumerate(reversed(parts))))


def _text(value: object) -> str | None:
    return squeeze(value) or None if isinstance(value, str) else None
