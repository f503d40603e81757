"""Captures that come after newer ones: they are the page's past, and change nothing of how it stands."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.archive import Resource
from pipeline.ingest.importing import import_page, publish_run
from pipeline.ingest.reparsing import reparse
from pipeline.ingest.work import IMPORT, open_rooms, recorded_run
from pipeline.lake.tables.changes import Counts
from pipeline.ledger import Ledger, UrlState
from pipeline.query.session import connect
from pipeline.records import NOT_YET, PUBLISHED
from pipeline.report import RunReport
from pipeline.settings import Settings, load_settings
from tests.network import npr
from tests.network.stories import STORIES
from tests.running import report_of

STORY = STORIES[0]
URL = npr.transcript_url(STORY)
NEW = npr.transcript_page(STORY, STORY.published_at, is_empty=False).body
EMPTY = npr.transcript_page(STORY, STORY.published_at, is_empty=True).body
OLD = NEW.replace(b"<p>", b"<p>Well, ", 8)
STYLED = NEW.replace(b"</body>", b"<!-- another token --></body>")
WALL = b"<html><title>Just a moment...</title><body><p>Enable JavaScript</p></body></html>"
NOW = datetime.now(UTC).replace(microsecond=0)
Days = tuple[bytes, int]
"""A page, and how many days ago it was captured."""


def brought(settings: Settings, *captures: Days) -> RunReport:
    """Captures that are taken in by one run and committed together."""
    with open_rooms(settings) as rooms, recorded_run(settings, IMPORT, {}) as run_id, Ledger(settings) as ledger:
        read = []
        for content, days in captures:
            page = Resource(URL, NOW - timedelta(days=days), "text/html", content)
            read.append(import_page(page, run_id, rooms, ledger))
        publish_run(run_id, rooms, ledger, read)
    return report_of(settings, run_id)


def known(settings: Settings) -> tuple[UrlState, str | None]:
    """How the page stands, but for how often it was looked at; and when it is due."""
    with Ledger(settings) as ledger:
        (row,) = ledger.rows("SELECT *, 0 AS looks FROM urls")
        state = ledger.state(URL)
    assert state is not None
    return UrlState(**{name: getattr(state, name) for name in UrlState.__slots__} | {"looks": 0}), row["due_at"]


def seen(settings: Settings) -> list[tuple[int, bool]]:
    """The page's revisions in the lake: days ago, and whether it is the newest text."""
    with connect(settings) as session:
        rows = session.arrow("SELECT captured_at, content_hash FROM revisions ORDER BY revision").to_pylist()
        (newest,) = session.arrow("SELECT content_hash FROM transcripts").column(0).to_pylist()
    return [((NOW - row["captured_at"]).days, row["content_hash"] == newest) for row in rows]


def reparsed(settings: Settings) -> Mapping[str, Counts]:
    """What a reparse would change."""
    with open_rooms(settings) as rooms:
        return reparse(rooms, dry_run=True).tables


@pytest.mark.parametrize("older", [OLD, WALL, EMPTY, NEW], ids=["another text", "a wall", "nothing yet", "the same"])
def test_an_older_capture_leaves_the_page_as_the_newer_one_says(tmp_path: Path, older: bytes) -> None:
    settings = load_settings(home=tmp_path)
    brought(settings, (NEW, 1))
    before = known(settings)

    brought(settings, (older, 900))

    assert known(settings) == before
    assert seen(settings)[-1][1], "the newest text is the newer capture's"


def test_of_a_page_whose_newest_capture_is_a_wall_the_older_transcript_is_known(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    brought(settings, (WALL, 1))

    brought(settings, (NEW, 900))

    with Ledger(settings) as ledger:
        (row,) = ledger.rows("SELECT outcome, word_count > 0 AS has_words FROM urls")
    assert tuple(row) == (NOT_YET, True)
    assert seen(settings) == [(900, True)]


@pytest.mark.parametrize("content", [NEW, EMPTY], ids=["a transcript", "nothing yet"])
def test_what_is_brought_again_does_not_change_when_a_page_is_due(tmp_path: Path, content: bytes) -> None:
    settings = load_settings(home=tmp_path)
    brought(settings, (content, 300))
    before = known(settings)

    assert brought(settings, (content, 300)).pages == {"unchanged": 1}

    assert known(settings) == before


@pytest.mark.parametrize("days", [(6, 7, 8, 9), (7, 9, 6, 8)])
def test_captures_of_one_import_are_one_new_page_and_its_revisions(tmp_path: Path, days: Sequence[int]) -> None:
    settings = load_settings(home=tmp_path)
    text = {9: NEW, 8: OLD, 7: NEW, 6: OLD}

    report = brought(settings, *((text[day], day) for day in days))

    assert (report.new, report.new + report.revised) == (1, report.pages[PUBLISHED])
    assert sum(report.pages.values()) == len(days)
    assert [day for day, _ in seen(settings)] == [9, 8, 7, 6]
    assert not any(reparsed(settings).values())


def test_captures_of_one_import_that_say_the_same_are_unchanged(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)

    report = brought(settings, (NEW, 9), (STYLED, 8), (NEW, 7))

    assert report.pages == {"unchanged": 2, PUBLISHED: 1}
    assert not any(reparsed(settings).values())
