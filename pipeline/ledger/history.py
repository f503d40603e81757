"""Runs, and what reports and `asrun status` read out of the ledger."""

import json
import sqlite3
from datetime import date, datetime

from pipeline.ledger.records import Run
from pipeline.ledger.reported import Coverage, Failure, OutcomeCount, RunLook
from pipeline.ledger.rows import text_of
from pipeline.ledger.store import Ledger

_COUNTS = """
SELECT urls.source_id, urls.kind, COALESCE(looks.outcome, 'waiting') AS outcome, count(*) AS count,
       sum(looks.change IS 'new') AS new, sum(looks.change IS 'revised') AS revised, sum(looks.requests) AS requests,
       sum(looks.body_bytes) AS body_bytes, sum(looks.seconds) AS seconds
FROM looks JOIN urls USING (url)
WHERE looks.run_id = ?
GROUP BY urls.source_id, urls.kind, looks.outcome
ORDER BY urls.source_id, urls.kind DESC, count DESC, outcome
"""

_TROUBLES = """
SELECT urls.source_id, urls.kind, looks.url, looks.outcome, looks.detail
FROM looks JOIN urls USING (url)
WHERE looks.run_id = ? AND (looks.outcome LIKE 'rejected:%' OR looks.outcome LIKE 'fetch_failed:%')
ORDER BY urls.source_id, looks.outcome, looks.url
LIMIT ?
"""

_SOURCES = """
WITH known AS (
    SELECT source_id FROM source_counts UNION SELECT source_id FROM last_looks
)
SELECT nullif(known.source_id, '') AS source_id, COALESCE(pages, 0) AS pages, COALESCE(published, 0) AS published,
       COALESCE(not_yet, 0) AS not_yet, COALESCE(without_transcript, 0) AS without_transcript,
       COALESCE(gone, 0) AS gone, COALESCE(failed, 0) AS failed, COALESCE(waiting, 0) AS waiting,
       (SELECT air_date FROM urls WHERE kind = 'page' AND urls.source_id IS nullif(known.source_id, '')
            AND outcome = 'published' ORDER BY air_date DESC LIMIT 1) AS newest_air_date,
       last_looks.looked_at AS last_look_at
FROM known LEFT JOIN source_counts USING (source_id) LEFT JOIN last_looks USING (source_id)
ORDER BY known.source_id
"""


def begin_run(ledger: Ledger, run: Run) -> None:
    """Note that a run began."""
    with ledger.transaction() as sql:
        sql.execute(
            "INSERT INTO runs (run_id, flow, parameters, started_at, status, flow_run_id, damages) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                run.run_id,
                run.flow,
                json.dumps(run.parameters),
                text_of(run.started_at),
                run.status,
                run.flow_run_id,
                json.dumps(run.damages),
            ),
        )


def end_run(ledger: Ledger, run_id: str, status: str, at: datetime) -> None:
    """Note that a run ended, and how."""
    with ledger.transaction() as sql:
        sql.execute("UPDATE runs SET status = ?, finished_at = ? WHERE run_id = ?", (status, text_of(at), run_id))


_FAILURES = """
SELECT nullif(source_id, '') AS source_id, kind, outcome, urls,
       (SELECT url FROM urls INDEXED BY urls_failing
        WHERE urls.outcome GLOB '*:*' AND urls.source_id IS nullif(counted.source_id, '') AND urls.kind = counted.kind
            AND urls.outcome = counted.outcome
        ORDER BY url LIMIT 1) AS example_url
FROM failing_counts AS counted
WHERE urls > 0 AND (outcome LIKE 'fetch_failed:%' OR outcome LIKE 'rejected:%')
ORDER BY counted.source_id, kind DESC, urls DESC, outcome
"""


def outcome_counts(ledger: Ledger, run_id: str) -> list[OutcomeCount]:
    """The looks of a run by source, kind and outcome."""
    return [
        OutcomeCount(
            source_id=row["source_id"],
            kind=row["kind"],
            outcome=row["outcome"],
            count=row["count"],
            new=row["new"],
            revised=row["revised"],
            requests=row["requests"],
            body_bytes=row["body_bytes"],
            seconds=row["seconds"],
        )
        for row in ledger.rows(_COUNTS, (run_id,))
    ]


def troubles(ledger: Ledger, run_id: str, limit: int) -> list[RunLook]:
    """The rejected pages and failed looks of a run."""
    return [
        RunLook(row["source_id"], row["kind"], row["url"], row["outcome"], row["detail"])
        for row in ledger.rows(_TROUBLES, (run_id, limit))
    ]


def coverage(ledger: Ledger) -> list[Coverage]:
    """What is known of each source's pages; of sources of which only listings are known too."""
    return [_coverage(row) for row in ledger.rows(_SOURCES)]


def failures(ledger: Ledger) -> list[Failure]:
    """What stands between pages and their transcripts now: refused by robots.txt, unreachable, unreadable.

    A page stands at what its last look learned, a listing at how its last look ended.
    """
    return [
        Failure(row["source_id"], row["kind"], row["outcome"], row["urls"], row["example_url"])
        for row in ledger.rows(_FAILURES)
    ]


def run_of(ledger: Ledger, run_id: str) -> Run | None:
    """A run by its id."""
    rows = ledger.rows("SELECT * FROM runs WHERE run_id = ?", (run_id,))
    return _run(rows[0]) if rows else None


def run_of_flow_run(ledger: Ledger, flow_run_id: str) -> Run | None:
    """The newest run that the scheduler knows by this id."""
    rows = ledger.rows("SELECT * FROM runs WHERE flow_run_id = ? ORDER BY started_at DESC LIMIT 1", (flow_run_id,))
    return _run(rows[0]) if rows else None


def unended_runs(ledger: Ledger) -> list[Run]:
    """The runs that did not say how they ended: those that run, and those that were killed."""
    return [_run(row) for row in ledger.rows("SELECT * FROM runs WHERE finished_at IS NULL")]


def looks_of(ledger: Ledger, run_id: str) -> list[tuple[str, float]]:
    """The URLs that a run asked for, and the seconds that each answer took."""
    query = "SELECT url, seconds FROM looks WHERE run_id = ? AND requests > 0"
    return [(row["url"], row["seconds"]) for row in ledger.rows(query, (run_id,))]


def requests_of(ledger: Ledger, run_id: str) -> int:
    """The requests of a run so far, for pages and listings, redirects included."""
    (row,) = ledger.rows("SELECT COALESCE(sum(requests), 0) AS requests FROM looks WHERE run_id = ?", (run_id,))
    return int(row["requests"])


def last_runs(ledger: Ledger, limit: int) -> list[Run]:
    """The newest runs, the newest first."""
    return [_run(row) for row in ledger.rows("SELECT * FROM runs ORDER BY started_at DESC LIMIT ?", (limit,))]


def last_collection(ledger: Ledger) -> Run | None:
    """The newest run that has ended and looked at something."""
    rows = ledger.rows(
        "SELECT * FROM runs WHERE finished_at IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM looks WHERE looks.run_id = runs.run_id) ORDER BY started_at DESC LIMIT 1"
    )
    return _run(rows[0]) if rows else None


def _coverage(row: sqlite3.Row) -> Coverage:
    return Coverage(
        source_id=row["source_id"],
        pages=row["pages"],
        published=row["published"],
        not_yet=row["not_yet"],
        without_transcript=row["without_transcript"],
        gone=row["gone"],
        failed=row["failed"],
        waiting=row["waiting"],
        newest_air_date=date.fromisoformat(row["newest_air_date"]) if row["newest_air_date"] else None,
        last_look_at=datetime.fromisoformat(row["last_look_at"]) if row["last_look_at"] else None,
    )


def _run(row: sqlite3.Row) -> Run:
    return Run(
        run_id=row["run_id"],
        flow=row["flow"],
        parameters=json.loads(row["parameters"]),
        started_at=datetime.fromisoformat(row["started_at"]),
        finished_at=datetime.fromisoformat(row["finished_at"]) if row["finished_at"] else None,
        status=row["status"],
        flow_run_id=row["flow_run_id"],
        damages=tuple(json.loads(row["damages"])),
    )
