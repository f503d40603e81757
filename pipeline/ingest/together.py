"""Work that costs hardly more for many than for one: whoever's turn it is does it for all who wait."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from pipeline.errors import AsrunError

_Item = TypeVar("_Item")


@dataclass(slots=True, eq=False)
class _Asked(Generic[_Item]):
    item: _Item
    is_done: bool = False
    is_alone: bool = False
    """It was tried with others, and failed."""


@dataclass(frozen=True, slots=True)
class Together(Generic[_Item]):
    """Gathers what threads want done. Shared by threads, which wait here with nothing in memory."""

    _waiting: list[_Asked[_Item]] = field(default_factory=list)
    _turn: Lock = field(default_factory=Lock)

    def do(self, item: _Item, work: Callable[[Sequence[_Item]], None]) -> None:
        """Have this done, with whatever else waits when the turn comes; `work` is what everybody here wants done.

        Where it fails for several together it is done for each by itself: one that cannot be done holds up no other.

        Raises:
            AsrunError: whatever `work` raises for this item.
        """
        mine = _Asked(item)
        self._waiting.append(mine)
        with self._turn:
            try:
                if not mine.is_done:
                    self._do(mine, work)
            finally:
                self._waiting.remove(mine)

    def _do(self, mine: _Asked[_Item], work: Callable[[Sequence[_Item]], None]) -> None:
        group = [one for one in self._waiting if not (one.is_done or one.is_alone)]
        if mine.is_alone or len(group) == 1:
            work([mine.item])
            return
        try:
            work([one.item for one in group])
        except AsrunError:
            for one in group:
                one.is_alone = True
            work([mine.item])
        else:
            for one in group:
                one.is_done = True
