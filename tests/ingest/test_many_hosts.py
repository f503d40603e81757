"""Many hosts in one night: none waits for another, and one that is in trouble is left alone."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from pipeline.ingest import plans
from pipeline.ingest.fetching import TROUBLES, fetch
from pipeline.ingest.sequence import Steps, ingest_source
from pipeline.ingest.work import Rooms, Wanted, open_rooms, recorded_run
from pipeline.ledger import Ledger, UrlState
from pipeline.report import RunReport
from pipeline.settings import Settings, load_settings
from tests.network.fault_server import Reply, Reset, Stall, page
from tests.network.many import Many, ManyHosts, many_stations
from tests.running import NOW, report_of

DAY = date(2026, 3, 20)
GAP = 0.05
UNPUBLISHED = Steps(publish=lambda _wanted, _rooms: None)
"""Commits are no part of what is tested here, and take most of a night this short."""


def settings_for(home: Path, many: Many, server: ManyHosts, **more: object) -> Settings:
    return load_settings(
        home=home, sources_file=many.write_registry(home / "sources.toml"), host_map=server.host_map,
        min_gap_seconds=GAP, delay_factor=0, retries=0, **more,
    )  # fmt: skip


def night_of(settings: Settings, source_ids: Sequence[str], *, steps: Steps | None = None) -> RunReport:
    """A night in which every source has a thread, as it has in the nightly flow."""

    def take_in(rooms: Rooms, run_id: str, source_id: str) -> None:
        (wanted,) = plans.nightly(run_id, DAY, [rooms.sources.get(source_id)], NOW, limit=500)
        ingest_source(wanted, rooms, steps=steps)

    with (
        open_rooms(settings) as rooms,
        recorded_run(settings, "nightly", {}) as run_id,
        ThreadPoolExecutor(len(source_ids)) as threads,
    ):
        list(threads.map(partial(take_in, rooms, run_id), source_ids))
    return report_of(settings, run_id)


def test_no_host_waits_for_another_and_each_keeps_its_gap(tmp_path: Path) -> None:
    many = many_stations(40, 3)
    with ManyHosts(many, last=many.hosts[0]) as server:
        settings = settings_for(tmp_path, many, server)
        night_of(settings, many.source_ids, steps=UNPUBLISHED)

        assert server.are_others_done.is_set()
        assert server.page_requests() == dict.fromkeys(many.page_keys, 1)
        assert server.shortest_gap() >= GAP


TROUBLED: dict[str, tuple[Reply, dict[str, int], int]] = {
    "asks for an hour's silence": (
        page(b"", "Retry-After: 3600", status="503 Service Unavailable"),
        {"fetch_failed:http_503": 1, "fetch_failed:held": TROUBLES - 1},
        1,
    ),
    "hangs up": ((Reset(),), {"fetch_failed:reset": TROUBLES}, TROUBLES),
    "says nothing": ((Stall(),), {"fetch_failed:timeout": TROUBLES}, TROUBLES),
}


@pytest.mark.parametrize("name", TROUBLED)
def test_a_host_in_trouble_is_left_alone_until_the_next_night(tmp_path: Path, name: str) -> None:
    reply, outcomes, requests = TROUBLED[name]
    many = many_stations(1, 3 * TROUBLES)
    well = dict(many.script)
    many.script.update({key: (reply, *well[key]) for key in many.page_keys})
    with ManyHosts(many) as server:
        settings = settings_for(tmp_path, many, server, read_timeout_seconds=0.5, batch_pages=4 * TROUBLES)
        first = night_of(settings, many.source_ids)
        with Ledger(settings) as ledger:
            (row,) = ledger.rows("SELECT count(*) AS unseen FROM urls WHERE looks = 0 AND due_at IS NOT NULL")

        assert first.pages == outcomes
        assert row["unseen"] == 2 * TROUBLES
        assert sum(server.page_requests().values()) == requests


def test_a_single_page_that_fails_does_not_end_a_night(tmp_path: Path) -> None:
    many = many_stations(1, 2 * TROUBLES)
    for key in many.page_keys[::2]:
        many.script[key] = ((Reset(),),)
    with ManyHosts(many) as server:
        report = night_of(settings_for(tmp_path, many, server), many.source_ids)

    assert report.pages == {"published": TROUBLES, "fetch_failed:reset": TROUBLES}


def test_a_night_that_is_over_leaves_the_rest_due(tmp_path: Path) -> None:
    many = many_stations(1, 6)
    with ManyHosts(many) as server:
        settings = settings_for(tmp_path, many, server, batch_pages=2)
        with open_rooms(settings) as rooms, recorded_run(settings, "nightly", {}) as run_id:
            (wanted,) = plans.nightly(run_id, DAY, [rooms.sources.get("w000")], NOW, limit=500)
            ingest_source(replace(wanted, limit=2), rooms)
            ingest_source(wanted, replace(rooms, night_ends=time.monotonic()))

        assert len(server.page_requests()) == 2
    with Ledger(settings) as ledger:
        (row,) = ledger.rows("SELECT count(*) AS unseen FROM urls WHERE looks = 0 AND due_at IS NOT NULL")
    assert row["unseen"] == 4


def test_a_page_that_a_run_was_broken_off_at_did_not_fail(tmp_path: Path) -> None:
    many = many_stations(1, 3)
    with ManyHosts(many) as server:
        settings = settings_for(tmp_path, many, server)
        with open_rooms(settings) as rooms, recorded_run(settings, "nightly", {}) as run_id:
            (wanted,) = plans.nightly(run_id, DAY, [rooms.sources.get("w000")], NOW, limit=500)

            def broken_off(wanted: Wanted, pages: Sequence[UrlState], rooms: Rooms) -> bool:
                rooms.fetcher.close()
                return fetch(wanted, pages, rooms)

            ingest_source(wanted, rooms, steps=Steps(fetch=broken_off))

        assert server.page_requests() == {}
    with Ledger(settings) as ledger:
        (row,) = ledger.rows("SELECT count(*) AS unseen FROM urls WHERE looks = 0 AND due_at IS NOT NULL")
    assert row["unseen"] == 3
