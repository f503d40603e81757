"""Processes that work side by side, whose results come in order, and whose death is a result too.

What was in hand when a worker died is told as lost; the caller has each of it done again alone.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context
from typing import TypeVar

from pipeline.ingest.cluster import Cluster, in_units
from pipeline.ingest.worker_process import begin, out_of_earshot
from pipeline.settings import Settings

_IN_HAND = 3
"""Jobs handed over for each worker: one that it does, one that waits for it, one whose turn has not come."""
_MEANWHILE = 30
"""Jobs beyond these, for a commit takes seconds, in which two workers do so many: their results are 75 MB."""
_SPREAD_MEANWHILE = 4
"""The same of what a rebuild has done elsewhere: jobs of a thousand pages, whose words are 11 MB each. While five are
put together, two workers do five more: fewer, and they wait."""
Work = TypeVar("Work")
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class LostWorker:
    """What is known of a worker's end: `reason` is `timeout`, `out_of_memory` or `crashed`."""

    reason: str
    detail: str


class Workers:
    """As many processes as the settings say; where there is a cluster, it works in their place. To be closed."""

    def __init__(self, settings: Settings, cluster: Cluster | None = None) -> None:
        self._settings = settings
        self._cluster = cluster
        self._pool: Executor | None = None

    def close(self) -> None:
        """End the processes, each after the job that it is at.

        Python waits for them at its own end anyway, where it wakes the thread that minds them: one that was just coming
        to its end then made it print a traceback (`OSError: Bad file descriptor` in `_python_exit`).
        """
        self._end_pool(waits=True)

    @property
    def are_here(self) -> bool:
        """Whether they are processes of this machine."""
        return self._cluster is None

    def in_order(
        self, work: Callable[[Work], Done], jobs: Iterable[Work], meanwhile: int = _MEANWHILE
    ) -> Iterator[tuple[Work, Done | LostWorker]]:
        """Each job with what came of it, in the order of the jobs. Errors of the work are raised in their turn.

        The first jobs are handed over by the call itself, before anything that came of them is asked for; `meanwhile`:
        so many more than keep the processes busy.
        """
        here = partial(self._in_processes, work, meanwhile=meanwhile)
        return here(jobs) if self._cluster is None else in_units(self._cluster, work, jobs, here)

    def _in_processes(
        self, work: Callable[[Work], Done], jobs: Iterable[Work], meanwhile: int
    ) -> Iterator[tuple[Work, Done | LostWorker]]:
        waiting = iter(jobs)
        in_hand = deque(
            (job, *self._submit(work, job)) for job in islice(waiting, meanwhile + _IN_HAND * self._settings.workers)
        )
        return self._taken_back(work, waiting, in_hand)

    def _taken_back(
        self, work: Callable[[Work], Done], waiting: Iterator[Work], in_hand: deque[tuple[Work, Executor, Future[Done]]]
    ) -> Iterator[tuple[Work, Done | LostWorker]]:
        while in_hand:
            begun, pool, future = in_hand.popleft()
            done: Done | LostWorker = self._result(future, pool)
            if isinstance(future.exception(), BrokenExecutor):
                self._hand_over_again(work, in_hand, pool)
            yield begun, done
            in_hand.extend((job, *self._submit(work, job)) for job in islice(waiting, 1))

    def _hand_over_again(
        self, work: Callable[[Work], Done], in_hand: deque[tuple[Work, Executor, Future[Done]]], pool: Executor
    ) -> None:
        """Give the jobs that a broken pool had not come to yet to the next.

        A pool begins them in their order: what it died of is among the first that are not done, one for each worker.
        """
        ended = [future for _, used, future in in_hand if used is pool]
        wait(ended)
        unbegun = [future for future in ended if isinstance(future.exception(), BrokenExecutor)]
        unbegun = unbegun[self._settings.workers - 1 :]
        for at, (job, _, future) in enumerate(in_hand):
            if future in unbegun:
                in_hand[at] = (job, *self._submit(work, job))

    def by_halves(
        self,
        work: Callable[[Work], Done],
        jobs: Iterable[Work],
        halves: Callable[[Work], Sequence[Work]],
        without: Callable[[Work, LostWorker], Done],
    ) -> Iterator[Done]:
        """What comes of each job, in the order of the jobs, whoever dies of it; begun as by `in_order`.

        A job that a worker was lost with is done again by a process of its own, then in halves, until what costs a
        process its life stands alone: a job without `halves`. In the place of its result comes that of `without`.
        """
        begun = self.in_order(work, jobs)
        return chain.from_iterable(
            self._apart(work, job, halves, without) if isinstance(found, LostWorker) else (found,)
            for job, found in begun
        )

    def _apart(
        self,
        work: Callable[[Work], Done],
        job: Work,
        halves: Callable[[Work], Sequence[Work]],
        without: Callable[[Work, LostWorker], Done],
    ) -> Iterator[Done]:
        found = self.alone(work, job)
        if not isinstance(found, LostWorker):
            yield found
            return
        parts = halves(job)
        for part in parts:
            yield from self._apart(work, part, halves, without)
        if not parts:
            yield without(job, found)

    def alone(self, work: Callable[[Work], Done], job: Work) -> Done | LostWorker:
        """What comes of one job, done by a process of its own."""
        with ProcessPoolExecutor(1, get_context("spawn"), begin, (self._settings.worker_bytes,)) as pool:
            with out_of_earshot():
                ready = pool.submit(_know, work)
            ready.result()  # starting and importing, which take seconds, are no part of the job
            begun = time.monotonic()
            try:
                return pool.submit(work, job).result()
            except MemoryError:
                return LostWorker("out_of_memory", f"it takes more than {self._settings.worker_bytes} bytes")
            except BrokenExecutor:
                seconds = time.monotonic() - begun
                if seconds >= self._settings.page_seconds:
                    return LostWorker("timeout", f"not read after {self._settings.page_seconds:g} s")
                return LostWorker("crashed", "the process that read it died")

    def _submit(self, work: Callable[[Work], Done], job: Work) -> tuple[Executor, Future[Done]]:
        with out_of_earshot():
            pool = self._executor()
            try:
                return pool, pool.submit(work, job)
            except BrokenExecutor:  # it broke since the last job was handed over
                self._end_pool()
                pool = self._executor()
                return pool, pool.submit(work, job)

    def _result(self, future: Future[Done], pool: Executor) -> Done | LostWorker:
        try:
            return future.result()
        except (BrokenExecutor, MemoryError) as error:
            if isinstance(error, BrokenExecutor) and pool is self._pool:
                self._end_pool()  # all of its processes ended with the one that died
            return LostWorker("crashed", type(error).__name__)

    def _executor(self) -> Executor:
        if self._pool is None:
            # spawn: delta-rs, whose threads are in our process, does not survive a fork.
            self._pool = ProcessPoolExecutor(
                self._settings.workers, get_context("spawn"), begin, (self._settings.worker_bytes,)
            )
        return self._pool

    def _end_pool(self, *, waits: bool = False) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=waits, cancel_futures=True)


def spread_over(workers: Workers) -> Callable[[Callable[[Work], Done], Iterable[Work]], Iterator[Done]]:
    """`map`, by these processes; what one dies of is done again here."""

    def spread(work: Callable[[Work], Done], jobs: Iterable[Work]) -> Iterator[Done]:
        waiting = iter(jobs)
        first = list(islice(waiting, 2))
        if len(first) < 2:
            yield from map(work, first)
            return
        for job, done in workers.in_order(work, chain(first, waiting), _SPREAD_MEANWHILE):
            yield work(job) if isinstance(done, LostWorker) else done

    return spread


def _know(_work: object) -> None:
    """To be handed the work is to import it."""
