import gzip
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.discover.listing import Listing, read_listing
from pipeline.errors import PageRejected
from pipeline.sources import Program, Source, load_sources

DOCUMENTS = Path(__file__).with_name("documents")
PAGES = Path(__file__).parents[3] / "shared" / "real" / "pages"

NPR = load_sources().get("npr")
KPBS = load_sources().get("kpbs")
KPBS_URL = "https://www.kpbs.org/news/2026-03-20/"
Kind = Literal["feed", "sitemap", "listing"]


def read(
    content: bytes | str, kind: Kind, *, source: Source = KPBS, url: str | None = None, program: Program | None = None,
    content_type: str | None = None,
) -> Listing:  # fmt: skip
    return read_listing(
        content.encode() if isinstance(content, str) else content,
        kind=kind, url=url or f"https://{source.host}/listing", content_type=content_type, source=source,
        program=program,
    )  # fmt: skip


def slugs(listing: Listing) -> list[str]:
    return [link.url.rpartition("/")[2] for link in listing.links]


def document(name: str) -> bytes:
    return (DOCUMENTS / name).read_bytes()


def rss(*items: str, before: str = '<?xml version="1.0"?>') -> str:
    return f"{before}<rss version='2.0'><channel><link>{KPBS_URL}channel</link>{''.join(items)}</channel></rss>"


def item(slug: str = "a", **tags: str) -> str:
    return "<item>" + "".join(f"<{k}>{v}</{k}>" for k, v in ({"link": KPBS_URL + slug} | tags).items()) + "</item>"


# --- feeds -----------------------------------------------------------------------------------------------------------
def test_rss_item_in_full() -> None:
    feed = rss(item(title="Ferries &amp;\n bridges", pubDate="Sat, 21 Mar 2026 05:30:00 GMT"))
    (link,) = read(feed, "feed").links
    assert (link.url, link.source_id, link.found_on) == (KPBS_URL + "a", "kpbs", "https://www.kpbs.org/listing")
    assert (link.title, link.program, link.modified_at) == ("Ferries & bridges", None, None)
    assert link.air_date == date(2026, 3, 20)  # still the 20th in San Diego


@pytest.mark.parametrize(
    ("source", "link", "published", "air_date"),
    [
        (KPBS, f"{KPBS_URL}a", "Sun, 22 Mar 2026 05:30:00 GMT", date(2026, 3, 21)),
        (KPBS, f"{KPBS_URL}a", "Mon, 22 Mar 2027 05:30:00 GMT", date(2026, 3, 20)),
        (KPBS, "https://www.kpbs.org/news/2027-03-20/a", "", None),
        (NPR, "https://www.npr.org/transcripts/nx-s1-1", "Mon, 22 Mar 2027 05:30:00 GMT", None),
    ],
)
def test_a_day_on_which_no_page_can_be_yet_is_none(
    source: Source, link: str, published: str, air_date: date | None
) -> None:
    feed = rss(item(link=link, pubDate=published)).encode()
    (found,) = read_listing(
        feed, kind="feed", url=KPBS_URL, content_type=None, source=source, program=None, latest=date(2026, 3, 21)
    ).links

    assert found.air_date == air_date


@pytest.mark.parametrize(
    ("name", "modified_at"), [("atom.xml", datetime(2026, 3, 21, 1, 2, 3, tzinfo=UTC)), ("rss-1.0.xml", None)]
)
def test_other_feeds(name: str, modified_at: datetime | None) -> None:
    (link,) = read(document(name), "feed").links
    assert (link.url, link.title, link.air_date) == (KPBS_URL + "a", "T", date(2026, 3, 20))
    assert link.modified_at == modified_at


LATIN_1 = '<?xml version="1.0" encoding="ISO-8859-1"?>'
NETSCAPE = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://netscape.example/rss-0.91.dtd">'
FROM_FILE = '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
LAUGHS = (  # each entity is twenty of the one before it
    '<!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(c)} "{f"&{chr(c - 1)};" * 20}">' for c in range(ord("b"), ord("n")))
    + "]>"
)
FEEDS: dict[str, tuple[str | bytes, list[str]]] = {
    "order kept, nothing twice": (rss(item("b"), item("a"), item("b", title="again")), ["b", "a"]),
    "another site's page": (rss(item(link="https://www.npr.org/2026/03/20/1/a")), []),
    "no story": (rss(item(link="https://www.kpbs.org/donate")), []),
    "link missing, guid serves": (rss(f"<item><guid>{KPBS_URL}a</guid></item>"), ["a"]),
    "guid that is no link": (rss(f'<item><guid isPermaLink="false">{KPBS_URL}a</guid></item>'), []),
    "tracking parameters": (rss(item("a?utm_source=rss#top")), ["a"]),
    "cut in the middle": (rss(item("a"), item("b"))[:-60], ["a"]),
    "stub": (rss(), []),
    "blank lines before it": ("\n\n " + rss(item()), ["a"]),
    "a warning before it": ("<br />Warning: Undefined index\n" + rss(item()), ["a"]),
    "byte order mark": ("\ufeff" + rss(item()), ["a"]),
    "UTF-16": (rss(item(), before="").encode("utf-16"), ["a"]),
    "Latin-1 by declaration": (rss(item(title="caf\u00e9"), before=LATIN_1).encode("latin-1"), ["a"]),
    "unknown entity, bare ampersand": (rss(item(title="A&nbsp;B & C")), ["a"]),
    "unclosed tags": (rss(item(title="<b>T")), ["a"]),
    "CDATA": (rss(item(link=f"<![CDATA[ {KPBS_URL}a ]]>")), ["a"]),
    "document type": (rss(item(), before=NETSCAPE), ["a"]),
    "entity bomb": (rss(item(title="&m;"), before=LAUGHS), ["a"]),
    "entity from a file": (rss(item(title="&f;"), before=FROM_FILE), ["a"]),
    "deeply nested": (rss(item()) + "<rss>" * 50_000, ["a"]),
}  # fmt: skip


@pytest.mark.parametrize(("feed", "expected"), FEEDS.values(), ids=FEEDS)
def test_feeds_as_they_come(feed: str | bytes, expected: list[str]) -> None:
    listing = read(feed, "feed")
    assert slugs(listing) == expected
    assert all(link.title is None or len(link.title) < 20 for link in listing.links)


# --- sitemaps --------------------------------------------------------------------------------------------------------
SITEMAP = document("news-sitemap.xml")


@pytest.mark.parametrize(
    "content",
    [
        SITEMAP,
        gzip.compress(SITEMAP),
        gzip.compress(SITEMAP[:200]) + gzip.compress(SITEMAP[200:]) + bytes(512),
    ],
    ids=["plain", "gzip", "gzip in members, padded"],
)
def test_sitemap(content: bytes) -> None:
    first, second = read(content, "sitemap").links
    assert (first.url, first.title, first.air_date) == (KPBS_URL + "a", None, date(2026, 3, 20))
    assert first.modified_at == datetime(2026, 3, 21, 1, 2, 3, tzinfo=UTC)
    assert (second.title, second.air_date) == ("News", date(2026, 3, 21))
    assert second.modified_at == datetime(2026, 3, 22, tzinfo=UTC)


def test_sitemap_index_names_its_children() -> None:
    assert read(document("sitemap-index.xml"), "sitemap") == Listing(
        children=("https://www.kpbs.org/sitemap-202603.xml.gz", "https://www.kpbs.org/sitemap-202602.xml")
    )


# --- listing pages ---------------------------------------------------------------------------------------------------
def test_npr_archive() -> None:
    links = read(document("npr-archive.html"), "listing", source=NPR).links
    assert [(link.url.rpartition("/")[2], link.title, link.program, link.air_date) for link in links] == [
        ("nx-s1-3", "Oil in Venezuela", "All Things Considered", date(2026, 1, 5)),
        ("nx-s1-4", "Second", None, date(2026, 1, 4)),
        ("nx-s1-5", None, None, None),
    ]


def test_the_listings_own_programme_goes_before_the_players() -> None:
    links = read(document("npr-archive.html"), "listing", source=NPR, program=Program(name="Morning Edition")).links
    assert {link.program for link in links} == {"Morning Edition"}


def test_any_page_with_links() -> None:
    page = (
        f'<?xml version="1.0"?><p><a href="{KPBS_URL}a">A\n story<a href="b">B</a><a href="#c">C<a name=d><a href=" ">'
    )
    links = read(page, "listing", url=KPBS_URL).links
    assert [(link.url, link.title) for link in links] == [(KPBS_URL + "a", "A story"), (KPBS_URL + "b", "B")]


# --- what is no listing ----------------------------------------------------------------------------------------------
HTML = "<html><body><h1>Page not found</h1></body></html>"
BOMB = gzip.compress(bytes(60_000_000))
REJECTED: dict[str, tuple[str | bytes, Kind, str]] = {
    "empty feed": ("", "feed", "not_xml"),
    "empty sitemap": ("", "sitemap", "not_xml"),
    "empty page": ("", "listing", "not_html"),
    "words": ("Service unavailable", "feed", "not_xml"),
    "an address": ("https://www.kpbs.org/", "listing", "not_html"),
    "soft 404 for a feed": (HTML, "feed", "not_a_feed"),
    "soft 404 for a sitemap": (HTML, "sitemap", "not_a_sitemap"),
    "sitemap for a feed": (SITEMAP, "feed", "not_a_feed"),
    "feed for a sitemap": (rss(item()), "sitemap", "not_a_sitemap"),
    "truncated gzip": (gzip.compress(SITEMAP)[:-9], "sitemap", "truncated"),
    "broken gzip": (b"\x1f\x8b" + b"no gzip at all", "sitemap", "bad_encoding"),
    "bomb": (BOMB, "sitemap", "too_large"),
}


@pytest.mark.parametrize(("content", "kind", "reason"), REJECTED.values(), ids=REJECTED)
def test_what_is_no_listing_is_said_to_be_none(content: str | bytes, kind: Kind, reason: str) -> None:
    with pytest.raises(PageRejected) as caught:
        read(content, kind)
    assert caught.value.outcome == f"rejected:{reason}"
    assert caught.value.detail


def test_a_page_without_links_is_an_empty_listing() -> None:
    assert read(HTML, "listing") == Listing()


PIECES = st.sampled_from([
    "<rss>", "<item>", "</item>", "<link>", "</link>", KPBS_URL, "<feed>", "<entry>", '<link href="', '">', "<urlset>",
    "<url>", "<loc>", "<lastmod>", "<pubDate>", "2026-03-20", "Sat, 21 Mar 2026", "<?xml", "?>", "<!DOCTYPE", "[", "]",
    "<![CDATA[", "<!--", "&a;", "&#0;", "\0", "\ud7ff", "<a href=", "<article class=item>", "<time datetime=", "99999",
    "<base href=", "\x1f\x8b",
])  # fmt: skip


@given(
    st.binary(max_size=200) | st.lists(PIECES, max_size=15).map(lambda pieces: "".join(pieces).encode()),
    st.sampled_from(["feed", "sitemap", "listing"]),
    st.sampled_from(
        [None, "text/html", "text/xml; charset=utf-16", "text/xml; charset=no-such", 'text/xml; charset="']
    ),
)
def test_any_bytes_give_a_listing_or_a_reason(content: bytes, kind: Any, content_type: str | None) -> None:
    try:
        listing = read(content, kind, content_type=content_type)
    except PageRejected as rejection:
        assert rejection.outcome.startswith("rejected:")  # noqa: PT017  # raising is not what is tested
    else:
        assert all(link.url.startswith("https://www.kpbs.org/") for link in listing.links)


# --- the real ones ---------------------------------------------------------------------------------------------------
NPR_URL = "https://www.npr.org/transcripts/"
REAL = [
    ("feeds/npr-jeffthomasweb.xml", "feed", 10, "nx-s1-5932426", date(2026, 8, 22)),
    ("feeds/npr-photojournalism.xml", "feed", 15, "1215084865", date(2023, 11, 24)),
    ("feeds/planetmoney-xjcl-head300k.xml", "feed", 74, "1197956334", date(2023, 12, 29)),
    ("npr-archive/sections-news-index-2022ish.html", "listing", 24, "1161902691", date(2023, 3, 8)),
]


@pytest.mark.skipif(not PAGES.exists(), reason="needs ../shared")
@pytest.mark.parametrize(("name", "kind", "count", "first", "day"), REAL, ids=[case[0] for case in REAL])
def test_real_listings(name: str, kind: Kind, count: int, first: str, day: date) -> None:
    links = read((PAGES / name).read_bytes(), kind, source=NPR).links
    assert (len(links), links[0].url, links[0].air_date) == (count, NPR_URL + first, day)
    assert all(link.title and link.air_date for link in links)


@pytest.mark.skipif(not PAGES.exists(), reason="needs ../shared")
def test_real_feeds_of_other_sites_name_no_page_of_ours() -> None:
    for name in ("tal-awkspace-head60k.xml", "tal-dcadata-head60k.xml", "planetmoney-feedsnpr-rss-head60k.xml"):
        assert read((PAGES / "feeds" / name).read_bytes(), "feed", source=NPR) == Listing()
