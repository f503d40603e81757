"""What several threads want done is done together, once, and one that fails fails alone."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest

from pipeline.errors import LakeError
from pipeline.ingest.together import Together

PATIENCE_SECONDS = 60
OTHERS = 7


class Work:
    """Notes what it is asked to do; the first call waits until all others have come."""

    def __init__(self, together: Together[int], *, broken: Sequence[int] = ()) -> None:
        self.calls: list[list[int]] = []
        self.began = Event()
        self.may_go_on = Event()
        self._together = together
        self._broken = set(broken)

    def __call__(self, items: Sequence[int]) -> None:
        self.calls.append(list(items))
        self.began.set()
        assert self.may_go_on.wait(PATIENCE_SECONDS)
        if self._broken & set(items):
            raise LakeError("no room")


def all_at_once(work: Work, together: Together[int]) -> list[Future[None]]:
    """One comes first; the others come while it is at work."""

    def do(item: int) -> Callable[[], None]:
        return lambda: together.do(item, work)

    with ThreadPoolExecutor(1 + OTHERS) as threads:
        found = [threads.submit(do(0))]
        assert work.began.wait(PATIENCE_SECONDS)
        found += [threads.submit(do(item)) for item in range(1, 1 + OTHERS)]
        while len(together._waiting) < 1 + OTHERS:
            pass
        work.may_go_on.set()
    return found


def test_those_who_wait_are_done_together() -> None:
    together: Together[int] = Together()
    work = Work(together)
    found = all_at_once(work, together)

    assert [future.result() for future in found] == [None] * (1 + OTHERS)
    assert work.calls[0] == [0]
    assert [sorted(call) for call in work.calls[1:]] == [list(range(1, 1 + OTHERS))]
    assert together._waiting == []


def test_one_that_fails_fails_alone() -> None:
    together: Together[int] = Together()
    work = Work(together, broken=[3])
    found = all_at_once(work, together)

    assert [type(future.exception()) for future in found].count(LakeError) == 1
    with pytest.raises(LakeError, match="no room"):
        found[3].result()
    assert sorted(map(len, work.calls)) == [1] * (1 + OTHERS) + [OTHERS]
    assert together._waiting == []
