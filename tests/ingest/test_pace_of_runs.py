"""A night and a backfill at once, in two processes: the gaps between their requests, as the server sees them."""

import logging
from collections import defaultdict
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

from pipeline.ingest import asking
from pipeline.ingest.fetching import recover
from pipeline.ingest.sequence import ingest_source
from pipeline.ingest.work import open_rooms, recorded_run
from pipeline.ledger.asked import days_of
from pipeline.settings import Settings, load_settings
from tests.forks import Forked
from tests.network.server import SimulatedNetwork
from tests.running import FIRST_DAY, NOW, run_night

logger = logging.getLogger(__name__)

GAP = 0.15


def paced(home: Path, host_map: dict[str, str]) -> Settings:
    return load_settings(home=home, host_map=host_map, min_gap_seconds=GAP, batch_pages=7)


def a_night(home: Path, host_map: dict[str, str]) -> None:
    run_night(paced(home, host_map), FIRST_DAY, ("kpbs", "npr"))


def a_backfill(home: Path, host_map: dict[str, str]) -> None:
    settings = paced(home, host_map)
    with open_rooms(settings) as rooms, recorded_run(settings, "backfill", {}) as run_id:
        recover(run_id, rooms)
        for source in ("npr", "kpbs"):
            days = days_of(date(2026, 3, 17), FIRST_DAY)
            for wanted in asking.backfill(run_id, rooms.sources.get(source), days, NOW, rooms):
                ingest_source(wanted, rooms)


def test_a_night_and_a_backfill_together_keep_each_hosts_gap(tmp_path: Path) -> None:
    with SimulatedNetwork() as network:
        runs = [Forked(work, tmp_path, network.host_map).go() for work in (a_night, a_backfill)]
        assert [run.end().code for run in runs] == [0, 0]
        requests = network.requests
    times: defaultdict[str, list[datetime]] = defaultdict(list)
    for seen in requests:
        times[seen.host].append(seen.at)
    gaps = {
        host: min((later - former).total_seconds() for former, later in pairwise(sorted(at)))
        for host, at in times.items()
        if len(at) > 1
    }
    logger.info("%d requests; shortest gaps: %s", len(requests), gaps)
    assert {"www.npr.org", "www.kpbs.org"} <= set(gaps)
    assert min(gaps.values()) >= GAP
