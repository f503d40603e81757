"""Records of New York Public Radio's API: JSON of one episode or segment, whose `transcript` is HTML.

History: 2010 to 2020, four Radiolab episodes (`estimated-duration` in seconds, `show-title`, `newsdate` with its zone).
An episode of several segments may hold none of its own. Where the record was asked for by JSON:API, it stands below
`data.attributes` (second hand).
"""

from collections.abc import Mapping
from typing import Any

from pipeline.read.addresses import address_of
from pipeline.read.html import Html
from pipeline.read.npr_facts import seconds_of, text_of
from pipeline.read.record import Record
from pipeline.read.wnyc_text import wnyc_blocks, wnyc_instant
from pipeline.records import Page, PrintedByline

NAME = "wnyc_record"
_OWN_KEYS = ("show-title", "estimated-duration", "cms-pk", "newsdate")


def matches(record: Record) -> bool:
    """An object with a `transcript` and other keys of this API's."""
    fields = _fields(record)
    return "transcript" in fields and any(key in fields for key in _OWN_KEYS)


def read(record: Record) -> Page:
    """The record's facts and the paragraphs of its transcript."""
    fields = _fields(record)
    page = Html(text_of(fields.get("transcript")) or "", text_of(fields.get("url")))
    body = page.tree.body
    key = fields.get("cms-pk")
    texts = page.spoken(body) if body is not None else []
    return Page(
        layout=NAME,
        url=record.url,
        canonical_url=address_of(text_of(fields.get("canonical-url"))) or address_of(page.url),
        title=text_of(fields.get("title")),
        blocks=wnyc_blocks(texts),
        content_id=str(key) if isinstance(key, int | str) and key else None,
        teaser=text_of(fields.get("tease")),
        program=text_of(fields.get("show-title")),
        published_at=wnyc_instant(text_of(fields.get("newsdate")), fields.get("date-line-ts")),
        audio_url=text_of(fields.get("audio")),
        audio_seconds=seconds_of(fields.get("estimated-duration")),
        bylines=tuple(_authors(fields)),
        has_container=True,
        expects_transcript=True,
        otherwise=None if texts else _without_transcript(fields),
    )


def _without_transcript(fields: Mapping[str, Any]) -> str:
    if fields.get("segments"):
        return "an episode's record without a transcript: its segments have their own records"
    return "a record whose transcript is empty"


def _fields(record: Record) -> Mapping[str, Any]:
    data = record.data.get("data")
    attributes = data.get("attributes") if isinstance(data, dict) else None
    return attributes if isinstance(attributes, dict) else record.data


def _authors(fields: Mapping[str, Any]) -> list[PrintedByline]:
    appearances = fields.get("appearances")
    if not isinstance(appearances, dict):
        return []
    return [
        PrintedByline(name, role=role)
        for key, role in (("hosts", "host"), ("authors", None), ("producers", "producer"))
        for person in appearances.get(key) or ()
        if isinstance(person, dict) and (name := text_of(person.get("name")))
    ]
