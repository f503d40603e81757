"""What fails and what is missing, kept as it changes: right in a ledger that was filled before it was kept."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.ledger import Failure, Ledger, Look, Settlement, Visit, schema
from pipeline.ledger.expectations import missing_pages
from pipeline.ledger.history import failures
from pipeline.ledger.links import note_pages
from pipeline.ledger.sights import newest_rejects
from pipeline.ledger.standing import STANDING
from pipeline.settings import load_settings
from tests.ledger.test_ledger import page

AT = datetime(2026, 3, 21, 7, 15, tzinfo=UTC)
EMPTY, TIMEOUT = "rejected:empty", "fetch_failed:timeout"


def test_a_ledger_of_the_version_before_is_counted_once(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    with closing(sqlite3.connect(settings.ledger_file, isolation_level=None)) as old:
        for migration in schema._MIGRATIONS[: schema._MIGRATIONS.index(STANDING)]:
            for statement in migration.split(";\n"):
                old.execute(statement)
        old.execute(f"PRAGMA user_version = {schema._MIGRATIONS.index(STANDING)}")
        pages = [("b", "npr", "page", EMPTY), ("a", "npr", "page", EMPTY), ("c", None, "page", TIMEOUT)]
        listings = [("feed", "npr", "listing", None), ("sitemap", "npr", "listing", None)]
        old.executemany(
            "INSERT INTO urls (url, source_id, kind, outcome, air_date, first_seen_at, counted_from) "
            "VALUES (?, ?, ?, ?, '2026-03-20', '', '')",
            [*pages, *listings],
        )
        old.executemany(
            "INSERT INTO looks (url, run_id, looked_at, outcome, capture_id, is_settled) VALUES (?, '', '', ?, ?, 1)",
            [("feed", TIMEOUT, "1"), ("feed", "read", "2"), ("sitemap", "read", "3"), ("sitemap", TIMEOUT, "4")],
        )
        old.execute("UPDATE day_counts SET expected = 5")

    with Ledger(settings) as ledger:
        assert failures(ledger) == [
            Failure(None, "page", TIMEOUT, 1, "c"),
            Failure("npr", "page", EMPTY, 2, "a"),
            Failure("npr", "listing", TIMEOUT, 1, "sitemap"),
        ]
        assert missing_pages(ledger) == {"npr": 3}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(load_settings(home=tmp_path))


def look(ledger: Ledger, number: int, outcome: str, days: int) -> None:
    """An archived look at a page, as many days later."""
    visit = Visit(page(number).url, "r", f"{number} on {days}", AT + timedelta(days=days))
    ledger.note_look(Look(visit, warc_file="a.warc.gz", warc_offset=number))
    ledger.settle([Settlement(one.look_id, one.url, outcome, None, None) for one in ledger.open_looks_of_run("r")])


def test_rejects_are_those_that_stand_by_their_last_look(ledger: Ledger) -> None:
    with ledger:
        note_pages(ledger, [page(number, date(2026, 3, 20)) for number in range(1, 6)], AT)
        for number in range(1, 6):
            look(ledger, number, EMPTY, number)
        look(ledger, 1, EMPTY, 9)  # again, and later than all
        look(ledger, 3, "published", 9)
        look(ledger, 4, TIMEOUT, 9)

        found = newest_rejects(ledger, 2)

    assert [(one.url, one.looked_at) for one in found] == [
        (page(1).url, AT + timedelta(days=9)),
        (page(5).url, AT + timedelta(days=5)),
    ]
