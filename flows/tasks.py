"""The steps of a run as Prefect tasks: a task is a batch of pages or a whole source, never a page.

Nothing here retries: the fetcher does that, on named causes, and the ledger makes the next run take up what is left.
Results are not kept either: completion is what the ledger says.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from threading import Lock
from typing import Any, cast
from uuid import UUID

from prefect import task
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from pipeline.ingest.correcting import unmatched_in
from pipeline.ingest.discovering import Listed, discover
from pipeline.ingest.fetching import fetch
from pipeline.ingest.publishing import publish
from pipeline.ingest.sequence import Steps, ingest_source
from pipeline.ingest.work import Rooms, Wanted
from pipeline.ledger import Ledger, UrlState
from pipeline.report import NO_SOURCE, RunReport, run_report
from pipeline.report_markdown import to_markdown
from pipeline.report_page import FILE_NAME, write_page
from pipeline.settings import Settings

SOURCES_AT_ONCE = 512
"""More than a night has: each waits for its own host most of the time, and none may wait for a slow one to be done.

A host never sees two requests at once, whoever asks."""
SOURCE_THREADS = cast("TaskRunner[PrefectFuture[Any]]", ThreadPoolTaskRunner(max_workers=SOURCES_AT_ONCE))


class ProgressBoard:
    """The progress artifact of a run: the mean over its parts (sources, or weeks of a backfill). Shared by threads."""

    def __init__(self, key: str, parts: Sequence[str]) -> None:
        self._parts = max(len(parts), 1)
        self._done: dict[str, float] = {}
        self._lock = Lock()
        described = ", ".join(parts) or "nothing is left to do"
        created = create_progress_artifact(progress=0.0, key=key, description=described)
        self._artifact = created if isinstance(created, UUID) else None

    def set(self, part: str, share: float) -> None:
        """Note that this share (0-1) of a part is done."""
        with self._lock:
            self._done[part] = share
            percent = 100.0 * sum(self._done.values()) / self._parts
            if self._artifact:
                update_progress_artifact(self._artifact, progress=min(percent, 100.0))


@task(name="discover", task_run_name="discover {wanted.source.source_id}", cache_policy=NO_CACHE)
def discover_links(wanted: Wanted, rooms: Rooms) -> Listed:
    """Read a source's listings."""
    return discover(wanted, rooms)


@task(name="fetch", task_run_name="fetch {wanted.source.source_id}", cache_policy=NO_CACHE)
def fetch_batch(wanted: Wanted, pages: Sequence[UrlState], rooms: Rooms) -> bool:
    """Fetch and archive a batch of a source's pages; whether the source may be asked for more."""
    return fetch(wanted, pages, rooms)


@task(name="publish", task_run_name="publish {wanted.source.source_id}", cache_policy=NO_CACHE)
def publish_batch(wanted: Wanted, rooms: Rooms) -> None:
    """Read and publish what is open of a source."""
    publish(wanted, rooms)


def unvisited(*arguments: Any) -> tuple[Any, ...]:
    """Arguments for a task that Prefect hands on as they are.

    It looks through all others for results of other tasks: through all sources that the rooms know, several times a
    task. Of a night at three hundred hosts that took four fifths of the time.
    """
    return tuple(map(quote, arguments))


STEPS = Steps(
    discover=lambda wanted, rooms: discover_links(*unvisited(wanted, rooms)),
    fetch=lambda wanted, pages, rooms: fetch_batch(*unvisited(wanted, pages, rooms)),
    publish=lambda wanted, rooms: publish_batch(*unvisited(wanted, rooms)),
)


@task(name="source", task_run_name="{wanted.source.source_id} {wanted.first} to {wanted.last}", cache_policy=NO_CACHE)
def take_in(wanted: Wanted, rooms: Rooms, on_progress: Callable[[float], None]) -> None:
    """Take in one source, batch by batch."""
    ingest_source(wanted, rooms, steps=STEPS, progress=lambda _, done, of: on_progress(done / of))
    on_progress(1.0)


def publish_report(settings: Settings, run_id: str) -> RunReport:
    """The report of a run, as artifacts of the flow and as a file below the home folder."""
    with Ledger(settings) as ledger:
        report = run_report(ledger, run_id)
    markdown = to_markdown(report, unmatched_in(settings))
    run = report.run
    path = settings.reports_dir / f"{run.started_at:%Y%m%dT%H%M%SZ}-{run.flow}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(markdown, encoding="utf-8")
    create_markdown_artifact(markdown, key=f"{run.flow}-report", description=f"run {run_id}")
    create_table_artifact(
        [
            {"source": source.source_id or NO_SOURCE, "outcome": outcome, "pages": count}
            for source in report.sources
            for outcome, count in source.pages
        ],
        key=f"{run.flow}-pages",
        description="pages by source and outcome",
    )
    page = settings.reports_dir / FILE_NAME
    write_page(settings, page, datetime.now(UTC))
    create_link_artifact(page.absolute().as_uri(), key="report-page", link_text=FILE_NAME, description=str(page))
    create_table_artifact(
        [
            {
                "host": host.host,
                "answers": host.looks,
                "mean seconds": round(host.mean_seconds, 2),
                "slowest": round(host.slowest_seconds, 2),
            }
            for host in report.hosts
        ],
        key=f"{run.flow}-hosts",
        description="the slowest hosts",
    )
    return report
