"""Listings into the ledger: one page whatever its spelling, and no way to addresses that nobody may be sent to."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from urllib3.util.connection import create_connection

from pipeline.fetch import transport
from pipeline.ingest import plans
from pipeline.ingest.discovering import Listed, discover
from pipeline.ingest.work import open_rooms, recorded_run
from pipeline.ledger import Ledger
from pipeline.settings import Settings, load_settings
from tests.network.fault_server import FaultServer, Reply, page, redirect
from tests.running import FIRST_DAY, NOW

HOST = "www.wxyz.org"
METADATA, LOOPBACK = "http://169.254.169.254/latest/", "http://127.0.0.1:9/sitemap.xml"
STATION = f"""
[[station]]
call_sign = "WXYZ"
name = "WXYZ Public Radio"
host = "{HOST}"
city = "Springfield"
state = "IL"
timezone = "America/Chicago"
discover = [
    {{ kind = "feed", url = "https://{{host}}/moved.rss" }},
    {{ kind = "feed", url = "https://{{host}}/news.rss" }},
    {{ kind = "sitemap", url = "https://{{host}}/sitemap.xml" }},
    {{ kind = "listing", url = "https://{{host}}/archive" }},
]
"""
INDEX = f"<sitemapindex><sitemap><loc>{METADATA}</loc></sitemap><sitemap><loc>{LOOPBACK}</loc></sitemap></sitemapindex>"
FEED = f"<rss><channel><item><title>A</title><link>{METADATA}</link></item></channel></rss>"
LISTING = f'<html><body><a href="{METADATA}">A</a> <a href="file:///etc/passwd">B</a></body></html>'
SCRIPT = {
    "/moved.rss": [redirect(METADATA)],
    "/news.rss": [page(FEED.encode())],
    "/sitemap.xml": [page(INDEX.encode())],
    "/archive": [page(LISTING.encode())],
}


SPELLINGS = (
    f"https://{HOST}/news/2026-03-20/the-river",
    f"HTTPS://{HOST.upper()}:443/news/2026-03-20/the-river#audio",
    f"https://{HOST}/news/2026-03-20/the%2Driver?utm_source=feed",
    f"https://{HOST}/news/2026-03-20/./the-river?fbclid=1",
)


def settings_of(home: Path, server: FaultServer) -> Settings:
    """Settings that know the station and may ask anyone."""
    home.mkdir(exist_ok=True)
    (home / "sources.toml").write_text(STATION, encoding="utf-8")
    return load_settings(
        home=home, sources_file=home / "sources.toml", host_map=server.host_map,
        contact_url="https://archive.example/about", min_gap_seconds=0, delay_factor=0, retries=0,
    )  # fmt: skip


def discovered(settings: Settings) -> int:
    """Read the station's listings; the number of pages that are new."""
    with open_rooms(settings) as rooms, recorded_run(settings, "nightly", {}) as run_id:
        (wanted,) = plans.nightly(run_id, FIRST_DAY, [rooms.sources.get("wxyz")], NOW, limit=9)
        return discover(wanted, rooms).new


def test_the_spellings_of_a_page_are_one_page(tmp_path: Path) -> None:
    items = "".join(f"<item><link>{url.replace('&', '&amp;')}</link></item>" for url in SPELLINGS[:3])
    script = {
        "/news.rss": [page(f"<rss><channel>{items}</channel></rss>".encode())],
        "/archive": [page(f'<html><body><a href="{SPELLINGS[3]}">A</a></body></html>'.encode())],
    }
    with FaultServer(script, hosts=[HOST]) as server:
        settings = settings_of(tmp_path, server)
        assert discovered(settings) == 1
        assert discovered(settings) == 0
    with Ledger(settings) as ledger:
        assert [row["url"] for row in ledger.rows("SELECT url FROM urls WHERE kind = 'page'")] == [SPELLINGS[0]]


def test_a_page_of_next_year_is_asked_for_tonight(tmp_path: Path) -> None:
    in_a_year = format_datetime(datetime.now(UTC) + timedelta(days=400))
    item = f"<item><link>{SPELLINGS[0]}</link><pubDate>{in_a_year}</pubDate></item>"
    with FaultServer({"/news.rss": [page(f"<rss>{item}</rss>".encode())]}, hosts=[HOST]) as server:
        settings = settings_of(tmp_path, server)
        discovered(settings)
    with Ledger(settings) as ledger:
        state = ledger.state(SPELLINGS[0])

    assert state is not None
    assert state.air_date == FIRST_DAY


def test_a_sitemap_is_read_once_and_only_for_months_that_are_asked_for(tmp_path: Path) -> None:
    def index(*names: str) -> list[Reply]:
        maps = "".join(f"<sitemap><loc>https://{HOST}/{name}.xml</loc></sitemap>" for name in names)
        return [page(f"<sitemapindex>{maps}</sitemapindex>".encode())]

    script = {
        "/sitemap.xml": index("sitemap", "news", "news", "sitemap-202603", "sitemap-202503"),
        "/news.xml": index("sitemap", "news"),
        "/sitemap-202603.xml": index(),
    }
    with FaultServer(script, hosts=[HOST]) as server:
        settings = settings_of(tmp_path, server)
        discovered(settings)
    with Ledger(settings) as ledger:
        looks = [row["url"].partition(HOST)[2] for row in ledger.rows("SELECT url FROM looks ORDER BY url")]

    assert [path for path in looks if path.endswith(".xml")] == ["/news.xml", "/sitemap-202603.xml", "/sitemap.xml"]


def test_no_listing_leads_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connected: set[int] = set()

    def connect(address: tuple[str, int], *args: Any, **kwargs: Any) -> Any:
        connected.add(address[1])
        return create_connection(address, *args, **kwargs)

    monkeypatch.setattr(transport, "create_connection", connect)
    with FaultServer(SCRIPT, hosts=[HOST]) as server:
        settings = settings_of(tmp_path, server)
        assert discovered(settings) == 0
        assert connected == {server.port}
    with Ledger(settings) as ledger:
        looks = {row["url"]: row["outcome"] for row in ledger.rows("SELECT url, outcome FROM looks")}
        assert ledger.rows("SELECT url FROM urls WHERE kind = 'page'") == []
    assert looks == {
        f"https://{HOST}/moved.rss": "fetch_failed:blocked_address",
        f"https://{HOST}/news.rss": "read",
        f"https://{HOST}/sitemap.xml": "read",
        f"https://{HOST}/archive": "read",
        METADATA: "fetch_failed:blocked_address",
        LOOPBACK: "fetch_failed:blocked_address",
    }


def test_a_listing_that_a_run_was_broken_off_at_did_not_fail(tmp_path: Path) -> None:
    with FaultServer(SCRIPT, hosts=[HOST]) as server:
        settings = settings_of(tmp_path, server)
        with open_rooms(settings) as rooms, recorded_run(settings, "nightly", {}) as run_id:
            (wanted,) = plans.nightly(run_id, FIRST_DAY, [rooms.sources.get("wxyz")], NOW, limit=9)
            rooms.fetcher.close()
            listed = discover(wanted, rooms)
    with Ledger(settings) as ledger:
        assert ledger.rows("SELECT url, outcome FROM looks") == []
    assert listed == Listed(new=0, unread=4)  # so the day is not taken in
