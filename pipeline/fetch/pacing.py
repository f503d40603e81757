"""One request at a time to a host, with a gap after it; for all threads and all asrun processes of this machine.

A folder per host holds a lock, which the kernel releases if its holder dies, and what is known of the host's last
requests. The gap grows with the host's own slowness, doubles whenever it says that it is asked too much, and shrinks
again while it answers.
"""

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock

from pipeline.errors import UsageError

logger = logging.getLogger(__name__)

_LONGEST_HOLD_SECONDS = 86_400.0
"""A host that asks for more silence than a day is asked again after a day."""
_POLL_SECONDS = 0.02
_WEIGHT = 0.25
"""Of the newest response time in the smoothed one: four slow answers in a row count, a single one does not."""
_STRAIN, _MOST_STRAIN, _RELIEF = 2.0, 64.0, 0.75
"""The gap is doubled by each 429 or 503, sixty-four times itself at most, and a quarter shorter after each answer."""


class HostHeld(Exception):
    """The host asked to be left alone for longer than we wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the host asked to be left alone for {seconds:.0f} s more")
        self.seconds = seconds


class HostSpent(Exception):
    """The host was asked as often as the settings allow in a day."""

    def __init__(self, requests: int) -> None:
        super().__init__(f"the host was asked {requests} times today, which is all that max_requests_per_day allows")


class Turn:
    """A host's turn, held while a request is made."""

    def __init__(self) -> None:
        self.hold_seconds = 0.0
        self.is_strained = False

    def hold(self, seconds: float) -> None:
        """Leave the host alone for so long after this turn, whoever asks."""
        self.hold_seconds = max(self.hold_seconds, min(seconds, _LONGEST_HOLD_SECONDS))

    def strain(self) -> None:
        """The host says that it is asked too much: leave longer gaps from now on."""
        self.is_strained = True


@dataclass(frozen=True, slots=True)
class Limits:
    """How far politeness goes, as the settings of the same names say."""

    max_wait_seconds: float
    """The longest silence that is waited for, and the longest gap that is made of a short one."""
    delay_factor: float = 0.0
    """The gap is at least so many times the host's smoothed response time (5 in Heritrix)."""
    max_requests_per_day: int | None = None
    """To one host, by all processes; a day is one of UTC."""


@dataclass(frozen=True, slots=True)
class _Pace:
    """What is kept of a host between two requests."""

    ended_at: float
    """When the last one ended, in seconds since 1970."""
    hold_seconds: float = 0.0
    """How long the host is to be left alone after it, whatever the gap."""
    response_seconds: float | None = None
    """How long its requests take, smoothed."""
    strain: float = 1.0
    """How many times the asked gap is left because the host was strained."""
    day: int = 0
    """Of the last request, in days since 1970 (UTC), and ..."""
    requests: int = 0
    """... how many were made on it."""

    def gap(self, asked: float, limits: Limits) -> float:
        """Seconds to leave after the last request where `asked` are asked for; never less than those."""
        grown = max(asked * self.strain, (self.response_seconds or 0.0) * limits.delay_factor)
        return max(asked, min(grown, limits.max_wait_seconds))

    def begun(self, now: float) -> "_Pace":
        """The pace while a request is made: what is true if it is never heard of again."""
        day = int(now // 86_400)
        made = self.requests if day == self.day else 0
        return replace(self, ended_at=now, hold_seconds=0.0, day=day, requests=made + 1)

    def ended(self, turn: Turn, began_at: float, now: float) -> "_Pace":
        """The pace after a request."""
        took = max(now - began_at, 0.0)
        smoothed = took if self.response_seconds is None else self.response_seconds
        strain = self.strain * _STRAIN if turn.is_strained else self.strain * _RELIEF
        return replace(
            self,
            ended_at=now,
            hold_seconds=turn.hold_seconds,
            response_seconds=smoothed + _WEIGHT * (took - smoothed),
            strain=min(max(strain, 1.0), _MOST_STRAIN),
        )


class Pacer:
    """Gives a host's turns one after the other. `clock` is wall time, which all processes share."""

    def __init__(
        self,
        directory: Path,
        limits: Limits,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._directory = directory
        self._limits = limits
        self._clock = clock
        self._sleep = sleep

    @contextmanager
    def turn(self, host: str, gap_seconds: float) -> Iterator[Turn]:
        """Wait until the host may be asked; the gap to the next request begins when the block ends.

        Raises:
            HostHeld: the host asked for a longer silence than `max_wait_seconds`.
            HostSpent: it was asked `max_requests_per_day` times today.
            UsageError: the folder cannot be written.
        """
        folder = self._directory / quote(host, safe="")
        lock = FileLock(folder / "lock", poll_interval=_POLL_SECONDS)
        with ExitStack() as stack:
            with _writable(folder):
                folder.mkdir(parents=True, exist_ok=True)
                stack.enter_context(lock)
            former = _read(folder / "pace.json")
            if former is not None:
                self._wait(host, former, gap_seconds)
            began_at = self._clock()
            pace = (former or _Pace(began_at)).begun(began_at)
            budget = self._limits.max_requests_per_day
            if budget is not None and pace.requests > budget:
                raise HostSpent(budget)
            _keep(folder, pace)  # so that the gap is kept even if we are killed in the middle
            turn = Turn()
            try:
                yield turn
            finally:
                _keep(folder, pace.ended(turn, began_at, self._clock()))

    def _wait(self, host: str, pace: _Pace, gap_seconds: float) -> None:
        since = max(self._clock() - pace.ended_at, 0.0)  # below zero where the clock was set back
        gap = pace.gap(gap_seconds, self._limits) - since
        hold = pace.hold_seconds - since
        if hold > self._limits.max_wait_seconds:
            raise HostHeld(hold)
        seconds = max(gap, hold)
        if seconds > 0:
            logger.debug("waiting host=%s seconds=%.2f", host, seconds)
            self._sleep(seconds)


def _keep(folder: Path, pace: _Pace) -> None:
    with _writable(folder):
        fresh = folder / "pace.json.new"
        fresh.write_text(json.dumps(asdict(pace)), encoding="ascii")
        fresh.replace(folder / "pace.json")


def _read(file: Path) -> _Pace | None:
    """What was kept, or None for a new host. What cannot be read is a host that answered just now."""
    try:
        kept = json.loads(file.read_text(encoding="ascii"))
        smoothed = kept["response_seconds"]
        return _Pace(
            ended_at=float(kept["ended_at"]),
            hold_seconds=float(kept["hold_seconds"]),
            response_seconds=None if smoothed is None else float(smoothed),
            strain=float(kept["strain"]),
            day=int(kept["day"]),
            requests=int(kept["requests"]),
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        return _Pace(file.stat().st_mtime)


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror}); correct ASRUN_HOME or make room") from error
