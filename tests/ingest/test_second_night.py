"""What a night costs when nothing has changed since the one before, and what it leaves behind."""

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

import pytest

from pipeline.archive.index import read_records
from pipeline.archive.verify import verify
from pipeline.ingest.reparsing import reparse
from pipeline.ingest.work import open_rooms
from pipeline.ledger import Ledger
from pipeline.report import RunReport
from pipeline.settings import Settings
from pipeline.sources import load_sources
from tests.network import site
from tests.network.server import RequestSeen, SimulatedNetwork
from tests.running import FIRST_DAY, run_night, settings_for

logger = logging.getLogger(__name__)

SOURCES = tuple(source.source_id for source in load_sources(None).choose(()) if source.host in site.HOSTS)


@dataclass(frozen=True)
class Nights:
    """Two nights over a network that stood still between them: the second one's report, and what each asked for."""

    settings: Settings
    report: RunReport
    first: list[RequestSeen]
    second: list[RequestSeen]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    with SimulatedNetwork() as network:
        settings = settings_for(tmp_path_factory.mktemp("home"), network)
        run_night(settings, FIRST_DAY, SOURCES)
        first = network.requests
        network.forget_requests()
        report = run_night(settings, FIRST_DAY + timedelta(days=1), SOURCES)
        return Nights(settings, report, first, network.requests)


def known_pages(settings: Settings) -> set[str]:
    with Ledger(settings) as ledger:
        return {row["url"] for row in ledger.rows("SELECT url FROM urls WHERE kind = 'page'")}


def of_pages(requests: list[RequestSeen], pages: set[str]) -> list[RequestSeen]:
    return [seen for seen in requests if f"https://{seen.host}{seen.path}" in pages]


def test_a_second_night_over_an_unchanged_network(nights: Nights) -> None:
    pages = known_pages(nights.settings)
    first, second = nights.first, nights.second

    whole = [seen for seen in of_pages(second, pages) if seen.status == 200]
    assert len(pages) > 30
    assert len(whole) <= 0.05 * len(pages), whole
    assert set(nights.report.pages) <= {"unchanged", "gone"}
    for night, seen in (("first", first), ("second", second)):
        logger.info(
            "%s night: %d requests, %d bytes, of which %d for %d pages",
            night,
            len(seen),
            sum(one.body_bytes for one in seen),
            sum(one.body_bytes for one in of_pages(seen, pages)),
            len(pages),
        )
    assert sum(one.body_bytes for one in second) < 0.2 * sum(one.body_bytes for one in first)


def test_each_look_that_found_nothing_new_is_a_revisit_in_the_archive_and_no_page(nights: Nights) -> None:
    not_modified = [seen for seen in of_pages(nights.second, known_pages(nights.settings)) if seen.status == 304]

    with open_rooms(nights.settings) as rooms:
        kinds = Counter(record.kind for record in chain.from_iterable(map(read_records, rooms.archive.files())))
        *_, verified = verify(rooms.archive)
        diff = reparse(rooms)
    assert kinds["revisit"] == len(not_modified) > 20
    assert verified.problems == []
    assert not any(diff.tables.values())
    assert diff.pages == verified.pages == kinds["response"]
