"""What the steps of a run share: what is asked for, and the rooms they work in."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from threading import Event
from uuid import uuid4

from pipeline.archive import Archive
from pipeline.fetch.client import Fetcher
from pipeline.identify.known import Known, load_known
from pipeline.ingest.cluster import Cluster
from pipeline.ingest.holding import is_alive, living
from pipeline.ingest.together import Together
from pipeline.lake.store import Lake
from pipeline.ledger import DueFilter, Ledger, Run, Scope
from pipeline.ledger.history import begin_run, end_run, unended_runs
from pipeline.settings import Settings
from pipeline.sources import Source, Sources, load_sources

NIGHTLY, BACKFILL, REVISIT, IMPORT, GATHER = "nightly", "backfill", "revisit", "import", "gather"
"""Names of flows, as the ledger keeps them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run takes from one source: pages of these days, as things stand at the reference time `at`."""

    run_id: str
    source: Source
    first: date
    last: date
    at: datetime
    """Ages and due times are reckoned with it; what is recorded as the time of a look is always the true time."""
    scope: Scope
    limit: int | None = None
    """Pages fetched at most; None: all of them."""
    max_requests: int | None = None
    """Requests of the whole run at most; None: as many as it takes."""
    oldest_first: bool = False

    @property
    def due(self) -> DueFilter:
        """The pages of it that are to be looked at."""
        return DueFilter(self.source.source_id, self.at, self.first, self.last, self.scope, self.oldest_first)


@dataclass(frozen=True, slots=True)
class Rooms:
    """Where the steps work. Shared by threads; a ledger is opened by each for itself."""

    settings: Settings
    sources: Sources
    fetcher: Fetcher
    archive: Archive
    lake: Lake
    known: Known
    stopping: Event
    """Set when the run is being broken off: steps then end after the page they are at."""
    night_ends: float
    """On the monotonic clock."""
    cluster: Cluster | None = None
    """What reads archives and files in the place of processes here."""
    publishing: Together[Wanted] = field(default_factory=Together)
    """Where pages are read and committed: hundreds of sources that are fetched from together would make a night of
    commits, were each committed alone."""

    def is_over(self, scope: Scope) -> bool:
        """Whether nothing more is to be asked for: the run is being broken off, or it is a night's and that is over."""
        return self.stopping.is_set() or (scope is not Scope.DAYS and time.monotonic() >= self.night_ends)


@contextmanager
def open_rooms(settings: Settings, cluster: Cluster | None = None) -> Iterator[Rooms]:
    """The rooms of a run. After an error the archive's file stays marked, so that the next run accounts for its end."""
    sources = load_sources(settings.sources_file)
    with Fetcher(settings) as fetcher, Archive(settings) as archive:
        night_ends = time.monotonic() + settings.night_seconds
        known = load_known(settings)
        yield Rooms(settings, sources, fetcher, archive, Lake(settings), known, Event(), night_ends, cluster)


@contextmanager
def recorded_run(
    settings: Settings,
    flow: str,
    parameters: dict[str, object],
    flow_run_id: str | None = None,
    damages: tuple[str, ...] = (),
) -> Iterator[str]:
    """Note a run in the ledger, from its begin to its end; gives its id. Runs whose process is gone are ended first.

    `damages`: what cannot be read of the archive, as far as it was met before the run began.
    """
    run = Run(str(uuid4()), flow, parameters, datetime.now(UTC), None, "running", flow_run_id, damages)
    with living(run.run_id, settings):
        with Ledger(settings) as ledger:
            end_dead_runs(ledger, settings)
            begin_run(ledger, run)
        status = "failed"
        try:
            yield run.run_id
            status = "completed"
        finally:
            with Ledger(settings) as ledger:
                end_run(ledger, run.run_id, status, datetime.now(UTC))


def end_dead_runs(ledger: Ledger, settings: Settings) -> None:
    """Mark as crashed what is still noted as running and has no process any more."""
    for run in unended_runs(ledger):
        if not is_alive(run.run_id, settings):
            end_run(ledger, run.run_id, "crashed", datetime.now(UTC))
