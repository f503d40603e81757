"""The simulated network keeps its promises: truth and pages agree, HTTP is honest, nights change what they say."""

import gzip
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape
from http.client import HTTPConnection, HTTPMessage
from urllib.parse import urlsplit

import pytest

from pipeline.sources import load_sources
from tests.network import nights, npr, site
from tests.network.document import text
from tests.network.pages import STATION_PAGES
from tests.network.server import RequestSeen, SimulatedNetwork
from tests.network.stations import KNAU, KSMU, KUNC, STATIONS, WUKY
from tests.network.stories import STORIES
from tests.network.story import Line, TrueTurn

NIGHTS = (1, 2, 3)
WEEK = [date(2026, 3, 16) + timedelta(days=number) for number in range(7)]
LOCAL_PAGES = [page for page in STATION_PAGES if page.lines and not page.npr_id]


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes


def ask(network: SimulatedNetwork, url: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
    """What the network answers to one request on a connection of its own."""
    parts = urlsplit(url)
    address, _, port = network.address.partition(":")
    connection = HTTPConnection(address, int(port), timeout=10)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    try:
        connection.request(method, target, headers={"Host": parts.netloc, **(headers or {})})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


def body_at(url: str, night: int) -> str:
    """The page's markup, straight from the site."""
    parts = urlsplit(url)
    return site.answer(parts.netloc, f"{parts.path}?{parts.query}" if parts.query else parts.path, night).body.decode()


@pytest.fixture
def network() -> Iterator[SimulatedNetwork]:
    with SimulatedNetwork() as running:
        yield running


# --- the stories ----------------------------------------------------------------------------------------------------
def test_there_are_enough_stories_and_they_are_worth_a_query() -> None:
    assert len(STORIES) >= 32
    assert len(LOCAL_PAGES) >= 10
    assert {story.program for story in STORIES} == {name for name, _ in npr.PROGRAMS.values()}
    assert {story.air_date for story in STORIES} == set(WEEK)
    assert all(250 <= story.word_count <= 800 for story in STORIES)


def test_ids_and_addresses_are_unique() -> None:
    ids = [story.story_id for story in STORIES]
    urls = [address for story in STORIES for address in (npr.story_url(story), npr.transcript_url(story))]
    urls += [page.url for page in STATION_PAGES]

    assert len(set(ids)) == len(ids)
    assert len(set(urls)) == len(urls)


@pytest.mark.parametrize("lines", [story.lines for story in STORIES] + [page.lines for page in LOCAL_PAGES])
def test_no_two_speakers_of_a_story_share_a_label_and_no_name_stands_only_in_labels(lines: tuple[Line, ...]) -> None:
    speakers = {line.speaker for line in lines if line.speaker}
    spoken = "\n".join(line.text for line in lines if line.speaker)

    assert max(Counter(speaker.short_label for speaker in speakers).values()) == 1
    # Hosts often go unnamed in speech; their label says all.
    assert [
        speaker.name for speaker in speakers if speaker.name and speaker.role != "host" and speaker.name not in spoken
    ] == []


# Advertisements and pictures stand anywhere among a station's paragraphs, even between a host's label and the text.
ENHANCEMENT = re.compile(
    r'<div class="Enhancement" data-align-center>.*?</div>(?=<p>|<div class="Enhancement")', re.DOTALL
)


# --- truth and pages ------------------------------------------------------------------------------------------------
def printed_label(turn: TrueTurn, markup: str, position: int) -> bool:
    """Whether the label, with its role and colon if it is printed with one, ends where the text begins."""
    before = unescape(re.sub(r"<[^>]+>", " ", markup[:position])).rstrip()
    return re.search(rf"(?:^|[\s>]){re.escape(turn.speaker_label or '')}(?:, (?:HOST|BYLINE))?:$", before) is not None


@pytest.mark.parametrize("night", NIGHTS)
def test_every_true_turn_stands_in_its_page_in_order_and_under_its_label(night: int) -> None:
    for url, turns in site.truth(night).items():
        markup = ENHANCEMENT.sub("", body_at(url, night))
        position = max(markup.find("transcript storytext"), markup.find("-articleBody"))
        for turn in turns:
            for number, paragraph in enumerate(turn.text.split("\n\n")):
                position = markup.find(text(paragraph), position)
                assert position > 0, (url, paragraph)
                if number == 0 and turn.kind == "speech":
                    assert printed_label(turn, markup, position), (url, turn)
                position += 1


@pytest.mark.parametrize("night", NIGHTS)
def test_every_page_is_listed_where_the_registry_looks(night: int) -> None:
    """Every page with a known outcome is found from an archive or sitemap of a day of the week."""
    found: set[str] = set()
    for source in load_sources():
        if source.host not in site.HOSTS:
            continue
        for day in WEEK:
            for _, _, listing in source.listings(day, only_dated=True):
                markup = body_at(listing, night)
                links = re.findall(r'(?:href="|<loc>)(https://[^"<]+)', markup)
                found |= {page for page in map(source.page_for, links) if page}

    listed = set(site.truth(night)) | site.without_transcript(night) | site.not_yet(night) | site.disallowed(night)
    assert listed <= found
    assert found - listed <= site.gone(night)


def test_an_archive_lists_only_its_day_and_programme() -> None:
    markup = body_at("https://www.npr.org/programs/all-things-considered/archive?date=3-20-2026", 1)

    assert markup.count('<article class="item ') == 4
    assert set(re.findall(r"/transcripts/(nx-s1-\d+)", markup)) == {f"nx-s1-575050{number}" for number in (3, 4, 5, 6)}


def test_the_transcript_page_keeps_the_traps_of_the_real_one() -> None:
    story = STORIES[2]
    markup = body_at(npr.transcript_url(story), 1)

    assert "no-transcript" in markup.partition("<body")[2].partition(">")[0]
    assert f'<link rel="canonical" href="{npr.story_url(story)}"' in markup
    assert '<span class="ltarrow">< </span>' in markup
    assert "<p><p>LORNA QUIST, HOST: <p><p> This is ALL THINGS CONSIDERED" in markup
    assert markup.count('<p class="disclaimer">') == 2
    assert len(markup) > 40_000


def test_station_pages_keep_the_shapes_of_the_real_ones() -> None:
    for page in STATION_PAGES:
        markup = body_at(page.url, 3)

        assert len(markup) > 100_000
        assert f'class="{page.station.theme}-articleBody"' in markup
        assert "Play Live Radio" in markup
        assert ("Transcript provided by NPR, Copyright NPR.</p>" in markup) == (page.npr_id is not None)
        assert ("<p> </p>" in markup) == bool(page.article and page.lines)


# --- HTTP -----------------------------------------------------------------------------------------------------------
PAGE = npr.transcript_url(STORIES[0])


def test_the_host_map_names_every_host_with_one_address(network: SimulatedNetwork) -> None:
    assert set(network.host_map) == {npr.HOST, npr.FEED_HOST, *(station.host for station in STATIONS)}
    assert set(network.host_map.values()) == {network.address}
    assert network.address.startswith("127.0.0.1:")


@pytest.mark.parametrize(
    "url",
    [
        PAGE,
        "https://feeds.npr.org/1001/rss.xml",
        "https://www.wfae.org/sitemap-202603.xml",
        "https://www.npr.org/robots.txt",
    ],
)
def test_validators_answer_a_second_question_with_304(network: SimulatedNetwork, url: str) -> None:
    first = ask(network, url)

    for headers in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-None-Match": f'"other", {first.headers["ETag"].removeprefix("W/")}'},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    ):
        again = ask(network, url, headers)
        assert (first.status, again.status, again.body) == (200, 304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": '"other"'},
        {"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
        # The tag wins over the date (RFC 9110, section 13.2.2).
        {"If-None-Match": '"other"', "If-Modified-Since": "Fri, 01 Jan 2027 00:00:00 GMT"},
    ],
)
def test_other_validators_get_the_page(network: SimulatedNetwork, headers: dict[str, str]) -> None:
    assert ask(network, PAGE, headers).status == 200


def test_gzip_is_sent_to_whoever_accepts_it(network: SimulatedNetwork) -> None:
    plain = ask(network, PAGE)
    zipped = ask(network, PAGE, {"Accept-Encoding": "gzip, deflate"})

    assert plain.headers["Content-Encoding"] is None
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == plain.body
    assert len(zipped.body) < len(plain.body) / 3


def test_head_is_a_get_without_its_body(network: SimulatedNetwork) -> None:
    head, get = ask(network, PAGE, method="HEAD"), ask(network, PAGE)

    assert head.body == b""
    assert head.headers["Content-Length"] == get.headers["Content-Length"] == str(len(get.body))
    assert head.headers["ETag"] == get.headers["ETag"]


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("https://www.npr.org/transcripts/nx-s1-1", 404),
        ("https://www.npr.org/transcripts/nx-s1-5750590", 404),
        ("https://www.npr.org/transcripts/nx-s1-5750601", 404),
        ("https://www.npr.org/programs/no-such-show/archive?date=3-20-2026", 404),
        (f"https://{KSMU.host}/robots.txt", 404),
        ("https://www.example.org/", 421),
    ],
)
def test_what_is_not_there_says_so(network: SimulatedNetwork, url: str, status: int) -> None:
    assert ask(network, url).status == status


def test_requests_are_listed_in_full(network: SimulatedNetwork) -> None:
    first = ask(network, "https://www.npr.org/programs/fresh-air/archive?date=3-16-2026")
    ask(network, PAGE, {"If-None-Match": "*"})

    seen = [
        (request.host, request.path, request.status, request.body_bytes, request.conditional)
        for request in network.requests
    ]
    assert seen == [
        ("www.npr.org", "/programs/fresh-air/archive?date=3-16-2026", 200, len(first.body), False),
        ("www.npr.org", urlsplit(PAGE).path, 304, 0, True),
    ]
    assert network.requests[0].at <= network.requests[1].at
    network.forget_requests()
    assert network.requests == []


def test_many_clients_at_once_are_all_served_and_seen(network: SimulatedNetwork) -> None:
    urls = [npr.transcript_url(story) for story in STORIES if story.air_date <= nights.FIRST_NIGHT] * 3
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda url: ask(network, url), urls))

    assert {answer.status for answer in answers} == {200}
    assert Counter(request.path for request in network.requests) == Counter(urlsplit(url).path for url in urls)


def test_it_closes_under_a_client_that_keeps_its_connection() -> None:
    with SimulatedNetwork() as running:
        address, _, port = running.address.partition(":")
        connection = HTTPConnection(address, int(port), timeout=10)
        connection.request("GET", urlsplit(PAGE).path, headers={"Host": npr.HOST})
        connection.getresponse().read()
    with pytest.raises(OSError, match=r".+"):
        ask(running, PAGE)
    connection.close()


# --- robots, sitemaps, feeds ----------------------------------------------------------------------------------------
def test_robots_differ_from_host_to_host() -> None:
    assert "Crawl-delay: 0.1" in body_at(f"https://{WUKY.host}/robots.txt", 1)
    assert site.disallowed(1) == {"https://www.kunc.org/members/2026-03-20/members-hour-the-second-before-the-news"}
    assert "Disallow: /members/" in body_at(f"https://{KUNC.host}/robots.txt", 1)
    assert site.disallowed(1).isdisjoint(site.truth(1))


def test_one_station_has_its_archive_as_a_gzip_file() -> None:
    zipped = site.answer(KUNC.host, "/sitemap-202603.xml.gz", 1)

    assert f"https://{KUNC.host}/sitemap-202603.xml.gz" in body_at(f"https://{KUNC.host}/sitemap.xml", 1)
    assert zipped.content_type == "application/gzip"
    assert gzip.decompress(zipped.body).decode() == body_at(f"https://{KUNC.host}/sitemap-202603.xml", 1)


def test_feeds_are_rss_atom_or_an_empty_stub() -> None:
    assert body_at(f"https://{WUKY.host}/news.rss", 1).count("<item>") == 2
    assert "<item>" not in body_at(f"https://{KSMU.host}/news.rss", 1)
    assert "<feed xmlns=" in body_at(f"https://{KNAU.host}/news.rss", 1)


# --- nights ---------------------------------------------------------------------------------------------------------
def test_the_same_night_gives_the_same_bytes_after_a_new_start() -> None:
    addresses = sorted(site._makers(2))
    before = [site.answer(*address, 2) for address in addresses]
    site._rendered.cache_clear()
    site._makers.cache_clear()

    assert [site.answer(*address, 2) for address in addresses] == before


def test_between_two_nights_only_the_announced_pages_change() -> None:
    late, gone, revised = (
        npr.transcript_url(story)
        for story in STORIES
        if story.story_id in (*nights.LATE, *nights.GONE, *nights.REVISED)
    )
    pages = {*site.truth(1), *site.without_transcript(1), *site.not_yet(1), *site.gone(1)}
    changed = set()
    for url in pages:
        parts = urlsplit(url)
        first, second = (site.answer(parts.netloc, parts.path, night) for night in (1, 2))
        if (first.etag, first.last_modified) != (second.etag, second.last_modified):
            changed.add(url)

    assert changed == {late, gone, revised}


def test_a_late_transcript_is_empty_on_the_first_night_and_there_on_the_second(network: SimulatedNetwork) -> None:
    (url,) = site.not_yet(1)

    assert "BYLINE:" not in ask(network, url).body.decode()
    assert url not in network.truth()
    network.advance()
    assert "KEIKO ARDEN, BYLINE:" in ask(network, url).body.decode()
    assert url in network.truth()
    assert site.not_yet(2) == set()


def test_a_revised_page_says_so_and_has_new_validators(network: SimulatedNetwork) -> None:
    ((story_id, revision),) = nights.REVISED.items()
    url = f"https://www.npr.org/transcripts/{story_id}"
    first = ask(network, url)
    network.night = 2
    second = ask(network, url, {"If-None-Match": first.headers["ETag"]})

    assert second.status == 200
    assert revision.old in first.body.decode()
    assert revision.new in second.body.decode()
    assert revision.correction in second.body.decode()
    assert any(revision.new in turn.text for turn in network.truth()[url])
    assert not any("CORRECTION" in turn.text for turn in network.truth()[url])


def test_a_story_taken_down_answers_410_and_stays_listed(network: SimulatedNetwork) -> None:
    (story,) = (story for story in STORIES if story.story_id in nights.GONE)
    network.night = 2

    assert ask(network, npr.transcript_url(story)).status == 410
    assert ask(network, npr.story_url(story)).status == 410
    assert npr.transcript_url(story) not in network.truth()
    assert npr.transcript_url(story) in site.gone(2)
    assert story.story_id in body_at("https://www.npr.org/programs/all-things-considered/archive?date=3-20-2026", 2)


@pytest.mark.parametrize(("night", "day"), [(1, date(2026, 3, 20)), (2, date(2026, 3, 21)), (3, date(2026, 3, 22))])
def test_a_night_reaches_up_to_its_day(night: int, day: date) -> None:
    days = {story.air_date for story in site.npr_stories(night)}

    assert max(days) == day
    assert nights.last_day(night) == day


def test_a_request_seen_is_frozen() -> None:
    seen = RequestSeen("www.npr.org", "/", 200, 0, conditional=False, at=nights.LATE_AT)

    with pytest.raises(AttributeError):
        seen.status = 500  # type: ignore[misc]  # what this test is about
