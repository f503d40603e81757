"""A WARC file as crawls write them, of generated transcript pages in the layouts of npr.org and of stations' sites.

Seven in eight are copies and reports on stations' sites, of 110 kB; those of npr.org have 43 kB.
"""

import gzip
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.benchmarks.corpus.damage import Spoken
from tests.benchmarks.corpus.stories import Page, pages
from tests.network import grove, npr
from tests.network.crawl_server import Crawled, record
from tests.network.stations import STATIONS, Author, StationPage
from tests.network.story import Line, Speaker, Story

_PROGRAMS = tuple(npr.CODES)
_QUICKLY = 1
"""Compression of the crawl's file, which is not what is measured."""


def write_warc(path: Path, count: int, seed: int = 1) -> int:
    """Write so many pages, a gzip member each; the sum of their bytes."""
    size = 0
    with path.open("wb") as file:
        for page in crawled(count, seed):
            size += len(page.body)
            file.write(gzip.compress(record(page), _QUICKLY))
    return size


def crawled(count: int, seed: int = 1) -> Iterator[Crawled]:
    """The pages, as a crawl that comes by some hours after each was published finds them."""
    for number, page in enumerate(pages(count, seed)):
        url, body = _at_npr(page) if page.source_id == "npr" else _at_station(page, number)
        yield Crawled(url, page.seen_at + timedelta(microseconds=number), body)


def _at_npr(page: Page) -> tuple[str, bytes]:
    story = Story(
        story_id=page.transcript_id.removeprefix("npr-"),
        headline=page.title,
        segment=page.title,
        teaser=page.turns[0].text[:80],
        program=_PROGRAMS[page.published_at.day % len(_PROGRAMS)],
        air_date=page.published_at.date(),
        published=page.published_at.time(),
        audio_seconds=240,
        bylines=(),
        lines=_lines(page.turns),
    )
    return npr.transcript_url(story), npr.transcript_page(story, page.published_at).body


def _at_station(page: Page, number: int) -> tuple[str, bytes]:
    call_sign = page.source_id.upper()
    like = STATIONS[number % len(STATIONS)]
    station = replace(like, call_sign=call_sign, name=f"{call_sign} Radio", host=f"www.{call_sign.lower()}.org")
    shown = StationPage(
        station=station,
        headline=f"{page.title} {number}",
        teaser=page.turns[0].text[:80],
        published_at=page.published_at,
        authors=(Author("Newsroom Staff"),),
        lines=_lines(page.turns),
        npr_id=page.npr_id,
        program=page.program or "",
    )
    return shown.url, grove.story_page(shown).body


def _lines(turns: tuple[Spoken, ...]) -> tuple[Line, ...]:
    return tuple(Line(_speaker(turn), turn.text) for turn in turns)


def _speaker(turn: Spoken) -> Speaker | None:
    if turn.speaker is None:
        return None
    return Speaker(turn.speaker, "host" if turn.is_host else "guest")
