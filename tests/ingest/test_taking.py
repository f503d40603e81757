"""Imports by many processes: the rows of one, and a page that costs a process its life costs the import itself only."""

import gzip
import os
import signal
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest

from pipeline.archive import Archive, Resource, encode_page
from pipeline.archive.warc import decode_record
from pipeline.ingest import importing, portions, saved
from pipeline.ingest.importing import import_files
from pipeline.ingest.taking import Job, Taken, Took, take, take_all
from pipeline.ingest.work import IMPORT, open_rooms, recorded_run
from pipeline.lake.pages.looks import Looks
from pipeline.lake.store import Lake
from pipeline.ledger import Ledger
from pipeline.query.session import connect
from pipeline.report import RunReport, run_report
from pipeline.settings import Settings, load_settings
from schemas import TABLES
from tests.forks import run
from tests.ingest.deadly import DEADLY, take_or_die
from tests.network import npr
from tests.network.crawl_server import Crawled, write_crawl
from tests.network.stories import STORIES
from tests.running import copy_of

AT = datetime(2026, 3, 21, 4, 0, tzinfo=UTC)
COUNT = 24
IMPORTED = {"published": COUNT + 1, "unchanged": 1}
OURS = {"warc_file", "warc_offset"}
"""Columns that name places in the archive that took a page in."""
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stories under many addresses, two of which are met again later, one changed and one as it was."""
    folder = tmp_path_factory.mktemp("crawl")
    bodies = [npr.transcript_page(story, story.published_at).body for story in STORIES[:5]]
    pages = [_crawled(number, bodies[number % len(bodies)]) for number in range(COUNT)]
    later = [_crawled(0, bodies[1], days=30), _crawled(1, bodies[1], days=30)]
    write_crawl(folder, [*pages, *later])
    return next(folder.rglob("*.warc.gz"))


def _crawled(number: int, body: bytes, days: int = 0) -> Crawled:
    word = DEADLY if number == COUNT // 2 else "usual"
    host = "www.npr.org" if number % 2 else "radio.example"
    return Crawled(f"https://{host}/{word}/{number}", AT + timedelta(days=days, minutes=number), body)


@pytest.fixture(autouse=True)
def _short_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "PORTION_BYTES", 50_000)
    monkeypatch.setattr(importing, "COMMIT_PAGES", 10)


def settings_of(home: Path, workers: int) -> Settings:
    return load_settings(home=home, workers=workers)


def imported(file: Path, settings: Settings) -> RunReport:
    with open_rooms(settings) as rooms, recorded_run(settings, IMPORT, {}) as run_id:
        import_files([file], None, run_id, rooms)
    with Ledger(settings) as ledger:
        return run_report(ledger, run_id)


def rows(settings: Settings) -> Rows:
    with connect(settings) as session:
        found = {table.name: session.arrow(f"FROM {table.name} ORDER BY ALL").to_pylist() for table in TABLES}
    return {
        name: [{column: value for column, value in row.items() if column not in OURS} for row in table]
        for name, table in found.items()
    }


@pytest.fixture(scope="module")
def by_one(crawl: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home after an import by one process. Only to be read, or copied."""
    settings = settings_of(tmp_path_factory.mktemp("by-one"), 1)
    assert imported(crawl, settings).pages == IMPORTED
    return settings


@pytest.fixture(scope="module")
def undisturbed(by_one: Settings) -> Rows:
    return rows(by_one)


def test_an_import_by_many_gives_the_rows_of_one(crawl: Path, tmp_path: Path, undisturbed: Rows) -> None:
    together = settings_of(tmp_path, 3)

    assert imported(crawl, together).pages == IMPORTED
    assert rows(together) == undisturbed
    with open_rooms(together) as rooms:
        assert len([*rooms.archive.pages()]) == COUNT + 1


def test_a_second_import_changes_nothing(crawl: Path, by_one: Settings, tmp_path: Path, undisturbed: Rows) -> None:
    settings = copy_of(by_one, tmp_path / "home").model_copy(update={"workers": 2})

    assert imported(crawl, settings).pages == {"unchanged": COUNT + 2}
    assert rows(settings) == undisturbed


def test_pages_that_were_lost_before_they_were_read_are_taken_in_again(
    crawl: Path, tmp_path: Path, undisturbed: Rows
) -> None:
    """The import that archived them died, and what it had archived is gone; a night has learned of it, or none has."""
    settings = settings_of(tmp_path, 1)
    assert run(import_and_die, crawl, settings, 1, "commit").code == -signal.SIGKILL
    with open_rooms(settings) as rooms:
        [file] = rooms.archive.files()
    with Archive(settings) as other:  # an archive of no files would be one that is not mounted
        other.append_encoded(encode_page(Resource("https://radio.example/", AT, "text/html", b"<p>No page.</p>"))[0])
    for path in settings.archive_dir.glob(f"{file.name}*"):
        path.unlink()

    assert imported(crawl, settings).pages == IMPORTED

    assert rows(settings) == undisturbed
    assert imported(crawl, settings).pages == {"unchanged": COUNT + 2}
    with Ledger(settings) as ledger:
        assert ledger.one("SELECT 1 FROM urls WHERE looks < 1 OR warc_file IS NULL") is None


def import_and_die(file: Path, settings: Settings, steps: int, place: str) -> None:
    """An import that ends its process before it has committed (`commit`) or settled (`settle`) for so many times."""
    importing.COMMIT_PAGES = 10
    owner: Any = {"commit": Lake, "settle": Ledger}[place]
    step, done = getattr(owner, place), count(1)

    def step_or_die(*arguments: Any) -> object:
        if arguments[-1] and next(done) == steps:  # a batch that is not empty
            os.kill(os.getpid(), signal.SIGKILL)
        return step(*arguments)

    setattr(owner, place, step_or_die)
    with open_rooms(settings) as rooms, recorded_run(settings, IMPORT, {}) as run_id:
        import_files([file], None, run_id, rooms)


@pytest.mark.parametrize(("step", "place"), [(1, "commit"), (2, "commit"), (2, "settle")])
def test_an_import_that_is_killed_is_ended_by_the_next(
    crawl: Path, tmp_path: Path, undisturbed: Rows, step: int, place: str
) -> None:
    killed = settings_of(tmp_path, 1)
    assert run(import_and_die, crawl, killed, step, place).code == -signal.SIGKILL

    imported(crawl, killed)

    assert rows(killed) == undisturbed
    with open_rooms(killed) as rooms, Ledger(killed) as ledger:
        assert len([*rooms.archive.pages()]) == COUNT + 1
        assert ledger.rows("SELECT * FROM looks WHERE is_settled = 0") == []


def jobs(crawl: Path, settings: Settings) -> list[Job]:
    """The portion in which the deadly page stands, and pages about it that are handed over."""
    parts = [
        part for part in saved.parts_of(crawl, None, settings.max_decoded_bytes) if isinstance(part, portions.Portion)
    ]
    deadly = next(part for part in parts if any(DEADLY in page.url for page in part.pages()))
    return [Job(settings, deadly), Job(settings, tuple(islice(saved.pages_of(crawl, None, 10**6), 11, 14)))]


def each(took: Took) -> list[tuple[Taken, Looks]]:
    """The pages, each with what it gives."""
    return [(taken, took.looks.take([number])) for number, taken in enumerate(took.pages)]


def content_of(taken: Taken) -> bytes:
    page = decode_record(gzip.decompress(taken.encoded.records[taken.encoded.page_at :]), "", 0)
    assert page is not None
    return page.content


@pytest.mark.parametrize("workers", [1, 2])
def test_a_deadly_page_is_archived_and_costs_itself_only(
    crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr(portions, "PORTION_BYTES", 15_000)
    settings = settings_of(tmp_path, workers)
    usual = [one for took in map(take, jobs(crawl, settings)) for one in each(took)]

    found = [one for took in take_all(jobs(crawl, settings), settings, work=take_or_die) for one in each(took)]

    assert [taken.page for taken, _ in found] == [taken.page for taken, _ in usual]
    for (taken, looks), (as_usual, usual_looks) in zip(found, usual, strict=True):
        if DEADLY in taken.page.url:
            assert [gist.outcome for gist in looks.gists()] == ["rejected:crashed"]
            assert content_of(taken) == content_of(as_usual)
        else:
            assert looks == usual_looks


def test_damage_keeps_nothing_else_from_being_taken_in(crawl: Path, tmp_path: Path) -> None:
    content = bytearray(crawl.read_bytes())
    content[len(content) // 2] ^= 0xFF
    damaged, whole = tmp_path / "a.warc.gz", tmp_path / "b.warc.gz"
    damaged.write_bytes(content)
    whole.write_bytes(crawl.read_bytes())
    settings = settings_of(tmp_path / "home", 2)

    with open_rooms(settings) as rooms, recorded_run(settings, IMPORT, {}) as run_id:
        [damage] = import_files([damaged, whole], None, run_id, rooms)

    assert damage.startswith(f"{damaged}: ")
    with Ledger(settings) as ledger:
        assert run_report(ledger, run_id).pages["published"] == COUNT + 1
