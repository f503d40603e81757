import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FetchFailed
from pipeline.fetch.urls import authority_of, canonical_url, clean_url, host_of

WHATWG = Path(__file__).parents[3] / "shared/real/external/urltestdata.json"

CANONICAL = {
    "https://www.npr.org/2026/01/04/nx-s1-5665795/slug": "https://www.npr.org/2026/01/04/nx-s1-5665795/slug",
    "HTTPS://WWW.NPR.org:443/A/b": "https://www.npr.org/A/b",
    "http://www.npr.org:80": "http://www.npr.org/",
    "http://www.npr.org:8080/": "http://www.npr.org:8080/",
    " https://www.npr.org/a\n": "https://www.npr.org/a",
    "https://www.npr.org./a#top": "https://www.npr.org/a",
    "https://www.npr.org/a/./b/../c": "https://www.npr.org/a/c",
    "https://www.npr.org/%7euser/caf%c3%a9": "https://www.npr.org/~user/caf%C3%A9",
    "https://www.npr.org/caf\u00e9 cr\u00e8me": "https://www.npr.org/caf%C3%A9%20cr%C3%A8me",
    "https://m\u00fcnchen.example/stra\u00dfe": "https://xn--mnchen-3ya.example/stra%C3%9Fe",
    "https://stra\u00dfe.example/": "https://xn--strae-oqa.example/",
    "https://\uff4e\uff50\uff52.example/": "https://npr.example/",
    "https://www.npr.org/?b=2&a=1": "https://www.npr.org/?a=1&b=2",
    "https://www.npr.org/a?utm_source=x&UTM_Medium=y&id=7&fbclid=z&gclid=q&mc_cid=1&mc_eid=2": "https://www.npr.org/a?id=7",
    "https://www.npr.org/a?ft=nprml&f=1001": "https://www.npr.org/a",
    "https://www.npr.org/a?f=1001": "https://www.npr.org/a?f=1001",
    "https://www.npr.org/a?q=%e9": "https://www.npr.org/a?q=%E9",
    "https://www.npr.org/a?q=\u00e9&p=%E8": "https://www.npr.org/a?p=%E8&q=%C3%A9",
    "https://[2607:F8B0:400A:0807:0:0:0:200E]/": "https://[2607:f8b0:400a:807::200e]/",
}

NO_URLS = (
    "", "/a", "//www.npr.org/a", "www.npr.org", "mailto:a@npr.org", "javascript:alert(1)", "file:///etc/passwd",
    "ftp://npr.org/", "https://", "https:///a", "https://user@npr.org/", "https://user:pass@npr.org/", "https://npr.org:0/",
    "https://npr.org:70000/", "https://npr.org:x/", "https://[::1", "https://[fe80::1%25eth0]/", "https://a b/",
    "https://a..b/", "https://.a/", "https://a%2Eb/", "https://a\\@b/", "http://127.1/", "http://0x7f.0.0.1/",
    "http://2130706433/", "http://0177.0.0.1/", "https://" + "a" * 64 + ".org/", "https://" + "a." * 130 + "org/",
    "https://npr.org/" + "a" * 8000, "https://\ud800.org/",
)  # fmt: skip


@pytest.mark.parametrize(("url", "expected"), CANONICAL.items())
def test_canonical(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


@pytest.mark.parametrize("url", NO_URLS)
def test_refuses_what_is_no_page(url: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        canonical_url(url)
    assert caught.value.reason == "bad_url"


def test_clean_url_keeps_the_query_as_it_is() -> None:
    assert clean_url("https://WWW.npr.org/a?b=2&utm_source=x&a#c") == "https://www.npr.org/a?b=2&utm_source=x&a"


def test_parts() -> None:
    url = clean_url("https://[2607:f8b0::1]:8443/a")
    assert (host_of(url), authority_of(url)) == ("2607:f8b0::1", "https://[2607:f8b0::1]:8443")


PIECES = st.sampled_from([
    *"./?&=#%+:@[];\\ a\0\u00e9\ud800", "http://", "https://", "www.npr.org", "%41", "%zz", "%C3%A9", "8080",
    "utm_a=1", "ft=1", "f=2",
])  # fmt: skip


@given(st.text(max_size=40) | st.lists(PIECES, max_size=12).map(lambda pieces: "https://npr.org" + "".join(pieces)))
def test_idempotent_and_never_raises_anything_else(text: str) -> None:
    try:
        url = canonical_url(text)
    except FetchFailed as failure:
        assert failure.reason == "bad_url"  # noqa: PT017  # raising is not what is tested
        return
    assert canonical_url(url) == url == clean_url(url)
    assert url.isascii()


HOSTS = st.lists(st.sampled_from(["a", "-", ".", "1", "npr", "org", "xn--"]), max_size=6).map("".join)


@given(HOSTS, st.lists(st.sampled_from([*"/._-Aa1"]), max_size=10).map("".join))
def test_a_url_that_has_its_form_already_is_taken_for_what_it_is(host: str, path: str) -> None:
    def taken(url: str) -> str | None:
        try:
            return canonical_url(url)
        except FetchFailed:
            return None

    url = f"https://{host}/{path}"
    assert taken(url) == taken(f"{url}#its-form-is-looked-for")


@pytest.mark.skipif(not WHATWG.exists(), reason="needs ../shared")
def test_what_browsers_refuse_is_refused_and_nothing_else_is_raised() -> None:
    cases = [case for case in json.loads(WHATWG.read_text(encoding="utf-8")) if isinstance(case, dict)]
    taken = {}
    for case in cases:
        try:
            taken[case["input"]] = (canonical_url(case["input"]), case)
        except FetchFailed as failure:
            assert failure.reason == "bad_url"  # noqa: PT017  # raising is not what is tested
    assert len(cases) >= 891
    assert [url for url, (_, case) in taken.items() if case.get("failure")] == []
    # Where it is taken, it is taken for what browsers take it for.
    hosts = {
        url: (host_of(ours), case["hostname"].strip("[]").removesuffix(".")) for url, (ours, case) in taken.items()
    }
    assert {url: pair for url, pair in hosts.items() if pair[0] != pair[1]} == {}
