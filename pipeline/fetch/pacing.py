"""One request at a time to a host, with a gap after it; for all threads and all asrun processes of this machine.

A folder per host holds a lock, which the kernel releases if its holder dies, and the time of the last request's end.
"""

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock

from pipeline.errors import UsageError

logger = logging.getLogger(__name__)

_LONGEST_HOLD_SECONDS = 86_400.0
"""A host that asks for more silence than a day is asked again after a day."""
_POLL_SECONDS = 0.02


class HostHeld(Exception):
    """The host asked to be left alone for longer than we wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the host asked to be left alone for {seconds:.0f} s more")
        self.seconds = seconds


class Turn:
    """A host's turn, held while a request is made."""

    def __init__(self) -> None:
        self.hold_seconds = 0.0

    def hold(self, seconds: float) -> None:
        """Leave the host alone for so long after this turn, whoever asks."""
        self.hold_seconds = max(self.hold_seconds, min(seconds, _LONGEST_HOLD_SECONDS))


@dataclass(frozen=True, slots=True)
class _Pace:
    """What is kept of a host between two requests."""

    ended_at: float
    """When the last one ended, in seconds since 1970."""
    hold_seconds: float
    """How long the host is to be left alone after it, whatever the gap."""


class Pacer:
    """Gives a host's turns one after the other. `clock` is wall time, which all processes share."""

    def __init__(
        self,
        directory: Path,
        *,
        max_wait_seconds: float,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._directory = directory
        self._max_wait_seconds = max_wait_seconds
        self._clock = clock
        self._sleep = sleep

    @contextmanager
    def turn(self, host: str, gap_seconds: float) -> Iterator[Turn]:
        """Wait until the host may be asked; the gap to the next request begins when the block ends.

        Raises:
            HostHeld: the host asked for a longer silence than `max_wait_seconds`.
            UsageError: the folder cannot be written.
        """
        folder = self._directory / quote(host, safe="")
        lock = FileLock(folder / "lock", poll_interval=_POLL_SECONDS)
        with ExitStack() as stack:
            with _writable(folder):
                folder.mkdir(parents=True, exist_ok=True)
                stack.enter_context(lock)
            pace = _read(folder / "pace.json")
            if pace is not None:
                self._wait(host, pace, gap_seconds)
            turn = Turn()
            self._keep(folder, turn)  # so that the gap is kept even if we are killed in the middle
            try:
                yield turn
            finally:
                self._keep(folder, turn)

    def _keep(self, folder: Path, turn: Turn) -> None:
        pace = _Pace(ended_at=self._clock(), hold_seconds=turn.hold_seconds)
        with _writable(folder):
            (folder / "pace.json").write_text(json.dumps(asdict(pace)), encoding="ascii")

    def _wait(self, host: str, pace: _Pace, gap_seconds: float) -> None:
        since = max(self._clock() - pace.ended_at, 0.0)  # below zero where the clock was set back
        gap, hold = gap_seconds - since, pace.hold_seconds - since
        if hold > self._max_wait_seconds:
            raise HostHeld(hold)
        seconds = max(gap, hold)
        if seconds > 0:
            logger.debug("waiting host=%s seconds=%.2f", host, seconds)
            self._sleep(seconds)


def _read(file: Path) -> _Pace | None:
    """What was kept, or None for a new host. What cannot be read is a host that answered just now."""
    try:
        kept = json.loads(file.read_text(encoding="ascii"))
        return _Pace(float(kept["ended_at"]), float(kept["hold_seconds"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        return _Pace(file.stat().st_mtime, 0.0)


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror}); correct ASRUN_HOME or make room") from error
