"""Core Publisher, NPR's system for stations before Grove (Drupal 7), to about 2020.

History: 2013 to 2018 in text («Copyright 2015 NPR. To see more, visit http://www.npr.org/.», «Transcript», the turns),
and one story's body (KBBI 2018: a written article, an empty paragraph, the transcript, its footer glued). The markup
around a body was never read: its selectors are Drupal's own names and fall back to the page's densest part. Listings,
programmes' and people's pages glue the beginnings of many transcripts, some with nothing behind the label.
"""

import re
from collections.abc import Sequence

from pipeline.errors import PageRejected
from pipeline.read.html import Html
from pipeline.read.layouts import generic
from pipeline.records import NOT_A_TRANSCRIPT, Block, Page
from pipeline.transcribe.labels.label import find_label
from pipeline.transcribe.script.notices import is_rights

NAME = "core_publisher"
_STORY = re.compile(r"/post/[^/]+/?$")
_LISTING = re.compile(r"/(?:people|programs|term|topic|tags?|npr-feeds)/[^/]+/?$")
_BODY = '.node-post .field-name-body, [property="content:encoded"], .field-name-body, .node-content'
_NOISE = "figure, aside, .image, .caption, .related, .field-name-field-image"
_COPYRIGHT = "To see more, visit"
_HEADING = "transcript"


def matches(page: Html) -> bool:
    """Drupal's mark on a station's page, or the form of its addresses."""
    if _STORY.search(page.path):
        return True
    return _LISTING.search(page.path) is not None and (page.mentions("Drupal 7") or page.mentions(_COPYRIGHT))


def read(page: Html) -> Page:
    """The page's facts and the paragraphs of its story.

    Raises:
        PageRejected: `not_a_transcript` where several stories are glued together.
    """
    body = page.first(_BODY)
    texts = (page.spoken(body, _NOISE) if body is not None else []) or generic.main_text(page)
    glued = _stories(texts)
    kind = "a person's page" if page.path.startswith("/people/") else "a listing"
    if glued > 1:
        raise PageRejected(NOT_A_TRANSCRIPT, f"{kind}: the transcripts of {glued} stories glued together")
    facts = generic.facts(page)
    return Page(
        layout=NAME,
        url=page.url,
        canonical_url=page.canonical_url,
        title=facts.title,
        blocks=tuple(Block(text) for text in texts),
        teaser=facts.teaser,
        published_at=facts.published_at,
        updated_at=facts.updated_at,
        audio_url=facts.recording.url,
        audio_seconds=facts.recording.seconds,
        language=page.language,
        bylines=facts.bylines,
        otherwise=kind if _LISTING.search(page.path) else facts.otherwise,
    )


def _stories(texts: Sequence[str]) -> int:
    """How many transcripts begin: each with a heading, or a copyright line, or both, and a label soon after it."""
    begun = 0
    is_open = False
    for text in texts:
        if text.rstrip(":").lower() == _HEADING or is_rights(text):
            is_open = True
        elif is_open and find_label(text) is not None:
            begun += 1
            is_open = False
    return begun
