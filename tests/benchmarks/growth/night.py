"""A night and a reparse in a grown lake, stage by stage, as the flows do them."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from unittest import mock

from pipeline.ingest import plans
from pipeline.ingest.covering import publish_coverage
from pipeline.ingest.publishing import publish
from pipeline.ingest.reparsing import reparse
from pipeline.ingest.sequence import Steps, ingest_source
from pipeline.ingest.work import Rooms, Wanted, open_rooms, recorded_run
from pipeline.lake import derivations
from pipeline.ledger import Ledger
from pipeline.report_page import write_page
from pipeline.settings import Settings
from pipeline.status import status_of
from pipeline.watching import watch
from tests.benchmarks.growth.building import copied
from tests.benchmarks.lake.measure import cost
from tests.network.many import ManyHosts, many_stations
from tests.running import NOW

_STATIONS, _PAGES_EACH = 10, 30
PAGES = _STATIONS * _PAGES_EACH
_DAY = date(2026, 3, 20)
_UNPUBLISHED = Steps(publish=lambda _wanted, _rooms: None)

FETCH, COMMIT, LINK, COVERAGE = "discover, fetch, archive", "read, write, publish", "link", "coverage"
REPORT, MAINTAIN, REPARSE, STATUS = "alarms, report, status", "maintain", "reparse", "status"
NIGHT = (FETCH, COMMIT, LINK, COVERAGE, REPORT)
"""The stages of every night."""
STAGES = (*NIGHT, REPARSE)
"""What is done for pages; beside it what is done once: `status`, and once a week `maintain`."""


@dataclass(slots=True)
class Spent:
    """Processor seconds of the process by stage, and its peak memory."""

    seconds: dict[str, float] = field(default_factory=dict)
    peak_megabytes: dict[str, float] = field(default_factory=dict)

    def on(self, stage: str, work: Callable[[], object]) -> None:
        """Do this and count it."""
        found = cost(work)
        self.seconds[stage] = found.processor_seconds
        self.peak_megabytes[stage] = found.peak_megabytes

    @contextmanager
    def linking(self, within: str) -> Iterator[None]:
        """Count what is derived meanwhile as linking, and not for the stage within which it is done."""
        derive_all, took = derivations.derive_all, 0.0

        def linked(*arguments: object) -> None:
            nonlocal took
            began = time.process_time()
            derive_all(*arguments)  # type: ignore[arg-type]  # as they are given
            took += time.process_time() - began

        with mock.patch("pipeline.lake.store.derive_all", linked):
            yield
        self.seconds[LINK] = took
        self.seconds[within] -= took
        self.peak_megabytes[LINK] = self.peak_megabytes[within]


def measure(home: Path, place: Path) -> Spent:
    """What a night and a reparse of its pages cost in a copy of this home."""
    spent = Spent()
    many = many_stations(_STATIONS, _PAGES_EACH, _DAY)
    settings = copied(home, place)
    with ManyHosts(many) as server:
        here = settings.model_copy(update={
            "sources_file": many.write_registry(place / "sources.toml"), "host_map": server.host_map,
            "min_gap_seconds": 0, "delay_factor": 0,
        })  # fmt: skip
        _night(here, many.source_ids, spent)
    spent.on(COVERAGE, partial(publish_coverage, here))
    spent.on(REPORT, partial(_report, here))
    with Ledger(here) as ledger:
        spent.on(STATUS, partial(status_of, ledger, datetime.now(UTC), 5))
    with open_rooms(here) as rooms:
        spent.on(REPARSE, partial(reparse, rooms, since=date(2020, 1, 1)))
        spent.on(MAINTAIN, partial(rooms.lake.maintain, datetime.now(UTC)))
    return spent


def _night(settings: Settings, source_ids: tuple[str, ...], spent: Spent) -> None:
    """First all is fetched, then all is published: as together as the sources of a night are."""
    with open_rooms(settings) as rooms, recorded_run(settings, "nightly", {}) as run_id:
        wanted = list(plans.nightly(run_id, _DAY, rooms.sources.choose(source_ids), NOW, limit=500))
        spent.on(FETCH, partial(_fetch, wanted, rooms))
        with spent.linking(within=COMMIT):
            spent.on(COMMIT, partial(_publish, wanted, rooms))


def _fetch(wanted: list[Wanted], rooms: Rooms) -> None:
    for one in wanted:
        ingest_source(one, rooms, steps=_UNPUBLISHED)


def _publish(wanted: list[Wanted], rooms: Rooms) -> None:
    with ThreadPoolExecutor(len(wanted)) as threads:
        list(threads.map(lambda one: publish(one, rooms), wanted))


def _report(settings: Settings) -> None:
    watch(settings, datetime.now(UTC))
    write_page(settings, settings.reports_dir / "report.html", datetime.now(UTC))
