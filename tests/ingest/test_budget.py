"""A night that meets the end of a host's daily budget: what is left is named, and taken the next day."""

import shutil
from collections import Counter
from pathlib import Path

from pipeline.ledger import Ledger
from tests.network.server import SimulatedNetwork
from tests.running import FIRST_DAY, run_night, settings_for

BUDGET = 18


def test_what_the_budget_did_not_allow_stays_due(tmp_path: Path) -> None:
    with SimulatedNetwork() as network:
        short = settings_for(tmp_path, network, max_requests_per_day=BUDGET)
        first = run_night(short, FIRST_DAY, ("npr",))
        again = run_night(short, FIRST_DAY, ("npr",))
        asked = Counter(seen.host for seen in network.requests)
        shutil.rmtree(tmp_path / "pacing")  # the next day
        after = run_night(settings_for(tmp_path, network), FIRST_DAY, ("npr",))

    left = first.pages["fetch_failed:budget"]
    assert left > 0
    assert asked["www.npr.org"] == BUDGET
    assert again.pages["fetch_failed:budget"] == left
    assert again.new == 0
    assert sum(after.pages.values()) == left
    assert set(after.pages) <= {"published", "gone"}
    with Ledger(short) as ledger:
        assert ledger.rows("SELECT url FROM urls WHERE outcome LIKE 'fetch_failed:%'") == []
