"""Jobs that a cluster does in units: in order, a bounded number at a time, and what it loses is done here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from pipeline.ingest.cluster import LostUnit, in_units


@dataclass
class Given:
    """A unit that is done when it is asked for."""

    work: Callable[[], Any]
    cluster: "Promptly"

    def result(self) -> Any:
        self.cluster.in_hand -= 1
        return self.work()


@dataclass
class Promptly:
    """A cluster of one worker, which remembers what it was given."""

    size: int = 1
    names: list[str] = field(default_factory=list)
    in_hand: int = 0
    most_in_hand: int = 0

    def submit(self, work: Callable[[], Any], name: str) -> Given:
        self.names.append(name)
        self.in_hand += 1
        self.most_in_hand = max(self.most_in_hand, self.in_hand)
        return Given(work, self)


@pytest.fixture(autouse=True)
def _small_units(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.ingest.cluster.UNIT_JOBS", 3)


def here(jobs: Iterable[int]) -> Iterator[tuple[int, str]]:
    return ((job, f"{job} done here") for job in jobs)


def test_jobs_come_back_in_order_and_two_units_a_worker_are_in_hand() -> None:
    cluster = Promptly()

    found = list(in_units(cluster, str, range(10), here))

    assert found == [(job, str(job)) for job in range(10)]
    assert cluster.names == ["0", "3", "6", "9"]
    assert cluster.most_in_hand == 2


def test_the_first_units_are_handed_over_by_the_call() -> None:
    cluster = Promptly(size=2)

    in_units(cluster, str, range(100), here)

    assert cluster.names == ["0", "3", "6", "9"]


def test_an_error_is_raised_in_its_turn() -> None:
    def work(job: int) -> str:
        if job == 4:
            raise ValueError("four")
        return str(job)

    results = in_units(Promptly(), work, range(10), here)

    assert [next(results) for _ in range(4)] == [(job, str(job)) for job in range(4)]
    with pytest.raises(ValueError, match="four"):
        next(results)


def test_a_lost_unit_is_done_here() -> None:
    class Losing(Promptly):
        def submit(self, work: Callable[[], Any], name: str) -> Given:
            def lose() -> Any:
                raise LostUnit

            return super().submit(lose if name == "3" else work, name)

    found = dict(in_units(Losing(), str, range(8), here))

    assert found == {job: f"{job} done here" if job in {3, 4, 5} else str(job) for job in range(8)}


def test_a_worker_without_memory_loses_its_unit_and_not_a_job() -> None:
    def work(job: int) -> str:
        raise MemoryError(job)

    with pytest.raises(MemoryError):
        list(in_units(Promptly(), work, range(3), here))
