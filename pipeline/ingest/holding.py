"""Who works on a source, and who runs at all: locks of the kernel, which end with the process that holds them.

One run works on a source at a time, and a night goes before a backfill. A night holds the turnstile for as long as it
works; a backfill passes the turnstile for each batch, and so lets a night that waits there go first.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import LedgerError
from pipeline.settings import Settings

logger = logging.getLogger(__name__)


@contextmanager
def held(source_id: str, settings: Settings, *, goes_first: bool) -> Iterator[None]:
    """Hold a source. `goes_first`: before whoever works on it batch by batch, which is what all others do.

    Raises:
        LedgerError: the locks cannot be made.
    """
    turnstile, work, queue = (_lock(settings, f"{source_id}{kind}") for kind in (".turnstile", "", ".queue"))
    if goes_first:
        with _acquired(turnstile, source_id), _acquired(work, source_id):
            yield
        return
    # Those that go batch by batch queue up before the turnstile, so that a night meets one of them at most.
    with _acquired(queue, source_id):
        with _acquired(turnstile, source_id):
            work.acquire()
        try:
            yield
        finally:
            work.release()


@contextmanager
def living(run_id: str, settings: Settings) -> Iterator[None]:
    """Show others that a run's process lives, for as long as it does.

    Raises:
        LedgerError: the lock cannot be made.
    """
    lock = _lock(settings, _life(run_id))
    with _acquired(lock, run_id):
        try:
            yield
        finally:
            Path(lock.lock_file).unlink(missing_ok=True)


def is_alive(run_id: str, settings: Settings) -> bool:
    """Whether the process of a run lives; what a dead one left is cleared away."""
    lock = _lock(settings, _life(run_id))
    if not Path(lock.lock_file).exists():
        return False
    try:
        with lock.acquire(timeout=0):
            Path(lock.lock_file).unlink(missing_ok=True)
    except Timeout:
        return True
    return False


@contextmanager
def only_one(name: str, settings: Settings) -> Iterator[bool]:
    """Whether this process is the only one of its kind in this home; it stays the one until the end."""
    lock = _lock(settings, name)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def _life(run_id: str) -> str:
    return f"run-{run_id}"


def _lock(settings: Settings, name: str) -> FileLock:
    path = settings.home / "locks" / f"{name}.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(path, thread_local=False)
    except OSError as error:
        raise _unlockable(path, error) from error


@contextmanager
def _acquired(lock: FileLock, whose: str) -> Iterator[None]:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        logger.info("waited_for lock=%s of=%s reason=another run works on it", Path(lock.lock_file).name, whose)
        lock.acquire()
    except OSError as error:
        raise _unlockable(lock.lock_file, error) from error
    try:
        yield
    finally:
        lock.release()


def _unlockable(path: str | Path, error: OSError) -> LedgerError:
    return LedgerError(f"{path}: cannot be locked ({error.strerror}); correct the setting `home`")
