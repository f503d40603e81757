"""npr.org/transcripts/ID, 2012 to 2026.

History: from 2012 on (second hand) `<p>` pairs below `div.transcript.storytext`, the day in `span.date`; 2026-01 the
same container, its turns separated by unclosed `<p><p>`, a HOST label alone in its paragraph; 2026-09 (second hand) it
stands on the story's own page too, below a summary in `#storytext`. What came before is `npr_transcript_2006`. The
body's class says `no-transcript` on pages that have one: it means nothing. Canonical links name the story, not the
transcript; the audio module's `title` is the segment's, which differs from the headline.
"""

import re

from pipeline.read.dates import EASTERN, instant
from pipeline.read.html import Html
from pipeline.read.layouts import generic
from pipeline.read.npr_facts import audio_of, authors_of, seconds_of, text_of
from pipeline.read.npr_ids import npr_id_of
from pipeline.read.own_story import own_article
from pipeline.read.paragraphs import squeeze
from pipeline.records import Block, Page, PrintedByline
from pipeline.transcribe.script.notices import is_notice

NAME = "npr_transcript"
_BODY = "div.transcript.storytext"
_DISCLAIMER = "p.disclaimer"
_TITLE = "div.storytitle h1"
_ARROW = "<"
"""Before the title, which leads to the story."""
_TIME = ".dateblock time"
_DATE = "span.date"
_ADDRESS = re.compile(r"https?://(?:www\.)?npr\.org/transcripts/")


def matches(page: Html) -> bool:
    """A transcript's container, or an address that says there should be one."""
    return page.first(_BODY) is not None or _ADDRESS.match(page.url or "") is not None


def read(page: Html) -> Page:
    """The page's facts and its transcript's paragraphs; no blocks where the container is empty."""
    body = page.first(_BODY)
    disclaimers = [squeeze(node.text()) for node in body.css(_DISCLAIMER)] if body else []
    texts = page.spoken(body, _DISCLAIMER) if body else generic.main_text(page)
    canonical = page.canonical_url
    npr_id = npr_id_of(page.url) or npr_id_of(canonical)
    audio = audio_of(page, npr_id)
    article = own_article(page, "NewsArticle", "Article")
    # A page that was «Updated ... Originally published ...» has two time elements: the last one is the first date.
    times = [node.attributes.get("datetime") for node in page.tree.css(_TIME)]
    published = (
        instant(times[-1] if times else None, EASTERN)
        or instant(page.meta.get("date"), EASTERN)
        or instant(text_of(article.get("datePublished")), EASTERN)
        or instant(page.text_of(_DATE), EASTERN)
    )
    return Page(
        layout=NAME,
        url=page.url,
        canonical_url=canonical,
        title=_title(page),
        blocks=tuple(Block(text) for text in texts),
        npr_id=npr_id,
        segment_title=text_of(audio.get("title")),
        teaser=page.meta.get("description") or page.meta.get("og:description"),
        program=text_of(audio.get("program")),
        published_at=published,
        updated_at=instant(times[0], EASTERN) if len(times) > 1 else None,
        audio_url=text_of(audio.get("audioUrl")),
        audio_seconds=seconds_of(audio.get("duration")),
        language=page.language,
        rights=next((text for text in disclaimers if not is_notice(text)), None),
        bylines=tuple(PrintedByline(name) for name in authors_of(article)),
        has_container=body is not None,
        expects_transcript=True,
    )


def _title(page: Html) -> str | None:
    heading = page.first(_TITLE)
    title = squeeze(heading.text()) if heading else page.meta.get("og:title")
    return title.removeprefix(_ARROW).lstrip() or None if title else None
