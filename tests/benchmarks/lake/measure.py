"""Time, and memory at its highest."""

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

WARM_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one piece of work: seconds of wall time and of processor time, and the process's peak memory meanwhile."""

    seconds: float
    processor_seconds: float
    peak_megabytes: float


def cost(work: Callable[[], object]) -> Cost:
    """What this work costs when it is done once."""
    # Since Linux 4.0, writing 5 there sets the high-water mark back to what is used now.
    Path("/proc/self/clear_refs").write_text("5")
    started, used = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - started, time.process_time() - used, _peak_megabytes())


def warm(work: Callable[[], object]) -> Cost:
    """The median over some rounds; call it when the work was done before."""
    rounds = [cost(work) for _ in range(WARM_ROUNDS)]
    return Cost(
        median(one.seconds for one in rounds),
        median(one.processor_seconds for one in rounds),
        max(one.peak_megabytes for one in rounds),
    )


def forget(files: Iterable[Path]) -> None:
    """Let the operating system drop these files from its cache, as far as it obeys."""
    for path in files:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)


def _peak_megabytes() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024
