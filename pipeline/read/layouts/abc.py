"""abc.net.au, the Australian Broadcasting Corporation, 2013.

History: 2013-04 `div.media-transcript` behind `p.media-transcript-toggle`; `p.source` holds programme and duration
(«Source: PM | Duration: 3min 13sec»); `meta[name="DC.type"]` stands twice, the second says «Transcript and Verbatim»;
`DCTERMS.issued` has a zone, the printed time has none. Later pages of ABC print labels in their main text: `generic`.
"""

import re

from pipeline.read.dates import instant
from pipeline.read.html import Html
from pipeline.read.layouts import generic
from pipeline.records import Block, Page, PrintedByline

NAME = "abc"
_DOMAIN = "abc.net.au"
_BODY = "div.media-transcript"
_KIND = 'meta[name="DC.type"]'
_SOURCE = "p.source"
_PROGRAM = "p.source a"
_BYLINE = "div.byline"
_DURATION = re.compile(r"(?:(\d{1,3}) ?hr?s?\b)? ?(?:(\d{1,3}) ?min)? ?(?:(\d{1,3}) ?sec)?", re.IGNORECASE)
_DURATION_LABEL = "Duration:"


def matches(page: Html) -> bool:
    """The transcript's container, or the kind that the page's meta data name."""
    return page.first(_BODY) is not None or (page.is_at(_DOMAIN) and _is_called_transcript(page))


def read(page: Html) -> Page:
    """The page's facts and its transcript's paragraphs."""
    body = page.first(_BODY)
    issued = instant(page.meta.get("dcterms.issued") or page.meta.get("dc.date"))
    modified = instant(page.meta.get("dcterms.modified"))
    byline = page.text_of(_BYLINE)
    return Page(
        layout=NAME,
        url=page.url,
        canonical_url=page.canonical_url,
        title=page.text_of("h1") or page.meta.get("dc.title") or page.meta.get("title"),
        blocks=tuple(Block(text) for text in (page.spoken(body) if body is not None else generic.main_text(page))),
        content_id=page.meta.get("contentid"),
        teaser=page.meta.get("description"),
        program=page.text_of(_PROGRAM),
        published_at=issued,
        updated_at=modified if modified != issued else None,
        audio_seconds=_duration(page.text_of(_SOURCE)),
        language=page.meta.get("dc.language") or page.language,
        bylines=(PrintedByline(byline),) if byline else (),
        has_container=body is not None,
        expects_transcript=True,
        otherwise="its transcript's container is empty" if body is not None else None,
    )


def _is_called_transcript(page: Html) -> bool:
    return any("Transcript" in (node.attributes.get("content") or "") for node in page.tree.css(_KIND))


def _duration(source: str | None) -> float | None:
    """`3min 13sec` behind «Duration:» as seconds."""
    _, label, printed = (source or "").partition(_DURATION_LABEL)
    found = _DURATION.match(printed.strip()) if label else None
    if found is None or not any(found.groups()):
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return float(hours * 3600 + minutes * 60 + seconds)
