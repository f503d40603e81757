"""Stations on WordPress with NPR's plugin, which puts the transcript into the post.

History (second hand, from the plugins' own code): `div.npr-transcript`, its first paragraph «Transcript:» in bold
(2024, from the Content Distribution Service) or «Transcript :» (2016, from the API before it). A plugin of 2012 printed
bare paragraphs of class `npr_para` and «Listen on NPR.ORG» below them. The rest of the post is a written story.
"""

from pipeline.read.html import Html
from pipeline.read.layouts import generic
from pipeline.records import Block, Page

NAME = "wordpress_npr"
_BODY = ".npr-transcript"
_PARAGRAPHS = "p.npr_para"
_HEADING = "Transcript"


def matches(page: Html) -> bool:
    """The plugins' own marks."""
    return page.first(f"{_BODY}, {_PARAGRAPHS}") is not None


def read(page: Html) -> Page:
    """The page's facts and the transcript without its heading."""
    facts = generic.facts(page)
    texts = [
        text
        for node in page.tree.css(_BODY) or page.tree.css(_PARAGRAPHS)
        for text in page.spoken(node)
        if text.rstrip(" :") != _HEADING
    ]
    return Page(
        layout=NAME,
        url=page.url,
        canonical_url=page.canonical_url,
        title=page.text_of("h1.entry-title") or facts.title,
        blocks=tuple(Block(text) for text in texts),
        teaser=facts.teaser,
        program=facts.recording.series,
        published_at=facts.published_at,
        updated_at=facts.updated_at,
        audio_url=facts.recording.url,
        audio_seconds=facts.recording.seconds,
        language=page.language,
        bylines=facts.bylines,
        has_container=True,
        expects_transcript=True,
        otherwise="its transcript's container is empty",
    )
