"""The steps of a run against the simulated network, without Prefect."""

import os
import signal
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from types import CodeType, FrameType

import pytest

from pipeline.ingest import asking
from pipeline.ingest.sequence import ingest_source
from pipeline.ingest.work import open_rooms, recorded_run
from pipeline.ledger.asked import days_of
from pipeline.query.session import connect
from pipeline.settings import Settings, load_settings
from tests.forks import run
from tests.network import site
from tests.network.server import SimulatedNetwork
from tests.running import FIRST_DAY, NOW, SECOND_DAY, report_of, run_night, settings_for

SOURCES = ("npr", "kpbs", "kunc", "wuky")
Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def network() -> Iterator[SimulatedNetwork]:
    with SimulatedNetwork() as opened:
        yield opened


def rows(settings: Settings) -> Rows:
    """What the lake says, without what differs between two runs of the same thing: times of capture and places."""
    queries = {
        "transcripts": "SELECT transcript_id, title, air_date, content_hash, revision FROM transcripts ORDER BY ALL",
        "turns": "SELECT turn_id, transcript_id, turn_index, speaker_name, text FROM turns ORDER BY ALL",
        "captures": "SELECT url, outcome, transcript_id, payload_digest FROM captures ORDER BY ALL",
    }
    with connect(settings) as session:
        tables = {name: session.arrow(query).to_pylist() for name, query in queries.items()}
    return {name: [tuple(row.values()) for row in table] for name, table in tables.items()}


def files_of(settings: Settings) -> dict[str, int]:
    """Everything in the lake that holds data, with its size; the archive keeps a record of every look."""
    found = (path for path in settings.lake_dir.rglob("*") if path.suffix in {".parquet", ".duckdb"})
    return {str(path): path.stat().st_size for path in found}


def pages_asked(network: SimulatedNetwork) -> list[str]:
    """Paths of the transcript and story pages that were sent whole."""
    known = {*site.truth(network.night), *site.without_transcript(network.night), *site.not_yet(network.night)}
    seen = (f"https://{seen.host}{seen.path}" for seen in network.requests if seen.status == 200)
    return [url for url in seen if url in known]


def test_two_nights(network: SimulatedNetwork, tmp_path: Path) -> None:
    settings = settings_for(tmp_path, network)
    network.night = 1
    network.forget_requests()

    first = run_night(settings, FIRST_DAY, SOURCES)

    assert first.pages["published"] > 5
    assert first.pages["not_yet"] == 1
    assert first.new == first.pages["published"]
    assert sorted(set(pages_asked(network))) == sorted(pages_asked(network))
    written = files_of(settings)

    network.forget_requests()
    again = run_night(settings, FIRST_DAY, SOURCES)

    assert set(again.pages) <= {"unchanged"}
    assert pages_asked(network) == []
    assert files_of(settings) == written

    network.night = 2
    network.forget_requests()
    second = run_night(settings, SECOND_DAY, SOURCES)

    assert second.revised == 1
    assert second.pages["gone"] == 1
    assert second.pages["unchanged"] > 5
    assert "not_yet" not in second.pages
    late = next(iter(site.not_yet(1)))
    assert late in pages_asked(network)
    assert len(pages_asked(network)) == second.new + second.revised


def test_a_night_over_an_unchanged_network_writes_nothing(network: SimulatedNetwork, tmp_path: Path) -> None:
    settings = settings_for(tmp_path, network)
    network.night = 2
    run_night(settings, SECOND_DAY, SOURCES)
    before, table = files_of(settings), rows(settings)
    network.forget_requests()

    third = run_night(settings, date(2026, 3, 22), SOURCES)

    assert set(third.pages) == {"unchanged"}
    assert pages_asked(network) == []
    assert files_of(settings) == before
    assert rows(settings) == table


def test_a_backfill_takes_its_days_and_only_those(network: SimulatedNetwork, tmp_path: Path) -> None:
    settings = settings_for(tmp_path, network)
    network.night = 2
    with open_rooms(settings) as rooms, recorded_run(settings, "backfill", {}) as run_id:
        days = days_of(date(2026, 3, 16), date(2026, 3, 18))
        for wanted in asking.backfill(run_id, rooms.sources.get("npr"), days, NOW, rooms):
            ingest_source(wanted, rooms)

    assert report_of(settings, run_id).new > 0
    with connect(settings) as session:
        days = session.arrow("SELECT DISTINCT air_date FROM transcripts ORDER BY 1").column(0).to_pylist()
    assert days == [date(2026, 3, 16), date(2026, 3, 17), date(2026, 3, 18)]


def test_a_host_that_cannot_be_reached_is_recorded_and_the_rest_goes_on(
    network: SimulatedNetwork, tmp_path: Path
) -> None:
    network.night = 1
    dead = {**network.host_map, "www.kpbs.org": "127.0.0.1:9"}
    settings = settings_for(tmp_path, network, retries=0).model_copy(update={"host_map": dead})

    report = run_night(settings, FIRST_DAY, ("kpbs", "wuky"))

    by_source = {source.source_id: source for source in report.sources}
    assert by_source["kpbs"].listings_failed == by_source["kpbs"].listings > 0
    assert all(trouble.outcome.startswith("fetch_failed:") for trouble in report.troubles)
    assert all("refused" in (trouble.detail or "") for trouble in report.troubles)
    assert by_source["wuky"].new > 0
    assert report.has_failures
    assert not report.got_nothing


KEEPERS = tuple(f"/pipeline/{part}" for part in ("archive", "ledger", "ingest", "lake"))
PLENTY = 10**9


def night_of_calls(home: Path, host_map: dict[str, str], calls: int) -> int:
    """A night that kills itself after so many calls; it gives the calls that were left."""
    settings = load_settings(home=home, host_map=host_map, min_gap_seconds=0, batch_pages=7)
    calls_left = calls

    @cache
    def is_counted(code: CodeType) -> bool:
        return any(part in code.co_filename for part in KEEPERS)

    def count(frame: FrameType, event: str, argument: object) -> None:
        """Called for calls only, as it asks for nothing more of the function that is called."""
        nonlocal calls_left
        del event, argument
        if is_counted(frame.f_code):
            calls_left -= 1
            if calls_left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.settrace(count)
    run_night(settings, FIRST_DAY, ("npr", "wuky"))
    sys.settrace(None)
    return calls_left


@pytest.fixture(scope="module")
def calls_of_a_night(network: SimulatedNetwork, tmp_path_factory: pytest.TempPathFactory) -> int:
    """Calls of functions in those parts during such a night: the moments at which it may be killed."""
    network.night = 1
    done = run(night_of_calls, tmp_path_factory.mktemp("counted"), network.host_map, PLENTY)
    assert done.code == 0
    return PLENTY - int(done.gave)


@pytest.fixture(scope="module")
def undisturbed(network: SimulatedNetwork, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    settings = settings_for(tmp_path_factory.mktemp("undisturbed"), network)
    network.night = 1
    run_night(settings, FIRST_DAY, ("npr", "wuky"))
    return rows(settings)


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.series) for seed in range(3, 60))])
def test_killed_at_any_moment_and_started_again(
    network: SimulatedNetwork, tmp_path: Path, seed: int, undisturbed: Rows, calls_of_a_night: int
) -> None:
    network.night = 1
    network.forget_requests()

    moment = Random(seed).randrange(calls_of_a_night * 9 // 10)  # a repeated night makes some calls fewer
    done = run(night_of_calls, tmp_path, network.host_map, moment)

    assert done.code == -signal.SIGKILL
    settings = settings_for(tmp_path, network)
    run_night(settings, FIRST_DAY, ("npr", "wuky"))

    assert rows(settings) == undisturbed
    asked = pages_asked(network)
    assert len(asked) - len(set(asked)) <= 1
    with open_rooms(settings) as rooms:
        archived = [page.url for page in rooms.archive.pages()]
    assert len(archived) == len(set(archived))
    assert list(settings.archive_dir.glob("*.lock")) == []
