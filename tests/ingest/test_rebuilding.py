"""A ledger that was lost is made anew, and knows of every page what the lost one knew."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Self

import pytest

from pipeline.archive import writer
from pipeline.errors import UsageError
from pipeline.fetch import wire
from pipeline.ingest import fetching, plans
from pipeline.ingest.covering import publish_coverage
from pipeline.ingest.fetching import recover
from pipeline.ingest.importing import import_files
from pipeline.ingest.rebuilding import rebuild_if_lost, rebuild_ledger
from pipeline.ingest.sequence import ingest_source
from pipeline.ingest.work import open_rooms, recorded_run
from pipeline.ledger import Ledger
from pipeline.query.session import connect
from pipeline.schedule import night_after
from pipeline.settings import Settings
from tests.network.server import SimulatedNetwork
from tests.one_digest import ONE_DIGEST
from tests.running import FIRST_DAY, SECOND_DAY, copy_of, settings_for

SOURCES = ("npr", "kpbs", "wuky")
KNOWN = (
    "url, source_id, counted_from, etag, last_modified, payload_digest, capture_id, warc_file, warc_offset, outcome, "
    "due_at, word_count, speech_count, named_count"
)


class Clock(datetime):
    """Time as it is on the simulated nights: each question takes a second."""

    at = datetime(2026, 3, 21, 7, 15, tzinfo=UTC)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        del tz
        Clock.at += timedelta(seconds=1)
        return cls.fromtimestamp(Clock.at.timestamp(), UTC)


@pytest.fixture(scope="module")
def network() -> Iterator[SimulatedNetwork]:
    with SimulatedNetwork() as opened:
        yield opened


@pytest.fixture(scope="module")
def two_nights(network: SimulatedNetwork, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A home after two nights, as their own clocks had it. Only to be copied."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (wire, fetching, writer):
            patch.setattr(module, "datetime", Clock)
        settings = settings_for(tmp_path_factory.mktemp("two-nights") / "home", network)
        night(settings, network, 1)
        night(settings, network, 2)
        yield settings


@pytest.fixture
def settings(two_nights: Settings, tmp_path: Path) -> Settings:
    return copy_of(two_nights, tmp_path / "home")


def night(settings: Settings, network: SimulatedNetwork, number: int) -> None:
    network.night = number
    day = (FIRST_DAY, SECOND_DAY)[number - 1]
    Clock.at = night_after(day, datetime.now(UTC))
    with open_rooms(settings) as rooms, recorded_run(settings, "nightly", {}) as run_id:
        recover(run_id, rooms)
        for wanted in plans.nightly(run_id, day, rooms.sources.choose(SOURCES), datetime.now(UTC), limit=500):
            ingest_source(wanted, rooms)
    publish_coverage(settings)


def pages(settings: Settings) -> dict[str, dict[str, Any]]:
    """What the ledger knows of each page that was looked at."""
    with Ledger(settings) as ledger:
        rows = ledger.rows(f"SELECT {KNOWN} FROM urls WHERE kind = 'page' AND looks > 0 ORDER BY url")
    return {row["url"]: dict(row) for row in rows}


def looks(settings: Settings) -> list[tuple[Any, ...]]:
    with Ledger(settings) as ledger:
        return [
            tuple(row)
            for row in ledger.rows(
                "SELECT url, looked_at, looks.outcome, change, looks.capture_id, looks.warc_file, looks.warc_offset "
                "FROM looks JOIN urls USING (url) WHERE kind = 'page' ORDER BY looked_at, url"
            )
        ]


def lose(settings: Settings) -> None:
    for path in settings.home.glob("ledger.sqlite*"):
        path.unlink()


def test_all_that_can_be_known_is_known_again(settings: Settings) -> None:
    known, seen = pages(settings), looks(settings)
    with connect(settings) as session:
        coverage = session.arrow("FROM coverage").to_pylist()
    lose(settings)

    with open_rooms(settings) as rooms:
        made = rebuild_ledger(rooms)

    again = pages(settings)
    assert made.pages == len(again) == len(known) > 20
    assert made.looks == len(seen)
    undated = {url for url in known if known[url]["outcome"] in {"gone", "not_a_transcript", "fetch_failed:robots"}}
    for url in known.keys() - undated:
        assert again[url] == known[url]
    for url in undated:  # their day was in the listing only, which is read again
        assert {**again[url], "counted_from": 0, "due_at": 0} == {**known[url], "counted_from": 0, "due_at": 0}
    assert looks(settings) == seen
    with connect(settings) as session:
        assert session.arrow("FROM coverage").to_pylist() == coverage
    assert not (settings.home / "ledger.new").exists()


def test_the_next_night_fetches_nothing_again(settings: Settings, network: SimulatedNetwork) -> None:
    lose(settings)
    network.forget_requests()
    with open_rooms(settings) as rooms:
        assert rebuild_if_lost(rooms) is not None
        assert rebuild_if_lost(rooms) is None
    assert network.requests == []

    night(settings, network, 2)

    archived = set(pages(settings))
    whole = {f"https://{seen.host}{seen.path}" for seen in network.requests if seen.status == 200}
    assert whole & archived == set()
    with connect(settings) as session:
        twice = session.arrow("SELECT url FROM captures GROUP BY url, payload_digest HAVING count(*) > 1").to_pylist()
    assert twice == []


def test_without_a_lake_what_the_archive_has_is_enough(settings: Settings) -> None:
    known = pages(settings)
    lose(settings)
    shutil.rmtree(settings.lake_dir)

    with open_rooms(settings) as rooms:
        rebuild_ledger(rooms)

    again = pages(settings)
    published = {url for url, page in known.items() if page["outcome"] == "published"}
    assert published
    for url in published:
        assert again[url] == known[url]


def test_an_import_keeps_its_rest(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "old.txt"
    file.write_text("HOST: Good morning.\nGUEST: Good morning to you.\n" * 20, encoding="utf-8")
    with open_rooms(settings) as rooms, recorded_run(settings, "import", {}) as run_id:
        import_files([file], "https://www.npr.org/transcripts/1", run_id, rooms)
    known = pages(settings)["https://www.npr.org/transcripts/1"]
    lose(settings)

    with open_rooms(settings) as rooms:
        rebuild_ledger(rooms)

    again = pages(settings)["https://www.npr.org/transcripts/1"]
    assert (again["outcome"], again["capture_id"]) == (known["outcome"], known["capture_id"])
    assert (again["due_at"] is None) == (known["due_at"] is None)


def test_a_page_that_the_lake_refused_stays_refused(settings: Settings, tmp_path: Path) -> None:
    first, other = (f"https://radio.example{path}" for path in ONE_DIGEST)
    with open_rooms(settings) as rooms, recorded_run(settings, "import", {}) as run_id:
        for name, url in (("first", first), ("other", other)):
            file = tmp_path / f"{name}.txt"
            file.write_text(f"SCOTT SIMON, HOST: Good morning, {name}.\nJANE DOE: And to you.\n" * 20, encoding="utf-8")
            import_files([file], url, run_id, rooms)
    known = pages(settings)
    assert [known[url]["outcome"] for url in (first, other)] == ["published", "rejected:id_taken"]
    lose(settings)

    with open_rooms(settings) as rooms:
        rebuild_ledger(rooms)

    again = pages(settings)
    assert [again[url] for url in (first, other)] == [known[url] for url in (first, other)]


def test_a_ledger_that_is_there_is_not_replaced(settings: Settings) -> None:
    with open_rooms(settings) as rooms, pytest.raises(UsageError, match="move it aside"):
        rebuild_ledger(rooms)


def test_what_a_killed_rebuild_left_is_no_hindrance(settings: Settings) -> None:
    known = pages(settings)
    lose(settings)
    left = settings.home / "ledger.new"
    left.mkdir()
    (left / "ledger.sqlite").write_bytes(b"half")

    with open_rooms(settings) as rooms:
        rebuild_ledger(rooms)

    assert pages(settings).keys() == known.keys()
