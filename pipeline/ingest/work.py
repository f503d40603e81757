"""What the steps of a run share: what is asked for, and the rooms they work in."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Event
from uuid import uuid4

from filelock import FileLock, Timeout

from pipeline.archive import Archive
from pipeline.errors import LedgerError
from pipeline.fetch.client import Fetcher
from pipeline.lake.store import Lake
from pipeline.ledger import Ledger, Run
from pipeline.ledger.history import begin_run, end_run
from pipeline.settings import Settings
from pipeline.sources import Source, Sources, load_sources

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run takes from one source: pages of these days, as things stand at the reference time `at`."""

    run_id: str
    source: Source
    first: date
    last: date
    at: datetime
    """Ages and due times are reckoned with it; what is recorded as the time of a look is always the true time."""
    takes_revisits: bool
    """True for a night: what is due again is looked at whatever its day, and listings without a date are read too."""
    limit: int | None
    """Pages fetched at most; None: all of them."""


@dataclass(frozen=True, slots=True)
class Rooms:
    """Where the steps work. Shared by threads; a ledger is opened by each for itself."""

    settings: Settings
    sources: Sources
    fetcher: Fetcher
    archive: Archive
    lake: Lake
    stopping: Event
    """Set when the run is being broken off: steps then end after the page they are at."""


@contextmanager
def open_rooms(settings: Settings) -> Iterator[Rooms]:
    """The rooms of a run. After an error the archive's file stays marked, so that the next run accounts for its end."""
    sources = load_sources(settings.sources_file)
    with Fetcher(settings) as fetcher, Archive(settings) as archive:
        yield Rooms(settings, sources, fetcher, archive, Lake(settings), Event())


@contextmanager
def turn_of(source_id: str, settings: Settings) -> Iterator[None]:
    """Hold a source for this run: no two runs on this machine work on one source at a time.

    The lock is the kernel's: it ends with the process that holds it, however that ends.
    """
    path = settings.home / "locks" / f"{source_id}.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            logger.info("source_waited_for source=%s reason=another run works on it", source_id)
            lock.acquire()
    except OSError as error:
        raise LedgerError(f"{path}: cannot be locked ({error.strerror}); correct the setting `home`") from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def recorded_run(settings: Settings, flow: str, parameters: dict[str, object]) -> Iterator[str]:
    """Note a run in the ledger, from its begin to its end; gives its id."""
    run = Run(str(uuid4()), flow, parameters, datetime.now(UTC), None, "running")
    with Ledger(settings) as ledger:
        begin_run(ledger, run)
    status = "failed"
    try:
        yield run.run_id
        status = "completed"
    finally:
        with Ledger(settings) as ledger:
            end_run(ledger, run.run_id, status, datetime.now(UTC))
