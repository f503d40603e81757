"""Faults of the operating system, injected by strace into a process that works on the lake."""

import shutil
import signal
import subprocess
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.forks import Ended, Forked

CHANGING = ("write", "pwrite64", "fsync", "fdatasync", "rename", "linkat", "unlink", "ftruncate")
"""The calls by which files change; `write` also wakes threads, which strace cannot tell apart."""
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Done(Ended):
    """How it ended, and strace's record."""

    calls: str


def is_usable() -> bool:
    """Whether strace is here and may trace."""
    if shutil.which("strace") is None:
        return False
    return (
        subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode == 0
    )


def run(home: Path, work: Callable[[Path], object], *injected: str) -> Done:
    """Do work on this home in a process of its own, with these faults injected into it alone."""
    record = home / "strace.txt"
    process = Forked(work, home)
    faults = [part for fault in injected for part in ("-e", f"inject={fault}")]
    tracing = ["strace", "-f", "-qq", "-o", str(record), "-e", f"trace={','.join(CHANGING)}", *faults]
    with subprocess.Popen([*tracing, "-p", str(process.pid)], stderr=subprocess.DEVNULL) as strace:
        _wait_until_traced(process.pid)
        ended = process.go().end(PATIENCE_SECONDS)
        strace.wait(PATIENCE_SECONDS)
    return Done(ended.code, ended.gave, record.read_text())


def points(calls: str, kinds: tuple[str, ...] = CHANGING) -> list[tuple[str, int]]:
    """Every call of these kinds, by name and number: strace counts by thread, so the busiest thread's are named."""
    by_thread: dict[str, Counter[str]] = defaultdict(Counter)
    for line in calls.splitlines():
        thread, call = line.split(maxsplit=1)
        by_thread[call.partition("(")[0]][thread] += 1
    return [(kind, number) for kind in kinds for number in range(1, max(by_thread[kind].values(), default=0) + 1)]


def sampled(some: list[tuple[str, int]], count: int) -> list[tuple[str, int]]:
    """So many of them, evenly spread."""
    return some if len(some) <= count else [some[at * (len(some) - 1) // (count - 1)] for at in range(count)]


def is_killed(done: Done) -> bool:
    """Whether the fault killed it."""
    return done.code == -signal.SIGKILL


def _wait_until_traced(pid: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        statuses = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/status")]
        if all("TracerPid:\t0\n" not in status for status in statuses):
            return
        time.sleep(0.01)
    raise TimeoutError("strace did not attach")
