"""Parts of a home that were lost, or put back from an older copy: the next run sees it, and nothing stays missing."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from flows.doctor import checks
from pipeline.archive.index import read_records
from pipeline.ingest import behind, reading
from pipeline.ingest.behind import make_whole, newest_missing
from pipeline.ingest.reparsing import reparse
from pipeline.ingest.work import Rooms, open_rooms, recorded_run
from pipeline.lake.store import Lake
from pipeline.ledger import Ledger
from pipeline.query.session import connect
from pipeline.report_markdown import to_markdown
from pipeline.settings import Settings
from tests.network.server import SimulatedNetwork
from tests.running import FIRST_DAY, SECOND_DAY, copy_of, report_of, run_night, settings_for

DAY_AFTER = date(2026, 3, 22)


@dataclass(frozen=True)
class Homes:
    """A home after two nights of a network that is still there, and copies: after the first, and amid the second."""

    now: Settings
    before: Path
    known: set[str]
    """The pages in its lake."""


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Homes]:
    folder = tmp_path_factory.mktemp("homes")
    with SimulatedNetwork() as network:
        settings = settings_for(folder / "now", network)
        run_night(settings, FIRST_DAY, ("npr",))
        shutil.copytree(settings.home, folder / "before")
        network.advance()
        run_night(settings, SECOND_DAY, ("npr",))
        shutil.copytree(settings.archive_dir, folder / "amid" / "archive")
        *_, newest = sorted((folder / "amid" / "archive").glob("*.warc.gz"))
        *_, last = [record.offset for record in read_records(newest) if record.kind == "response"]
        os.truncate(newest, last)
        yield Homes(settings, folder / "before", pages(settings))


@pytest.fixture(autouse=True)
def without_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files of twenty pages are read here: processes take longer to start, and have tests of their own."""
    monkeypatch.setattr(reading, "_side_by_side", lambda _workers, work, jobs, *_: map(work, jobs))


def put_back(settings: Settings, before: Path, *parts: str) -> None:
    """Put parts of an older copy in their place; a part that it lacks is lost."""
    for part in parts:
        for path in settings.home.glob(f"{part}*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for path in before.glob(f"{part}*"):
            place = settings.home / path.name
            shutil.copytree(path, place) if path.is_dir() else shutil.copy2(path, place)


def pages(settings: Settings) -> set[str]:
    with connect(settings) as session:
        return set(session.arrow("SELECT url FROM transcripts").column(0).to_pylist())


def days_covered(settings: Settings) -> int:
    with connect(settings) as session:
        return int(session.arrow("SELECT count(*) AS days FROM coverage").column(0)[0].as_py())


@pytest.mark.parametrize(
    "copies",
    [
        {"lake": "before"},
        {"archive": "nothing"},
        {"lake": "before", "archive": "before"},
        {"lake": "nothing", "archive": "before"},
        {"lake": "before", "archive": "amid"},
        {"lake": "nothing", "ledger.sqlite": "nothing"},
    ],
    ids=str,
)
def test_after_the_next_night_nothing_is_missing(
    homes: Homes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copies: dict[str, str]
) -> None:
    settings = copy_of(homes.now, tmp_path / "home")
    covered = days_covered(settings)
    for part, copy in copies.items():
        put_back(settings, homes.before.with_name(copy), part)

    with open_rooms(settings) as rooms:
        make_whole(rooms)
        with monkeypatch.context() as patched:  # all of the archive is not read again for what it has lost
            patched.delattr(behind, "add_readable")
            make_whole(rooms)
    report = run_night(settings, DAY_AFTER, ("npr",))

    assert not report.has_failures
    assert pages(settings) >= homes.known
    assert days_covered(settings) == covered
    assert newest_missing(settings) is None


def test_a_lake_that_is_behind_keeps_what_the_archive_has_lost(
    homes: Homes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = copy_of(homes.now, tmp_path / "home")
    put_back(settings, homes.before, "lake")
    Lake(settings).commit(())
    first, _ = sorted(settings.archive_dir.glob("*.warc.gz"))
    first.unlink()
    assert newest_missing(settings) is not None
    monkeypatch.setenv("ASRUN_HOME", str(settings.home))
    [lake] = [check for check in checks() if check.name == "lake"]

    with open_rooms(settings) as rooms:
        make_whole(rooms)

    assert "run `asrun reparse`" in lake.says
    assert pages(settings) >= homes.known


def test_pages_that_were_lost_before_they_were_read_are_asked_for_again(homes: Homes, tmp_path: Path) -> None:
    """As in a copy of a home that was made while a night ran: its archive is older than its ledger."""
    settings = copy_of(homes.now, tmp_path / "home")
    put_back(settings, homes.before, "lake", "archive")
    with Ledger(settings) as ledger, ledger.transaction() as sql:
        opened = "UPDATE looks SET is_settled = 0, outcome = NULL WHERE warc_file = (SELECT max(warc_file) FROM looks)"
        assert sql.execute(opened).rowcount > 1

    run_night(settings, DAY_AFTER, ("npr",))

    assert pages(settings) >= homes.known


def test_a_ledger_that_was_lost_and_opened_since_is_made_anew(homes: Homes, tmp_path: Path) -> None:
    settings = copy_of(homes.now, tmp_path / "home")
    put_back(settings, tmp_path / "nothing", "ledger.sqlite")
    with open_rooms(settings) as rooms:
        with recorded_run(settings, "import", {}):
            make_whole(rooms)  # beside a run that has archived its first pages, and not noted them yet
        with Ledger(settings) as ledger:
            assert ledger.state(min(homes.known)) is None
        make_whole(rooms)

    assert run_night(settings, SECOND_DAY, ("npr",)).new == 0


def test_a_damaged_file_stops_no_night_and_costs_no_other_page(homes: Homes, tmp_path: Path) -> None:
    """The lake is lost, and in each file of the archive a page of those that it is to be made of cannot be read."""
    settings = copy_of(homes.now, tmp_path / "home")
    put_back(settings, tmp_path / "nothing", "lake")
    files = sorted(settings.archive_dir.glob("*.warc.gz"))
    hit = [damaged(file) for file in files]

    with open_rooms(settings) as rooms:
        damages = make_whole(rooms)
        assert make_whole(rooms) == ()  # it is read once
        with recorded_run(settings, "nightly", {}, damages=damages) as run_id:
            pass
    report = report_of(settings, run_id)

    assert [(damage.split(":")[0]) for damage in damages] == [
        f"{file.name} at {offset}" for file, (offset, _) in zip(files, hit, strict=True)
    ]
    assert report.has_failures
    assert all(damage in to_markdown(report) for damage in damages)
    missing = homes.known - pages(settings)
    assert 0 < len(missing) <= len(files)
    assert missing <= {url for _, url in hit}
    for file in files:
        shutil.copy2(homes.now.archive_dir / file.name, file)
    with open_rooms(settings) as rooms:
        reparse(rooms)
    assert pages(settings) == homes.known


def test_a_ledger_lost_beside_damaged_files_is_made_of_all_else(homes: Homes, tmp_path: Path) -> None:
    settings = copy_of(homes.now, tmp_path / "home")
    put_back(settings, tmp_path / "nothing", "ledger.sqlite")
    files = sorted(settings.archive_dir.glob("*.warc.gz"))
    hit = [damaged(file) for file in files]

    with open_rooms(settings) as rooms:
        damages = make_whole(rooms)
        assert make_whole(rooms) == ()

    assert [damage.split(":")[0] for damage in damages] == [
        f"{file.name} at {offset}" for file, (offset, _) in zip(files, hit, strict=True)
    ]
    with Ledger(settings) as ledger:
        unknown = {url for url in homes.known if ledger.state(url) is None}
    assert 0 < len(unknown) <= len(files)
    assert unknown <= {url for _, url in hit}
    assert pages(settings) == homes.known
    run_night(settings, DAY_AFTER, ("npr",))
    with Ledger(settings) as ledger:
        assert all(ledger.state(url) for url in unknown)


def damaged(file: Path) -> tuple[int, str]:
    """Spoil a page's record amid this file; where it begins, and its URL."""
    responses = [record for record in read_records(file) if record.kind == "response" and record.status == 200]
    record = responses[len(responses) // 2]
    content = bytearray(file.read_bytes())
    content[record.offset + record.bytes_in_file // 2] ^= 0xFF
    file.write_bytes(content)
    return record.offset, str(record.url)


def test_a_page_whose_record_was_damaged_before_it_was_read_is_asked_for_again(homes: Homes, tmp_path: Path) -> None:
    settings = copy_of(homes.now, tmp_path / "home")
    put_back(settings, homes.before, "lake")
    *_, newest = sorted(settings.archive_dir.glob("*.warc.gz"))
    offset, url = damaged(newest)
    with Ledger(settings) as ledger, ledger.transaction() as sql:
        opened = "UPDATE looks SET is_settled = 0, outcome = NULL WHERE warc_file = ?"
        assert sql.execute(opened, (newest.name,)).rowcount > 1

    run_night(settings, DAY_AFTER, ("npr",))

    with Ledger(settings) as ledger:
        looks = ledger.rows("SELECT outcome, detail FROM looks WHERE url = ? ORDER BY look_id DESC", (url,))
    assert [look["outcome"] for look in looks[:2]] == ["published", "fetch_failed:lost"]
    assert f"{newest.name} at {offset}" in looks[1]["detail"]
    assert pages(settings) >= homes.known


@pytest.mark.parametrize("make_anew", [make_whole, reparse])
def test_a_lake_made_anew_knows_which_pages_are_gone(
    homes: Homes, tmp_path: Path, make_anew: Callable[[Rooms], object]
) -> None:
    settings = copy_of(homes.now, tmp_path / "home")
    gone = gone_pages(settings)
    assert gone
    put_back(settings, tmp_path / "nothing", "lake")

    with open_rooms(settings) as rooms:
        make_anew(rooms)

    assert gone_pages(settings) == gone


def gone_pages(settings: Settings) -> list[dict[str, object]]:
    with connect(settings) as session:
        told = session.arrow("SELECT transcript_id, revision, gone_at FROM transcripts WHERE gone_at IS NOT NULL")
        return list(told.to_pylist())
