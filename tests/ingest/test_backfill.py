"""A backfill that is broken off, out of requests, or told to wait: what is left of it is known, and taken later."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline.ingest import asking
from pipeline.ingest.sequence import Steps, ingest_source
from pipeline.ingest.work import Rooms, Wanted, open_rooms, recorded_run
from pipeline.ledger import Ledger, Request, Scope
from pipeline.ledger.asked import days_of, newest_done, oldest_open, requests
from pipeline.settings import Settings
from tests.network.server import SimulatedNetwork
from tests.running import FIRST_DAY, NOW, report_of, settings_for

DAYS = date(2026, 3, 9), date(2026, 3, 18)
LISTINGS_OF_A_DAY = 8


@pytest.fixture(scope="module")
def network() -> Iterator[SimulatedNetwork]:
    with SimulatedNetwork() as opened:
        opened.night = 2
        yield opened


@pytest.fixture
def settings(network: SimulatedNetwork, tmp_path: Path) -> Settings:
    network.forget_requests()
    return settings_for(tmp_path, network)


def backfill(settings: Settings, steps: Steps | None = None, **asked: int | bool | None) -> str:
    with open_rooms(settings) as rooms, recorded_run(settings, "backfill", {}) as run_id:
        source = rooms.sources.get("npr")
        for wanted in asking.backfill(run_id, source, days_of(*DAYS), NOW, rooms, **asked):  # type: ignore[arg-type]  # both kinds
            ingest_source(wanted, rooms, steps=steps)
    return run_id


def request_of(settings: Settings) -> Request:
    with Ledger(settings) as ledger:
        (request,) = requests(ledger, "backfill")
    return request


def days_asked(network: SimulatedNetwork) -> list[date]:
    """The days of the NPR listings that were asked for, in order."""
    found = (seen.path.partition("date=")[2] for seen in network.requests if "date=" in seen.path)
    parts = (text.split("-") for text in found)
    return list(dict.fromkeys(date(int(year), int(month), int(day)) for month, day, year in parts))


def test_it_is_done_day_by_day_and_a_second_one_asks_for_all_again(settings: Settings) -> None:
    backfill(settings)

    request = request_of(settings)
    assert (request.first, request.last, request.days, request.done) == (*DAYS, 10, 10)
    again = report_of(settings, backfill(settings))
    assert (again.pages, again.new) == ({}, 0)
    assert request_of(settings).request_id == again.run.run_id


class Broken(Exception):
    """The run's process ends here."""


def test_one_that_was_broken_off_goes_on_with_the_days_that_are_left(
    settings: Settings, network: SimulatedNetwork
) -> None:
    def break_off(wanted: Wanted, rooms: Rooms) -> None:
        """After the newest week."""
        if wanted.last < DAYS[1]:
            raise Broken
        Steps().publish(wanted, rooms)

    with pytest.raises(Broken):
        backfill(settings, Steps(publish=break_off))
    assert (request_of(settings).days, request_of(settings).done) == (10, 7)
    network.forget_requests()

    backfill(settings)

    assert request_of(settings).done == 10
    assert days_asked(network) == [date(2026, 3, day) for day in (11, 10, 9)]


@pytest.mark.parametrize("oldest_first", [False, True])
def test_it_begins_where_it_is_told_to(settings: Settings, oldest_first: bool) -> None:  # noqa: FBT001  # a case
    with open_rooms(settings) as rooms:
        source = rooms.sources.get("npr")
        weeks = asking.backfill("r1", source, days_of(*DAYS), NOW, rooms, oldest_first=oldest_first)
        ingest_source(weeks[0], rooms)

    assert (weeks[0].first == DAYS[0]) is oldest_first
    assert (weeks[0].last == DAYS[1]) is not oldest_first
    assert request_of(settings).done == 7


def test_out_of_requests_it_stops_and_the_next_one_goes_on(settings: Settings, network: SimulatedNetwork) -> None:
    done: list[int] = []
    while not done or done[-1] < request_of(settings).days:
        network.forget_requests()
        backfill(settings, max_requests=15)
        assert len(network.requests) <= 15 + LISTINGS_OF_A_DAY
        done.append(request_of(settings).done)
        assert len(done) < 10, done

    assert len(done) > 1
    assert done == sorted(done)


def test_fewer_requests_than_listings_are_enough_to_get_on(settings: Settings) -> None:
    backfill(settings, max_requests=1)
    with Ledger(settings) as ledger:
        before = ledger.rows("SELECT count(*) AS looks FROM looks JOIN urls USING (url) WHERE kind = 'page'")
    assert before[0]["looks"] == 1


def test_a_host_that_must_be_left_alone_keeps_its_days_open(settings: Settings) -> None:
    backfill(settings.model_copy(update={"max_requests_per_day": 40}))

    left = request_of(settings)
    assert left.done < left.days


def test_days_whose_listing_could_not_be_had_stay_open(settings: Settings) -> None:
    dead = {**settings.host_map, "www.npr.org": "127.0.0.1:9"}
    backfill(settings.model_copy(update={"host_map": dead, "retries": 0}))

    assert request_of(settings).done == 0
    backfill(settings)
    assert request_of(settings).done == 10


def night(settings: Settings, day: date) -> Wanted:
    with open_rooms(settings) as rooms, recorded_run(settings, "nightly", {}) as run_id:
        (wanted,) = asking.nightly(run_id, day, [rooms.sources.get("npr")], NOW, rooms)
        ingest_source(wanted, rooms)
    return wanted


def test_a_night_takes_in_the_days_on_which_none_ran(settings: Settings) -> None:
    night(settings, date(2026, 3, 16))
    late = night(settings, FIRST_DAY)

    assert (late.first, late.last, late.scope) == (date(2026, 3, 16), FIRST_DAY, Scope.NIGHT)
    with Ledger(settings) as ledger:
        assert newest_done(ledger, "nightly") == {"npr": FIRST_DAY}
        days = {row["air_date"] for row in ledger.rows("SELECT air_date FROM urls WHERE outcome = 'published'")}
    assert {"2026-03-17", "2026-03-18", "2026-03-19"} <= days


DEAD = {"host_map": {"www.npr.org": "127.0.0.1:9", "feeds.npr.org": "127.0.0.1:9"}, "retries": 0}


@pytest.mark.parametrize("hindrance", [{"max_pages_per_source": 3}, DEAD], ids=["a limit", "a dead host"])
def test_a_night_takes_in_what_a_night_before_it_left(settings: Settings, hindrance: dict[str, object]) -> None:
    night(settings.model_copy(update=hindrance), date(2026, 3, 18))
    night(settings.model_copy(update={"max_pages_per_source": 9}), date(2026, 3, 19))
    night(settings, FIRST_DAY)

    with Ledger(settings) as ledger:
        assert oldest_open(ledger, "nightly", date(2026, 3, 17)) == {}
        known = ledger.rows("SELECT air_date, looks FROM urls WHERE air_date BETWEEN '2026-03-17' AND '2026-03-20'")
    assert {row["air_date"] for row in known} == {"2026-03-17", "2026-03-18", "2026-03-19", "2026-03-20"}
    assert all(row["looks"] for row in known)
