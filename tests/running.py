"""Runs against the simulated network, without Prefect: what several tests begin with."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from pipeline.ingest import plans
from pipeline.ingest.covering import publish_coverage
from pipeline.ingest.fetching import recover
from pipeline.ingest.sequence import ingest_source
from pipeline.ingest.work import open_rooms, recorded_run
from pipeline.lake.store import Lake
from pipeline.ledger import Ledger
from pipeline.report import RunReport, run_report
from pipeline.settings import Settings, load_settings
from tests.network.server import SimulatedNetwork

FIRST_DAY, SECOND_DAY = date(2026, 3, 20), date(2026, 3, 21)
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def settings_for(home: Path, network: SimulatedNetwork, **more: object) -> Settings:
    """Settings of a home that knows only the simulated network, and does not wait."""
    return load_settings(
        home=home,
        host_map=network.host_map,
        min_gap_seconds=0,
        delay_factor=0,
        backoff_seconds=0,
        batch_pages=20,
        **more,
    )


def run_night(settings: Settings, day: date, source_ids: tuple[str, ...]) -> RunReport:
    """The nightly run of a day."""
    with open_rooms(settings) as rooms, recorded_run(settings, "nightly", {"date": str(day)}) as run_id:
        recover(run_id, rooms)
        for wanted in plans.nightly(run_id, day, rooms.sources.choose(source_ids), NOW, limit=500):
            ingest_source(wanted, rooms)
        publish_coverage(settings)
    return report_of(settings, run_id)


def copy_of(settings: Settings, home: Path) -> Settings:
    """The same home at another place, to be changed: nights cost seconds, a copy does not."""
    shutil.copytree(settings.home, home)
    copied = settings.model_copy(update={"home": home})
    Lake(copied).commit(())  # it was moved
    return copied


def report_of(settings: Settings, run_id: str) -> RunReport:
    """The report of a run that is over."""
    with Ledger(settings) as ledger:
        return run_report(ledger, run_id)
