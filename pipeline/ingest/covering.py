"""The table `coverage`, published from the ledger."""

from datetime import UTC, datetime

from filelock import FileLock

from pipeline.coverage import covered
from pipeline.errors import LedgerError
from pipeline.expected import keep_expectations
from pipeline.lake.rows import Row, plain
from pipeline.lake.store import Lake
from pipeline.ledger import Ledger
from pipeline.ledger.expectations import changes, expected_days, note_published, note_unpublished
from pipeline.schedule import last_broadcast_day
from pipeline.settings import Settings
from schemas import COVERAGE

_ROWS_AT_ONCE = 200_000


def publish_coverage(settings: Settings, *, is_whole: bool = False) -> None:
    """Make `coverage` in the lake what the ledger says now; where that is so already, nothing is written.

    Looked at are the months of days that were changed since this was done last; all (`is_whole`) where the lake or the
    ledger was made anew.

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
            keep_expectations(ledger, last_broadcast_day(datetime.now(UTC)))
            _publish(Lake(settings), ledger, is_whole=is_whole)
    finally:
        lock.release()


def _publish(lake: Lake, ledger: Ledger, *, is_whole: bool) -> None:
    """Put the months that were changed since they were published, some at a time: of a large corpus all are many."""
    is_all = is_whole or not lake.has_kept(COVERAGE)
    if is_all:
        note_unpublished(ledger)
    changed = changes(ledger)
    wanted = sorted({*changed.months, *lake.parts(COVERAGE)}) if is_all else changed.months
    waiting: list[str] = []
    rows: list[Row] = []
    for month in wanted:
        waiting.append(month)
        rows += [plain(covered(day)) for day in expected_days(ledger, month)]
        if len(rows) >= _ROWS_AT_ONCE:
            lake.put(COVERAGE, rows, waiting)
            waiting, rows = [], []
    lake.put(COVERAGE, rows, waiting)
    note_published(ledger, changed.newest)
