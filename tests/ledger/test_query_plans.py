"""What nights, alarms, `asrun status` and the report page ask reads no page but those that it is about."""

from pathlib import Path

import pytest

from pipeline.ledger import days, expectations, history, sights, store, watch
from pipeline.ledger.schema import connect

QUERIES = {
    "a page that was read again": store._AMEND,
    "sources": history._SOURCES,
    "failures": history._FAILURES,
    "a run's outcomes": history._COUNTS,
    "a run's troubles": history._TROUBLES,
    "sources with pages": days._PAGE_SOURCES,
    "days since one": days._DAYS_BY_DATE + days._SINCE,
    "programmes heard lately": expectations._PROGRAMS_SINCE,
    "days on which something is listed": expectations._LISTED,
    "pages that are missing": expectations._MISSING,
    "days of stories": days._STORY_DAYS,
    "pages read lately": watch._STORIES,
    "watched sources": watch._WATCHED,
    "newest looks": watch._NEWEST_LOOKS,
    "rejects": sights._REJECTS,
    "newest story": sights._NEWEST,
    "speeds": sights._SPEED,
}
NAMED = {"source_id": "npr", "program": "", "day": "", "since": "", "until": ""}
MADE_FOR_IT = ("USING INDEX looks_rejected",)
"""Indexes of which no more is read than is shown."""


@pytest.mark.parametrize("name", QUERIES)
def test_no_table_is_read_as_a_whole(tmp_path: Path, name: str) -> None:
    query = QUERIES[name]
    connection = connect(tmp_path / "ledger.sqlite")
    try:
        values = ("",) * query.count("?") or NAMED
        plan = [row["detail"] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}", values)]
    finally:
        connection.close()

    scans = [step for step in plan if step.startswith(("SCAN urls", "SCAN looks", "SCAN day_counts"))]
    assert all(step.endswith(MADE_FOR_IT) for step in scans), plan
