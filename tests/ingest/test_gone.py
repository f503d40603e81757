"""A page that was taken down and comes back, over the real steps: its rows stay, marked, then unmarked."""

from datetime import date
from pathlib import Path
from typing import Any

from pipeline.ingest.reparsing import reparse
from pipeline.ingest.work import open_rooms
from pipeline.query.session import connect
from pipeline.settings import Settings
from tests.network import nights
from tests.network.server import SimulatedNetwork
from tests.running import FIRST_DAY, SECOND_DAY, run_night, settings_for

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
