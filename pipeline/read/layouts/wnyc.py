"""wnyc.org and wnycstudios.org.

History: 2013 episode pages name their transcript by a link (`p.transcript a`, /shows/.../transcript/) and hold none;
`h3.date`, `h2.title`. Transcript pages and those of 2018 on are known by their text alone: the transcript stands in the
main text, in Title Case or capitals. Every selector falls back to the page's densest part.
"""

from pipeline.read.dates import EASTERN, instant
from pipeline.read.html import Html
from pipeline.read.layouts import generic
from pipeline.read.wnyc_text import wnyc_blocks
from pipeline.records import Page

NAME = "wnyc"
_DOMAINS = ("wnyc.org", "wnycstudios.org", "onthemedia.org")
_BODY = ".transcript-body, .story__transcript, .transcript-panel, #transcript, div.transcript"
_TITLE = "h2.title, h1"
_DATE = "h3.date"
_LINK = "p.transcript a"


def matches(page: Html) -> bool:
    """The hosts."""
    return page.is_at(*_DOMAINS)


def read(page: Html) -> Page:
    """The page's facts and the paragraphs of its transcript."""
    body = page.first(_BODY)
    texts = page.spoken(body) if body is not None else []
    link = page.attribute(_LINK, "href")
    address = page.absolute(link) if link else None
    is_own = address is None or address == page.url
    if not texts and is_own:
        texts = generic.main_text(page)
    facts = generic.facts(page)
    return Page(
        layout=NAME,
        url=page.url,
        canonical_url=page.canonical_url,
        title=page.text_of(_TITLE) or facts.title,
        blocks=wnyc_blocks(texts),
        teaser=facts.teaser,
        program=_program(page) or facts.recording.series,
        published_at=instant(page.text_of(_DATE), EASTERN) or facts.published_at,
        updated_at=facts.updated_at,
        audio_url=facts.recording.url,
        audio_seconds=facts.recording.seconds,
        language=page.language,
        bylines=facts.bylines,
        has_container=body is not None and bool(texts),
        expects_transcript=page.path.rstrip("/").endswith("/transcript"),
        otherwise=f"an episode page: its transcript is at {address}" if not is_own else facts.otherwise,
    )


def _program(page: Html) -> str | None:
    """`Here's The Thing - Stacy Keach` in `og:title`, where the page's title is `Stacy Keach`."""
    title, printed = page.text_of("h2.title"), page.meta.get("og:title") or ""
    return printed.removesuffix(title).rstrip(" -–:") or None if title and printed.endswith(title) else None
