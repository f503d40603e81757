"""Posts of stations on WordPress, as its own API gives them (`/wp-json/wp/v2/posts/ID`).

History: WordPress's documentation of its REST API (4.7, 2016 on): `title`, `content` and `excerpt` have their HTML
below `rendered`, `date_gmt` is UTC without saying so; authors stand in `_embedded` where they were asked for.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any

from pipeline.read.addresses import address_of
from pipeline.read.dates import instant
from pipeline.read.html import Html
from pipeline.read.layouts import generic, wordpress_npr
from pipeline.read.npr_facts import text_of
from pipeline.read.paragraphs import squeeze
from pipeline.read.record import Record
from pipeline.records import Block, Page, PrintedByline

NAME = "wordpress_record"


def matches(record: Record) -> bool:
    """A title and a content that were rendered."""
    return _rendered(record.data, "title") is not None and _rendered(record.data, "content") is not None


def read(record: Record) -> Page:
    """The post's facts, and its transcript where a plugin marks one, else all of its text."""
    post = record.data
    address = address_of(text_of(post.get("link")))
    content = Html(f"<html><body>{_rendered(post, 'content')}</body></html>", address or record.url)
    own = wordpress_npr.read(content) if wordpress_npr.matches(content) else None
    key = post.get("id")
    return Page(
        layout=NAME,
        url=record.url,
        canonical_url=address,
        title=_text(_rendered(post, "title")),
        blocks=own.blocks if own else tuple(Block(text) for text in generic.main_text(content)),
        content_id=str(key) if isinstance(key, int | str) and key else None,
        teaser=_text(_rendered(post, "excerpt")),
        published_at=instant(text_of(post.get("date_gmt")), UTC),
        bylines=tuple(_authors(post)),
        has_container=own is not None,
        expects_transcript=own is not None,
        otherwise=own.otherwise if own else generic.transcript_elsewhere(content) or "a written story",
    )


def _rendered(post: Mapping[str, Any], key: str) -> str | None:
    field = post.get(key)
    return text_of(field.get("rendered")) if isinstance(field, dict) else None


def _text(markup: str | None) -> str | None:
    """What a reader sees of a line of HTML."""
    body = Html(markup, None).tree.body if markup else None
    return squeeze(body.text()) or None if body is not None else None


def _authors(post: Mapping[str, Any]) -> Iterator[PrintedByline]:
    embedded = post.get("_embedded")
    authors = embedded.get("author") if isinstance(embedded, dict) else None
    for author in authors if isinstance(authors, list) else ():
        if isinstance(author, dict) and (name := text_of(author.get("name"))):
            yield PrintedByline(name)
