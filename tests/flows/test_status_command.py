"""`asrun status`: what people and monitoring are told."""

import json
import os
import shutil
import sqlite3
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import LedgerError
from pipeline.ingest import plans
from pipeline.ingest.sequence import ingest_source
from pipeline.ingest.work import open_rooms, recorded_run
from pipeline.ledger import Discovered, Ledger
from pipeline.ledger.asked import days_of
from pipeline.ledger.links import note_pages
from pipeline.settings import Settings
from pipeline.watching import watch
from tests.flows.saying import Asrun
from tests.network.server import SimulatedNetwork
from tests.running import FIRST_DAY, NOW, run_night, settings_for

STATUS_KEYS = ["at", "is_stale", "sources", "alarms", "failures", "gaps", "open_backfills"]
SOURCE_KEYS = [
    "source_id",
    "is_stale",
    "is_watched",
    "newest_air_date",
    "silent_days",
    "habit_days",
    "published",
    "not_yet",
    "without_transcript",
    "failed",
    "gone",
    "waiting",
    "missing",
    "last_look_at",
]


@pytest.fixture(scope="module")
def collected(network: SimulatedNetwork, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """NPR with a habit, KPBS whose host is down and of which no page is known."""
    network.night = 1
    settings = settings_for(tmp_path_factory.mktemp("collected"), network, retries=0)
    down = settings.model_copy(update={"host_map": {**network.host_map, "www.kpbs.org": "127.0.0.1:9"}})
    run_night(down, FIRST_DAY, ("npr", "kpbs"))
    with open_rooms(settings) as rooms, recorded_run(settings, "backfill", {}) as run_id:
        days = list(days_of(date(2026, 3, 16), FIRST_DAY))
        for wanted in plans.backfill(run_id, rooms.sources.get("npr"), days, NOW):
            ingest_source(wanted, rooms)
    return settings


@pytest.fixture
def known(collected: Settings, home: Path) -> Settings:
    shutil.copytree(collected.home, home)
    return collected.model_copy(update={"home": home})


def as_json(asrun: Asrun, *arguments: str) -> tuple[int, dict[str, Any]]:
    code, out, err = asrun("status", "--json", *arguments)
    assert err == ""
    found: dict[str, Any] = json.loads(out)
    return code, found


def test_for_machines(asrun: Asrun, known: Settings) -> None:
    watch(known, NOW)

    code, found = as_json(asrun)

    assert code == 1
    assert list(found) == [*STATUS_KEYS, "runs", "last_report"]
    assert [list(source) for source in found["sources"]] == [SOURCE_KEYS] * 2
    kpbs, npr = found["sources"]
    assert (npr["source_id"], npr["newest_air_date"], npr["habit_days"], npr["is_stale"]) == (
        "npr",
        "2026-03-20",
        1,
        True,
    )
    assert npr["silent_days"] > 200
    assert (kpbs["source_id"], kpbs["newest_air_date"], kpbs["is_stale"]) == ("kpbs", None, False)
    assert [(one["source_id"], one["kind"], one["cause"]) for one in found["alarms"]] == [
        ("npr", "no_new_stories", "empty")
    ]
    assert [run["flow"] for run in found["runs"]] == ["backfill", "nightly"]


def test_the_last_run_that_collected_is_told(asrun: Asrun, known: Settings) -> None:
    night = run_night(known, FIRST_DAY, ("npr", "kpbs"))
    with recorded_run(known, "maintain", {}):
        pass

    _, found = as_json(asrun)
    told = found["last_report"]

    assert (told["run_id"], told["flow"], told["status"]) == (night.run.run_id, "nightly", "completed")
    assert sum(one["requests"] for one in told["sources"]) > 0
    assert [one["source_id"] for one in told["sources"]] == ["kpbs", "npr"]
    assert [one["source_id"] for one in as_json(asrun, "--source", "npr")[1]["last_report"]["sources"]] == ["npr"]
    shown = asrun("status")[1]
    assert "Last run that collected: " in shown
    assert "0 revised; " in shown


def test_listings_that_fail_are_shown_of_a_source_without_pages(asrun: Asrun, known: Settings) -> None:
    del known
    _, found = as_json(asrun)

    kpbs = [one for one in found["failures"] if one["source_id"] == "kpbs"]
    assert [(one["kind"], one["outcome"], one["urls"]) for one in kpbs] == [("listing", "fetch_failed:refused", 3)]
    assert "kpbs" in asrun("status")[1]


def test_a_listing_that_is_read_again_fails_no_more(asrun: Asrun, known: Settings) -> None:
    run_night(known, FIRST_DAY, ("kpbs",))

    _, found = as_json(asrun)

    assert [one for one in found["failures"] if one["source_id"] == "kpbs"] == []


def test_a_source_that_is_fresh_is_exit_code_0(asrun: Asrun, known: Settings) -> None:
    """Of KPBS nothing is known that could be late; NPR is not asked about."""
    del known
    code, found = as_json(asrun, "--source", "kpbs")

    assert (code, found["is_stale"]) == (0, False)
    assert [one["source_id"] for one in found["sources"]] == ["kpbs"]
    assert asrun("status", "--source", "nonsense")[0] == 2


def test_gaps_are_listed_with_what_fills_them(asrun: Asrun, known: Settings) -> None:
    assert asrun("status", "--gaps")[1] == "no gaps: every page that was to be expected is known\n"
    with Ledger(known) as ledger:
        days = (FIRST_DAY - number * timedelta(days=1) for number in (0, 1))
        pages = [
            Discovered(f"https://www.npr.org/transcripts/nx-s1-{day:%d}", "npr", "Fresh Air", day, None, NOW, None)
            for day in days
        ]
        note_pages(ledger, pages, NOW)

    code, out, _ = asrun("status", "--gaps")

    assert code == 1
    assert out.count("Fresh Air") == 2
    assert "asrun backfill --source npr --from 2026-03-19 --to 2026-03-20\n" in out


def test_a_table_says_who_is_stale(asrun: Asrun, known: Settings) -> None:
    watch(known, NOW)

    code, out, _ = asrun("status")

    assert code == 1
    assert "STALE" in out
    assert "no_new_stories" in out


def test_a_home_that_cannot_be_written_has_a_status(
    asrun: Asrun, known: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger(known) as ledger:
        ledger.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root, who tests here, may write everywhere
    before = sorted(path.name for path in known.home.iterdir())

    _, found = as_json(asrun)

    assert len(found["sources"]) == 2
    assert sorted(path.name for path in known.home.iterdir()) == before
    with Ledger(known) as ledger, pytest.raises(LedgerError, match="readonly"):
        note_pages(ledger, [Discovered("https://www.npr.org/1", "npr", None, None, None, NOW, None)], NOW)


def test_an_older_ledger_in_such_a_home_says_what_to_do(
    asrun: Asrun, known: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(known.ledger_file) as old:
        old.execute("PRAGMA user_version = 1")
    old.close()
    monkeypatch.setattr(os, "access", lambda *_: False)

    code, _, err = asrun("status")

    assert code == 3
    assert "ledger version 1" in err


def test_quality(asrun: Asrun, lake_of_two_nights: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASRUN_HOME", str(lake_of_two_nights.home))
    code, out, err = asrun("status", "--quality", "--json", "--source", "kpbs")
    rows = json.loads(out)
    assert (code, err) == (0, "")
    assert {row["source_id"] for row in rows} == {"kpbs"}
    assert sum(row["copy_count"] for row in rows) == 1
    assert all(0 <= row["attributed_share"] <= 1 and sum(row["words_by_rule"].values()) for row in rows)
    code, out, _ = asrun("status", "--quality")
    assert code == 0
    assert "unresolved labels" in out
    assert "Ids kept that a rebuild from nothing would not give: 0 people's" in out
