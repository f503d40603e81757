"""Ledgers of any size, written past the ledger's own methods: a network of many years, and stations beside it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from random import Random

from pipeline.expected import keep_expectations
from pipeline.ledger import Ledger
from pipeline.ledger.expectations import changes, note_published
from pipeline.ledger.schema import connect
from pipeline.settings import Settings

SOURCES = 300
NETWORK = "npr"
DAYS = 9_000
"""Twenty-five years."""
LAST_DAY = date(2026, 3, 20)
NIGHT = datetime(2026, 3, 21, 7, 15, tzinfo=UTC)
RUN = "the-night-before"
_SHARE_OF_NETWORK = 0.4
_PROGRAMS = [f"Programme {number}" for number in range(12)]
_STATES = (("published", 72.0), ("not_a_transcript", 8.0), ("rejected:no_turns", 1.0), ("gone", 1.0), (None, 18.0))
"""Outcomes and their shares; None: named by a sitemap, of a day that no night asked for."""
_URL = (
    "INSERT INTO urls (url, source_id, kind, program, air_date, first_seen_at, counted_from, etag, payload_digest, "
    "capture_id, warc_file, warc_offset, outcome, due_at, looks, title, word_count, speech_count, named_count) "
    "VALUES (?, ?, 'page', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_LOOK = (
    "INSERT INTO looks (url, run_id, looked_at, outcome, change, http_status, body_bytes, seconds, requests, "
    "capture_id, warc_file, warc_offset, is_settled) VALUES (?, ?, ?, ?, 'new', 200, 100000, 0.4, 1, ?, ?, ?, 1)"
)
_CHUNK = 50_000


def source_ids() -> list[str]:
    """The network, then its stations."""
    return [NETWORK, *(f"station-{number}" for number in range(1, SOURCES))]


def build(settings: Settings, pages: int, days: int = DAYS) -> None:
    """A ledger of so many pages, of as many days, each that was looked at with one look.

    One that is there already is taken as it is.
    """
    if settings.ledger_file.exists():
        return
    rows = _rows(pages, days)
    with closing(connect(settings.ledger_file)) as sql:
        sql.execute("PRAGMA synchronous = OFF")
        sql.execute("PRAGMA cache_size = -400000")
        run = (RUN, "nightly", "{}", _text(NIGHT - timedelta(days=1)), _text(NIGHT - timedelta(hours=20)), "completed")
        sql.execute(
            "INSERT INTO runs (run_id, flow, parameters, started_at, finished_at, status) VALUES (?, ?, ?, ?, ?, ?)",
            run,
        )
        while chunk := list(islice(rows, _CHUNK)):
            _write(sql, chunk)
        sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with Ledger(settings) as ledger:  # as every run leaves it
        keep_expectations(ledger, LAST_DAY)
        note_published(ledger, changes(ledger).newest)


def _write(sql: sqlite3.Connection, chunk: list[tuple[tuple[object, ...], tuple[object, ...] | None]]) -> None:
    sql.execute("BEGIN")
    sql.executemany(_URL, [url for url, _ in chunk])
    sql.executemany(_LOOK, [look for _, look in chunk if look])
    sql.execute("COMMIT")


def page_url(source_id: str, number: int) -> str:
    """As long as the real ones are."""
    return f"https://www.{source_id}.org/2012/05/17/{number:08d}/what-the-council-said-about-the-water-and-who-pays"


def _rows(pages: int, days: int) -> Iterator[tuple[tuple[object, ...], tuple[object, ...] | None]]:
    """Pages and the look at each, in the order in which a collection that grew day by day saw them."""
    random = Random(1)
    outcomes, shares = [outcome for outcome, _ in _STATES], [share for _, share in _STATES]
    of_stations = source_ids()[1:]
    for number in range(pages):
        age = days * (pages - number) // pages
        day = LAST_DAY - timedelta(days=age)
        is_of_network = random.random() < _SHARE_OF_NETWORK
        source_id = NETWORK if is_of_network else of_stations[number % len(of_stations)]
        program = random.choice(_PROGRAMS) if is_of_network else None
        outcome = random.choices(outcomes, shares)[0]
        yield _page(source_id, number, program, day, age, outcome)


def _page(  # noqa: PLR0917  # what a page is known by
    source_id: str, number: int, program: str | None, day: date, age: int, outcome: str | None
) -> tuple[tuple[object, ...], tuple[object, ...] | None]:
    url, seen_at = page_url(source_id, number), datetime.combine(day, time(18), UTC)
    first_due = _text(seen_at + timedelta(hours=6))
    common = (url, source_id, program, day.isoformat(), _text(seen_at), _text(seen_at))
    if outcome is None or age == 0:
        return (*common, None, None, None, None, None, None, first_due, 0, None, None, None, None), None
    # A young page is looked at again; every hundredth of those tonight.
    due_at = None if age > 30 else _text(NIGHT if number % 100 == 0 else NIGHT + timedelta(days=3))
    file, offset = f"{day:%Y/%m}/asrun-{day:%Y%m%d}-00000.warc.gz", number * 20_000 % 1_000_000_000
    capture_id = f"{number:032x}"
    figures = (1_900, 60, 58) if outcome == "published" else (None, None, None)
    found = (f'"{number:x}"', f"sha256:{number:064x}", capture_id, file, offset, outcome, due_at, 1)
    looked_at = _text(seen_at + timedelta(hours=10))
    run_id = RUN if age < 2 else f"run-{day}"
    look = (url, run_id, looked_at, outcome, capture_id, file, offset)
    return (*common, *found, f"What the council said about the water, {number}", *figures), look


def _text(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
