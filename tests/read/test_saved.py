"""Pages as browsers, archives and libraries keep them are read as they were served."""

import quopri
from base64 import encodebytes

import pytest

from pipeline.parse import parse_page
from pipeline.read.addresses import original_of
from pipeline.read.page import read_page
from pipeline.read.saved import as_html, page_within, saved_from
from pipeline.sources import load_sources

URL = "https://www.npr.org/transcripts/nx-s1-5600001"
PAGE = f"""<!doctype html><html lang="en"><head><title>Rain : NPR</title><link rel="canonical" href="{URL}"></head>
<body><div class="storytitle"><h1>Rain</h1></div><div class="transcript storytext"><p>ANA DIAZ, HOST: Café owners say it
rains – again.</p><p>JO FOX, BYLINE: It does.</p><p>DIAZ: Jo Fox of member station KUER.</p></div></body></html>"""


def _message(encoding: str, body: bytes) -> bytes:
    head = f"""From: <Saved by Blink>
Snapshot-Content-Location: {URL}
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----Part--a1----"


"""
    part = f"""------Part--a1----
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: {encoding}
Content-Location: {URL}

"""
    end = b"\n------Part--a1----\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
    return (head + part).replace("\n", "\r\n").encode() + body + end + b"------Part--a1------\n"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("quoted-printable", quopri.encodestring(PAGE.encode())),
        ("base64", encodebytes(PAGE.encode())),
        ("8bit", PAGE.encode()),
    ],
)
def test_a_page_in_one_file_of_many_parts_is_read_with_its_address(encoding: str, body: bytes) -> None:
    page = read_page(_message(encoding, body), url=None, content_type=None)

    assert (page.url, page.title) == (URL, "Rain")
    assert page.blocks[0].text == "ANA DIAZ, HOST: Café owners say it rains – again."


def test_the_address_that_is_given_goes_before_the_saved_one() -> None:
    assert read_page(_message("8bit", PAGE.encode()), url="https://a.example/rain", content_type=None).url == (
        "https://a.example/rain"
    )


@pytest.mark.parametrize("content", [b"", PAGE.encode(), b"MIME-Version: 1.0\nmultipart/related; boundary=x\n\n--x\n"])
def test_other_files_hold_no_page_within(content: bytes) -> None:
    assert page_within(content) is None


@pytest.mark.parametrize(
    "comment",
    [
        f"<!-- saved from url=(0045){URL} -->",
        f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: Tue Oct 21 2025 09:00:00 GMT-0400\n-->",
    ],
)
def test_a_saved_page_without_links_to_itself_has_the_address_of_its_comment(comment: str) -> None:
    page = f"{comment}\n{PAGE.replace(' href=', ' data-href=')}"

    reading = parse_page(page.encode(), url=None, content_type=None, sources=load_sources())

    assert reading.transcript is not None
    assert (reading.transcript.npr_id, reading.transcript.source_id) == ("nx-s1-5600001", "npr")


def test_a_comment_elsewhere_is_no_address() -> None:
    assert saved_from("<p>saved from url=(0010)https://a.example</p>") is None


@pytest.mark.parametrize(
    ("address", "original"),
    [
        (f"https://web.archive.org/web/20251021123456/{URL}", URL),
        (f"http://web.archive.org/web/2025id_/{URL}", URL),
        (f"https://wayback.archive-it.org/1068/20251021123456/{URL.replace('://', ':/')}", URL),
        (f"https://a.example/web/20251021123456/{URL}", f"https://a.example/web/20251021123456/{URL}"),
        (URL, URL),
    ],
)
def test_an_archives_capture_has_the_address_of_its_page(address: str, original: str) -> None:
    assert original_of(address) == original


def test_a_capture_is_read_as_the_page_that_it_is_of() -> None:
    archive = "https://web.archive.org/web/20251021123456/"
    captured = PAGE.replace('href="', f'href="{archive}')

    reading = parse_page(captured.encode(), url=archive + URL, content_type=None, sources=load_sources())

    assert reading.transcript is not None
    assert (reading.transcript.url, reading.transcript.canonical_url) == (URL, URL)
    assert (reading.transcript.npr_id, reading.transcript.source_id) == ("nx-s1-5600001", "npr")


@pytest.mark.parametrize("empty", ['<script src="a.js"/>', '<iframe src="b"/>'])
def test_elements_that_close_themselves_swallow_nothing(empty: str) -> None:
    page = PAGE.replace("<body>", f'<body>{empty}<div class="ad"/><i class="icon"/>')

    assert len(read_page(page.encode(), url=None, content_type=None).blocks) == 3


@pytest.mark.parametrize(
    "page",
    [
        '<div class="a"/><p>b<br/>c</p>',
        "<script src=https://a.example/></script><div/>",
        '<script src="a.js" /></script><div/>',
        "<p>a</p>",
    ],
)
def test_what_html_would_read_so_stays_as_it_is(page: str) -> None:
    assert as_html(page) == page


def test_a_page_with_an_xml_declaration_is_closed_as_xml_is() -> None:
    assert as_html('<?xml version="1.0"?><html><body><a name="x"/><br/><svg:g/></body></html>') == (
        '<?xml version="1.0"?><html><body><a name="x"></a><br/><svg:g></svg:g></body></html>'
    )


BOUNDARY = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n"


@pytest.mark.parametrize(
    "address",
    ["http://[rain", "https://web.archive.org/web/2020/http://[rain", "https://web.archive.org/web/2020/https:///x"],
)
def test_a_malformed_address_is_none_or_stays_the_archives(address: str) -> None:
    for page in (PAGE, f"<!-- saved from url=(0014){address} -->{PAGE}", PAGE.replace('href="', f'href="{address}')):
        assert parse_page(page.encode(), url=address, content_type=None, sources=load_sources()).outcome == "published"
        assert parse_page(page.encode(), url=None, content_type=None, sources=load_sources()).outcome == "published"


@pytest.mark.parametrize("place", ["cid:frame-1@mhtml.blink", "http://[rain"])
def test_a_part_of_no_address_of_the_web_has_none(place: str) -> None:
    kept = page_within(f"{BOUNDARY}Content-Location: {place}\n\n{PAGE}\n--b--\n".encode())

    assert kept is not None
    assert kept.url is None


def test_a_line_that_begins_like_a_boundary_ends_no_part() -> None:
    kept = page_within(f"{BOUNDARY}\n<p>a\n--back</p>\n--b--\n".encode())

    assert kept is not None
    assert kept.content == b"<p>a\n--back</p>\n"


def test_a_part_in_base64_that_is_cut_is_read_as_far_as_it_came() -> None:
    kept = page_within(f"{BOUNDARY}Content-Transfer-Encoding: base64\n\nPGh0bWw+PHA+aa\n".encode())

    assert kept is not None
    assert kept.content == b"<html><p>i"[:9]


def test_an_address_above_a_page_may_be_a_captures() -> None:
    assert saved_from("<!-- saved from url=(0014)https://web.archive.org/web/2020/https://kunx.org/x -->") == (
        "https://kunx.org/x"
    )
