"""`coverage` in the lake follows the ledger month by month, and comes back where the lake was lost."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipeline.ingest import covering
from pipeline.ingest.covering import publish_coverage
from pipeline.lake.published.writing import Work, Writer
from pipeline.lake.rows import ordered, plain
from pipeline.lake.store import Lake
from pipeline.lake.tables.delta import DeltaFolder
from pipeline.lake.tables.together import Tables
from pipeline.ledger import Discovered, Ledger, Look, Settlement, Visit
from pipeline.ledger.links import note_pages
from pipeline.query.session import connect
from pipeline.schedule import last_broadcast_day
from pipeline.settings import Settings, load_settings
from schemas import CAPTURES, COVERAGE, TABLES, Table
from tests.counted import coverage_of, day_counts

AT = datetime(2026, 3, 3, 7, 15, tzinfo=UTC)
FIRST = date(2026, 1, 5)
WEEKS = 12


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home whose ledger knows a programme of twelve weeks, one of them missed, and whose lake tells of it."""
    settings = load_settings(home=tmp_path)
    days = [FIRST + timedelta(weeks=week) for week in range(WEEKS) if week != 5]
    with Ledger(settings) as ledger:
        note_pages(ledger, [page(number, day) for number, day in enumerate(days)], AT)
    publish_coverage(settings)
    return settings


def page(number: int, day: date) -> Discovered:
    return Discovered(f"https://www.npr.org/{number}", "npr", "Morning Edition", day, None, AT, AT)


def look(settings: Settings, number: int, outcome: str, day: date | None = None) -> None:
    with Ledger(settings) as ledger:
        ledger.note_look(Look(Visit(f"https://www.npr.org/{number}", "run", f"c{number}", AT), outcome))
        (found,) = ledger.open_looks("npr")
        ledger.settle([Settlement(found.look_id, found.url, outcome, None, None, air_date=day, counted_from=AT)])


def in_lake(settings: Settings) -> list[dict[str, object]]:
    with connect(settings) as session:
        rows: list[dict[str, object]] = session.arrow("FROM coverage ORDER BY ALL").to_pylist()
    return rows


def in_ledger(settings: Settings) -> list[dict[str, object]]:
    """All of it, reckoned from nothing."""
    with Ledger(settings) as ledger:
        return [plain(day) for day in coverage_of(day_counts(ledger), last_broadcast_day(datetime.now(UTC)))]


def test_a_week_that_was_missed_is_expected(settings: Settings) -> None:
    assert len(in_lake(settings)) > WEEKS
    assert in_lake(settings) == in_ledger(settings)


def test_only_months_around_a_change_are_written(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    put: list[str] = []

    def noting(self: DeltaFolder, parts: dict[str, pa.Table]) -> None:
        put.extend(parts if self.table is COVERAGE else ())
        write(self, parts)

    write = DeltaFolder.write
    monkeypatch.setattr(DeltaFolder, "write", noting)
    look(settings, 0, "published")
    publish_coverage(settings)

    assert put == ["2026-01"]
    assert in_lake(settings) == in_ledger(settings)
    publish_coverage(settings)
    assert put == ["2026-01"]


def test_the_tables_are_opened_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening one takes the longer the more files it has."""
    opened: list[str] = []

    def noting(self: DeltaFolder, table: Table, *where: Any) -> None:
        opened.append(table.name)
        opening(self, table, *where)

    opening = DeltaFolder.__init__
    monkeypatch.setattr(DeltaFolder, "__init__", noting)
    look(settings, 0, "published")
    publish_coverage(settings)

    assert sorted(opened) == sorted(table.name for table in TABLES)


@pytest.mark.parametrize("ends_after", [0, 1])
def test_a_lost_lake_gets_all_of_it_though_its_first_writer_ended(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, ends_after: int
) -> None:
    """In the middle of its first write, or between two."""
    shutil.rmtree(settings.lake_dir)
    monkeypatch.setattr(covering, "_ROWS_AT_ONCE", 1)
    finished: list[Writer] = []

    def ending(self: Writer, work: Work) -> Path | None:
        if len(finished) == ends_after:
            raise KeyboardInterrupt
        finished.append(self)
        return finish(self, work)

    finish = Writer.finish
    monkeypatch.setattr(Writer, "finish", ending)
    with pytest.raises(KeyboardInterrupt):
        publish_coverage(settings, is_whole=True)
    monkeypatch.setattr(Writer, "finish", finish)

    Lake(settings).put(CAPTURES, [])
    publish_coverage(settings)

    assert in_lake(settings) == in_ledger(settings)


def test_a_month_that_has_no_page_any_more_is_emptied(settings: Settings) -> None:
    """All pages of the last weeks turn out to be of January."""
    for number in range(3, WEEKS - 1):
        look(settings, number, "published", FIRST)
    publish_coverage(settings)

    assert in_lake(settings) == in_ledger(settings)


def test_a_run_that_dies_before_it_has_published_is_made_good(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    look(settings, 0, "gone")
    with monkeypatch.context() as patched:
        patched.setattr(covering, "_publish", killed)
        with pytest.raises(KeyboardInterrupt):
            publish_coverage(settings)
    publish_coverage(settings)

    assert in_lake(settings) == in_ledger(settings)


def test_a_lost_lake_has_all_of_it_again(settings: Settings) -> None:
    shutil.rmtree(settings.lake_dir)
    publish_coverage(settings)

    assert in_lake(settings) == in_ledger(settings)


def test_many_rows_are_put_some_months_at_a_time(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = in_lake(settings)
    monkeypatch.setattr(covering, "_ROWS_AT_ONCE", 3)
    publish_coverage(settings, is_whole=True)

    assert in_lake(settings) == before


def test_the_table_of_an_older_asrun_is_filed_by_months(settings: Settings) -> None:
    before = in_lake(settings)
    older = Table(COVERAGE.name, COVERAGE.description, COVERAGE.key, COVERAGE.order, COVERAGE.columns, 1)
    version = Tables(settings.lake_dir)[COVERAGE].disk.version
    shutil.rmtree(settings.lake_dir / COVERAGE.name)
    folder = DeltaFolder(older, settings.lake_dir / COVERAGE.name)
    folder.append(ordered(older, pa.Table.from_pylist(before, older.stored)))
    while folder.version < version:
        folder.append(older.stored.empty_table())
    Lake(settings).commit(())

    assert in_lake(settings) == before
    assert Lake(settings).parts(COVERAGE) == sorted({f"{row['air_date']:%Y-%m}" for row in before})
