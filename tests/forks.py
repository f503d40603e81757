"""Work in processes of their own, which may be killed, without a start of Python for each.

They are forked from one process that has imported what they need, which takes a second of a processor.
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any, Self

from pipeline.errors import LakeError

PATIENCE_SECONDS = 120.0
LAKE_ERROR = 3
"""The exit code of work that ended with a LakeError."""

_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload(["pytest", "tests.running", "tests.lake.factory", "tests.lake.contract"])


@dataclass(frozen=True)
class Ended:
    """How work ended: the exit code (negative: the signal), and what it gave or, of a LakeError, said."""

    code: int
    gave: Any


class Forked:
    """Work in a process of its own, which waits for `go`."""

    def __init__(self, work: Callable[..., object], *arguments: object) -> None:
        self._ours, theirs = _CONTEXT.Pipe()
        self._process: ForkServerProcess = _CONTEXT.Process(target=_do, args=(theirs, work, arguments))
        self._process.start()
        theirs.close()
        assert self._ours.recv() == "ready"
        assert self._process.pid is not None
        self.pid = self._process.pid

    def go(self) -> Self:
        self._ours.send("go")
        return self

    def end(self, seconds: float = PATIENCE_SECONDS) -> Ended:
        """How it ended; by SIGKILL where it has not after so many seconds."""
        gave = None
        if self._ours.poll(seconds):
            with suppress(EOFError, ConnectionResetError):  # it ended and gave nothing
                gave = self._ours.recv()
            self._process.join(PATIENCE_SECONDS)
        self._process.kill()
        self._process.join()
        self._ours.close()
        assert self._process.exitcode is not None
        return Ended(self._process.exitcode, gave)


def run(work: Callable[..., object], *arguments: object) -> Ended:
    """Do work in a process of its own, and wait for its end. It is a function of a module, not one within another."""
    return Forked(work, *arguments).go().end()


def _do(pipe: Connection, work: Callable[..., object], arguments: tuple[object, ...]) -> None:
    pipe.send("ready")
    pipe.recv()
    try:
        pipe.send(work(*arguments))
    except LakeError as error:
        pipe.send(str(error))
        sys.exit(LAKE_ERROR)


class Steps:
    """Counts the steps at which something becomes durable or visible, and dies at one of them as after a power cut."""

    def __init__(self, last: int) -> None:
        self.done = 0
        self._last = last

    def counted(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def run_counted(*args: Any, **kwargs: Any) -> Any:
            self.done += 1
            if self.done == self._last:
                os.kill(os.getpid(), signal.SIGKILL)
            return step(*args, **kwargs)

        return run_counted
