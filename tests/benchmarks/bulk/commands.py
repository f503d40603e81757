"""Whole commands, measured from outside: time, processor time, and the memory of each of their processes."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_LOOK_SECONDS = 0.2
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Run:
    """A command as a whole, its workers included."""

    seconds: float
    processor_seconds: float
    megabytes: float
    """Of the process that was started, at its peak."""
    worker_megabytes: float
    """Of the largest of the processes that it started, at its peak; 0 where there was none."""
    most_megabytes: float
    """Of all of them together, as they stood at one time."""


def run(arguments: list[str], home: Path, workers: str, *, is_on_one_core: bool = False) -> Run:
    """Run an asrun command to its end, with all of its processes on one core or on all that we may use; Linux only.

    Raises:
        RuntimeError: it failed.
    """
    command = [str(Path(sys.executable).with_name("asrun")), *arguments]
    start = time.perf_counter()
    with _on({min(cores_of_ours())} if is_on_one_core else cores_of_ours()):
        process = os.posix_spawn(
            command[0],
            command,
            {**os.environ, "ASRUN_HOME": str(home), "ASRUN_WORKERS": workers},
            file_actions=[(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)],
        )
    peaks: dict[int, float] = {}
    most = 0.0
    while (ended := os.wait4(process, os.WNOHANG))[0] == 0:
        alive = [process, *_below(process)]
        peaks |= {one: peak for one in alive if (peak := _megabytes(one, "VmHWM")) > 0}
        most = max(most, sum(_megabytes(one, "VmRSS") for one in alive))
        time.sleep(_LOOK_SECONDS)
    seconds = time.perf_counter() - start
    if code := os.waitstatus_to_exitcode(ended[1]):
        raise RuntimeError(f"asrun {arguments[0]} ended with {code}")
    own = peaks.pop(process, 0.0)
    usage = ended[2]
    return Run(seconds, usage.ru_utime + usage.ru_stime, own, max(peaks.values(), default=0.0), most)


def cores_of_ours() -> set[int]:
    """The cores that this process may use."""
    return os.sched_getaffinity(0)


@contextmanager
def _on(cores: set[int]) -> Iterator[None]:
    """Processes that are started meanwhile run on these cores."""
    ours = cores_of_ours()
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, ours)


def _below(process: int) -> list[int]:
    """The processes that this one started, and those that they started."""
    found: list[int] = []
    for listed in _PROC.glob(f"{process}/task/*/children"):
        try:
            children = list(map(int, listed.read_text(encoding="ascii").split()))
        except OSError:  # it has ended meanwhile
            continue
        found += [below for child in children for below in (child, *_below(child))]
    return found


def _megabytes(process: int, name: str) -> float:
    """A figure of a process's memory; 0 where it has ended."""
    try:
        status = (_PROC / str(process) / "status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    lines = (line.split() for line in status.splitlines())
    return next((int(line[1]) / 1000 for line in lines if line[0] == f"{name}:"), 0.0)
