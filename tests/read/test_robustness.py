import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import PageRejected
from pipeline.read.feeds import kind_of_xml
from pipeline.read.limits import refuse_hostile_markup, refuse_too_large

ROOT = Path(__file__).parents[2]
LABELLED = "<p>JANE ROE, HOST: Good morning to all of you.</p><p>JOHN DOE, BYLINE: Good morning, Jane, how nice.</p>"


def _refusal(markup: str) -> str | None:
    """The outcome with which this markup is refused; None where it is let through."""
    try:
        refuse_hostile_markup(markup.encode(), markup)
    except PageRejected as rejection:
        return rejection.outcome
    return None


@pytest.mark.parametrize(
    ("markup", "outcome"),
    [
        ("<div>" * 2001, "rejected:too_deep"),
        ("<DIV class=a>" * 5000 + "</DIV>" * 5000, "rejected:too_deep"),
        ("<span>" * 2500, "rejected:too_deep"),
        ("".join(f"<font color={n}>" for n in range(900)) + "<p>x</p>" * 5000, "rejected:too_deep"),
        ("<br>" * 250_001, "rejected:too_many_tags"),
        ("<div " + " ".join(f"a{n}=1" for n in range(20_000)) + ">", "rejected:too_many_attributes"),
        ("<div/" + "/".join(f"a{n}" for n in range(20_000)) + ">", "rejected:too_many_attributes"),
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
        "<p>one <p>two " * 20_000,
        "<ul>" + "<li>one" * 20_000 + "</ul>",
        "<br>" * 20_000,
        "<div><span><b>unclosed</div>" * 5000,
        "<div>" * 900 + LABELLED + "</div>" * 900,
        "<script>" + "if (a<b && c) { d = e }\n" * 2_000 + "</script>",
        "<script>" + "list.map(x => x + 1)\n" * 10_000 + "</script>",
        '<script type="application/json">{"text": "' + "word " * 100_000 + '"}</script>',
        "word " * 100_000,
    ],
)
def test_sloppy_and_long_pages_are_not(markup: str) -> None:
    assert _refusal(markup) is None


def test_real_pages_are_not(shared: Path) -> None:
    pages = [*(shared / "real" / "pages").rglob("*.html")]

    assert pages
    for page in pages:
        refuse_too_large(page.read_bytes())
        refuse_hostile_markup(page.read_bytes(), page.read_text(encoding="utf-8", errors="replace"))


_RUN = """
import sys, time
from pathlib import Path
from pipeline.parse import parse_page
from pipeline.sources import load_sources
sources = load_sources()
content = eval(sys.argv[1]).encode()
begun = time.process_time()
reading = parse_page(content, url=None, content_type="text/html", sources=sources)
seconds = time.process_time() - begun
# Not ru_maxrss: Linux hands that of the process which forked down to its children.
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(reading.outcome, seconds, int(status["VmHWM"].split()[0]) // 1024)
"""
_WHOLE = "'<html><body>' + {} + '</body></html>'"


@pytest.mark.parametrize(
    ("page", "outcome"),
    [
        ("'<div>' * 100_000 + '</div>' * 100_000", "rejected:too_deep"),
        ("'<b>' * 100_000", "rejected:too_deep"),
        ("'<table><tr><td>' * 50_000", "rejected:too_deep"),
        ("'<div ' + ' '.join(f'a{n}=1' for n in range(100_000)) + '>'", "rejected:too_many_attributes"),
        ("'<' * 50_000_000", "rejected:too_large"),
        ("'<' * 4_900_000", "rejected:too_many_tags"),
        ("'&' * 4_900_000", "not_a_transcript"),
        ("'word ' * 900_000", "not_a_transcript"),
        ("'<p>' * 190_000", "not_a_transcript"),
        ("'<div>' * 990 + '<p>x</p>' * 90_000 + '</div>' * 990", "rejected:too_large"),
        ("'<div>' * 990 + '<p>x</p>' * 120_000 + '</div>' * 990", "rejected:too_deep"),
        ("''.join(f'<font color={n}>' for n in range(666)) + '<p>x</p>' * 666", "not_a_transcript"),
        ("'<div>' * 1_900", "not_a_transcript"),
        ("'NAME: ' * 800_000", "not_a_transcript"),
        ("'<p>' + 'A' * 4_900_000", "not_a_transcript"),
        ("'<p>' + '(' * 4_900_000", "not_a_transcript"),
        ("'<p>A (' * 190_000", "rejected:too_large"),
        ("'<p>A (' * 19_000", "not_a_transcript"),
        ("'<div class=transcript>' * 900", "not_a_transcript"),
    ],
)
def test_no_page_takes_long_or_much(page: str, outcome: str) -> None:
    # In a process of its own: memory is that of the whole process, the interpreter and the sources among it.
    run = subprocess.run(
        [sys.executable, "-c", _RUN, _WHOLE.format(page)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found, seconds, megabytes = run.stdout.split()

    assert found == outcome
    assert float(seconds) < 5
    assert int(megabytes) < 512


def test_comments_before_the_root_are_read_once() -> None:
    assert kind_of_xml("<!--a-->" * 1_000 + " ") is None
    assert kind_of_xml("<?xml version='1.0'?>" + "<!--a-->" * 100 + "<rss>") is not None


@pytest.mark.parametrize("share", [0.5, 0.7, 0.8, 0.85])
def test_a_real_page_that_is_cut_is_never_whole(shared: Path, share: float) -> None:
    from pipeline.parse import parse_page
    from pipeline.sources import load_sources

    content = (shared / "real" / "pages" / "npr-transcript" / "nx-s1-5665795.html").read_bytes()
    whole = parse_page(content, url=None, content_type="text/html", sources=load_sources())
    reading = parse_page(
        content[: int(len(content) * share)], url=None, content_type="text/html", sources=load_sources()
    )

    assert whole.outcome == "published"
    assert reading.turns == whole.turns or re.match(r"rejected:truncated|not_", reading.outcome)
