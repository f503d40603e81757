import gzip
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from pipeline.errors import BrokenOff, FetchFailed
from pipeline.exchanges import Validators
from pipeline.fetch.client import Fetcher
from pipeline.fetch.pacing import Limits, Pacer
from pipeline.settings import Settings
from tests.fetch.conftest import Serve
from tests.network.fault_server import HOST, OTHER, Drip, Reply, Reset, page, redirect
from tests.serving import until

HTML = b"<html><body><p>MICHELE KELEMEN, BYLINE: Good morning.</p></body></html>"
URL = f"https://{HOST}/page"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def raw_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return stream.compress(data) + stream.flush()


def chunked(*parts: bytes) -> Reply:
    coded = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (*parts, b""))
    return (HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + coded,)


GOOD: dict[str, tuple[Reply, bytes]] = {
    "plain": (page(HTML), HTML),
    "gzip": (page(gzip.compress(HTML), "Content-Encoding: gzip"), HTML),
    "gzip of two members": (page(gzip.compress(HTML[:9]) + gzip.compress(HTML[9:]), "Content-Encoding: x-gzip"), HTML),
    "gzip with padding": (page(gzip.compress(HTML) + bytes(512), "Content-Encoding: gzip"), HTML),
    "deflate": (page(zlib.compress(HTML), "Content-Encoding: deflate"), HTML),
    "bare deflate": (page(raw_deflate(HTML), "Content-Encoding: deflate"), HTML),
    "deflate, then gzip": (page(gzip.compress(zlib.compress(HTML)), "Content-Encoding: deflate, gzip"), HTML),
    "identity": (page(HTML, "Content-Encoding: identity"), HTML),
    "chunked": (chunked(HTML[:5], HTML[5:]), HTML),
    "up to the connection's end": ((HEAD + b"\r\n" + HTML,), HTML),
    "text up to the connection's end": (
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nGood morn",),
        b"Good morn",
    ),
    "slow, but in time": ((Drip(HEAD + b"Content-Length: 3\r\n\r\nabc", 0.001),), b"abc"),
    "empty": (page(b""), b""),
    "empty, coded": (page(b"", "Content-Encoding: gzip"), b""),
}


@pytest.mark.parametrize(("reply", "content"), GOOD.values(), ids=GOOD)
def test_gives_the_page_whole_and_as_it_was_sent(serve: Serve, reply: Reply, content: bytes) -> None:
    fetcher, _ = serve({"/page": [reply]})
    exchange = fetcher.get(URL)
    assert (exchange.status, exchange.content) == (200, content)
    if exchange.header("content-length") is not None:
        assert len(exchange.body) == int(exchange.header("content-length") or "")


def test_says_what_was_asked_and_answered(serve: Serve) -> None:
    reply = (
        HEAD + b"X-Folded: a\r\n  b\r\nSet-Cookie: a=1\r\nX-More: z\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\nhi",
    )
    fetcher, server = serve({"/page?b=2&a=1": [reply]})
    began_at, clock = datetime.now(UTC), time.monotonic()
    exchange = fetcher.get(f"HTTPS://{HOST.upper()}:443/page?b=2&a=1#top")
    assert exchange.url == exchange.requested_url == f"https://{HOST}/page?b=2&a=1"
    assert began_at <= exchange.requested_at <= datetime.now(UTC)
    assert 0 <= exchange.elapsed_seconds <= time.monotonic() - clock
    assert (exchange.reason, exchange.ip_address, exchange.hops) == ("OK", "127.0.0.1", ())
    assert exchange.headers == (
        ("Content-Type", "text/html"), ("X-Folded", "a b"), ("Set-Cookie", "a=1"), ("X-More", "z"),
        ("Set-Cookie", "b=2"), ("Content-Length", "2"),
    )  # fmt: skip
    sent = server.pages[0].head.split("\r\n")
    assert sent[0] == "GET /page?b=2&a=1 HTTP/1.1"
    assert {f"{name}: {value}" for name, value in exchange.request_headers} == set(sent[1:-2])
    assert {f"Host: {HOST}", "Accept-Encoding: gzip"} <= set(sent)
    assert sum(line.startswith("User-Agent: asrun/") for line in sent) == 1


def test_keeps_no_cookies_and_reads_no_proxies(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    fetcher, server = serve({"/page": [page(HTML, "Set-Cookie: visitor=1; Path=/")]})
    fetcher.get(URL)
    fetcher.get(URL)
    assert "visitor" not in server.pages[1].head


def test_asks_whether_a_page_has_changed(serve: Serve) -> None:
    fetcher, server = serve({"/page": [(b'HTTP/1.1 304 Not Modified\r\nETag: "b"\r\n\r\n',)]})
    since = "Sun, 04 Jan 2026 05:00:00 GMT"
    exchange = fetcher.get(URL, validators=Validators(etag='W/"a"', last_modified=since))
    assert (exchange.status, exchange.body, exchange.content, exchange.header("etag")) == (304, b"", b"", '"b"')
    assert f'If-None-Match: W/"a"\r\nIf-Modified-Since: {since}' in server.pages[0].head


def test_follows_redirects_and_keeps_them(serve: Serve) -> None:
    script = {
        "/page": [redirect("/b")], "/b": [redirect(f"//{OTHER}/c", "301 Moved Permanently")],
        "/c": [redirect("d", "303 See Other")], "/d": [redirect("/e", "307 Temporary Redirect")],
        "/e": [redirect("/caf\u00c3\u00a9#top", "308 Permanent Redirect")], "/caf%C3%A9": [page(HTML)],
    }  # fmt: skip
    fetcher, _ = serve(script)
    exchange = fetcher.get(URL)
    assert (exchange.url, exchange.requested_url) == (f"https://{OTHER}/caf%C3%A9", URL)
    assert [hop.status for hop in exchange.hops] == [302, 301, 303, 307, 308]


def test_ends_a_chain_of_redirects_that_is_too_long(serve: Serve) -> None:
    script = {f"/{n}": [redirect(f"/{n + 1}")] for n in range(9)}
    fetcher, server = serve(script, max_redirects=3)
    with pytest.raises(FetchFailed) as caught:
        fetcher.get(f"https://{HOST}/0")
    assert caught.value.reason == "redirects"
    assert [seen.path for seen in server.pages] == ["/0", "/1", "/2", "/3"]


def test_a_refused_connection_is_named(serve: Serve) -> None:
    fetcher, server = serve({}, host_map={HOST: "127.0.0.1:1"})
    with pytest.raises(FetchFailed) as caught:
        fetcher.get(URL)
    assert (caught.value.reason, server.requests) == ("refused", [])


BROKEN = page(b"", status="500 Internal Server Error")
CURABLE: dict[str, Reply] = {
    "500": BROKEN,
    "502": page(b"", status="502 Bad Gateway"),
    "503": page(b"", status="503 Service Unavailable"),
    "504": page(b"", status="504 Gateway Timeout"),
    "429": page(b"", status="429 Too Many Requests"),
    "reset": (Reset(),),
    "cut": page(HTML, length=len(HTML) + 1),
}


@pytest.mark.parametrize("fault", CURABLE.values(), ids=CURABLE)
def test_tries_again_what_passes(serve: Serve, fault: Reply) -> None:
    fetcher, server = serve({"/page": [fault, fault, page(HTML)]}, retries=2)
    assert fetcher.get(URL).content == HTML
    assert len(server.pages) == 3


def test_gives_up_after_the_last_try(serve: Serve) -> None:
    fetcher, server = serve({"/page": [BROKEN]}, retries=2)
    with pytest.raises(FetchFailed) as caught:
        fetcher.get(URL)
    assert (caught.value.reason, caught.value.status, len(server.pages)) == ("http_500", 500, 3)


@pytest.mark.parametrize(
    "status", ["400 Bad Request", "403 Forbidden", "404 Not Found", "410 Gone", "501 Not Implemented"]
)
def test_does_not_insist(serve: Serve, status: str) -> None:
    fetcher, server = serve({"/page": [page(b"", status=status)]}, retries=3)
    with pytest.raises(FetchFailed):
        fetcher.get(URL)
    assert len(server.pages) == 1


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC).timestamp()
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def paced(settings: Settings) -> tuple[Fetcher, Clock]:
    clock = Clock()
    limits = Limits(settings.max_wait_seconds)
    pacer = Pacer(settings.home / "pacing", limits, clock=lambda: clock.now, sleep=clock.sleep)
    return Fetcher(settings, pacer=pacer), clock


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_waits_as_long_as_it_is_asked_to(serve: Serve, status: str, form: str) -> None:
    in_a_minute = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    retry_after = "60" if form == "seconds" else in_a_minute
    busy = page(b"", f"Retry-After: {retry_after}", status=status)
    former, server = serve({"/page": [busy, page(HTML)]}, retries=1)
    fetcher, clock = paced(former._settings)
    with fetcher:
        assert fetcher.get(URL).content == HTML
    assert len(server.pages) == 2
    assert sum(clock.slept) == pytest.approx(60, abs=5)


def test_does_not_wait_longer_than_it_is_told_to(serve: Serve) -> None:
    busy = page(b"", "Retry-After: 3600", status="503 Service Unavailable")
    former, server = serve({"/page": [busy]}, retries=3, max_wait_seconds=300)
    fetcher, clock = paced(former._settings)
    with fetcher:
        with pytest.raises(FetchFailed) as caught:
            fetcher.get(URL)
        assert (caught.value.reason, caught.value.retry_after_seconds) == ("http_503", 3600)
        with pytest.raises(FetchFailed) as caught:  # neither is any other page of this host asked for meanwhile
            fetcher.get(f"https://{HOST}/other")
        assert caught.value.reason == "held"
        clock.now += 3600
        with pytest.raises(FetchFailed) as caught:
            fetcher.get(f"https://{HOST}/other")
    assert caught.value.reason == "http_404"
    assert [seen.path for seen in server.pages] == ["/page", "/other"]
    assert clock.slept == []


def test_waits_longer_from_try_to_try(serve: Serve) -> None:
    former, _ = serve({"/page": [BROKEN]}, retries=3, backoff_seconds=2)
    fetcher, clock = paced(former._settings)
    with fetcher, pytest.raises(FetchFailed):
        fetcher.get(URL)
    assert [wait / expected for wait, expected in zip(clock.slept, (2, 4, 8), strict=True)] == pytest.approx(
        [1] * 3, abs=0.25
    )


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_leaves_longer_gaps_to_a_host_that_says_it_is_asked_too_much(serve: Serve, status: str) -> None:
    script = {"/page": [page(b"", status=status), page(HTML)]}
    former, _ = serve(script, retries=1, min_gap_seconds=3)
    fetcher, clock = paced(former._settings)
    with fetcher:
        for _ in range(3):
            fetcher.get(URL)
    assert clock.slept == pytest.approx([3, 6, 4.5, 3.375])  # after robots.txt, the refusal, and answers


def test_a_spent_budget_is_named_and_nothing_more_is_asked(serve: Serve) -> None:
    fetcher, server = serve({"/page": [page(HTML)]}, max_requests_per_day=3)
    fetcher.get(URL)  # with robots.txt
    fetcher.get(URL)
    for _ in range(2):
        with pytest.raises(FetchFailed) as caught:
            fetcher.get(URL)
        assert (caught.value.reason, caught.value.is_unasked) == ("budget", True)
    fetcher.get(f"https://{OTHER}/page")
    assert [seen.host for seen in server.requests] == [HOST] * 3 + [OTHER] * 2


def test_the_longest_gap_wins(serve: Serve) -> None:
    robots = page(b"User-agent: *\nCrawl-delay: 7\n")
    former, _ = serve({"/robots.txt": [robots], "/page": [page(HTML)]}, min_gap_seconds=2)
    fetcher, clock = paced(former._settings)
    with fetcher:
        fetcher.get(URL)  # after robots.txt, whose answer was not known when its turn ended
        fetcher.get(URL, min_gap_seconds=5)
        fetcher.get(URL, min_gap_seconds=9)
        fetcher.get(f"https://{OTHER}/page")
    assert clock.slept == pytest.approx([7, 7, 9, 7])


def test_a_crawl_delay_beyond_reason_is_cut(serve: Serve) -> None:
    robots = page(b"User-agent: *\nCrawl-delay: 86400\n")
    former, _ = serve({"/robots.txt": [robots], "/page": [page(HTML)]}, max_wait_seconds=30)
    fetcher, clock = paced(former._settings)
    with fetcher:
        fetcher.get(URL)
    assert clock.slept == pytest.approx([30])


def test_the_deadline_is_for_all_tries_together(serve: Serve) -> None:
    slow = (HEAD + b"Content-Length: 1000\r\n\r\n", Drip(b"a" * 1000))
    fetcher, server = serve({"/page": [BROKEN, slow]}, retries=5, deadline_seconds=1.5)
    with pytest.raises(FetchFailed) as caught:
        fetcher.get(URL)
    assert (caught.value.reason, len(server.pages)) == ("deadline", 2)


def test_whoever_waits_for_a_host_is_let_go_where_a_run_is_broken_off(serve: Serve) -> None:
    crawl_delay = page(b"User-agent: *\nCrawl-delay: 250\n")
    fetcher, server = serve({"/robots.txt": [crawl_delay]})
    fetcher.close()
    with pytest.raises(BrokenOff):  # robots.txt could not be had for want of a connection: no fault of the host
        fetcher.get(URL)
    assert server.requests == []

    fetcher, server = serve({"/robots.txt": [crawl_delay]})
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(fetcher.get, URL)
        until(lambda: bool(server.requests), "robots.txt is read", 30)
        fetcher.close()
        with pytest.raises(BrokenOff):
            waiting.result(200)
    assert server.pages == []
