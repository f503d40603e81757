"""A Dask scheduler and two workers, each a process of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PATIENCE_SECONDS = 60
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class RunningCluster:
    """A cluster that runs."""

    address: str
    workers: tuple["subprocess.Popen[bytes]", ...]
    """With nannies, which start each anew where it dies, these are the nannies."""


@contextmanager
def dask_cluster(folder: Path, *, has_nannies: bool = False) -> Iterator[RunningCluster]:
    """A cluster whose two workers are there; it writes below `folder`, and ends with the `with`.

    A unit that two workers died of is given up.
    """
    pytest.importorskip("distributed", reason="Dask is not installed")
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    # The scheduler has no option for it.
    environment = {
        **os.environ,
        "DASK_TEMPORARY_DIRECTORY": str(folder / "dask"),
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    }
    with (folder / "dask.log").open("wb") as log:

        def start(*arguments: object) -> "subprocess.Popen[bytes]":
            command = [sys.executable, "-m", "dask", *map(str, arguments)]
            return subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT, env=environment)

        scheduler = start("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
        nanny = "--nanny" if has_nannies else "--no-nanny"
        workers = tuple(
            start("worker", address, "--nthreads", 1, nanny, "--no-dashboard", "--name", name)
            for name in ("one", "two")
        )
        try:
            _wait_for_workers(address, len(workers))
            yield RunningCluster(address, workers)
        finally:
            for process in (*workers, scheduler):
                process.terminate()
                process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_workers(address: str, count: int) -> None:
    from distributed import Client

    with Client(address, timeout=PATIENCE_SECONDS) as client:  # type: ignore[no-untyped-call]
        client.wait_for_workers(count, timeout=PATIENCE_SECONDS)
