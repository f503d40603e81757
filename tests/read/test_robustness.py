import json
import re
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.errors import PageRejected
from pipeline.parse import parse_page
from pipeline.read.feeds import kind_of_xml
from pipeline.read.limits import harmless
from pipeline.read.page import read_page
from pipeline.read.saved import page_within
from pipeline.sources import load_sources
from tests.forks import run

LABELLED = "<p>JANE ROE, HOST: Good morning to all of you.</p><p>JOHN DOE, BYLINE: Good morning, Jane, how nice.</p>"

_ENDINGS = ["".join(letters) for letters in product("aeioubdfgklnr", repeat=2)]
_ROOM_MIB = 512 - 39
"""What a page may take: 512 MiB with its process, of which 39 are Python's and its libraries' before it is read."""


def _refusal(markup: str) -> str | None:
    """The outcome with which this markup is refused; None where it is let through."""
    try:
        harmless(markup.encode())
    except PageRejected as rejection:
        return rejection.outcome
    return None


@pytest.mark.parametrize(
    ("markup", "outcome"),
    [
        ("<br>" * 30_001, "rejected:too_many_tags"),
        ("<div " + " ".join(f"a{n}=1" for n in range(20_000)) + ">", "rejected:too_many_attributes"),
        ("<div/" + "/".join(f"a{n}" for n in range(20_000)) + ">", "rejected:too_many_attributes"),
        ("<div " + "".join(f'a{n}=""' for n in range(20_000)) + ">", "rejected:too_many_attributes"),
        ("<div " + " ".join(f'a{n}=">"' for n in range(40_000)) + ">", "rejected:too_many_attributes"),
        (("<p " + " ".join(f"a{n}" for n in range(6_000)) + ">") * 20, "rejected:too_many_attributes"),
    ],
)
def test_hostile_markup_is_refused_by_name(markup: str, outcome: str) -> None:
    assert _refusal(markup) == outcome


@pytest.mark.parametrize(
    "markup",
    [
        LABELLED,
        "<p>one <p>two " * 10_000,
        "<ul>" + "<li>one" * 20_000 + "</ul>",
        "<br>" * 20_000,
        "<div><span><b>unclosed</div>" * 5000,
        "<div>" * 900 + LABELLED + "</div>" * 900,
        "<script>" + "if (a<b && c) { d = e }\n" * 2_000 + "</script>",
        "<script>" + "list.map(x => x + 1)\n" * 10_000 + "</script>",
        '<script type="application/json">{"text": "' + "word " * 100_000 + '"}</script>',
        '<script type="application/json">{"text": "' + '"word", ' * 100_000 + '"}</script>',
        "word " * 100_000,
    ],
)
def test_sloppy_and_long_pages_are_not(markup: str) -> None:
    assert _refusal(markup) is None


def test_real_pages_lose_no_word(shared: Path) -> None:
    pages = [page.read_bytes() for page in (shared / "real" / "pages").rglob("*.html")]

    assert pages
    for page in pages:
        assert LexborHTMLParser(harmless(page)).text() == LexborHTMLParser(page).text()


def test_formatting_that_could_be_copied_without_end_is_read_as_spans() -> None:
    odd = "".join(f"<I title={n}>one <em>two</em></I/><p>" for n in range(2_000))

    assert b"<span title=7>one <span>two</span></span/>" in harmless(odd.encode())


def test_a_link_as_long_as_a_page_is_read_as_a_span() -> None:
    markup = '<a href="/a" rel=x>' + f'<a title="{"<b>" * 2_000}">' + "<p>" * 2_000 + "x" * 200_000

    found = harmless(markup.encode())

    assert found.startswith(b'<a href="/a" rel=x><span title="')


def test_links_that_leave_no_room_for_tags_that_could_copy_them_stay_as_they_are() -> None:
    even = f'<p>{"x" * 110}<a title="a>b">y</a></p>' * 1_100

    assert harmless(even.encode()) == even.encode()


def read_in_turn(pages: list[tuple[str, str]]) -> tuple[list[str], float, int]:
    """Outcomes of pages, processor seconds that the slowest took, and by how many MiB this process grew at most."""
    sources = load_sources()
    outcomes, slowest, before = [], 0.0, _memory("VmRSS")
    for content, kind in pages:
        begun = time.process_time()
        page = content.encode("utf-8", "surrogatepass")
        outcomes.append(parse_page(page, url=None, content_type=kind, sources=sources).outcome)
        slowest = max(slowest, time.process_time() - begun)
    return outcomes, slowest, _memory("VmHWM") - before


def read_made(page: str) -> tuple[list[str], float, int]:
    """The same of one page, which an expression makes."""
    return read_in_turn([(f"<html><body>{eval(page)}</body></html>", "text/html")])


def authors(count: int) -> str:
    """A script that names authors by their `@id`, and as many others who have names."""
    named = [{"@id": f"b{n}", "name": "Ana Diaz"} for n in range(count)]
    story = {"@type": "Article", "author": [{"@id": f"a{n}"} for n in range(count)]}
    return f'<script type="application/ld+json">{json.dumps([story, *named])}</script>'


def _memory(of_what: str) -> int:
    """Not ru_maxrss: Linux hands that of the process which forked down to its children."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status[of_what].split()[0]) // 1024


@pytest.mark.parametrize(
    ("page", "outcome"),
    [
        ("'<div>' * 100_000 + '</div>' * 100_000", "rejected:too_many_tags"),
        ("'<div>' * 29_000", "not_a_transcript"),
        ("'<div class=transcript>' * 29_000", "not_a_transcript"),
        ("'<ul><li>' * 14_000", "not_a_transcript"),
        ("'<div><table></div>' * 9_000", "not_a_transcript"),
        ("'<table><tr><td>' * 9_000", "not_a_transcript"),
        ("'<b>' * 29_000", "not_a_transcript"),
        # Formatting that is never closed, or only seems to be: before it, in a table's cell, behind nine blocks.
        ("'<p>' + ''.join(f'<i a={n}>' for n in range(990)) + '<p>x' * 990", "not_a_transcript"),
        ("'<p>' + ''.join(f'<i a={n}>' for n in range(9_000)) + '<p>x' * 9_000", "not_a_transcript"),
        ("'</i>' * 900 + '<p>' + ''.join(f'<i a={n}>' for n in range(900)) + '<p>x' * 900", "not_a_transcript"),
        ("''.join(f'<div><i a={n}><table><td></i></table></div>' for n in range(4_000))", "not_a_transcript"),
        (
            "''.join(f'<i a={n}>' + '<div>' * 10 + '</i>' + '</div>' * 10 + '<p>x' for n in range(1_200))",
            "not_a_transcript",
        ),
        ("'<p>' + ''.join(f'<i a={n}{\"x\" * 2_000}>' for n in range(600)) + '<p>x' * 600", "not_a_transcript"),
        ("'<p><a href=' + 'x' * 1_000_000 + '>' + '<p>x' * 4_000", "not_a_transcript"),
        ("'<p><a href=\"' + '<p>x' * 9_000 + '\">' + '<p>x' * 15_000", "not_a_transcript"),
        ("'<a title=' + 'x' * 1_000_000 + '>' + '<div>' * 2_000 + '</a>' * 2_000", "not_a_transcript"),
        # The most that one odd link may be copied: tags times bytes just below the limit.
        ("'<p><a title=\"' + '<' + 'x' * 190_000 + '\">' + '<p>x' * 1_480", "not_a_transcript"),
        ("'<p><a title=\"' + '<' + 'x' * 60_000 + '\">' + '<p>x' * 3_900", "not_a_transcript"),
        # Half of a page, and its tags before, inside and behind it.
        ("'<p>x' * 999 + '<p><a title=\"' + '<' + 'x' * 99_000 + '\">' + '<p>x' * 1_999", "not_a_transcript"),
        ("'<p>x' * 999 + '<p><a title=\"' + '<xxxxxxxx' * 9_999 + '\">' + '<p>x' * 2_999", "not_a_transcript"),
        ("'<div ' + ' '.join(f'a{n}=1' for n in range(100_000)) + '>'", "rejected:too_many_attributes"),
        ("'<div ' + ''.join(f'a{n}=\"\"' for n in range(100_000)) + '>'", "rejected:too_many_attributes"),
        ("'<' * 50_000_000", "rejected:too_large"),
        ("'<' * 4_900_000", "rejected:too_many_tags"),
        ("'&' * 4_900_000", "not_a_transcript"),
        ("'word ' * 900_000", "not_a_transcript"),
        ("'<p>' * 29_000", "not_a_transcript"),
        ("'<div>' * 990 + '<p>x</p>' * 13_000 + '</div>' * 990", "not_a_transcript"),
        ("'<div>' * 990 + '<p>x' * 25_000 + '</div>' * 990", "rejected:too_large"),
        ("''.join(f'<font color={n}>' for n in range(666)) + '<p>x</p>' * 666", "not_a_transcript"),
        ("'NAME: ' * 800_000", "rejected:too_large"),
        ("'NAME: ' * 190_000", "not_a_transcript"),
        ("'<p>' + 'A' * 4_900_000", "not_a_transcript"),
        ("'<p>' + '(' * 4_900_000", "not_a_transcript"),
        ("'<p>A (' * 25_000", "rejected:too_large"),
        ("'<p>A (' * 19_000", "not_a_transcript"),
        # Headings within headings, each of which holds all paragraphs; authors of whom nothing is said.
        ("'<h1><div>' * 6_000 + '<p>x' * 12_000", "not_a_transcript"),
        ("authors(30_000)", "not_a_transcript"),
    ],
)
def test_no_page_takes_long_or_much(page: str, outcome: str) -> None:
    # In a process of its own, whose memory is that of the page.
    done = run(read_made, page)
    [found], seconds, megabytes = done.gave

    assert found == outcome
    assert seconds < 5
    assert megabytes < _ROOM_MIB


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        # What is asked of a label was asked at each of its turns; what a paragraph begins with, in all paragraphs.
        ("HOST: And you say that it rains?\n\nGUEST: I think so.\n\n" * 9_000, "published"),
        (
            "".join(
                f"Neil Rain, Sam?\n\nSam Is it, Neil?\n\nAna{letters} Diaz Is it?\n\nEd{letters} Hale Is it?\n\n"
                for letters in map("".join, product("abcdefgh", repeat=4))
            ),
            "not_a_transcript",
        ),
        # What stands before a name was looked for from the beginning of the text, at each of the name's places.
        (
            "A program.\n\n"
            + "ANA DIAZ: It rains, and Ana Diaz says so.\n\nANA: Hope is told.\n\nED HALE: So.\n\nHOPE: Ana, Hope.\n\n"
            * 4_000,
            "published",
        ),
        # Names amid initials, and who is told of behind a label, were looked for at each label anew.
        (
            "A program.\n\n"
            + "".join(
                f"RM: It is rain.\n\nCB: That's Ana{letters} Diaz.\n\nED HALE: I say it rains.\n\n"
                for letters in map("".join, product("abcdefgh", repeat=4))
            ),
            "published",
        ),
        # A page's lines were searched for who has a surname: it stands in all of them, behind other words.
        (
            "A program.\n\n"
            + "HALE: We met Rain Ana Hale. Ask Rain.\n\nFOX: Meet Snow Ed Fox, and Ana and Ed Hale.\n\n" * 3_000,
            "published",
        ),
        ("Radio.\n\n" + "I was in the U.S.A. HALE: It rains in the U.S. FOX: It snows. " * 5_000, "published"),
        ("ANA DIAZ, HOST: Listener Ed Hale, author of Rain.\n\nED HALE: Yes, Jo Fox says so.\n\n" * 3_000, "published"),
        (
            "ANA DIAZ, HOST: Rain.\n\nED HALE: Yes.\n\n"
            + "(RAIN)\n\nIt rains. I'm Jo Fox.\n\nED HALE: Yes.\n\n" * 3_000,
            "published",
        ),
        # Each label was held against all before it; and a line of signs cost a hundred times its bytes.
        (
            "\n\n".join(f"ANA H{name}: RAIN. H{name}: SNOW." for name in map("".join, product("AEIOUBD", repeat=5))),
            "not_a_transcript",
        ),
        ("-" * 4_800_000, "not_a_transcript"),
        (":" * 4_800_000, "rejected:too_large"),
        # What stood behind a footer was taken for a paragraph in which another may stand, one within the other.
        ("Copyright 2015 NPR. To see more, visit http://www.npr.org/. " * 70_000, "not_a_transcript"),
        # A turn's directions were cut out of its words one by one.
        ("ANA DIAZ, HOST: Rain.\n\nED HALE: " + "It rains (hard) and we run. " * 170_000, "published"),
        # A line that holds all surnames was searched for names again for each label.
        (
            "ANA DIAZ, HOST: "
            + " ".join(f"I'm Ed H{ending}, and this is Jo H{ending}." for ending in _ENDINGS) * 50
            + "".join(f"\n\nH{ending.upper()}: It rains. Do you know?" for ending in _ENDINGS),
            "published",
        ),
        # Whether others call a listener by his name was asked again each time he spoke.
        (
            "Ed Hale: It's The Ed Hale Show on WXYZ.\n\n"
            + "Ana: Hi, Ed. Ana in Utica. I do.\n\nEd Hale: You know.\n\n" * 9_000,
            "published",
        ),
    ],
)
def test_no_text_takes_long(text: str, outcome: str) -> None:
    [found], seconds, megabytes = run(read_in_turn, [(text, "text/plain")]).gave

    assert found == outcome
    assert seconds < 5
    assert megabytes < _ROOM_MIB


_NAMED = {
    "published", "not_yet", "not_a_transcript", "rejected:empty", "rejected:binary", "rejected:malformed",
    "rejected:truncated",
}  # fmt: skip
_IN_PAGE = '<html><body><div class="transcript storytext">{labelled}<p>{vector}</p></div></body></html>'


def _html5lib(external: Path) -> list[str]:
    """The input of every test of the standard's tree construction."""
    return [
        piece.split("\n#errors", 1)[0]
        for path in sorted((external / "html5lib-tests" / "tree-construction").glob("*.dat"))
        for piece in path.read_bytes().decode("utf-8", "replace").split("#data\n")[1:]
    ]


def _naughty(external: Path) -> list[str]:
    found: list[str] = json.loads((external / "naughty_strings.json").read_text(encoding="utf-8"))
    return found


def _purify(external: Path) -> list[str]:
    return [case["payload"] for case in json.loads((external / "dompurify_cases.json").read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("vectors_of", "fewest"), [(_html5lib, 500), (_naughty, 500), (_purify, 200)])
def test_every_known_vector_has_its_outcome_in_time(
    shared: Path, vectors_of: Callable[[Path], list[str]], fewest: int
) -> None:
    """As a page, as a text, in a transcript's paragraph, as a label and as somebody's words."""
    external = shared / "real" / "external"
    if not external.is_dir():
        pytest.skip("../shared/real/external is not here")
    vectors = vectors_of(external)
    assert len(vectors) >= fewest
    pages = [
        page
        for vector in vectors
        for page in (
            (vector, "text/html"),
            (vector, "text/plain"),
            (_IN_PAGE.format(labelled=LABELLED, vector=vector), "text/html"),
            (f"JANE ROE, HOST: {vector}\n\n{vector}, BYLINE: Good morning.\n\nROE: {vector}", "text/plain"),
        )
    ]

    outcomes, slowest, megabytes = run(read_in_turn, pages).gave

    assert set(outcomes) <= _NAMED
    assert slowest < 5
    assert megabytes < _ROOM_MIB


def test_comments_before_the_root_are_read_once() -> None:
    assert kind_of_xml("<!--a-->" * 1_000 + " ") is None
    assert kind_of_xml("<?xml version='1.0'?>" + "<!--a-->" * 100 + "<rss>") is not None


@pytest.mark.parametrize("share", [0.5, 0.7, 0.8, 0.85])
def test_a_real_page_that_is_cut_is_never_whole(shared: Path, share: float) -> None:
    content = (shared / "real" / "pages" / "npr-transcript" / "nx-s1-5665795.html").read_bytes()
    whole = parse_page(content, url=None, content_type="text/html", sources=load_sources())
    reading = parse_page(
        content[: int(len(content) * share)], url=None, content_type="text/html", sources=load_sources()
    )

    assert whole.outcome == "published"
    assert reading.turns == whole.turns or re.match(r"rejected:truncated|not_", reading.outcome)


@pytest.mark.parametrize("field", ["title", "content", "excerpt"])
def test_markup_within_a_record_is_no_more_than_a_page_may_have(field: str) -> None:
    post = {name: {"rendered": "<p>It rains.</p>"} for name in ("title", "content", "excerpt")}
    post[field] = {"rendered": "<div>" * 30_001}

    reading = parse_page(json.dumps(post).encode(), url=None, content_type="application/json", sources=load_sources())

    assert reading.outcome == "rejected:too_many_tags"


def test_a_file_of_a_million_parts_is_none_of_many() -> None:
    kept = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n" + b"--b\n\n" * 100_000

    assert page_within(kept + b"--b\nContent-Type: text/html\n\n<p>It rains.</p>") is None


@pytest.mark.parametrize("people", [1, True, {"name": "Ana Diaz"}, "Ana Diaz"])
def test_people_of_a_record_who_are_no_list_are_nobody(people: object) -> None:
    record = {"title": "Rain", "cms-pk": 1, "transcript": "<p>ANA DIAZ: It rains.</p><p>JO FOX: It does.</p>"}

    page = read_page(
        json.dumps({**record, "appearances": {"hosts": people}}).encode(), url=None, content_type="application/json"
    )

    assert page.layout == "wnyc_record"
    assert page.bylines == ()
