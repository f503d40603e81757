import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FetchFailed
from pipeline.fetch.robots import KEPT_REFUSAL_SECONDS, KEPT_SECONDS, Robots, Rules
from tests.fetch.conftest import Serve
from tests.network.fault_server import HOST, OTHER, Reply, Stall, page, redirect

SHARED = Path(__file__).parents[3] / "shared/real"
GOOGLE = SHARED / "external/google_robots_cases.json"
REAL = SHARED / "pages/robots"
SITE = "https://www.kpbs.org"

# name: robots.txt, path, whether asrun may fetch it
CASES: dict[str, tuple[bytes, str, bool]] = {
    "nothing": (b"", "/a", True),
    "ours among others": (b"User-agent: x\nDisallow: /\nUser-agent: asrun\nDisallow: /b\n", "/a", True),
    "ours is stricter": (b"User-agent: *\nAllow: /\nUser-agent: asrun\nDisallow: /\n", "/a", False),
    "ours is empty": (b"User-agent: *\nDisallow: /\nUser-agent: asrun\nDisallow:\n", "/a", True),
    "ours, in capitals and with version": (b"USER-AGENT: AsRun/0.1 (+x)\nDISALLOW: /\n", "/a", False),
    "a longer name is not ours": (b"User-agent: asrunner\nDisallow: /\n", "/a", True),
    "a shorter name is not ours": (b"User-agent: asr\nDisallow: /\nUser-agent: run\nDisallow: /\n", "/a", True),
    "groups are joined": (b"User-agent: asrun\nDisallow: /a\n\nUser-agent: asrun\nDisallow: /b\n", "/b/c", False),
    "agents share a group": (b"User-agent: asrun\nUser-agent: x\nDisallow: /a\n", "/a", False),
    "a sitemap ends no list": (b"User-agent: asrun\nSitemap: https://x/\nUser-agent: x\nDisallow: /a\n", "/a", False),
    "the longest match wins": (b"User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b", True),
    "allow wins a tie": (b"User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", True),
    "wildcard": (b"User-agent: *\nDisallow: /*.pdf$\n", "/x/y.pdf", False),
    "end": (b"User-agent: *\nDisallow: /*.pdf$\n", "/x/y.pdf?z", True),
    "query": (b"User-agent: *\nDisallow: /*?page=\n", "/x?page=2", False),
    "comment": (b"User-agent: * # all\nDisallow: /a # b\n", "/a", False),
    "BOM": (b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n", "/a", False),
    "CR": (b"User-agent: *\rDisallow: /\r", "/a", False),
    "CRLF": (b"User-agent: *\r\nDisallow: /\r\n", "/a", False),
    "NUL": (b"User-agent: *\n\0Disallow: /a\0\n", "/a", False),
    "vertical tab ends no line": (b"User-agent: *\nX: \x0bDisallow: /\n", "/a", True),
    "UTF-8": ("User-agent: *\nDisallow: /caf\u00e9\n".encode(), "/caf%C3%A9", False),
    "Latin-1": (b"User-agent: *\nDisallow: /caf\xe9\n", "/caf%E9", False),
    "percent-encoded by the rule": (b"User-agent: *\nDisallow: /%62ook\n", "/book", False),
    "percent-encoded by the URL": (b"User-agent: *\nDisallow: /book\n", "/%62ook", False),
    "UTF-16": ("User-agent: *\nDisallow: /\n".encode("utf-16"), "/a", True),
    "a page instead": (b"<!DOCTYPE html><html><body>Disallow: /</body></html>", "/a", True),
    "half a mebibyte before it": (b"#\n" * 260_000 + b"User-agent: *\nDisallow: /\n", "/a", False),
}


@pytest.mark.parametrize(("text", "path", "is_allowed"), CASES.values(), ids=CASES)
def test_rules(text: bytes, path: str, is_allowed: bool) -> None:  # noqa: FBT001  # the case's answer
    assert Rules(text, "asrun").allows(SITE + path) is is_allowed


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        (b"User-agent: *\nCrawl-delay: 10\n", 10), (b"User-agent: asrun\nCrawl-delay: 0.5\n", 0.5),
        (b"User-agent: x\nCrawl-delay: 10\n", None), (b"User-agent: *\nCrawl-delay: soon\n", None),
        (b"User-agent: *\nCrawl-delay: -1\n", None), (b"User-agent: *\nCrawl-delay: inf\n", None),
    ],
)  # fmt: skip
def test_crawl_delay(text: bytes, delay: float | None) -> None:
    assert Rules(text, "asrun").crawl_delay == delay


@given(
    st.binary(max_size=300) | st.text("User-agent: *\nDisallow/$%#\0\ufeff\u2028", max_size=200).map(str.encode),
    st.text(max_size=20),
)
def test_anything_can_be_read(text: bytes, path: str) -> None:
    rules = Rules(b"User-agent: *\nDisallow: /closed\n" + text, "asrun")
    assert isinstance(rules.allows(f"{SITE}/{path}"), bool)
    assert rules.allows(f"{SITE}/robots.txt")


@pytest.mark.skipif(not GOOGLE.exists(), reason="needs ../shared")
def test_all_of_the_rfcs_cases() -> None:
    cases = [case for case in json.loads(GOOGLE.read_text(encoding="utf-8")) if case["test"].startswith("ID_")]
    wrong = [
        (case["test"], case["line"])
        for case in cases
        if Rules(bytes.fromhex(case["robots_hex"]), case["ua"]).allows(case["url"]) is not case["allowed"]
    ]
    assert (len(cases), wrong) == (72, [])


@pytest.mark.skipif(not REAL.exists(), reason="needs ../shared")
def test_real_files_allow_transcripts() -> None:
    npr = Rules((REAL / "www.npr.org.robots.txt").read_bytes(), "asrun")
    assert npr.allows("https://www.npr.org/transcripts/nx-s1-5665795")


# --- having it: what the server says, and whether the page is then asked for -----------------------------------------
OPEN = page(b"User-agent: *\nDisallow: /closed\n")
CLOSED = page(b"User-agent: *\nDisallow: /\n")
HAVING: dict[str, tuple[dict[str, list[Reply]], str | None]] = {
    "allowed": ({"/robots.txt": [OPEN]}, None),
    "disallowed": ({"/robots.txt": [CLOSED]}, "robots"),
    "404": ({}, None),
    "401": ({"/robots.txt": [page(b"", status="401 Unauthorized")]}, None),
    "403": ({"/robots.txt": [page(b"", status="403 Forbidden")]}, None),
    "429": ({"/robots.txt": [page(b"", status="429 Too Many Requests")]}, None),
    "500": ({"/robots.txt": [page(b"", status="500 Internal Server Error")]}, "robots_unreachable"),
    "503": ({"/robots.txt": [page(b"", status="503 Service Unavailable")]}, "robots_unreachable"),
    "503 at first": ({"/robots.txt": [page(b"", status="503 Service Unavailable"), OPEN]}, None),
    "truncated": ({"/robots.txt": [page(b"User-agent", length=99)]}, "robots_unreachable"),
    "stalled": ({"/robots.txt": [(Stall(),)]}, "timeout"),
    "five redirects": (
        {f"/{n}": [redirect(f"/{n + 1}")] for n in range(1, 5)} | {"/robots.txt": [redirect("/1")], "/5": [CLOSED]},
        "robots",
    ),
    "six redirects": (
        {f"/{n}": [redirect(f"/{n + 1}")] for n in range(1, 6)} | {"/robots.txt": [redirect("/1")], "/6": [CLOSED]},
        None,
    ),
    "redirect elsewhere": ({"/robots.txt": [redirect(f"https://{OTHER}/r")], "/r": [CLOSED]}, "robots"),
    "redirect to a blocked address": ({"/robots.txt": [redirect("http://10.0.0.1/robots.txt")]}, "blocked_address"),
}


@pytest.mark.parametrize(("script", "reason"), HAVING.values(), ids=HAVING)
def test_having_robots_txt(serve: Serve, script: dict[str, list[Reply]], reason: str | None) -> None:
    fetcher, server = serve(script | {"/page": [page()]}, retries=1, read_timeout_seconds=0.5, max_redirects=1)
    if reason is None:
        assert fetcher.get(f"https://{HOST}/page").status == 200
    else:
        with pytest.raises(FetchFailed) as caught:
            fetcher.get(f"https://{HOST}/page")
        assert caught.value.reason == reason
    assert any(seen.path == "/page" for seen in server.requests) is (reason is None)


def test_is_asked_for_once_and_for_each_authority(serve: Serve) -> None:
    fetcher, server = serve({"/robots.txt": [OPEN], "/a": [redirect(f"https://{OTHER}/b")], "/b": [page()]})
    for _ in range(3):
        fetcher.get(f"https://{HOST}/a")
    robots = [seen.host for seen in server.requests if seen.path == "/robots.txt"]
    assert robots == [HOST, OTHER]


def test_closes_a_redirects_target_too(serve: Serve) -> None:
    fetcher, server = serve({"/robots.txt": [OPEN], "/a": [redirect("/closed/b")], "/closed/b": [page()]})
    with pytest.raises(FetchFailed) as caught:
        fetcher.get(f"https://{HOST}/a")
    assert (caught.value.reason, [seen.path for seen in server.pages]) == ("robots", ["/a"])


def test_is_kept_for_a_day_and_longer_only_while_out_of_reach() -> None:
    now = 0.0
    answers: list[bytes | FetchFailed] = []

    def ask(url: str) -> bytes:
        assert url == f"{SITE}/robots.txt"
        answer = answers.pop(0)
        if isinstance(answer, FetchFailed):
            raise answer
        return answer

    robots = Robots(ask, "asrun", clock=lambda: now)
    away = FetchFailed(SITE, "http_503", "busy", status=503)
    answers = [away, b"User-agent: *\nDisallow: /a\n", away, b""]
    with pytest.raises(FetchFailed):
        robots.rules_for(f"{SITE}/a")
    with pytest.raises(FetchFailed):  # not asked again so soon
        robots.rules_for(f"{SITE}/b")
    now += KEPT_REFUSAL_SECONDS
    assert not robots.rules_for(f"{SITE}/a").allows(f"{SITE}/a")
    now += KEPT_SECONDS - 1
    robots.rules_for(f"{SITE}/a")
    assert len(answers) == 2
    now += 1  # a day old, and cannot be had: the old one serves
    assert not robots.rules_for(f"{SITE}/a").allows(f"{SITE}/a")
    now += KEPT_REFUSAL_SECONDS
    assert robots.rules_for(f"{SITE}/a").allows(f"{SITE}/a")
    assert answers == []
