"""A page that was taken down and comes back, and one that moves, over the real steps: rows stay, and are counted."""

from datetime import date
from pathlib import Path
from typing import Any

from pipeline.ingest import plans
from pipeline.ingest.fetching import fetch
from pipeline.ingest.publishing import publish
from pipeline.ingest.reparsing import reparse
from pipeline.ingest.work import open_rooms, recorded_run
from pipeline.ledger import Discovered, Ledger
from pipeline.ledger.links import note_pages
from pipeline.query.session import connect
from pipeline.records import PUBLISHED, UNCHANGED
from pipeline.report import RunReport
from pipeline.settings import Settings, load_settings
from tests.network import nights, npr
from tests.network.fault_server import HOST, FaultServer, page, redirect
from tests.network.server import SimulatedNetwork
from tests.network.stories import STORIES
from tests.running import FIRST_DAY, NOW, SECOND_DAY, report_of, run_night, settings_for

A_MONTH_LATER = date(2026, 4, 25)
[GONE] = nights.GONE


def told(settings: Settings, sql: str) -> list[dict[str, Any]]:
    with connect(settings) as session:
        return list(session.arrow(sql.replace(":page", f"'npr-{GONE}'")).to_pylist())


def test_a_page_that_was_taken_down_and_comes_back(tmp_path: Path) -> None:
    with SimulatedNetwork() as network:
        settings = settings_for(tmp_path, network)
        run_night(settings, FIRST_DAY, ("npr",))
        said = told(settings, "FROM turns WHERE transcript_id = :page ORDER BY turn_index")
        network.night = 2
        run_night(settings, SECOND_DAY, ("npr",))
        [row] = told(settings, "SELECT gone_at, revision FROM transcripts WHERE transcript_id = :page")
        assert row["gone_at"] is not None
        assert told(settings, "FROM turns WHERE transcript_id = :page ORDER BY turn_index") == said
        assert len(told(settings, "SELECT 1 FROM transcripts WHERE gone_at IS NOT NULL")) == 1
        with open_rooms(settings) as rooms:
            assert not any(reparse(rooms, dry_run=True).tables.values())
        network.night = 1
        run_night(settings, A_MONTH_LATER, ("npr",))
    [row] = told(settings, "SELECT gone_at, revision FROM transcripts WHERE transcript_id = :page")
    assert row == {"gone_at": None, "revision": 3}
    assert told(settings, "FROM turns WHERE transcript_id = :page ORDER BY turn_index") == said
    kinds = told(settings, "SELECT kinds FROM revisions WHERE transcript_id = :page ORDER BY revision")
    assert [one["kinds"] for one in kinds] == [["first"], ["withdrawn"], ["restored"]]
    with open_rooms(settings) as rooms:
        assert not any(reparse(rooms, dry_run=True).tables.values())


def test_a_page_that_moved_to_another_site_is_a_page_that_was_not_there(tmp_path: Path) -> None:
    body = npr.transcript_page(STORIES[0], STORIES[0].published_at, is_empty=False).body
    here, there = f"{npr.HOST}/transcripts/{STORIES[0].story_id}", f"{HOST}/moved"
    script = {
        here: [page(body), page(body + b" "), redirect(f"https://{there}")],
        there: [page(body + b"  ")],
    }
    with FaultServer(script, hosts=[npr.HOST, HOST]) as server:
        settings = load_settings(home=tmp_path, host_map=server.host_map, min_gap_seconds=0, delay_factor=0)
        reports = [look_at(f"https://{here}", settings) for _ in range(3)]

    assert [report.pages for report in reports] == [{PUBLISHED: 1}, {UNCHANGED: 1}, {PUBLISHED: 1}]
    assert [(report.new, report.revised) for report in reports] == [(1, 0), (0, 0), (1, 0)]
    assert len(told(settings, "FROM transcripts")) == 2


def look_at(url: str, settings: Settings) -> RunReport:
    """A run that looks at this page, due or not."""
    with open_rooms(settings) as rooms, recorded_run(settings, "nightly", {}) as run_id:
        (wanted,) = plans.nightly(run_id, FIRST_DAY, [rooms.sources.get("npr")], NOW, limit=9)
        with Ledger(settings) as ledger:
            note_pages(ledger, [Discovered(url, "npr", None, FIRST_DAY, None, NOW, NOW)], NOW)
            state = ledger.state(url)
        assert state is not None
        fetch(wanted, [state], rooms)
        publish(wanted, rooms)
    return report_of(settings, run_id)
