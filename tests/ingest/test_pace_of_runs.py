"""A night and a backfill at once, in two processes: the gaps between their requests, as the server sees them."""

import logging
import subprocess
import sys
import textwrap
from collections import defaultdict
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from tests.network.server import SimulatedNetwork

logger = logging.getLogger(__name__)

GAP = 0.15

_RUN = """
    import sys
    from datetime import date
    from pathlib import Path
    from pipeline.ingest import asking
    from pipeline.ingest.fetching import recover
    from pipeline.ingest.sequence import ingest_source
    from pipeline.ingest.work import open_rooms, recorded_run
    from pipeline.ledger.asked import days_of
    from pipeline.settings import load_settings
    from tests.running import FIRST_DAY, NOW, run_night

    kind, home, address, hosts, gap = sys.argv[1:]
    settings = load_settings(
        home=Path(home), host_map=dict.fromkeys(hosts.split(","), address), min_gap_seconds=float(gap), batch_pages=7
    )
    if kind == "night":
        run_night(settings, FIRST_DAY, ("kpbs", "npr"))
    else:
        with open_rooms(settings) as rooms, recorded_run(settings, "backfill", {}) as run_id:
            recover(run_id, rooms)
            for source in ("npr", "kpbs"):
                days = days_of(date(2026, 3, 17), FIRST_DAY)
                for wanted in asking.backfill(run_id, rooms.sources.get(source), days, NOW, rooms):
                    ingest_source(wanted, rooms)
"""


def test_a_night_and_a_backfill_together_keep_each_hosts_gap(tmp_path: Path) -> None:
    with SimulatedNetwork() as network:
        arguments = (str(tmp_path), network.address, ",".join(network.host_map), str(GAP))
        runs = [
            subprocess.Popen([sys.executable, "-c", textwrap.dedent(_RUN), kind, *arguments])
            for kind in ("night", "backfill")
        ]
        assert [run.wait(timeout=120) for run in runs] == [0, 0]
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
