"""How work that takes each thing by itself is done: here, or by workers."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Work = TypeVar("Work")
Done = TypeVar("Done")


class Spread(Protocol):
    """Does the same work on many things and gives what comes of each, in their order: as `map` does, or elsewhere."""

    def __call__(self, work: Callable[[Work], Done], jobs: Iterable[Work], /) -> Iterator[Done]: ...
