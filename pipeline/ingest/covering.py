"""The table `coverage`, published from the ledger."""

from datetime import UTC, datetime

from filelock import FileLock

from pipeline.coverage import coverage_of
from pipeline.errors import LedgerError
from pipeline.lake.store import Lake
from pipeline.ledger import Ledger
from pipeline.ledger.days import day_counts
from pipeline.schedule import last_broadcast_day
from pipeline.settings import Settings
from schemas import COVERAGE


def publish_coverage(settings: Settings) -> None:
    """Make `coverage` in the lake what the ledger says now; where that is so already, nothing is written.

    One at a time on this machine, so that an older count never takes the place of a newer one.

    Raises:
        LakeError, LedgerError: it could not be read or kept.
    """
    path = settings.home / "locks" / "coverage"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, thread_local=False)
        lock.acquire()
    except OSError as error:
        raise LedgerError(f"{path}: cannot be locked ({error.strerror}); correct the setting `home`") from error
    try:
        with Ledger(settings) as ledger:
            days = coverage_of(day_counts(ledger), last_broadcast_day(datetime.now(UTC)))
            names = COVERAGE.column_names
            rows = [{name: getattr(day, name) for name in names} for day in days]
        Lake(settings).put(COVERAGE, rows)
    finally:
        lock.release()
