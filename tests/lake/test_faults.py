"""Crashes, full disks, two writers, readers at work: what was published stays, and the same commit may be run again."""

import logging
import os
import resource
import signal
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.errors import LakeError
from pipeline.lake.published import publish
from pipeline.lake.store import Lake
from pipeline.lake.tables import delta
from pipeline.query.session import connect
from pipeline.settings import Settings, load_settings
from tests.forks import LAKE_ERROR, Ended, Forked, Steps, run
from tests.lake.factory import NEXT_MONTH, SAID, Look, batch
from tests.lake.held import rows

logger = logging.getLogger(__name__)

BEFORE = (Look(1), Look(2, air_date=NEXT_MONTH))
COMMIT = (Look(1, hours=5, title="New", said=SAID[:2]), Look(2, hours=5, air_date=None), Look(3))


def dying(home: Path, step: int) -> Ended:
    """A commit in a process of its own that dies at a step; it gives how many there were."""
    return run(commit_dying, home, step)


def commit_dying(home: Path, last: int) -> int:
    steps = Steps(last)
    with pytest.MonkeyPatch.context() as patch:
        for place, name in ((os, "fsync"), (Path, "replace"), (delta, "write_deltalake"), (publish, "_build")):
            patch.setattr(place, name, steps.counted(getattr(place, name)))
        Lake(load_settings(home=home)).commit(batch(*COMMIT))
    return steps.done


@dataclass(frozen=True)
class Straight:
    """A commit that was not disturbed: how many steps it took, and the rows before and after it."""

    steps: int
    old: dict[str, list[dict[str, Any]]]
    new: dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> Straight:
    settings = load_settings(home=tmp_path_factory.mktemp("home"))
    Lake(settings).commit(batch(*BEFORE))
    old = rows(settings)
    done = dying(settings.home, 0)
    assert done.code == 0
    return Straight(done.gave, old, rows(settings))


KILLS = 12
"""Spread over all steps of a commit; every fourth of them always, the others with `-m series`."""
_KILLS = [pytest.param(kill, marks=[pytest.mark.series] if kill % 4 else []) for kill in range(KILLS)]


@pytest.mark.parametrize("kill", _KILLS)
def test_killed_at_any_step_readers_see_old_or_new_and_the_same_commit_converges(
    tmp_path: Path, straight: Straight, kill: int
) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(*BEFORE))
    assert dying(tmp_path, 1 + kill * (straight.steps - 1) // (KILLS - 1)).code == -signal.SIGKILL
    assert rows(settings) in (straight.old, straight.new)
    Lake(settings).commit(batch(*COMMIT))
    assert rows(settings) == straight.new
    assert Lake(settings).rebuild(batch(*BEFORE, *COMMIT)).edition is None


def test_killed_and_then_another_batch(tmp_path: Path, straight: Straight) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(*BEFORE))
    assert dying(tmp_path, straight.steps // 2).code == -signal.SIGKILL
    other = Look(1, hours=7, air_date=NEXT_MONTH.replace(month=6), title="Newer still")
    Lake(settings).commit(batch(other))
    assert Lake(settings).rebuild(batch(*BEFORE, other)).edition is None


# --- full disk ------------------------------------------------------------------------------------------------------
@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], capture_output=True, text=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"no small disk without the right to mount one: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_full_disk_is_told_in_one_line_and_leaves_what_was_published(small_disk: Path) -> None:
    settings = load_settings(home=small_disk)
    Lake(settings).commit(batch(*BEFORE))
    old = rows(settings)
    long = [(None, os.urandom(40_000).hex()) for _ in range(100)]
    too_much = batch(*COMMIT, Look(9, said=long))
    with pytest.raises(LakeError, match=r"lake: the disk is full; make room and run this again") as refusal:
        Lake(settings).commit(too_much)
    assert "\n" not in str(refusal.value)
    assert rows(settings) == old
    subprocess.run(["mount", "-o", "remount,size=60m", str(small_disk)], check=True)
    Lake(settings).commit(too_much)
    assert Lake(settings).rebuild([*batch(*BEFORE), *too_much]).edition is None


def commit_with_small_files(home: Path, limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    Lake(load_settings(home=home)).commit(batch(*COMMIT))


@pytest.mark.parametrize(
    ("limit", "reason"),
    [(3_000, "disk I/O error"), (200_000, "File too large")],
    ids=["the counts of names", "the published file"],
)
def test_a_file_that_cannot_be_written_leaves_what_was_published(tmp_path: Path, limit: int, reason: str) -> None:
    settings = load_settings(home=tmp_path)
    Lake(settings).commit(batch(*BEFORE))
    old = rows(settings)
    done = run(commit_with_small_files, tmp_path, limit)
    assert done.code == LAKE_ERROR
    assert "\n" not in done.gave
    assert reason in done.gave
    assert rows(settings) == old
    Lake(settings).commit(batch(*COMMIT))
    assert Lake(settings).rebuild(batch(*BEFORE, *COMMIT)).edition is None


# --- at the same time -----------------------------------------------------------------------------------------------
def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda page: Lake(settings).commit(batch(Look(page))), range(4)))
    held = rows(settings)
    assert (len(held["transcripts"]), len(held["turns"])) == (4, 12)


def publish_three_times(home: Path, page: int) -> None:
    lake = Lake(load_settings(home=home))
    for night in range(3):
        lake.commit(batch(Look(page, hours=night, title=f"Night {night}"), Look(3, hours=night)))


def test_two_publishing_processes_wait_for_each_other(tmp_path: Path) -> None:
    """Each with its own page, and both with one that they share."""
    both = [Forked(publish_three_times, tmp_path, page) for page in (1, 2)]
    for process in both:
        process.go()
    assert [process.end().code for process in both] == [0, 0]
    held = rows(load_settings(home=tmp_path))
    assert [row["revision"] for row in held["transcripts"]] == [3, 3, 1]
    assert len(held["captures"]) == 9


AGREE = """
    SELECT (SELECT sum(turn_count) FROM transcripts) = (SELECT count(*) FROM turns)
       AND (SELECT count(DISTINCT title) FROM transcripts) = 1
       AND (SELECT count(*) FROM transcripts) = (SELECT max(title)::INTEGER FROM transcripts) % 5 + 5
       AND (SELECT count(*) FROM transcripts SEMI JOIN captures USING (capture_id)) = (SELECT count(*) FROM transcripts)
       AND (SELECT count(*) FROM revisions SEMI JOIN transcripts USING (transcript_id, revision, content_hash))
           = (SELECT count(*) FROM transcripts)
"""


PAUSE_SECONDS = 0.3
"""Between two readings: readers that never pause take the publisher's processor, and five hundred publishes an hour."""


def publish_night(settings: Settings, night: int) -> None:
    """A commit that changes all pages, their turns and their number; what is read says which night it is of."""
    home = load_settings(home=settings.home, editions_kept=3, editions_kept_days=0)
    looks = (Look(page, hours=night, title=str(night), said=SAID[: 1 + night % 3]) for page in range(night % 5 + 5))
    Lake(home).rebuild(batch(*looks))


@pytest.mark.parametrize("publishes", [5, pytest.param(500, marks=[pytest.mark.series, pytest.mark.timeout(3600)])])
def test_readers_always_see_tables_that_agree(tmp_path: Path, publishes: int) -> None:
    """Readers of both kinds in a loop, and maintenance now and then: no wrong answer, no error.

    However slow they are, there are more readings than publishes asked for.
    """
    settings = load_settings(home=tmp_path)
    publish_night(settings, 0)
    is_over = threading.Event()
    answers: list[bool] = []

    def ask_sessions() -> None:
        while not is_over.wait(PAUSE_SECONDS):
            with connect(settings) as session:
                answers.extend(next(iter(row.values())) for row in session.arrow(AGREE).to_pylist())

    def ask_duckdb() -> None:
        while not is_over.wait(PAUSE_SECONDS):
            with duckdb.connect() as plain:
                plain.execute(f"ATTACH '{settings.lake_dir}/asrun.duckdb' AS asrun (READ_ONLY)")
                answers.append(plain.execute(f"USE asrun; {AGREE}").fetchall()[0][0])

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(ask) for ask in (ask_sessions, ask_duckdb)]
        try:
            for night in count(1):
                publish_night(settings, night)
                if night % 5 == 0:
                    Lake(settings).maintain(datetime.now(UTC))
                if night >= publishes < len(answers):
                    break
        finally:
            is_over.set()
        for reader in readers:
            reader.result()
    logger.info("%d publishes, %d readings, %d wrong", night, len(answers), answers.count(False))
    assert all(answers)
