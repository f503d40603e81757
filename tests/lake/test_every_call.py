"""Killed, or refused by the disk, at any write, fsync, rename or unlink: readers see old or new, a new run converges.

strace injects the faults where the operating system would. A few of them run always, very many with `-m series`.
"""

import logging
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import LakeError
from pipeline.lake.release import release, verify
from pipeline.lake.store import Lake
from pipeline.settings import Settings, load_settings
from schemas import TABLES
from tests.forks import LAKE_ERROR
from tests.lake import strace
from tests.lake.contract import WITH_MOODS, promise
from tests.lake.factory import Look, batch
from tests.lake.held import rows
from tests.lake.test_faults import BEFORE, COMMIT

logger = logging.getLogger(__name__)

Rows = dict[str, list[dict[str, Any]]]
FEW, MANY = 2, 60


@dataclass(frozen=True)
class Work:
    """Something that is done to the lake of a home, and what that lake is made by."""

    name: str
    do: Callable[[Path], object]
    prepare: Callable[[Settings], None]

    @property
    def changes_rows(self) -> bool:
        return self.name == "commit"

    @contextmanager
    def promised(self) -> Iterator[None]:
        """With the contract that the work is done by."""
        with pytest.MonkeyPatch.context() as patched:
            if self.name == "migrate":
                promise(patched, WITH_MOODS)
            yield

    def held(self, settings: Settings) -> Rows:
        """The rows of today's columns: those that the migration adds are NULL anyway."""
        names = {table.name: table.column_names for table in TABLES}
        with self.promised():
            found = rows(settings)
        return {name: [{one: row[one] for one in names[name]} for row in table] for name, table in found.items()}


def _two_pages(settings: Settings) -> None:
    Lake(settings).commit(batch(*BEFORE))


def _some_nights(settings: Settings) -> None:
    for night in range(4):
        Lake(settings).commit(batch(*BEFORE, Look(1, hours=night, title=f"Night {night}")))


def _commit(home: Path) -> None:
    Lake(keeping_few(home)).commit(batch(*COMMIT))


def _maintain(home: Path) -> None:
    Lake(keeping_few(home)).maintain(datetime.now(UTC) + timedelta(days=2))


def _migrate(home: Path) -> None:
    promise(pytest.MonkeyPatch(), WITH_MOODS)
    Lake(keeping_few(home)).commit([])


WORKS = (
    Work("commit", _commit, _two_pages),
    Work("maintain", _maintain, _some_nights),
    Work("migrate", _migrate, _two_pages),
)


@dataclass(frozen=True)
class Straight:
    """Work that was not disturbed: the lake before it, rows before and after it, its calls."""

    work: Work
    home: Path
    old: Rows
    new: Rows
    calls: str

    def copy(self, home: Path) -> Settings:
        """The lake before the work, in a folder of its own, published there."""
        shutil.copytree(self.home, home)
        settings = keeping_few(home)
        Lake(settings).commit([])
        return settings


def keeping_few(home: Path) -> Settings:
    return load_settings(home=home, editions_kept=1, editions_kept_days=0)


@pytest.fixture(scope="module", params=WORKS, ids=lambda work: work.name)
def straight(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Straight:
    if not strace.is_usable():
        pytest.skip("strace is not here, or may not trace")
    work: Work = request.param
    before, after = (tmp_path_factory.mktemp(work.name) / name for name in ("before", "after"))
    settings = keeping_few(before)
    work.prepare(settings)
    shutil.copytree(before, after)
    Lake(keeping_few(after)).commit([])
    done = strace.run(after, work.do)
    assert done.code == 0
    return Straight(work, before, work.held(settings), work.held(keeping_few(after)), done.calls)


def check(straight: Straight, settings: Settings) -> str:
    """What readers see after the fault, `old` or `new`; then the same work again, undisturbed."""
    work = straight.work
    seen = work.held(settings)
    assert seen in (straight.old, straight.new)
    if work.name == "maintain":
        assert strace.run(settings.home, work.do).code == 0
    batch_again = batch(*COMMIT) if work.changes_rows else []
    with work.promised():
        Lake(settings).commit(batch_again)
        assert Lake(settings).commit(batch_again).edition is None
    assert work.held(settings) == straight.new
    return "old" if seen == straight.old else "new"


def series(straight: Straight, tmp_path: Path, faults: list[str]) -> Counter[str]:
    """The work with each of these faults; what became of it, counted."""
    told: Counter[str] = Counter()
    for number, fault in enumerate(faults):
        home = tmp_path / str(number)
        settings = straight.copy(home)
        done = strace.run(home, straight.work.do, fault)
        told["killed" if strace.is_killed(done) else f"exit {done.code}"] += 1
        if done.code == LAKE_ERROR:
            assert "what was published is untouched" in done.gave or "the disk is full" in done.gave
            assert "\n" not in done.gave
        told[check(straight, settings)] += 1
        shutil.rmtree(home)
    logger.info("%s: %d faults: %s", straight.work.name, len(faults), dict(told))
    return told


def kills(straight: Straight, count: int) -> list[str]:
    found = strace.sampled(strace.points(straight.calls), count)
    return [f"{kind}:signal=KILL:when={number}" for kind, number in found]


def refusals(straight: Straight, count: int) -> list[str]:
    found = strace.sampled(strace.points(straight.calls, ("fsync", "rename", "linkat")), count)
    return [f"{kind}:error={'EIO' if kind == 'fsync' else 'ENOSPC'}:when={number}" for kind, number in found]


def test_killed(straight: Straight, tmp_path: Path) -> None:
    told = series(straight, tmp_path, kills(straight, FEW))
    assert told["killed"] > 0


def test_refused(straight: Straight, tmp_path: Path) -> None:
    told = series(straight, tmp_path, refusals(straight, FEW))
    assert told["exit 3"] > 0
    assert told["killed"] == 0


@pytest.mark.series
@pytest.mark.timeout(3600)
def test_killed_at_very_many(straight: Straight, tmp_path: Path) -> None:
    told = series(straight, tmp_path, kills(straight, MANY))
    assert told["killed"] > MANY // 2


@pytest.mark.series
@pytest.mark.timeout(3600)
def test_refused_at_very_many(straight: Straight, tmp_path: Path) -> None:
    told = series(straight, tmp_path, refusals(straight, MANY))
    assert told["exit 3"] > 0
    assert told["killed"] == 0


# --- a disk that fills up, at another write each time ---------------------------------------------------------------
@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", str(disk)], capture_output=True, text=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"no small disk without the right to mount one: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@contextmanager
def filled(disk: Path, left: int) -> Iterator[None]:
    """With so many bytes left on the disk, or what there is."""
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(max(shutil.disk_usage(disk).free - left, 0)))
    yield
    ballast.unlink()


@pytest.mark.series
@pytest.mark.timeout(1800)
def test_a_disk_that_fills_up_at_any_write(straight: Straight, small_disk: Path) -> None:
    told: Counter[str] = Counter()
    for left in range(0, 1_400_000, 60_000):
        home = small_disk / "home"
        settings = straight.copy(home)
        with filled(small_disk, left):
            done = strace.run(home, straight.work.do)
        told[f"exit {done.code}"] += 1
        assert done.code in {0, LAKE_ERROR}
        told[check(straight, settings)] += 1
        shutil.rmtree(home)
    logger.info("%s on a disk that fills up: %s", straight.work.name, dict(told))
    assert told["exit 3"] > 0


@pytest.mark.series
@pytest.mark.timeout(1800)
def test_a_disk_that_fills_up_under_a_release(small_disk: Path) -> None:
    settings, place = keeping_few(small_disk / "home"), small_disk / "release"
    _some_nights(settings)
    old = rows(settings)
    refusals: list[str] = []
    sizes = range(0, 600_000, 20_000)
    for left in sizes:
        before = len(refusals)
        with filled(small_disk, left):
            try:
                release(settings, place)
            except LakeError as refusal:
                refusals.append(str(refusal))
        assert place.exists() == (len(refusals) == before)
        assert rows(settings) == old
        shutil.rmtree(place, ignore_errors=True)
        assert list(verify(release(settings, place).place)) == []
        shutil.rmtree(place)
    logger.info("release on a disk that fills up: %d of %d refused", len(refusals), len(sizes))
    assert 0 < len(refusals) < len(sizes)
    assert all("the disk is full" in refusal and "\n" not in refusal for refusal in refusals)
