"""What fails and what is missing, kept as it changes: right in a ledger that was filled before it was kept."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from pipeline.ledger import Failure, Figures, Ledger, Look, Reread, Settlement, Visit, schema
from pipeline.ledger.expectations import missing_pages, note_expected, programs
from pipeline.ledger.history import failures
from pipeline.ledger.links import note_listing, note_listing_failed, note_pages
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


KEPT_AND_COUNTED = {
    "what fails": (
        "SELECT source_id, kind, outcome, urls FROM failing_counts WHERE urls != 0 ORDER BY 1, 2, 3",
        "SELECT COALESCE(source_id, ''), kind, outcome, count(*) FROM urls WHERE outcome GLOB '*:*' GROUP BY 1, 2, 3",
    ),
    "what is missing": (
        "SELECT source_id, missing FROM source_counts WHERE missing != 0 ORDER BY 1",
        "SELECT source_id, sum(missing) FROM day_counts WHERE missing > 0 GROUP BY 1",
    ),
    "pages of a source": (
        "SELECT source_id, pages, published, failed, waiting FROM source_counts ORDER BY 1",
        """SELECT COALESCE(source_id, ''), count(*), sum(outcome IS 'published'), sum(COALESCE(outcome, '') GLOB '*:*'),
        sum(looks = 0) FROM urls WHERE kind = 'page' GROUP BY 1""",
    ),
    "how listings ended": (
        "SELECT url, outcome FROM urls WHERE kind = 'listing' ORDER BY 1",
        """SELECT url, outcome FROM looks WHERE look_id IN (SELECT max(look_id) FROM looks GROUP BY url)
        AND url IN (SELECT url FROM urls WHERE kind = 'listing') ORDER BY 1""",
    ),
}
OUTCOMES = ("published", "unchanged", "not_yet", "not_a_transcript", "gone", EMPTY, "rejected:encoding", TIMEOUT)
DAYS = [date(2026, 3, 20), date(2026, 3, 21)]
STEPS = ("page", "archived", "archived", "failed", "same", "again", "listing", "expected")


def take(ledger: Ledger, at: int, random: Random) -> None:
    """One of the things that happen to a ledger."""
    number, outcome = random.choice((1, 2, 3)), random.choice(OUTCOMES)
    visit = Visit(page(number).url, "r", f"capture {at}", AT + timedelta(hours=at))
    figures = Figures(None, number, 1, 1) if outcome == "published" else None
    match random.choice(STEPS):
        case "page":
            note_pages(ledger, [page(number, random.choice(DAYS))], AT)
        case "archived":
            ledger.note_look(Look(visit, warc_file="a.warc.gz", warc_offset=at))
            (look,) = ledger.open_looks_of_run("r")
            ledger.settle([Settlement(look.look_id, look.url, outcome, None, None, program="Rain", figures=figures)])
        case "failed":
            ledger.note_look(Look(visit, TIMEOUT))
            (look,) = ledger.open_looks_of_run("r")
            ledger.settle([Settlement(look.look_id, look.url, TIMEOUT, None, None)])
        case "same":
            ledger.note_unchanged(visit, None)
        case "again":
            known = ledger.rows("SELECT capture_id FROM urls WHERE url = ? AND capture_id IS NOT NULL", (visit.url,))
            ledger.amend(Reread(row["capture_id"], outcome, None, figures) for row in known)
        case "listing" if ":" in outcome:
            note_listing_failed(ledger, replace(visit, url=f"feed {number}"), "npr", outcome, "")
        case "listing":
            note_listing(ledger, replace(visit, url=f"feed {number}"), "npr", None, [page(number + 3, None)])
        case "expected":
            days = [(program, random.choice(DAYS), random.choice((0, 1, 4))) for program in programs(ledger)]
            note_expected(ledger, days)


@pytest.mark.parametrize("seed", range(5))
def test_whatever_happens_what_is_kept_is_what_counting_gives(ledger: Ledger, seed: int) -> None:
    random = Random(seed)
    with ledger:
        note_pages(ledger, [replace(page(1, None), source_id=None), page(2), page(3, None)], AT)
        for at in range(60):
            take(ledger, at, random)
            for kept, counted in KEPT_AND_COUNTED.values():
                assert list(map(tuple, ledger.rows(kept))) == list(map(tuple, ledger.rows(counted)))
