"""Listing pages: programme archives and sections, made for people."""

import json
from collections.abc import Iterator
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from pipeline.discover.entries import Entry, When, attribute, parse_when, text_of

_TRANSCRIPT = '.audio-tool-transcript a[href], a[href*="/transcripts/"]'


def read_page(soup: BeautifulSoup, url: str) -> list[Entry]:
    """The links of a page in its order. Where it lists items, as npr.org does, theirs only, one each.

    What is no address at all is left out; which links are pages is for the source to say.
    """
    base = _joined(url, attribute(soup.find("base", href=True), "href")) or url
    items = soup.select("article.item")
    entries = map(_item, items) if items else map(_anchor, soup.find_all("a", href=True))
    return [
        Entry(url=address, title=entry.title, published=entry.published, program=entry.program)
        for entry in entries
        if entry is not None and (address := _joined(base, entry.url))
    ]


def _item(item: Tag) -> Entry | None:
    """One story: the link to its transcript, or else that of its title."""
    title = item.select_one(".title")
    link = item.select_one(_TRANSCRIPT) or item.select_one(".title a[href]") or item.select_one("a[href]")
    address = attribute(link, "href")
    if address is None:
        return None
    return Entry(url=address, title=text_of(title), published=_first_time(item), program=_program(item))


def _anchor(anchor: Tag) -> Entry | None:
    address = attribute(anchor, "href")
    return Entry(url=address, title=text_of(anchor)) if address else None


def _first_time(item: Tag) -> When | None:
    """The first `time` that is one: NPR writes an audio's length into such an element too, as `P3M,50S`."""
    times: Iterator[When | None] = (parse_when(attribute(time, "datetime")) for time in item.find_all("time"))
    return next((when for when in times if when is not None), None)


def _program(item: Tag) -> str | None:
    """The programme that the story's audio player names."""
    try:
        audio = json.loads(attribute(item.select_one("[data-audio]"), "data-audio") or "null")
    except (ValueError, RecursionError):
        return None
    program = audio.get("program") if isinstance(audio, dict) else None
    return (program.strip() or None) if isinstance(program, str) else None


def _joined(base: str, address: str | None) -> str | None:
    try:
        return urljoin(base, address) if address else None
    except ValueError:  # brackets that are no IPv6 address
        return None
