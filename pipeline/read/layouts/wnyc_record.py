"""Records of New York Public Radio's API: JSON of one episode or segment, whose `transcript` is HTML.

History: 2010 to 2020, four Radiolab episodes (`estimated-duration` in seconds, `show-title`, `newsdate` with its zone).
An episode of several segments may hold none of its own. Where the record was asked for by JSON:API, it stands below
`data.attributes` (second hand); a list of a show's episodes (2024-10) has its records below `included`. From 2024-11 on
the site's own API gives the same record with keys such as `estimatedDuration`, and `publicationDate` for `newsdate`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.errors import PageRejected
from pipeline.read.addresses import address_of
from pipeline.read.html import Html
from pipeline.read.npr_facts import seconds_of, text_of
from pipeline.read.record import Record
from pipeline.read.wnyc_text import wnyc_blocks, wnyc_instant
from pipeline.records import NOT_A_TRANSCRIPT, Page, PrintedByline

NAME = "wnyc_record"
_OWN_KEYS = ("show-title", "estimated-duration", "cms-pk", "newsdate")
_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def matches(record: Record) -> bool:
    """An object with a `transcript` and other keys of this API's, or an answer that holds such."""
    return any(True for _ in _stories(record))


def read(record: Record) -> Page:
    """The record's facts and the paragraphs of its transcript.

    Raises:
        PageRejected: `not_a_transcript` where the answer holds several episodes.
    """
    fields, *others = _stories(record)
    if others:
        raise PageRejected(NOT_A_TRANSCRIPT, f"a listing: the records of {len(others) + 1} episodes in one answer")
    page = Html(text_of(fields.get("transcript")) or "", text_of(fields.get("url")))
    body = page.tree.body
    key = fields.get("cms-pk", fields.get("id"))
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
        published_at=wnyc_instant(
            text_of(fields.get("newsdate", fields.get("publication-date"))), fields.get("date-line-ts")
        ),
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


def _stories(record: Record) -> Iterator[Mapping[str, Any]]:
    """The episodes and segments that an answer holds, with the keys of the API's first years."""
    included = record.data.get("included")
    for resource in (record.data, record.data.get("data"), *(included if isinstance(included, list) else ())):
        attributes = resource.get("attributes", resource) if isinstance(resource, dict) else None
        if isinstance(attributes, dict):
            fields = {_INNER_CAPITAL.sub("-", key).lower(): value for key, value in attributes.items()}
            if "transcript" in fields and any(key in fields for key in _OWN_KEYS):
                yield fields


def _authors(fields: Mapping[str, Any]) -> list[PrintedByline]:
    appearances = fields.get("appearances")
    if not isinstance(appearances, dict):
        return []
    return [
        PrintedByline(name, role=role)
        for key, role in (("hosts", "host"), ("authors", None), ("producers", "producer"))
        for people in (appearances.get(key),)
        for person in (people if isinstance(people, list) else ())
        if isinstance(person, dict) and (name := text_of(person.get("name")))
    ]
