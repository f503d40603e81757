"""radiolab.org/podcast/SLUG and /podcast/SLUG/transcript, 2022 on.

History (second hand, from the site's own templates): `.transcript-body.html-formatting` holds the API record's HTML;
the day is printed above the title («Jan 26, 2024»), and in no meta data. An episode page that shows none links to its
transcript page.
"""

from pipeline.read.dates import EASTERN, instant
from pipeline.read.html import Html
from pipeline.read.layouts import generic
from pipeline.read.wnyc_text import wnyc_blocks
from pipeline.records import Page

NAME = "radiolab"
_DOMAIN = "radiolab.org"
_BODY = ".transcript-body"
_LINK = 'a[href$="/transcript"], a[href$="/transcript/"]'
_DATE = ".episode-content .date"
_PROGRAM = "Radiolab"
_OWN_PAGE = " - Transcript"
"""Behind the episode's title in `og:title` of a transcript's own page (2024)."""


def matches(page: Html) -> bool:
    """The host, or the container of a copy."""
    return page.is_at(_DOMAIN) or page.first(_BODY) is not None


def read(page: Html) -> Page:
    """The page's facts and the paragraphs of its transcript."""
    body = page.first(_BODY)
    texts = page.spoken(body) if body is not None else []
    is_transcript_page = page.path.rstrip("/").endswith("/transcript")
    link = None if texts or is_transcript_page else page.attribute(_LINK, "href")
    address = page.absolute(link) if link else None
    facts = generic.facts(page)
    return Page(
        layout=NAME,
        url=page.url,
        canonical_url=page.canonical_url,
        title=facts.title.removesuffix(_OWN_PAGE) if facts.title else None,
        blocks=wnyc_blocks(texts or (() if address else generic.main_text(page))),
        teaser=facts.teaser,
        program=_PROGRAM if page.is_at(_DOMAIN) else None,
        published_at=instant(page.meta.get("article:published_time"))
        or instant(page.text_of(_DATE), EASTERN)
        or facts.published_at,
        updated_at=facts.updated_at,
        audio_url=facts.recording.url,
        audio_seconds=facts.recording.seconds,
        language=page.language,
        bylines=facts.bylines,
        has_container=bool(texts),
        expects_transcript=is_transcript_page or (body is not None and not texts),
        otherwise=f"an episode page: its transcript is at {address}" if address else facts.otherwise,
    )
