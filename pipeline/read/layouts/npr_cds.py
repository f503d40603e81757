"""Documents of NPR's Content Distribution Service: JSON.

History (its published schemas, and the plugin for WordPress, 2024): a document has `id` and `profiles` (links such as
`/v1/profiles/transcript`, the one with `"rels": ["type"]` is its kind); answers to queries hold documents in
`resources`. A transcript is a document of its own whose `text` is HTML (or lines, as one of its readers allows for); a
story's audio names it by `transcriptLink`, or the story by one of `meta.extensionLinks` (2026).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.errors import PageRejected
from pipeline.read.addresses import address_of
from pipeline.read.dates import instant
from pipeline.read.layouts import generic
from pipeline.read.npr_facts import seconds_of, text_of
from pipeline.read.record import Record
from pipeline.records import NOT_A_TRANSCRIPT, Block, Page

NAME = "npr_cds"
_OWN_ENDING = "-transcript"
"""Of the ids of transcripts."""


def matches(record: Record) -> bool:
    """A document with profiles, or an answer that holds such."""
    return any(isinstance(document.get("profiles"), list) for document in _resources(record))


def read(record: Record) -> Page:
    """The transcript of the document, and the facts of the story that came with it.

    Raises:
        PageRejected: `not_a_transcript` where it holds several stories' transcripts.
    """
    documents = [part for document in _resources(record) for part in _with_assets(document)]
    transcripts = [document for document in documents if _is(document, "transcript")]
    if len(transcripts) > 1:
        raise PageRejected(NOT_A_TRANSCRIPT, f"a listing: {len(transcripts)} transcripts in one answer")
    story: Mapping[str, Any] = next((one for one in documents if _is(one, "story")), {})
    audio: Mapping[str, Any] = next((one for one in documents if _is(one, "audio")), {})
    transcript: Mapping[str, Any] = transcripts[0] if transcripts else {}
    return Page(
        layout=NAME,
        url=record.url,
        canonical_url=_web_page(story),
        title=text_of(story.get("title")),
        blocks=tuple(Block(text) for text in generic.texts_of(text_of(transcript.get("text")) or "", record.url)),
        npr_id=text_of(story.get("id")),
        content_id=text_of(transcript.get("id")),
        segment_title=text_of(audio.get("title")),
        teaser=text_of(story.get("teaser")),
        published_at=instant(text_of(story.get("publishDateTime"))),
        updated_at=instant(text_of(story.get("editorialLastModifiedDateTime"))),
        audio_url=next(_links(audio, "enclosures"), None),
        audio_seconds=seconds_of(audio.get("duration")),
        has_container=bool(transcripts),
        expects_transcript=bool(transcripts),
        otherwise="a transcript's document without text" if transcripts else _what_it_is(story, audio, record.url),
    )


def _resources(record: Record) -> Iterator[Mapping[str, Any]]:
    found = record.data.get("resources")
    for document in found if isinstance(found, list) else [record.data]:
        if isinstance(document, dict):
            yield document


def _with_assets(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A document, and those that came with it in `assets`."""
    yield document
    assets = document.get("assets")
    for asset in assets.values() if isinstance(assets, dict) else ():
        if isinstance(asset, dict):
            yield asset


def _is(document: Mapping[str, Any], profile: str) -> bool:
    profiles = document.get("profiles")
    links = profiles if isinstance(profiles, list) else []
    return any(
        isinstance(link, dict) and str(link.get("href", "")).rstrip("/").endswith(f"/profiles/{profile}")
        for link in links
    )


def _links(document: Mapping[str, Any], key: str) -> Iterator[str]:
    links = document.get(key)
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and (href := text_of(link.get("href"))):
            yield href


def _web_page(story: Mapping[str, Any]) -> str | None:
    """The story's page: the link called canonical, else the first."""
    pages = story.get("webPages")
    links = [link for link in pages if isinstance(link, dict)] if isinstance(pages, list) else []
    canonical = next((link for link in links if "canonical" in (link.get("rels") or ())), None)
    return address_of(text_of((canonical or (links[0] if links else {})).get("href")))


def _what_it_is(story: Mapping[str, Any], audio: Mapping[str, Any], url: str | None) -> str:
    links = [audio.get("transcriptLink"), audio.get("transcriptWebPageLink"), *_extensions(story)]
    for link in links:
        if isinstance(link, dict) and (href := text_of(link.get("href"))):
            return f"a story's document: its transcript is at {address_of(href, url) or href}"
    return "a document without a transcript"


def _extensions(story: Mapping[str, Any]) -> Iterator[object]:
    """The links to documents that belong to a story and are transcripts."""
    meta = story.get("meta")
    links = meta.get("extensionLinks") if isinstance(meta, dict) else None
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and str(link.get("href", "")).endswith(_OWN_ENDING):
            yield link
