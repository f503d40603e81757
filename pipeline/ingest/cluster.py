"""Other machines that do what processes here do otherwise: what a run that has them brings with it.

The pipeline knows no scheduler; who runs it does (`flows/cluster.py`).
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Protocol, TypeVar

UNIT_JOBS = 30
"""Jobs that are handed over together: three thousand pages of a reparse are five seconds of work, and to hand them over
takes 0.1 to 0.15."""
_UNITS_IN_HAND = 2
"""For each worker: one that it does, one that waits. What is done waits in the workers' memory for its turn."""
Work = TypeVar("Work")
Done = TypeVar("Done")
Result_co = TypeVar("Result_co", covariant=True)


class LostUnit(Exception):  # no error of ours: what was lost is done again here
    """In the place of a result: several workers in turn died of the unit."""


class Unit(Protocol[Result_co]):
    """Work that was handed over."""

    def result(self) -> Result_co:
        """What came of it, once it is done.

        Raises:
            LostUnit: several workers in turn died of it.
            ClusterError: workers cannot do it at all, or the cluster is gone.
        """
        ...


class Cluster(Protocol):
    """Workers elsewhere. They see the same archive, the same files and the same settings."""

    @property
    def size(self) -> int:
        """How many units it does at once, as things stand; at least 1."""
        ...

    def submit(self, work: Callable[[], Done], name: str) -> Unit[Done]:
        """Hand over a call that can be pickled."""
        ...


def in_units(
    cluster: Cluster,
    work: Callable[[Work], Done],
    jobs: Iterable[Work],
    here: Callable[[Iterable[Work]], Iterator[tuple[Work, Done]]],
) -> Iterator[tuple[Work, Done]]:
    """Each job with what came of it, in the order of the jobs; errors of the work are raised in their turn.

    The first units are handed over by the call itself. A unit that costs several workers their lives is done `here`.
    """
    waiting = iter(jobs)
    units: Iterator[Sequence[Work]] = iter(lambda: tuple(islice(waiting, UNIT_JOBS)), ())
    handed_over = ((unit, cluster.submit(partial(_each, work, unit), str(unit[0]))) for unit in units)
    in_hand = deque(islice(handed_over, _UNITS_IN_HAND * cluster.size))
    return _taken_back(handed_over, in_hand, here)


_Handed = tuple[Sequence[Work], Unit[tuple[list[Done], Exception | None]]]


def _taken_back(
    further: "Iterator[_Handed[Work, Done]]",
    in_hand: "deque[_Handed[Work, Done]]",
    here: Callable[[Iterable[Work]], Iterator[tuple[Work, Done]]],
) -> Iterator[tuple[Work, Done]]:
    while in_hand:
        jobs, unit = in_hand.popleft()
        try:
            done, error = unit.result()
        except LostUnit:
            yield from here(jobs)
        else:
            yield from zip(jobs, done, strict=False)
            if error is not None:
                raise error
        in_hand.extend(islice(further, 1))


def _each(work: Callable[[Work], Done], jobs: Sequence[Work]) -> tuple[list[Done], Exception | None]:
    """What comes of the jobs up to the first error, and that: what stands before it is given.

    Raises:
        MemoryError: the worker has not enough for them; the unit is lost as if the worker had died.
    """
    done: list[Done] = []
    try:
        for job in jobs:
            done.append(work(job))  # noqa: PERF401  # what is done before an error stays
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  # raised where the jobs came from
        return done, error
    return done, None
