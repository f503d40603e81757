"""What was asked for of a source's days, and what of it is done."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.ledger import Discovered, DueFilter, Ledger, Scope
from pipeline.ledger.asked import ask_for, newest_done, note_done, oldest_open, requests, settled_days
from pipeline.ledger.links import note_pages
from pipeline.settings import load_settings

AT = datetime(2026, 3, 21, 7, 15, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
MARCH = [date(2026, 3, day) for day in range(1, 8)]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(load_settings(home=tmp_path)) as opened:
        yield opened


def ask(ledger: Ledger, days: list[date], request_id: str, source_id: str = "npr") -> list[date]:
    return ask_for(ledger, "backfill", source_id, days, request_id=request_id, at=AT)


def test_a_request_that_was_broken_off_goes_on_and_one_that_was_done_begins_anew(ledger: Ledger) -> None:
    assert ask(ledger, MARCH, "r1") == MARCH
    note_done(ledger, "backfill", "npr", MARCH[4:], AT)

    assert ask(ledger, MARCH, "r2") == MARCH[:4]
    (request,) = requests(ledger, "backfill")
    assert (request.request_id, request.days, request.done) == ("r1", 7, 3)

    note_done(ledger, "backfill", "npr", MARCH, LATER)
    assert ask(ledger, MARCH, "r3") == MARCH
    (request,) = requests(ledger, "backfill")
    assert (request.request_id, request.first, request.last, request.done) == ("r3", MARCH[0], MARCH[-1], 0)


def test_a_request_for_more_days_goes_on_and_takes_the_new_ones_too(ledger: Ledger) -> None:
    ask(ledger, MARCH[:3], "r1")
    note_done(ledger, "backfill", "npr", MARCH[:1], AT)

    assert ask(ledger, MARCH, "r2") == MARCH[1:]


def test_sources_and_flows_keep_their_own_account(ledger: Ledger) -> None:
    ask(ledger, MARCH, "r1")
    ask(ledger, MARCH, "r2", "kpbs")
    ask_for(ledger, "nightly", "npr", MARCH, request_id="r3", at=AT)
    note_done(ledger, "nightly", "npr", MARCH[:3], AT)

    assert newest_done(ledger, "nightly") == {"npr": MARCH[2]}
    assert newest_done(ledger, "backfill") == {}
    assert oldest_open(ledger, "nightly", MARCH[0]) == {"npr": MARCH[3]}
    assert oldest_open(ledger, "nightly", MARCH[-1] + timedelta(days=1)) == {}
    assert oldest_open(ledger, "backfill", MARCH[1]) == {"npr": MARCH[1], "kpbs": MARCH[1]}
    assert {request.done for request in requests(ledger, "backfill")} == {0}


def test_a_day_nobody_asked_for_is_not_noted(ledger: Ledger) -> None:
    note_done(ledger, "nightly", "npr", MARCH, AT)

    assert newest_done(ledger, "nightly") == {}


def test_a_day_is_settled_when_none_of_its_pages_is_due(ledger: Ledger) -> None:
    def page(number: int, day: date, due_at: datetime | None) -> Discovered:
        return Discovered(f"https://www.npr.org/transcripts/{number}", "npr", None, day, None, AT, due_at)

    note_pages(ledger, [page(1, MARCH[0], AT), page(2, MARCH[1], LATER), page(3, MARCH[2], None)], AT)
    wanted = DueFilter("npr", AT, MARCH[0], MARCH[3], Scope.DAYS)

    assert settled_days(ledger, wanted) == MARCH[1:4]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.integers(0, 7), max_size=6))
def test_however_often_it_is_broken_off_every_day_is_done_once(ledger: Ledger, does: list[int]) -> None:
    done: list[date] = []
    for number, days in enumerate((*does, len(MARCH))):
        left = ask(ledger, MARCH, f"r{number}")
        assert not set(left) & set(done)
        done += left[:days]
        note_done(ledger, "backfill", "npr", left[:days], LATER)
        if len(done) == len(MARCH):
            done = []  # the next one begins anew
    left = ask(ledger, MARCH, "last")
    note_done(ledger, "backfill", "npr", left, LATER)
    assert ask(ledger, MARCH, "anew") == MARCH
    note_done(ledger, "backfill", "npr", MARCH, LATER)
