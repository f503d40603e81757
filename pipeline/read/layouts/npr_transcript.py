"""npr.org/transcripts/ID, 2024 to 2026.

History: 2026-01 `div.transcript.storytext`, turns separated by unclosed `<p><p>`, a HOST label alone in its paragraph.
The body's class says `no-transcript` on pages that have one: it means nothing. Canonical links name the story, not the
transcript; the audio module's `title` is the segment's, which differs from the headline.
"""

import math
import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from pipeline.read.dates import instant
from pipeline.read.html import Html, load_json, paragraphs, squeeze
from pipeline.read.layouts import generic
from pipeline.read.npr_ids import npr_id_of
from pipeline.records import Block, Page, PrintedByline
from pipeline.transcribe.chrome import is_notice

NAME = "npr_transcript"
_BODY = "div.transcript.storytext"
_DISCLAIMER = "p.disclaimer"
_TITLE = "div.storytitle h1"
_TIME = ".dateblock time"
_AUDIO = ".audio-module-controls-wrap[data-audio]"
_EASTERN = ZoneInfo("America/New_York")
_ADDRESS = re.compile(r"https?://(?:www\.)?npr\.org/transcripts/")


def matches(page: Html) -> bool:
    """A transcript's container, or an address that says there should be one."""
    return page.first(_BODY) is not None or _ADDRESS.match(page.url or "") is not None


def read(page: Html) -> Page:
    """The page's facts and its transcript's paragraphs; no blocks where the container is empty."""
    body = page.first(_BODY)
    disclaimers = [squeeze(node.text()) for node in body.css(_DISCLAIMER)] if body else []
    texts = paragraphs(body, _DISCLAIMER) if body else generic.main_text(page)
    canonical = page.canonical_url
    npr_id = npr_id_of(page.url) or npr_id_of(canonical)
    audio = _audio(page, npr_id)
    article = page.linked_data("NewsArticle", "Article")
    # A page that was «Updated ... Originally published ...» has two time elements: the last one is the first date.
    times = [node.attributes.get("datetime") for node in page.tree.css(_TIME)]
    published = instant(times[-1] if times else None, _EASTERN) or instant(page.meta.get("date"), _EASTERN)
    return Page(
        layout=NAME,
        url=page.url,
        canonical_url=canonical,
        title=_title(page),
        blocks=tuple(Block(text) for text in texts),
        npr_id=npr_id,
        segment_title=_text(audio.get("title")),
        teaser=page.meta.get("description") or page.meta.get("og:description"),
        program=_text(audio.get("program")),
        published_at=published,
        updated_at=instant(times[0], _EASTERN) if len(times) > 1 else None,
        audio_url=_text(audio.get("audioUrl")),
        audio_seconds=_seconds(audio.get("duration")),
        language=page.language,
        rights=next((text for text in disclaimers if not is_notice(text)), None),
        bylines=tuple(PrintedByline(name) for name in _authors(article)),
        has_container=body is not None,
        expects_transcript=True,
    )


def _title(page: Html) -> str | None:
    heading = page.first(_TITLE)
    return " ".join(paragraphs(heading, "span.ltarrow")) or None if heading else page.meta.get("og:title")


def _audio(page: Html, npr_id: str | None) -> Mapping[str, Any]:
    """The audio of this story: a written story may carry the player of another one, whose id `uid` begins with."""
    for node in page.tree.css(_AUDIO):
        data = load_json(node.attributes.get("data-audio"))
        if isinstance(data, dict) and (npr_id is None or str(data.get("uid", "")).split(":")[0] in ("", npr_id)):
            return data
    return {}


def _authors(article: Mapping[str, Any]) -> list[str]:
    author = article.get("author")
    people = author if isinstance(author, list) else [author]
    names: list[str] = []
    for person in people:
        name = person.get("name") if isinstance(person, dict) else person
        # NPR's NewsArticle holds the names as a list in one author.
        names.extend(str(one).strip() for one in (name if isinstance(name, list) else [name]) if one)
    return [name for name in names if name]


def _seconds(value: object) -> float | None:
    try:
        seconds = float(value) if isinstance(value, int | float | str) and value else math.nan
    except (ValueError, OverflowError):
        return None
    return seconds if 0 <= seconds < math.inf else None


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
