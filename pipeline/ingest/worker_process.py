"""A worker's own process: how it begins, what it may take, and what ends it.

It is ended when one page takes it too long: the clock is the kernel's, so that it also rings while a parser in C holds
the interpreter. It may take so much memory and no more.
"""

import os
import resource
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import parent_process, resource_tracker
from pathlib import Path
from threading import Thread
from typing import TypeVar

from pipeline.ingest.bulk import collect_seldom
from pipeline.memory import keep_memory

Page = TypeVar("Page")


def each_watched(pages: Iterable[Page], seconds: float) -> Iterator[Page]:
    """The pages; while one is worked on for longer than so many seconds, the process ends. Only in a worker.

    SIGALRM ends a process that does not ask for it. A clock with a thread of its own (`faulthandler`) has to be waited
    for at every page: beside as many busy processes as there are cores that took a third of a worker's time.
    """
    if not _is_worker():
        yield from pages
        return
    try:
        for page in pages:
            signal.setitimer(signal.ITIMER_REAL, seconds)
            yield page
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def out_of_earshot() -> Iterator[None]:
    """Processes that are started meanwhile do not hear Ctrl-C, which a terminal sends to them too: who began ends them.

    They inherit what is blocked; multiprocessing's own tracker of resources would unblock it when it is started.
    """
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _is_worker() -> bool:
    return parent_process() is not None


def begin(worker_bytes: int) -> None:
    """What a worker does before its first job."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # what our starter ignores we would ignore too
    keep_memory()
    collect_seldom()
    _limit_memory(worker_bytes)
    Thread(target=_end_with_starter, daemon=True).start()


def _end_with_starter() -> None:
    """End this process when the one that started it is gone, however that ended: else it would wait for jobs for ever.

    The kernel has a signal for it, but sends it when the thread is gone that began a process; Prefect's threads go.
    """
    starter = parent_process()
    if starter is not None:
        starter.join()
        os._exit(1)


def _limit_memory(worker_bytes: int) -> None:
    """Let this process take so much address space beside what it has now, where the system tells how much that is."""
    taken_pages = Path("/proc/self/statm")
    if not taken_pages.exists():
        return
    taken = int(taken_pages.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + worker_bytes, resource.RLIM_INFINITY))
