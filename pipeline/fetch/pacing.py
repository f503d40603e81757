"""One request at a time to a host, with a gap after it; for all threads and all asrun processes of this machine.

A folder per host holds a lock, which the kernel releases if its holder dies, and the time of the last request's end.
"""

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
    """What is kept of a host between two requests: seconds since 1970."""

    ended_at: float
    held_until: float


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
        folder = self._folder(host)
        with FileLock(folder / "lock", poll_interval=_POLL_SECONDS):
            pace = _read(folder / "pace.json")
            if pace is not None:
                self._wait(host, pace, gap_seconds)
            turn = Turn()
            try:
                yield turn
            finally:
                now = self._clock()
                _write(folder / "pace.json", _Pace(ended_at=now, held_until=now + turn.hold_seconds))

    def _folder(self, host: str) -> Path:
        folder = self._directory / quote(host, safe="")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{folder}: cannot be made ({error.strerror}); correct ASRUN_HOME") from error
        return folder

    def _wait(self, host: str, pace: _Pace, gap_seconds: float) -> None:
        now = self._clock()
        # Never longer than was asked for, even if the clock was set back since.
        gap = min(pace.ended_at + gap_seconds - now, gap_seconds)
        hold = min(pace.held_until - now, _LONGEST_HOLD_SECONDS)
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
        return _Pace(ended_at=float(kept["ended_at"]), held_until=float(kept["held_until"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        ended_at = file.stat().st_mtime
        return _Pace(ended_at=ended_at, held_until=ended_at)


def _write(file: Path, pace: _Pace) -> None:
    file.write_text(json.dumps({"ended_at": pace.ended_at, "held_until": pace.held_until}), encoding="ascii")
