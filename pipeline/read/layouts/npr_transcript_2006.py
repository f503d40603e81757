"""npr.org/templates/transcript/transcript.php?storyId=ID, 2005 to 2012.

History: of these pages the text is known (2006, 2008: a copyright line on top, «For personal, noncommercial use only»,
then labels such as `NEAL CONAN, host:`), and that the address answered until the 2010s; of the markup nothing is. So
every selector has the page's densest part to fall back to.
"""

import re

from pipeline.read.dates import EASTERN, instant
from pipeline.read.html import Html
from pipeline.read.layouts import generic
from pipeline.read.npr_ids import npr_id_of
from pipeline.records import Block, Page

NAME = "npr_transcript_2006"
_ADDRESS = re.compile(r"https?://(?:www\.)?npr\.org/templates/transcript/")
_BODY = "div.transcript, #transcript, #storytext, .transcripttext"
_TITLE = ".storytitle h1, .transcript h1, h1 a, h1"
_DATE = "p.datestamp, p.date, .date"
_PROGRAM = "a.program, .program a, p.program"
_FURNITURE = "h1, h2, .storytitle, .date, .datestamp, .program, .storytools, .copyright-links"
_SITE = re.compile(r" ?: ?NPR$")


def matches(page: Html) -> bool:
    """The address alone: the pages' marks are not known."""
    return _ADDRESS.match(page.url or page.canonical_url or "") is not None


def read(page: Html) -> Page:
    """The page's facts and the paragraphs of its transcript."""
    body = page.first(_BODY)
    texts = page.spoken(body, _FURNITURE) if body is not None else []
    title = page.text_of(_TITLE) or page.text_of("title")
    return Page(
        layout=NAME,
        url=page.url,
        canonical_url=page.canonical_url,
        title=_SITE.sub("", title) if title else None,
        blocks=tuple(Block(text) for text in texts or generic.main_text(page)),
        npr_id=npr_id_of(page.url) or npr_id_of(page.canonical_url),
        teaser=page.meta.get("description"),
        program=page.text_of(_PROGRAM),
        published_at=instant(page.meta.get("date"), EASTERN) or instant(page.text_of(_DATE), EASTERN),
        language=page.language,
        has_container=bool(texts),
        expects_transcript=True,
        otherwise="a transcript's page that holds none",
    )
