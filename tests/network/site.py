"""The whole simulated web as a function of host, path and night; and the truth about it.

Pure: no clock, no randomness. The same question on the same night gets the same bytes.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from urllib.parse import parse_qs, urlsplit

from tests.network import grove, grove_lists, nights, npr
from tests.network.document import HTML, Document
from tests.network.pages import STATION_PAGES
from tests.network.scripts.written import NPR_WRITTEN
from tests.network.stations import STATIONS, Station, StationPage
from tests.network.stories import STORIES
from tests.network.story import Story, TrueTurn, expected_turns

HOSTS: tuple[str, ...] = (npr.HOST, npr.FEED_HOST, *(station.host for station in STATIONS))
GONE_BODY = b"<!doctype html><html><head><title>Gone</title></head><body><h1>This story is no longer available.</h1></body></html>"
NOT_FOUND_BODY = b"<!doctype html><html><head><title>Not found</title></head><body><h1>We can't find the page you asked for.</h1></body></html>"
ERRORS_MADE_AT = datetime(2025, 1, 1, tzinfo=UTC)
NOT_FOUND = Document(NOT_FOUND_BODY, HTML, ERRORS_MADE_AT, status=404)
GONE = Document(GONE_BODY, HTML, ERRORS_MADE_AT, status=410)

Maker = Callable[[], Document]


def answer(host: str, target: str, night: int) -> Document:
    """What `host` answers to a request for `target` (path and query); errors are documents with their status.

    Raises:
        KeyError: there is no such host.
    """
    if host not in HOSTS:
        raise KeyError(host)
    parts = urlsplit(target)
    archived = re.fullmatch(r"/programs/([a-z-]+)/archive", parts.path)
    if host == npr.HOST and archived and archived[1] in npr.PROGRAMS:
        return _archive(archived[1], parse_qs(parts.query).get("date", [""])[0], night)
    return _rendered(host, parts.path, night)


@cache
def _rendered(host: str, path: str, night: int) -> Document:
    make = _makers(night).get((host, path))
    return make() if make else NOT_FOUND


@cache
def _makers(night: int) -> Mapping[tuple[str, str], Maker]:
    """Every address that answers on this night."""
    makers: dict[tuple[str, str], Maker] = {
        (npr.HOST, "/robots.txt"): npr.robots,
        (npr.FEED_HOST, "/robots.txt"): npr.robots,
        (npr.FEED_HOST, "/1001/rss.xml"): lambda: _news_feed(night),
    }
    for story in npr_stories(night):
        makers |= _story_makers(story, night)
    for station in STATIONS:
        pages = station_pages(station, night)
        makers |= {(station.host, path): make for path, make in _list_makers(station, pages).items()}
        makers |= {(station.host, urlsplit(page.url).path): partial(grove.story_page, page) for page in pages}
    return makers


def _story_makers(story: Story, night: int) -> dict[tuple[str, str], Maker]:
    addresses = [(npr.HOST, urlsplit(url).path) for url in (npr.transcript_url(story), npr.story_url(story))]
    if nights.is_gone(story.story_id, night):
        return dict.fromkeys(addresses, lambda: GONE)
    printed = nights.edition(story, night)
    changed_at = nights.modified_at(story, night)
    is_empty = nights.is_late(story.story_id, night)
    transcript, summary = addresses
    return {
        transcript: lambda: npr.transcript_page(printed, changed_at, is_empty=is_empty),
        summary: lambda: npr.story_page(story),
    }


def _list_makers(station: Station, pages: list[StationPage]) -> dict[str, Maker]:
    newest = max((page.published_at.date() for page in pages), default=nights.FIRST_NIGHT)
    latest = [page for page in pages if page.published_at.date() >= newest - timedelta(days=1)]
    makers: dict[str, Maker] = {
        "/sitemap.xml": lambda: grove_lists.sitemap_index(station, pages),
        "/sitemap-202602.xml": lambda: grove_lists.sitemap(station, []),
        "/sitemap-202603.xml": lambda: grove_lists.sitemap(station, pages),
        "/sitemap-latest.xml": lambda: grove_lists.sitemap(station, latest, standing=False),
        "/news-sitemap.xml": lambda: grove_lists.news_sitemap(station, latest),
        "/news.rss": lambda: grove_lists.feed(station, pages),
        "/robots.txt": lambda: grove_lists.robots(station) or NOT_FOUND,
    }
    if station.has_gzip_sitemap:
        makers["/sitemap-202603.xml.gz"] = lambda: grove_lists.zipped(grove_lists.sitemap(station, pages))
    return makers


def _archive(slug: str, asked: str, night: int) -> Document:
    try:
        month, day, year = (int(part) for part in asked.split("-"))
        asked_day = date(year, month, day)
    except ValueError:
        asked_day = nights.last_day(night)
    name, _ = npr.PROGRAMS[slug]
    stories = [story for story in npr_stories(night) if story.air_date == asked_day and story.program == name]
    return npr.archive_page(slug, asked_day, stories)


def _news_feed(night: int) -> Document:
    since = nights.last_day(night) - timedelta(days=1)
    heard = [
        (story.headline, story.teaser, npr.story_url(story), story.published_at, story.bylines)
        for story in npr_stories(night)
    ]
    items = [item for item in (*heard, *NPR_WRITTEN) if since <= item[3].date() <= nights.last_day(night)]
    return npr.news_feed(sorted(items, key=lambda item: item[3], reverse=True))


def npr_stories(night: int) -> list[Story]:
    """The stories npr.org has published by this night, in order of publication; those taken down included."""
    known = (story for story in STORIES if story.air_date <= nights.last_day(night))
    return sorted(known, key=lambda story: story.published_at)


def station_pages(station: Station, night: int) -> list[StationPage]:
    """The pages a station has published by this night, oldest first."""
    known = (
        page for page in STATION_PAGES if page.station is station and page.published_at.date() <= nights.last_day(night)
    )
    return sorted(known, key=lambda page: page.published_at)


def is_disallowed(page: StationPage) -> bool:
    """Whether the station's robots.txt forbids the page although its listings name it."""
    return f"Disallow: /{page.section}/" in (page.station.robots or "")


def truth(night: int) -> dict[str, list[TrueTurn]]:
    """Every page that may be fetched and holds a transcript on this night, with the turns it holds."""
    pages = {
        npr.transcript_url(story): expected_turns(nights.edition(story, night).lines)
        for story in npr_stories(night)
        if not nights.is_late(story.story_id, night) and not nights.is_gone(story.story_id, night)
    }
    for page in _all_station_pages(night):
        if page.lines and not is_disallowed(page):
            pages[page.url] = expected_turns(page.lines)
    return pages


def without_transcript(night: int) -> set[str]:
    """Station pages that are written stories only."""
    return {page.url for page in _all_station_pages(night) if not page.lines}


def not_yet(night: int) -> set[str]:
    """Transcript pages that stand empty."""
    return {npr.transcript_url(story) for story in npr_stories(night) if nights.is_late(story.story_id, night)}


def gone(night: int) -> set[str]:
    """Transcript pages that answer 410, or 404 because the story is a written one."""
    taken_down = {npr.transcript_url(story) for story in npr_stories(night) if nights.is_gone(story.story_id, night)}
    written = {
        f"https://{npr.HOST}/transcripts/{urlsplit(link).path.split('/')[4]}"
        for _, _, link, published, _ in NPR_WRITTEN
        if published.date() <= nights.last_day(night)
    }
    return taken_down | written


def disallowed(night: int) -> set[str]:
    """Listed pages that robots.txt forbids."""
    return {page.url for page in _all_station_pages(night) if is_disallowed(page)}


def _all_station_pages(night: int) -> list[StationPage]:
    return [page for station in STATIONS for page in station_pages(station, night)]
