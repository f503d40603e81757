"""Pages as the Internet Archive replays them: what was captured, or a refusal that says what came instead."""

from datetime import UTC, datetime

import pytest

from pipeline.discover.internet_archive import REPLAY_URL, as_captured
from pipeline.errors import FetchFailed
from pipeline.exchanges import CrawlCapture, Exchange

URL = "https://www.npr.org/transcripts/1"
AT = datetime(2019, 5, 4, 3, 2, 1, tzinfo=UTC)
CAPTURE = CrawlCapture(URL, AT, "sha1:ABC", f"{REPLAY_URL}20190504030201id_/{URL}")
HEADERS = (("Server", "nginx"), ("x-archive-orig-Content-Type", "text/html"), ("Content-Encoding", "gzip"))


def replayed(moment: str, headers: tuple[tuple[str, str], ...] = HEADERS) -> Exchange:
    url = f"{REPLAY_URL}{moment}/{URL}"
    return Exchange(url, datetime(2026, 3, 20, tzinfo=UTC), 0.1, (), 200, "OK", headers, b"page", b"page")


def test_a_page_has_its_own_url_time_and_headers() -> None:
    page = as_captured(replayed("20190504030201id_"), CAPTURE)

    assert (page.url, page.requested_at, page.original_digest) == (URL, AT, "sha1:ABC")
    assert page.headers == (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (replayed("20190601000000id_"), "the page of another time, 20190601000000"),
        (replayed("20191332256199id_"), "the page of another time, 20191332256199"),
        (replayed("20190504030201"), "one of the archive's own"),
        (replayed("20190504030201id_", HEADERS[:1]), "one of the archive's own"),
    ],
    ids=["another time", "no time", "not as captured", "without the headers of then"],
)
def test_what_is_no_such_page_is_refused(page: Exchange, said: str) -> None:
    with pytest.raises(FetchFailed, match=said) as refusal:
        as_captured(page, CAPTURE)

    assert refusal.value.reason == "protocol"
