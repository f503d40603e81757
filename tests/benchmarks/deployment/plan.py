"""A deployment, reckoned from what a page costs: pure, and no cleverer than multiplication."""

from dataclasses import dataclass

from pipeline.ingest.importing import COMMIT_PAGES
from tests.benchmarks.deployment.measured import Measured

COMMIT_WRITES, COMMIT_READS = 20, 150
"""Requests of one commit to a bucket, counted at the tests' server: tables' logs and new files, and the editions."""
STRETCH_PAGES, STRETCH_READS = 100, 3
PART_BYTES = 5_000_000
"""A WARC file is uploaded in parts of this size, a request each."""
_HOUR_MS, _DAY_SECONDS, _MONTH_HOURS = 3_600_000, 86_400, 730


@dataclass(frozen=True, slots=True)
class Plan:
    """What is wished for, and what it is to cost: prices in one currency, as a provider lists them."""

    pages: int
    reading_cores: int
    hosts: int
    gap_seconds: float
    latency_ms: float
    """Of one request to the bucket."""
    core_hour: float
    gigabyte_month: float
    thousand_writes: float
    thousand_reads: float


@dataclass(frozen=True, slots=True)
class Work:
    """A job over all pages: what can be shared out, and what one process does."""

    name: str
    shared_ms: float
    committer_ms: float
    waiting_ms: float = 0.0
    """The committer's, for the bucket."""

    @property
    def serial_ms(self) -> float:
        return self.committer_ms + self.waiting_ms

    @property
    def useful_cores(self) -> float:
        """So many reading cores keep the committer busy; more change nothing."""
        return self.shared_ms / self.serial_ms

    def hours(self, pages: int, reading_cores: int) -> float:
        """By the clock: the slower of the two, as they work side by side."""
        return pages * max(self.shared_ms / reading_cores, self.serial_ms) / _HOUR_MS

    def core_hours(self, pages: int) -> float:
        return pages * (self.shared_ms + self.committer_ms) / _HOUR_MS


def works(measured: Measured, plan: Plan) -> list[Work]:
    """The jobs that go over all pages."""
    committed = measured.note_ms + measured.rows_ms + measured.link_ms + measured.settle_ms
    waiting = (COMMIT_WRITES + COMMIT_READS) * plan.latency_ms / COMMIT_PAGES
    rebuilt = measured.rebuild_rows_ms + measured.rebuild_link_ms + measured.amend_ms
    return [
        Work("import", measured.take_ms, committed, waiting),
        Work("reparse", measured.reread_ms, rebuilt),
        Work("phrase index", 0.0, measured.index_ms),
    ]


def storage(measured: Measured, pages: int) -> dict[str, float]:
    """Gigabytes by place."""
    return {
        "WARC files (bucket)": measured.warc_bytes * pages / 1e9,
        "tables (bucket)": measured.table_bytes * pages / 1e9,
        "phrase index (bucket)": measured.index_bytes * pages / 1e9,
        "ledger (home)": measured.ledger_bytes * pages / 1e9,
    }


def requests(measured: Measured, pages: int) -> dict[str, tuple[float, float]]:
    """Writing and reading requests to the bucket, by job."""
    commits = pages / COMMIT_PAGES
    parts = measured.warc_bytes * pages / PART_BYTES
    return {
        "import": (parts + commits * COMMIT_WRITES, commits * COMMIT_READS),
        "reparse": (COMMIT_WRITES, pages / STRETCH_PAGES * STRETCH_READS),
    }


def fetching_days(plan: Plan) -> float:
    """A backfill from the stations' own hosts, all at once and each at its pace."""
    return plan.pages * plan.gap_seconds / plan.hosts / _DAY_SECONDS


def costs(measured: Measured, plan: Plan) -> dict[str, float]:
    """Once by job, and each month."""
    stored = sum(size for place, size in storage(measured, plan.pages).items() if "bucket" in place)
    asked = requests(measured, plan.pages)
    found = {}
    for work in works(measured, plan):
        writes, reads = asked.get(work.name, (0.0, 0.0))
        found[f"{work.name}, once"] = (
            work.core_hours(plan.pages) * plan.core_hour
            + writes / 1000 * plan.thousand_writes
            + reads / 1000 * plan.thousand_reads
        )
    found["bucket, a month"] = stored * plan.gigabyte_month
    found["committer of two cores, a month"] = 2 * _MONTH_HOURS * plan.core_hour
    return found
