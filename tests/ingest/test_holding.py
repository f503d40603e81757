"""One run at a source at a time, nights first; and whether a run lives."""

import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest
from filelock import FileLock, Timeout

from pipeline.ingest.holding import held, is_alive, living, only_one
from pipeline.ingest.work import end_dead_runs, recorded_run
from pipeline.ledger import Ledger
from pipeline.ledger.history import last_runs
from pipeline.settings import Settings, load_settings

PATIENCE = 20.0


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path)


def test_a_night_that_waits_goes_before_a_backfills_next_batch(settings: Settings) -> None:
    order: list[str] = []
    a_batch_began, night_is_over = Event(), Event()

    def backfill(name: str, batches: int) -> None:
        for number in range(batches):
            with held("npr", settings, goes_first=False):
                order.append(f"{name} {number}")
                a_batch_began.set()
                _lasts_until(lambda: night_is_over.is_set() or _is_held("npr.turnstile", settings))

    def night() -> None:
        assert a_batch_began.wait(PATIENCE)
        with held("npr", settings, goes_first=True):
            order.append("night")
        night_is_over.set()

    threads = [Thread(target=backfill, args=("a", 5)), Thread(target=backfill, args=("b", 5)), Thread(target=night)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)

    # The batch that is under way when the night comes, and no other.
    assert order.index("night") == 1
    assert sorted(order) == sorted([f"{name} {number}" for name in "ab" for number in range(5)] + ["night"])


def _lasts_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        time.sleep(0.005)


def _is_held(name: str, settings: Settings) -> bool:
    try:
        with FileLock(settings.home / "locks" / f"{name}.lock").acquire(timeout=0):
            return False
    except Timeout:
        return True


def test_two_nights_and_another_source_take_turns_or_not(settings: Settings) -> None:
    with held("npr", settings, goes_first=True), held("kpbs", settings, goes_first=True):
        waiting = Thread(target=lambda: held("npr", settings, goes_first=True).__enter__(), daemon=True)
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive()
    waiting.join(PATIENCE)
    assert not waiting.is_alive()


_RUN = """
    import sys, time
    from pathlib import Path
    from pipeline.ingest.holding import held
    from pipeline.ingest.work import recorded_run
    from pipeline.settings import load_settings

    settings = load_settings(home=Path(sys.argv[1]))
    with recorded_run(settings, "nightly", {}, "flow-run-1") as run_id, held("npr", settings, goes_first=True):
        print(run_id, flush=True)
        time.sleep(120)
"""


def test_what_a_killed_run_held_is_free_and_the_run_is_known_to_have_crashed(settings: Settings) -> None:
    command = [sys.executable, "-c", textwrap.dedent(_RUN), str(settings.home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        run_id = process.stdout.readline().strip()
        with Ledger(settings) as ledger:
            end_dead_runs(ledger, settings)
            assert [run.status for run in last_runs(ledger, 9)] == ["running"]
        assert is_alive(run_id, settings)
        process.send_signal(signal.SIGKILL)

    with held("npr", settings, goes_first=True), recorded_run(settings, "nightly", {}):
        pass

    with Ledger(settings) as ledger:
        found = {run.run_id: run for run in last_runs(ledger, 9)}
    assert found[run_id].status == "crashed"
    assert found[run_id].finished_at
    assert found[run_id].flow_run_id == "flow-run-1"
    assert sorted(run.status for run in found.values()) == ["completed", "crashed"]
    assert list(settings.home.rglob("run-*.lock")) == []


def test_a_run_lives_from_its_begin_to_its_end(settings: Settings) -> None:
    assert not is_alive("r1", settings)
    with living("r1", settings):
        assert is_alive("r1", settings)
    assert not is_alive("r1", settings)


def test_there_is_one_of_a_kind(settings: Settings) -> None:
    with only_one("serve", settings) as is_first, only_one("serve", settings) as is_second:
        assert (is_first, is_second) == (True, False)
    with only_one("serve", settings) as is_first:
        assert is_first
