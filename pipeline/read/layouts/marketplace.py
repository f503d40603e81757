"""marketplace.org, 2009 to 2013 (Drupal) and later (WordPress).

History: 2009 «TEXT OF INTERVIEW» or «TEXT OF STORY» stands above the transcript, the player's furniture («HTML EMBED:»,
«COPY») above that (text only); 2013-04 an episode page on Drupal 7 with panels, `meta[name=Show]`, `meta[name=type]`
(«Episode») and a time in `[property="dc:date"]`, and no transcript. The body's container is not known for pages
that have one: the page's densest part is read.
"""

import re
from collections.abc import Sequence

from pipeline.read.dates import instant
from pipeline.read.html import Html
from pipeline.read.layouts import generic
from pipeline.records import Block, Page

NAME = "marketplace"
_DOMAIN = "marketplace.org"
_DATE = '[property="dc:date"]'
_BEGIN = re.compile(r"(?:TEXT OF (?:INTERVIEW|STORY|COMMENTARY|REPORT)|(?:FULL )?TRANSCRIPT)[:.]?")
_LABELLED_BEGIN = re.compile(r"(?P<head>TEXT OF (?:INTERVIEW|STORY|COMMENTARY|REPORT)):? (?P<rest>.+)")


def matches(page: Html) -> bool:
    """The host."""
    return page.is_at(_DOMAIN)


def read(page: Html) -> Page:
    """The page's facts and the text below «TEXT OF ...», or all of its main text."""
    facts = generic.facts(page)
    texts, is_announced = _below_heading(generic.main_text(page))
    kind = page.meta.get("type", "").lower()
    return Page(
        layout=NAME,
        url=page.url,
        canonical_url=page.canonical_url,
        title=facts.title,
        blocks=tuple(Block(text) for text in texts),
        teaser=facts.teaser,
        program=page.meta.get("show") or facts.recording.series,
        published_at=instant(page.attribute(_DATE, "content")) or facts.published_at,
        updated_at=facts.updated_at,
        audio_url=facts.recording.url,
        audio_seconds=facts.recording.seconds,
        language=page.language,
        bylines=facts.bylines,
        expects_transcript=is_announced,
        otherwise=f"an {kind} page without a transcript" if kind == "episode" else facts.otherwise,
    )


def _below_heading(texts: Sequence[str]) -> tuple[Sequence[str], bool]:
    for index, text in enumerate(texts):
        if _BEGIN.fullmatch(text):
            return texts[index + 1 :], True
        found = _LABELLED_BEGIN.fullmatch(text)
        if found is not None:
            return [found["rest"], *texts[index + 1 :]], True
    return texts, False
