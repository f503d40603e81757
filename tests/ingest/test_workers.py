"""Processes side by side: their results in order, and the death of one told, survived and put down to its job."""

import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.archive import Archive, Resource
from pipeline.archive.warc import digest_of
from pipeline.errors import ArchiveError
from pipeline.ingest import begun, reading
from pipeline.ingest.begun import reading_ahead, reading_of
from pipeline.ingest.importing import import_page, publish_run
from pipeline.ingest.reading import read_archive
from pipeline.ingest.reparsing import reparse
from pipeline.ingest.work import open_rooms, recorded_run
from pipeline.ingest.workers import LostWorker, Workers, spread_over
from pipeline.lake.pages.looks import Looks, put_together
from pipeline.lake.people import appeared
from pipeline.lake.stories import linking
from pipeline.ledger import Ledger
from pipeline.query.session import connect
from pipeline.settings import Settings, load_settings
from schemas import TABLES
from tests.ingest.deadly import DEADLY, read_or_die
from tests.ingest.jobs import HANGS_AFTER, do, do_or_die_elsewhere, hears_interrupts
from tests.network import npr
from tests.network.stories import STORIES

AT = datetime(2026, 3, 21, 4, 0, tzinfo=UTC)


def settings_of(home: Path, page_seconds: float = 60.0) -> Settings:
    """On a busy machine a page may take a worker seconds, which must first import what it works with."""
    return load_settings(home=home, workers=2, page_seconds=page_seconds, batch_pages=10)


# --- workers --------------------------------------------------------------------------------------------------------
def test_results_come_in_the_order_of_the_jobs(tmp_path: Path) -> None:
    jobs = [f"job {number}" for number in range(20)]

    with closing(Workers(settings_of(tmp_path))) as workers:
        assert list(workers.in_order(do, jobs)) == [(job, job.upper()) for job in jobs]


def test_workers_leave_it_to_their_starter_to_hear_ctrl_c(tmp_path: Path) -> None:
    with closing(Workers(settings_of(tmp_path))) as workers:
        assert list(workers.in_order(hears_interrupts, ["here", "there"])) == [("here", False), ("there", False)]
        assert workers.alone(hears_interrupts, "here") is False
    assert hears_interrupts("here")


def test_nothing_of_them_is_left_when_they_are_closed(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    with closing(Workers(settings_of(tmp_path))) as workers:
        next(workers.in_order(do, ["begun", "waiting", "another"]))
        assert set(threading.enumerate()) > before

    assert set(threading.enumerate()) <= before


_STARTER = """
import sys, time
from pipeline.ingest.workers import Workers
from pipeline.settings import load_settings
from tests.ingest.jobs import do

if __name__ == "__main__":
    workers = Workers(load_settings(home=sys.argv[1], workers=2))
    print(*(done for _, done in workers.in_order(do, ["begun"])), flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_when_their_starter_is_gone(tmp_path: Path, how: signal.Signals) -> None:
    command = [sys.executable, "-c", _STARTER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as starter:
        assert starter.stdout is not None
        assert starter.stdout.readline() == "BEGUN\n"
        starter.send_signal(how)
        starter.communicate(timeout=60)  # to the end: no process of its own could write there any more


def test_a_worker_that_dies_loses_what_its_pool_had_begun_and_nothing_else(tmp_path: Path) -> None:
    jobs = [f"job {number}" for number in range(30)]
    jobs[10] = "die"

    with closing(Workers(settings_of(tmp_path))) as workers:
        found = list(workers.in_order(do, jobs))
        lost = [job for job, done in found if isinstance(done, LostWorker)]
        again = [workers.alone(do, job) for job in lost]

    assert [job for job, _ in found] == jobs
    assert "die" in lost
    assert len(lost) <= 4  # two workers, and once more where the pool broke before a result had arrived
    dead = LostWorker("crashed", "the process that read it died")
    assert again == [dead if job == "die" else job.upper() for job in lost]


LOSSES = {"die": "crashed", "hang": "timeout", "grow": "out_of_memory"}


@pytest.mark.parametrize(("job", "reason"), LOSSES.items())
def test_what_a_worker_died_of_is_named(tmp_path: Path, job: str, reason: str) -> None:
    patience = HANGS_AFTER if reason == "timeout" else 60.0
    with closing(Workers(settings_of(tmp_path, patience))) as workers:
        lost = workers.alone(do, job)

    assert isinstance(lost, LostWorker)
    assert lost.reason == reason


def test_what_a_worker_dies_of_is_done_here(tmp_path: Path) -> None:
    with closing(Workers(settings_of(tmp_path))) as workers:
        found = list(spread_over(workers)(do_or_die_elsewhere, ["a", "die", "b"]))

    assert found == ["A", "DIE", "B"]


def test_the_first_jobs_are_begun_before_anything_is_asked_for(tmp_path: Path) -> None:
    jobs = iter(["a", "b", "c"])

    with closing(Workers(settings_of(tmp_path))) as workers:
        results = workers.in_order(do, jobs)
        assert next(jobs, None) is None
        assert list(results) == [("a", "A"), ("b", "B"), ("c", "C")]


def test_an_error_of_the_work_is_raised_in_its_turn(tmp_path: Path) -> None:
    with closing(Workers(settings_of(tmp_path))) as workers:
        results = workers.in_order(do, ["a", "wrong", "b"])
        assert next(results) == ("a", "A")
        with pytest.raises(ValueError, match="wrong"):
            next(results)


# --- the archive ----------------------------------------------------------------------------------------------------
def fill(settings: Settings, count: int, first: int = 0) -> None:
    """An archive of stories under many addresses, read and published."""
    pages = [npr.transcript_page(story, story.published_at, is_empty=False).body for story in STORIES[:5]]
    with open_rooms(settings) as rooms, recorded_run(settings, "import", {}) as run_id, Ledger(settings) as ledger:
        for number in range(first, first + count):
            word = DEADLY if number == count // 2 else "usual"
            url = f"https://radio.example/{word}/{number}"
            page = Resource(url, AT + timedelta(minutes=number), "text/html", pages[number % len(pages)])
            import_page(page, run_id, rooms, ledger)
        publish_run(run_id, rooms, ledger)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = settings_of(tmp_path_factory.mktemp("filled"))
    fill(settings, 41)
    return settings


@pytest.fixture(scope="module")
def alone(filled: Settings) -> Looks:
    """What the archive gives to one process."""
    return every(read_archive(Archive(filled), filled.model_copy(update={"workers": 1})))


@pytest.fixture
def short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "STRETCH", 3)


def every(found: Iterable[Looks]) -> Looks:
    return put_together(list(found))


def told(looks: Looks) -> list[tuple[str, str, str | None]]:
    return [(gist.url, gist.outcome, gist.content_hash) for gist in looks.gists()]


@pytest.mark.usefixtures("short_stretches")
def test_the_archive_gives_the_same_whoever_reads_it(filled: Settings, alone: Looks) -> None:
    archive = Archive(filled)

    assert [url for url, *_ in told(alone)] == [page.url for page in archive.pages()]
    assert every(read_archive(archive, filled)) == alone


@pytest.mark.usefixtures("short_stretches")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_deadly_page_costs_itself_only(filled: Settings, alone: Looks, workers: int) -> None:
    settings = filled.model_copy(update={"workers": workers})

    found = told(every(read_archive(Archive(filled), settings, work=read_or_die)))

    assert len(found) == len(alone)
    for (url, outcome, content), usual in zip(found, told(alone), strict=True):
        if DEADLY in url:
            assert (outcome, content) == ("rejected:crashed", None)
        else:
            assert (url, outcome, content) == usual


def rows(settings: Settings) -> dict[str, list[dict[str, Any]]]:
    with connect(settings) as session:
        return {table.name: session.arrow(f"FROM {table.name} ORDER BY ALL").to_pylist() for table in TABLES}


def test_a_reparse_gives_the_rows_of_the_runs_that_archived(filled: Settings) -> None:
    before = rows(filled)

    with open_rooms(filled.model_copy(update={"workers": 1})) as rooms:
        diff = reparse(rooms)

    assert diff.pages == 41
    assert not any(diff.tables.values())
    assert rows(filled) == before


@pytest.mark.usefixtures("short_stretches")
def test_a_lake_made_by_many_has_the_bytes_of_one_made_by_one(
    filled: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linking, "CHUNK_PAGES", 7)
    monkeypatch.setattr(linking, "JOB_PAGES", 3)
    monkeypatch.setattr(appeared, "JOB_PAGES", 3)
    made = {}
    for workers in (1, 3):
        home = tmp_path / str(workers)
        shutil.copytree(filled.archive_dir, home / "archive")
        with open_rooms(filled.model_copy(update={"home": home, "workers": workers})) as rooms:
            assert reparse(rooms).pages == 41
        files = (home / "lake").rglob("*.parquet")
        made[workers] = sorted((path.parts[len(home.parts) + 1], digest_of(path.read_bytes())) for path in files)

    assert made[1] == made[3]
    assert {name for name, _ in made[1]} >= {"transcripts", "turns", "people", "stories", "appearances"}


@pytest.mark.usefixtures("short_stretches")
def test_a_reading_that_was_begun_is_given_once_and_for_the_same_pages(filled: Settings, alone: Looks) -> None:
    with (
        reading_ahead(filled, None),
        open_rooms(filled) as rooms,
        closing(reading_of(rooms, "npr")) as of_npr,
        closing(reading_of(rooms, None)) as begun_before,
        closing(reading_of(rooms, None)) as another,
    ):
        assert not any(of_npr)
        assert every(begun_before) == alone
        assert another is not begun_before


@pytest.mark.usefixtures("short_stretches")
def test_a_reparse_takes_what_was_begun_before_it(filled: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with reading_ahead(filled, None), open_rooms(filled) as rooms:
        monkeypatch.setattr(begun, "Reading", None)  # none is begun any more
        assert reparse(rooms, dry_run=True).pages == 41


@pytest.mark.usefixtures("short_stretches")
@pytest.mark.parametrize("there", [0, 9])
def test_what_is_published_after_a_reading_was_begun_stays(tmp_path: Path, there: int) -> None:
    """A night that commits while a reparse starts, or waits for the lake."""
    settings = settings_of(tmp_path)
    fill(settings, there)
    with reading_ahead(settings, None), open_rooms(settings) as rooms:
        fill(settings, 2, first=there)
        before = rows(settings)
        diff = reparse(rooms)
    assert diff.pages == there + 2
    assert not any(diff.tables.values())
    assert rows(settings) == before


def test_a_damaged_archive_is_told_by_the_run_and_not_by_who_reads_ahead(filled: Settings, tmp_path: Path) -> None:
    settings = filled.model_copy(update={"home": tmp_path})
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "asrun-20260101000000000-1-1.warc.gz").write_bytes(b"no WARC file")

    with reading_ahead(settings, None), open_rooms(settings) as rooms, pytest.raises(ArchiveError, match="asrun-"):
        reparse(rooms)
