"""A ledger as it is after a year of nights, by chance: for the report page's tests, its benchmark and its picture."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from pipeline.ledger import Ledger

PROGRAMS = (
    ("All Things Considered", 0.95, 6),
    ("Morning Edition", 0.95, 5),
    ("Fresh Air", 0.9, 1),
    ("Here & Now", 0.8, 3),
)
"""Name, how sure it is to be on air on a weekday, stories."""
STATIONS = ("kpbs", "wuky", "ksmu", "wfae", "kunc", "knau", "kcur", "wunc", "kuer", "kut")
OUTCOMES = (
    ("published", 88, 200),
    ("not_a_transcript", 6, 200),
    ("rejected:truncated", 1, 200),
    ("rejected:empty", 1, 200),
    ("fetch_failed:timeout", 1, None),
    ("gone", 2, 404),
)
TITLES = ("The river stands at {} feet", "A town of {} votes for its bridge", "{} years of ferns in the subway")


def fill(ledger: Ledger, random: Random, today: date, *, sources: int, days: int = 365) -> None:
    """So many sources' pages and looks of the days up to `today`, and a nightly run for each of the last four weeks."""
    names = ["npr", *(f"{STATIONS[n % len(STATIONS)]}{n // len(STATIONS) or ''}" for n in range(sources - 1))]
    with ledger.transaction() as sql:
        for ago in range(28):
            at = _moment(today - timedelta(days=ago))
            sql.execute(
                "INSERT INTO runs (run_id, flow, parameters, started_at, finished_at, status) "
                "VALUES (?, 'nightly', ?, ?, ?, 'completed')",
                (f"night-{ago}", f'{{"day": "{today - timedelta(days=ago)}"}}', at, at),
            )
        for source in names:
            pages = list(_pages(random, source, today, days))
            sql.executemany(
                "INSERT INTO urls (url, source_id, kind, program, air_date, first_seen_at, counted_from, outcome, "
                "due_at, looks, title, word_count, speech_count, named_count, capture_id, warc_file, warc_offset) "
                "VALUES (:url, :source, 'page', :program, :day, :at, :at, :outcome, NULL, 1, :title, :words, :turns, "
                ":named, :capture, 'asrun-20260101.warc.gz', 1234)",
                pages,
            )
            sql.executemany(
                "INSERT INTO looks (url, run_id, looked_at, outcome, detail, http_status, body_bytes, seconds, "
                "requests, capture_id, is_settled) "
                "VALUES (:url, :run, :at, :outcome, :detail, :status, 70000, :seconds, 1, :capture, 1)",
                pages,
            )


def _pages(random: Random, source: str, today: date, days: int) -> Iterator[dict[str, object]]:
    silent = random.choice((0, 0, 0, 0, 0, 9)) if source != "npr" else 0
    outage = random.randrange(60, 300)
    number = 0
    for ago in range(days, -1 + silent, -1):
        day = today - timedelta(days=ago)
        if outage <= ago < outage + 4 or day.weekday() > 4:
            continue
        for program, sure, stories in PROGRAMS if source == "npr" else PROGRAMS[:2]:
            if random.random() > sure:
                continue
            for _ in range(max(round(random.gauss(stories, 1)), 1) if source == "npr" else random.randrange(1, 4)):
                number += 1
                chances = [chance for _, chance, _ in OUTCOMES]
                outcome, _, status = random.choices(OUTCOMES, chances)[0]
                if ago < 2 and random.random() < 0.5:
                    outcome, status = "not_yet", 200
                turns = random.randrange(8, 40)
                is_read = outcome == "published"
                yield {
                    "url": f"https://www.{source}.example/{day}/{number}",
                    "source": source,
                    "program": program,
                    "day": day.isoformat(),
                    "at": _moment(day + timedelta(days=1)),
                    "outcome": outcome,
                    "detail": "the page ends inside its transcript" if outcome.startswith("rejected") else None,
                    "status": status,
                    "title": random.choice(TITLES).format(random.randrange(3, 99)),
                    "words": turns * random.randrange(20, 60) if is_read else None,
                    "turns": turns if is_read else None,
                    "named": turns - random.randrange(3) if is_read else None,
                    "capture": f"{source}-{number}",
                    "run": f"night-{ago}",
                    "seconds": random.lognormvariate(0, 0.6) * (1 + len(source) % 3),
                }


def _moment(day: date) -> str:
    return datetime.combine(day, time(8, 15), UTC).isoformat(timespec="microseconds")
