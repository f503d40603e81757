"""The due pages of a run: their order, and that they are found without looking at the others."""

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledger import Discovered, DueFilter, Ledger, Look, Scope, Visit
from pipeline.ledger.frontier import _STILL_DUE, count_due, due, queries
from pipeline.ledger.links import note_pages
from pipeline.ledger.schema import connect
from pipeline.settings import load_settings

NIGHT = datetime(2026, 3, 21, 7, 15, tzinfo=UTC)
DAY = date(2026, 3, 20)
WANTED = DueFilter("npr", NIGHT, DAY - timedelta(days=1), DAY, Scope.NIGHT)
IN_ORDER = [
    replace(WANTED, scope=scope, oldest_first=oldest_first) for scope in Scope for oldest_first in (False, True)
]


def order_of(page: Discovered, wanted: DueFilter) -> tuple[bool, int, float]:
    day, due_at = page.air_date, page.due_at
    assert due_at is not None
    sign = 1 if wanted.oldest_first else -1
    return day is not None, sign * day.toordinal() if day else 0, -sign * due_at.timestamp()


def is_wanted(page: Discovered, wanted: DueFilter, *, is_seen: bool) -> bool:
    is_due = page.source_id == wanted.source_id and page.due_at is not None and page.due_at <= wanted.at
    is_of_its_days = page.air_date is not None and wanted.first <= page.air_date <= wanted.last
    in_scope = {
        Scope.NIGHT: is_seen or page.air_date is None or is_of_its_days,
        Scope.DAYS: is_of_its_days,
        Scope.REVISITS: is_seen,
    }
    return is_due and in_scope[wanted.scope]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["npr", "kpbs"]),
            st.none() | st.integers(0, 3).map(lambda days: DAY - timedelta(days=days)),
            st.none() | st.integers(-1, 2).map(lambda hours: NIGHT - timedelta(hours=hours)),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_due_pages_are_those_of_the_scope_in_the_order_of_their_days(
    tmp_path_factory: pytest.TempPathFactory, pages: list[tuple[str, date | None, datetime | None, bool]]
) -> None:
    named = [
        (Discovered(f"https://www.npr.org/{number}", source, None, day, None, NIGHT, due_at), is_seen)
        for number, (source, day, due_at, is_seen) in enumerate(pages)
    ]
    with Ledger(load_settings(home=tmp_path_factory.mktemp("home"))) as ledger:
        ledger.rows("PRAGMA synchronous = OFF")
        note_pages(ledger, [page for page, _ in named], NIGHT)
        for page, is_seen in named:
            if is_seen:
                ledger.note_look(Look(Visit(page.url, "r0", page.url, NIGHT)))
        for wanted in IN_ORDER:
            found = [state.url for state in due(ledger, wanted)]
            expected = [page for page, is_seen in named if is_wanted(page, wanted, is_seen=is_seen)]

            assert set(found) == {page.url for page in expected}
            by_url = {page.url: order_of(page, wanted) for page in expected}
            orders = [by_url[url] for url in found]
            assert [order[:2] for order in orders] == sorted(order[:2] for order in orders)
            dated = [order for order in orders if order[0]]
            assert dated == sorted(dated)
            assert count_due(ledger, wanted, None) == len(found)
            assert count_due(ledger, wanted, 2) == min(len(found), 2)
            assert [state.url for state in islice(due(ledger, wanted), 2)] == found[:2]


@pytest.mark.parametrize("wanted", IN_ORDER, ids=lambda one: f"{one.scope}-{one.oldest_first}")
def test_a_night_reads_the_due_pages_out_of_an_index_and_sorts_nothing(tmp_path: Path, wanted: DueFilter) -> None:
    connection = connect(tmp_path / "ledger.sqlite")
    try:
        plans = [plan_of(connection, query) for query in (*queries(wanted), _STILL_DUE)]
    finally:
        connection.close()

    steps = [step for plan in plans for step in plan if step not in {"MERGE (UNION ALL)", "LEFT", "RIGHT"}]
    assert steps
    assert all(step.startswith("SEARCH urls USING INDEX urls_due (source_id=? AND <expr>=?") for step in steps), plans


def plan_of(connection: sqlite3.Connection, query: str) -> list[str]:
    values = {"source_id": "npr", "at": "", "first": "", "last": "", "day": ""}
    return [row["detail"] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}", values)]
