"""Nights of the simulated network on which NPR is redesigned, refuses, or is as ever: which alarms they raise."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from itertools import cycle, islice
from pathlib import Path

import pytest

from pipeline.ledger import Discovered, Figures, Ledger, Look, Run, Settlement, Visit
from pipeline.ledger.alarms import standing_alarms
from pipeline.ledger.asked import ask_for, note_done
from pipeline.ledger.history import begin_run
from pipeline.ledger.links import note_pages
from pipeline.report import run_report
from pipeline.settings import Settings, load_settings
from tests.network import npr
from tests.network.document import Document
from tests.network.server import SimulatedNetwork
from tests.network.stories import STORIES

pytestmark = [pytest.mark.flow, pytest.mark.usefixtures("prefect_server")]

NIGHT, NEWEST = datetime(2026, 3, 22, 8, tzinfo=UTC), date(2026, 3, 21)
HISTORY = date(2026, 3, 15)
"""The last day of four weeks that nights took in as they were; those after it are the redesigned ones."""
STORIES_A_PROGRAM = 14

Change = Callable[[Document], Document]


def body(edit: Callable[[str], str]) -> Change:
    return lambda document: replace(document, body=edit(document.body.decode()).encode())


def spoken(edit: Callable[[list[str]], list[str]]) -> Change:
    """A change of a transcript's paragraphs."""

    def rewrite(page: str) -> str:
        before, begin, rest = page.partition("<p><p>")
        inside, end, after = rest.partition('<p class="disclaimer">')
        return before + begin + "<p><p>".join(edit(inside.split("<p><p>"))) + end + after

    return body(rewrite)


def refused(document: Document) -> Document:
    return replace(document, body=b"", status=HTTPStatus.FORBIDDEN)


def unnamed(paragraphs: list[str]) -> list[str]:
    return [re.sub(r"^[A-Z. ,]+:", "UNIDENTIFIED PERSON:", paragraph.lstrip()) for paragraph in paragraphs]


WAYS: dict[str, tuple[str, Change, set[tuple[str, str]]]] = {
    "as ever": ("/none", lambda document: document, set()),
    "pages that break off": (
        "/transcripts/",
        body(lambda page: page[: page.index("<p><p>") + 900]),
        {("rejects_up", "layout_changed"), ("no_new_stories", "layout_changed")},
    ),
    "a third of the text": (
        "/transcripts/",
        spoken(lambda paragraphs: paragraphs[: len(paragraphs) // 3]),
        {("turns_down", "layout_changed")},
    ),
    "names that are not printed any more": ("/transcripts/", spoken(unnamed), {("names_down", "layout_changed")}),
    "pages refused": ("/transcripts/", refused, {("refusing", "blocked"), ("no_new_stories", "blocked")}),
    "robots.txt that forbids": (
        "/robots.txt",
        lambda document: replace(document, body=b"User-agent: *\nDisallow: /\n"),
        {("no_new_stories", "robots"), ("refusing", "robots")},
    ),
}


@pytest.fixture(scope="module")
def four_weeks(network: SimulatedNetwork, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which nights took in NPR for four weeks: stories as those of the network, read as they are."""
    network.night = 2
    settings = load_settings(home=tmp_path_factory.mktemp("four-weeks") / "home")
    begun = datetime(2026, 3, 16, 8, tzinfo=UTC)
    with Ledger(settings) as ledger:
        begin_run(ledger, Run("history", "nightly", {}, begun, begun, "completed", None))
        for program in {story.program for story in STORIES}:
            take_in_program(program, network, ledger)
        ask_for(ledger, "nightly", "npr", [HISTORY], request_id="history", at=begun)
        note_done(ledger, "nightly", "npr", [HISTORY], begun)
    return settings.home


def take_in_program(program: str, network: SimulatedNetwork, ledger: Ledger) -> None:
    """Fourteen stories of the four weeks, every other day one."""
    truth = network.truth()
    known = [turns for story in STORIES if story.program == program and (turns := truth.get(npr.transcript_url(story)))]
    for number, turns in enumerate(islice(cycle(known), STORIES_A_PROGRAM)):
        day = HISTORY - timedelta(days=2 * number)
        at = datetime.combine(day, NIGHT.timetz())
        url = f"https://{npr.HOST}/transcripts/{program}-{number}".replace(" ", "-")
        note_pages(ledger, [Discovered(url, "npr", program, day, None, at, at)], at)
        ledger.note_look(Look(Visit(url, "history", f"{program}-{number}", at), "published"))
        (look,) = ledger.open_looks("npr")
        speech = [turn for turn in turns if turn.kind == "speech"]
        figures = Figures("A story", 500, len(speech), sum(turn.speaker_name is not None for turn in speech))
        ledger.settle([Settlement(look.look_id, url, "published", None, None, "new", program, day, at, figures)])


@pytest.fixture
def on_that_night(
    mapped: Path, four_weeks: Path, network: SimulatedNetwork, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    """A home after those four weeks, in the night of the twenty-second of March."""

    class Then(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # one zone is enough
            assert tz is UTC
            return NIGHT

    for module in ("nightly", "alarms"):
        monkeypatch.setattr(f"flows.{module}.datetime", Then)
    monkeypatch.setenv("ASRUN_RETRIES", "0")
    shutil.copytree(four_weeks, mapped)
    network.night = 2
    before = network.change
    yield load_settings()
    network.change = before


@pytest.mark.parametrize(("path", "change", "expected"), WAYS.values(), ids=WAYS)
def test_a_night_raises(
    on_that_night: Settings, network: SimulatedNetwork, path: str, change: Change, expected: set[tuple[str, str]]
) -> None:
    from flows.nightly import nightly

    network.change = lambda asked, document: change(document) if path in asked else document

    state = nightly(sources=["npr"], return_state=True)

    with Ledger(on_that_night) as ledger:
        standing = standing_alarms(ledger)
        (run,) = ledger.rows("SELECT run_id FROM runs WHERE run_id != 'history' AND flow = 'nightly'")
        report = run_report(ledger, run["run_id"])
    assert {(alarm.kind, alarm.cause) for alarm in standing} == expected, standing
    assert set(report.alarms) == set(standing)
    assert state.is_completed() or path == "/robots.txt"
    assert sum(source.looks for source in report.sources) > 10 or path == "/robots.txt"
