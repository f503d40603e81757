"""The report page: what it shows, and that nothing of strangers' text runs in it."""

import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Thread

import pytest
from selectolax.lexbor import LexborHTMLParser

from flows import cli
from pipeline.coverage import DayCoverage
from pipeline.errors import UsageError
from pipeline.ledger import Alarm, Failure, Ledger, Run
from pipeline.ledger.sights import Reject, Story
from pipeline.report_page import link, render, write_page
from pipeline.report_page.charts import bars, calendar, shares
from pipeline.report_page.figures import Figures, ProgramYear, figures_of
from pipeline.settings import Settings, load_settings
from tests.report_page.vectors import addresses, vectors
from tests.report_page.year import fill

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = date(2026, 11, 19)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "nav", "section", "h1", "h2", "h3", "h4"),
    *("p", "a", "div", "b", "br", "small", "code", "svg", "path", "rect", "text", "ul", "li", "details", "summary"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "-text"),
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A year of four sources. Only to be read."""
    settings = load_settings(home=tmp_path_factory.mktemp("year"))
    with Ledger(settings) as ledger:
        fill(ledger, Random(1), TODAY, sources=4)
    return settings


@pytest.fixture(scope="module")
def figures(settings: Settings) -> Figures:
    with Ledger(settings) as ledger:
        return figures_of(ledger, AT)


# --- what it shows --------------------------------------------------------------------------------------------------
def test_a_page_of_a_year(settings: Settings, figures: Figures, tmp_path: Path) -> None:
    path = tmp_path / "below" / "report.html"
    write_page(settings, path, AT)

    text = path.read_text(encoding="utf-8")
    page = LexborHTMLParser(text)
    assert [path.name for path in path.parent.iterdir()] == ["report.html"]
    assert len(page.css("svg.calendar")) == len(figures.years) == 10
    published = sum(source.pages.published for source in figures.status.sources)
    assert f"<b>{published:,}</b>transcripts" in text
    assert len(page.css("#rejects ~ .scroll tbody tr")) >= 50
    assert not re.search(r" src=|@import|url\(|<script", text)
    assert page.css_first("main") is not None


def test_every_chart_has_a_table_of_its_figures_and_is_hidden_from_screen_readers(figures: Figures) -> None:
    page = LexborHTMLParser(render(figures))

    assert all(svg.attributes.get("aria-hidden") == "true" for svg in page.css("svg"))
    for calendar_ in page.css("svg.calendar"):
        assert calendar_.parent is not None
        assert calendar_.parent.css("details table")
    assert all(head.attributes.get("scope") in {"col", "row"} for head in page.css("th"))
    assert len(page.css("#weeks ~ details table tbody tr")) == len(figures.weeks)


def test_an_empty_ledger_has_a_page(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    write_page(settings, tmp_path / "report.html", AT)

    assert "No page of the last year" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_says_so(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="--out"):
        write_page(settings, tmp_path / "file" / "report.html", AT)


def test_the_command_says_where_it_wrote(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASRUN_HOME", str(settings.home))
    monkeypatch.setattr(sys, "argv", ["asrun", "report", "--out", "here.html"])
    with pytest.raises(SystemExit) as stop:
        cli.main()

    assert not stop.value.code
    assert capsys.readouterr().out == "here.html\n"
    assert (tmp_path / "here.html").read_text(encoding="utf-8").startswith("<!doctype html>")


MONDAY = date(2026, 3, 2)
LEVELS = {
    "full": (4, 4, 0),
    "most": (4, 2, 0),
    "some": (4, 1, 0),
    "waiting": (4, 0, 4),
    "missing": (4, 0, 1),
}


@pytest.mark.parametrize("level", LEVELS)
def test_a_square_of_the_calendar(level: str) -> None:
    expected, published, not_yet = LEVELS[level]
    tuesday = DayCoverage("npr", None, MONDAY + timedelta(days=8), expected, published, not_yet, 0, 0)

    drawn = str(calendar([tuesday], MONDAY, 4))

    assert f'<path class="{level}" d="M11 23h9v9h-9z' in drawn


def test_bars_and_shares() -> None:
    assert 'd="M0 102v-0h8v0zM11 102v-90h8v90z"' in str(bars([0, 1200], MONDAY))
    assert "1,200" in str(bars([0, 1200], MONDAY))
    assert str(shares([("full", 3), ("gone", 0), ("none", 1)])).count("<rect") == 2
    assert "<rect" not in str(shares([("full", 0)]))


# --- nothing of strangers' text runs --------------------------------------------------------------------------------
def strings() -> list[str]:
    """Our own, and what others have collected, where it is at hand."""
    return [*vectors(), *addresses()]


def of_others(shared: Path) -> list[str]:
    cases = json.loads((shared / "real/external/dompurify_cases.json").read_text(encoding="utf-8"))
    naughty = json.loads((shared / "real/external/naughty_strings.json").read_text(encoding="utf-8"))
    found = [case["payload"] if isinstance(case, dict) else case for case in cases]
    return [str(one) for one in (*found, *naughty)]


def infested(figures: Figures, payloads: list[str]) -> Figures:
    """Figures in which every text of strangers is such a string."""

    def nth(number: int) -> str:
        return payloads[number % len(payloads)]

    day = figures.years[0].days[0]
    year = figures.years[0]
    return replace(
        figures,
        rejects=tuple(
            Reject(nth(n), one, nth(n + 1), TODAY, f"rejected:{nth(n + 2)}", nth(n + 3), AT, nth(n + 4), n)
            for n, one in enumerate(payloads)
        ),
        years=tuple(
            ProgramYear(f"s{n:05}{one}", one, (replace(day, program=one),), ((one, year.total),), year.total)
            for n, one in enumerate(payloads[::20])
        ),
        alarms=tuple(Alarm(n, one, one, one, one, AT, None) for n, one in enumerate(payloads[::7])),
        newest={"npr": Story(payloads[-1], payloads[-1])},
        status=replace(
            figures.status,
            failures=tuple(Failure(one, one, one, 1, one) for one in payloads[::3]),
            runs=tuple(Run("r", one, {one: one, "list": [one]}, AT, None, one) for one in payloads[::9]),
        ),
    )


def check_parsed(text: str) -> None:
    """A parser of the browsers' own kind finds nothing in the page but what its template has."""
    page = LexborHTMLParser(text)
    for node in page.root.traverse() if page.root else ():
        assert node.tag in TAGS, node.html
        for name, value in node.attributes.items():
            assert not name.startswith("on"), node.html
            assert name not in {"src", "srcdoc", "style", "action", "formaction", "xlink:href"}, node.html
            if name == "href":
                assert value is not None
                assert value.startswith(("https://", "http://", "#")), value


def test_two_thousand_strings_are_text_to_a_parser(figures: Figures) -> None:
    payloads = strings()
    assert len(payloads) >= 2000

    check_parsed(render(infested(figures, payloads)))


def test_strings_that_others_collected_are_text_to_a_parser(figures: Figures, shared: Path) -> None:
    check_parsed(render(infested(figures, of_others(shared))))


def test_every_string_is_shown_as_it_is(figures: Figures) -> None:
    payloads = [one for one in strings() if one.strip() == one and "\n" not in one and "\x01" not in one]

    shown = LexborHTMLParser(render(infested(figures, payloads)))

    details = {cell.text() for cell in shown.css("#alarms ~ .scroll td.wide")}
    assert set(payloads[::7]) <= details


@pytest.mark.parametrize("url", [*addresses(), "", "https://", "https:///path", "mailto:me@example.org"])
def test_only_http_is_followed(url: str) -> None:
    assert link(url) is None or url.startswith("https://www.npr.org/")


HOOK = """<script>
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'eval', 'fetch'])
  window[name] = () => { document.documentElement.dataset.ran = name; };
</script>"""


@contextmanager
def way_out() -> Iterator[tuple[int, list[bytes]]]:
    """A proxy's port, and what was asked of it."""
    asked: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                asked.append(connection.recv(4096))

    thread = Thread(target=listen)
    thread.start()
    try:
        yield listener.getsockname()[1], asked
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def opened(text: str, folder: Path) -> tuple[str, list[bytes]]:
    """The page as headless Chromium has it after it was opened, and what it asked the network for.

    Without the page's own policy, which would forbid all scripts: escaping alone has to be enough.
    """
    assert CHROMIUM is not None
    policy = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
    assert policy.search(text)
    file = folder / "page.html"
    file.write_text(policy.sub(lambda _: HOOK, text), encoding="utf-8")
    flags = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync --virtual-time-budget=4000"
    )
    with way_out() as (port, asked):
        proxy = (f"--proxy-server=127.0.0.1:{port}", "--proxy-bypass-list=<-loopback>")
        done = subprocess.run(
            [CHROMIUM, *flags.split(), *proxy, f"--user-data-dir={folder / 'profile'}", "--dump-dom", file.as_uri()],
            capture_output=True,
            timeout=200,
            check=True,
        )
    hosts = [line for line in asked if b"evil.example" in line or b"npr.org" in line or b"x.example" in line]
    return done.stdout.decode("utf-8", "replace"), hosts


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")
class TestInChromium:
    def test_none_of_two_thousand_strings_runs(self, figures: Figures, tmp_path: Path) -> None:
        dom, asked = opened(render(infested(figures, strings())), tmp_path)

        assert "data-ran" not in dom
        assert dom.count("<script>") == 1
        assert asked == []

    def test_none_of_others_strings_runs(self, figures: Figures, tmp_path: Path, shared: Path) -> None:
        dom, asked = opened(render(infested(figures, of_others(shared))), tmp_path)

        assert "data-ran" not in dom
        assert dom.count("<script>") == 1
        assert asked == []

    def test_a_string_that_is_not_escaped_is_seen_to_run(self, figures: Figures, tmp_path: Path) -> None:
        """The check itself is able to fail."""
        page = render(figures).replace("<main>", "<main><img src=http://evil.example/x onerror=alert(1)>")

        dom, asked = opened(page, tmp_path)

        assert 'data-ran="alert"' in dom
        assert len(asked) >= 1
