"""freshairarchive.org/segments/SLUG: Fresh Air since 1975, transcripts from the 1980s on.

History: the container `.type-segment__transcript__inner` is second hand; the text was read (2007): «Other segments from
the episode on August 31, 2007», a broadcast header (`DATE`, `TIME 12:00 Noon-1:00 PM`, `NETWORK`, `PROGRAM`), a slug
(«Interview: Christopher Guest discusses ...»), then labels of the honorific era. Other segments' titles follow below.
"""

import re

from pipeline.read.dates import instant
from pipeline.read.html import Html
from pipeline.read.layouts import generic
from pipeline.records import Block, Page

NAME = "fresh_air_archive"
_DOMAIN = "freshairarchive.org"
_BODY = ".type-segment__transcript__inner, .type-segment__transcript, .field--name-field-transcript"
_MARK = ".type-segment__transcript"
_TITLE = "h1"
_PROGRAM = "Fresh Air"
_AIRED = re.compile(r"(?:Fresh Air with Terry Gross,|episode on) ([A-Z][a-z]+ \d{1,2}, (?:19|20)\d{2})")
_HEADER = re.compile(
    r"(?:(?:SHOW )?DATE|TIME|NETWORK|PROGRAM|SHOW|BYLINE|HEADLINE|GUEST|TYPE|ORDER|HIGHLIGHT)\b:? "
    r"|(?:Interview|Review|Profile|Commentary|Analysis|Filler|Remembrance): "
)
_DISCLAIMER = re.compile(
    r"Transcripts are created on a rush deadline|Transcript currently not available", re.IGNORECASE
)


def matches(page: Html) -> bool:
    """The host, or the container of a copy."""
    return page.is_at(_DOMAIN) or page.first(_MARK) is not None


def read(page: Html) -> Page:
    """The page's facts and the paragraphs of its transcript without the broadcast header."""
    body = page.first(_BODY)
    texts = page.spoken(body) if body is not None else generic.main_text(page)
    aired = _AIRED.search(page.source)
    return Page(
        layout=NAME,
        url=page.url,
        canonical_url=page.canonical_url,
        title=page.text_of(_TITLE) or page.meta.get("og:title"),
        blocks=tuple(Block(text) for text in texts if not _HEADER.match(text) and not _DISCLAIMER.match(text)),
        teaser=page.meta.get("description"),
        program=_PROGRAM,
        published_at=instant(aired[1]) if aired else None,
        language=page.language,
        has_container=body is not None,
        otherwise="a segment's page without a transcript",
    )
