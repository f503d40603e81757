"""Pages out of web crawls: Common Crawl's index and WARC files, the Internet Archive's table and replays."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.discover.internet_archive import read_cdx
from pipeline.discover.sought import Sought
from pipeline.errors import FetchFailed, PageRejected, UsageError
from pipeline.exchanges import CrawlCapture
from pipeline.ingest.gathering import from_common_crawl, from_internet_archive, gather
from pipeline.ingest.work import Rooms, open_rooms, recorded_run
from pipeline.ledger import Ledger
from pipeline.query.session import connect
from pipeline.report import RunReport, run_report
from pipeline.settings import load_settings
from tests.network import nights, npr
from tests.network.crawl_server import CRAWL, Crawled, CrawlServer, write_crawl
from tests.network.stories import STORIES

REVISED = next(story for story in STORIES if story.story_id in nights.REVISED)
OTHER = next(story for story in STORIES if story is not REVISED)
FIRST, LAST = date(2026, 3, 1), date(2026, 4, 30)


def page(story: Any, at: datetime, night: int = 1) -> Crawled:
    told = nights.edition(story, night)
    body = npr.transcript_page(told, nights.modified_at(story, night), is_empty=False).body
    return Crawled(npr.transcript_url(story), at, body)


OLD = page(REVISED, datetime(2026, 3, 21, 4, 0, 5, tzinfo=UTC))
NEW = page(REVISED, datetime(2026, 3, 25, 4, 0, 5, tzinfo=UTC), night=2)
PAGES = (
    OLD,
    NEW,
    page(OTHER, datetime(2026, 3, 22, tzinfo=UTC)),
    Crawled("https://www.npr.org/about", datetime(2026, 3, 22, tzinfo=UTC), b"<html><p>About us.</p></html>"),
    Crawled(npr.transcript_url(OTHER), datetime(2026, 3, 23, tzinfo=UTC), b"<html><p>Not here.</p></html>", status=404),
    page(OTHER, datetime(2025, 1, 1, tzinfo=UTC)),
    Crawled("https://www.example.org/2026/03/20/nx-s1-1/story", datetime(2026, 3, 22, tzinfo=UTC), b"<html></html>"),
)
WANTED = {(one.url, one.at) for one in (OLD, NEW, PAGES[2])}


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[CrawlServer]:
    write_crawl(tmp_path / "crawl", PAGES)
    with CrawlServer(tmp_path / "crawl", PAGES) as server:
        yield server


@pytest.fixture
def rooms(tmp_path: Path, crawl: CrawlServer) -> Iterator[Rooms]:
    settings = load_settings(
        home=tmp_path / "home", host_map=crawl.host_map, min_gap_seconds=0, delay_factor=0, retries=0, batch_pages=2
    )
    with open_rooms(settings) as opened:
        yield opened


@pytest.fixture
def sought(rooms: Rooms) -> Sought:
    return Sought(rooms.sources.get("npr"), FIRST, LAST)


def take(rooms: Rooms, captures: Iterator[CrawlCapture]) -> RunReport:
    with recorded_run(rooms.settings, "gather", {}) as run_id:
        gather(captures, run_id, rooms)
    with Ledger(rooms.settings) as ledger:
        return run_report(ledger, run_id)


def rows(rooms: Rooms, query: str) -> list[dict[str, Any]]:
    with connect(rooms.settings) as session:
        found: list[dict[str, Any]] = session.arrow(query).to_pylist()
    return found


# --- Common Crawl ---------------------------------------------------------------------------------------------------
def test_an_index_in_a_folder_names_the_pages_of_a_source(rooms: Rooms, sought: Sought, tmp_path: Path) -> None:
    found = list(from_common_crawl(sought, CRAWL, rooms, tmp_path / "crawl" / "cc-index"))

    assert {(one.url, one.captured_at) for one in found} == WANTED
    assert all(one.payload_digest and one.payload_digest.startswith("sha1:") for one in found)


def test_an_index_on_the_server_is_read_in_parts(rooms: Rooms, sought: Sought, crawl: CrawlServer) -> None:
    found = list(from_common_crawl(sought, CRAWL, rooms))

    assert {(one.url, one.captured_at) for one in found} == WANTED
    assert not [path for path in crawl.asked if "robotstxt" in path]


def test_gathered_pages_are_published_with_their_own_dates(rooms: Rooms, sought: Sought, tmp_path: Path) -> None:
    captured = list(from_common_crawl(sought, CRAWL, rooms, tmp_path / "crawl" / "cc-index"))
    report = take(rooms, iter(captured))

    assert report.new + report.revised == len(WANTED)
    transcripts = rows(rooms, "SELECT url, revision, first_seen_at, captured_at FROM transcripts ORDER BY url")
    revised = next(row for row in transcripts if row["url"] == OLD.url)
    assert (revised["revision"], revised["first_seen_at"], revised["captured_at"]) == (2, OLD.at, NEW.at)
    captures = rows(rooms, "FROM captures")
    assert {(row["url"], row["captured_at"]) for row in captures} == WANTED
    digests = {(row["url"], row["captured_at"]): row["original_digest"] for row in captures}
    assert digests == {(one.url, one.captured_at): one.payload_digest for one in captured}
    assert all(row["payload_digest"].startswith("sha256:") for row in captures)


def test_the_newest_capture_wins_whenever_it_is_gathered(rooms: Rooms, sought: Sought, tmp_path: Path) -> None:
    found = list(from_common_crawl(sought, CRAWL, rooms, tmp_path / "crawl" / "cc-index"))

    for one in sorted(found, key=lambda capture: capture.captured_at, reverse=True):
        take(rooms, iter([one]))

    revised = rows(rooms, f"SELECT revision, captured_at FROM transcripts WHERE url = '{OLD.url}'")
    assert revised == [{"revision": 2, "captured_at": NEW.at}]


def test_what_is_archived_is_not_fetched_again(rooms: Rooms, sought: Sought, crawl: CrawlServer) -> None:
    take(rooms, from_common_crawl(sought, CRAWL, rooms))
    asked = len([path for path in crawl.asked if path.endswith(".warc.gz")])
    again = take(rooms, from_common_crawl(sought, CRAWL, rooms))

    assert asked == len(WANTED)
    assert len([path for path in crawl.asked if path.endswith(".warc.gz")]) == asked
    assert (again.new, again.revised) == (0, 0)


def test_a_record_that_is_not_the_page_is_a_named_failure(rooms: Rooms, sought: Sought, tmp_path: Path) -> None:
    found = list(from_common_crawl(sought, CRAWL, rooms, tmp_path / "crawl" / "cc-index"))
    mixed = CrawlCapture(found[0].url, found[0].captured_at, None, found[1].place, found[1].span)

    report = take(rooms, iter([mixed, found[1]]))

    assert report.pages == {"fetch_failed:bad_record": 1, "published": 1}


def test_a_server_that_fails_is_counted_and_the_next_run_goes_on(
    rooms: Rooms, sought: Sought, crawl: CrawlServer, tmp_path: Path
) -> None:
    captures = list(from_common_crawl(sought, CRAWL, rooms, tmp_path / "crawl" / "cc-index"))
    crawl.refused.add(".warc.gz")

    failed = take(rooms, iter(captures))

    assert failed.pages == {"fetch_failed:http_503": len(WANTED)}
    with Ledger(rooms.settings) as ledger:
        assert ledger.state(OLD.url) is None, "of the page's own site nothing is known"
    crawl.refused.clear()
    again = take(rooms, iter(captures))
    assert again.new + again.revised == len(WANTED)


@pytest.mark.parametrize(("crawl_name", "said"), [("CC-2026", "no crawl"), ("../../x", "no crawl")])
def test_a_crawl_that_is_none_is_wrong_use(rooms: Rooms, sought: Sought, crawl_name: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        list(from_common_crawl(sought, crawl_name, rooms))


def test_a_crawl_that_the_server_does_not_have_is_a_failure(rooms: Rooms, sought: Sought) -> None:
    with pytest.raises(FetchFailed, match="404"):
        list(from_common_crawl(sought, "CC-MAIN-2030-10", rooms))


def test_an_index_that_lost_a_part_is_a_failure(rooms: Rooms, sought: Sought, tmp_path: Path) -> None:
    next((tmp_path / "crawl" / "cc-index").rglob("*.parquet")).unlink()

    with pytest.raises(FetchFailed, match=r"part-\S+\.parquet: the server answered 404") as told:
        list(from_common_crawl(sought, CRAWL, rooms))
    assert told.value.is_gone


def test_a_folder_without_an_index_is_wrong_use(rooms: Rooms, sought: Sought, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(UsageError, match="no Parquet files"):
        list(from_common_crawl(sought, CRAWL, rooms, tmp_path / "none"))

    (tmp_path / "none" / "x.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(UsageError, match="cannot be read"):
        list(from_common_crawl(sought, CRAWL, rooms, tmp_path / "none"))


# --- Internet Archive -----------------------------------------------------------------------------------------------
def test_the_archives_table_is_read_page_by_page(rooms: Rooms, sought: Sought, crawl: CrawlServer) -> None:
    found = list(from_internet_archive(sought, rooms))

    assert {(one.url, one.captured_at) for one in found} == WANTED
    assert crawl.asked.count("/cdx/search/cdx") == len(sought.hosts) + 1


def test_a_table_that_goes_in_circles_is_left(rooms: Rooms, sought: Sought, crawl: CrawlServer) -> None:
    crawl.rows_at_once = 0

    with pytest.raises(PageRejected, match="names a page again that it named before"):
        list(from_internet_archive(sought, rooms))


def test_replays_are_published_as_they_were_captured(rooms: Rooms, sought: Sought) -> None:
    report = take(rooms, from_internet_archive(sought, rooms))

    assert report.new + report.revised == len(WANTED)
    assert rows(rooms, f"SELECT revision, captured_at FROM transcripts WHERE url = '{OLD.url}'") == [
        {"revision": 2, "captured_at": NEW.at}
    ]
    captures = rows(rooms, "SELECT DISTINCT last_modified, content_type FROM captures")
    assert captures == [{"last_modified": "Fri, 20 Mar 2026 21:00:00 GMT", "content_type": "text/html; charset=utf-8"}]
    assert [archived.content for archived in rooms.archive.pages() if archived.captured_at == OLD.at] == [OLD.body]


def test_a_replay_that_is_not_there_is_counted(rooms: Rooms, sought: Sought, crawl: CrawlServer) -> None:
    captures = list(from_internet_archive(sought, rooms))
    crawl.pages.clear()

    report = take(rooms, iter(captures))

    assert report.pages == {"gone": len(WANTED)}


def test_a_table_that_is_none_is_rejected(sought: Sought) -> None:
    for content in (b"<html>", b'{"a": 1}', b'[["timestamp"], ["x", "y"]]', b'[["timestamp"], ["2026", "u", "d"]]'):
        with pytest.raises(PageRejected, match="malformed"):
            read_cdx(content, sought)
    assert read_cdx(b"[]\n", sought).captures == ()
