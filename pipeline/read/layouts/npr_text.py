"""text.npr.org/ID, the text-only site of NPR.

History: 2025-01 `.slug-line`, `h1.story-title`, byline and date in plain `<p>` of `.story-head`,
`.paragraphs-container`; a link to the full site names the story's own page.
"""

from pipeline.read.dates import EASTERN, instant
from pipeline.read.html import Html
from pipeline.read.layouts import generic
from pipeline.read.npr_ids import npr_id_of
from pipeline.read.paragraphs import squeeze
from pipeline.records import Block, Page, PrintedByline

NAME = "npr_text"
_HOST = "text.npr.org"
_BODY = ".paragraphs-container"
_TITLE = "h1.story-title"
_HEAD = ".story-head p"
_FULL_SITE = "a.full-version-link"
_LISTING = ".topic-container li"
_BYLINE = "By "
_BULLET = "•"


def matches(page: Html) -> bool:
    """The host, or the mark of a copy."""
    return page.is_at(_HOST) or (page.first(_FULL_SITE) is not None and page.first(_BODY) is not None)


def read(page: Html) -> Page:
    """The page's facts and the paragraphs of its story."""
    body = page.first(_BODY)
    texts = page.spoken(body) if body is not None else generic.main_text(page)
    head = [squeeze(node.text()) for node in page.tree.css(_HEAD)]
    full = page.attribute(_FULL_SITE, "href")
    printed = next((text for text in head if not text.startswith(_BYLINE)), None)
    items = len(page.tree.css(_LISTING))
    return Page(
        layout=NAME,
        url=page.url,
        canonical_url=page.canonical_url or page.absolute(full or ""),
        title=page.text_of(_TITLE) or page.text_of("title"),
        blocks=tuple(Block(text) for text in texts),
        npr_id=npr_id_of(page.url) or npr_id_of(f"https://{_HOST}/{(full or '').rpartition('/')[2]}"),
        published_at=instant(printed.replace(_BULLET, " "), EASTERN) if printed else None,
        language=page.language,
        bylines=tuple(PrintedByline(text) for text in head if text.startswith(_BYLINE)),
        otherwise=f"a listing of {items} stories"
        if items > 1 and body is None
        else "a written story, in its text-only form",
    )
