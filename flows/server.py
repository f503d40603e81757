"""A Prefect server to run flows with: the one PREFECT_API_URL names, or one of our own for as long as it is needed."""

import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self
from urllib.error import URLError
from urllib.request import urlopen

from pipeline.errors import AsrunError

logger = logging.getLogger(__name__)

START_SECONDS = 180
"""A first start migrates a database: 17 s on an idle machine, minutes on a busy one."""
STOP_SECONDS = 15
FLUSH_SECONDS = 10
POLL_SECONDS = 2.0
_UI_PORT = 4200
"""Prefect's own default, where its command line looks for a server."""


class NoServer(AsrunError):
    """There is no Prefect server to run with."""


def no_server_at(address: str) -> NoServer:
    """What PREFECT_API_URL names does not answer."""
    return NoServer(f"no Prefect server answers at {address}: start it, or unset PREFECT_API_URL to do without")


@contextmanager
def server(
    *, is_lasting: bool = False, port: int | None = None, meanwhile: Callable[[], object] = lambda: None
) -> Iterator[str]:
    """The API's address, which is also put into PREFECT_API_URL; a server that was started here is stopped at the end.

    `meanwhile` is done here while a server starts, which takes longer than to import Prefect.

    A short-lived server has neither user interface nor scheduler; its runs are kept in PREFECT_HOME and seen later.
    A lasting one has both, at the given port or Prefect's usual one if that is free, and is started again if it dies.

    Raises:
        NoServer: PREFECT_API_URL names a server that does not answer, or ours did not start.
    """
    given = os.environ.get("PREFECT_API_URL")
    if given:
        if not answers(given):
            raise no_server_at(given)
        meanwhile()
        yield given
        return
    log = Path(os.environ["PREFECT_HOME"]) / "server.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    place = _listening((port or _UI_PORT) if is_lasting else 0, patience=STOP_SECONDS if port else 0)
    address = f"http://127.0.0.1:{place.getsockname()[1]}/api"
    with place, log.open("ab") as output, _OwnServer(place, output.fileno(), is_lasting=is_lasting) as own:
        os.environ["PREFECT_API_URL"] = address
        try:
            import_module("prefect.flows")  # only now, as Prefect reads the address when it is imported
            meanwhile()
            _wait_for(address, own, log)
            with nullcontext() if is_lasting else _without_heartbeats():
                yield address
        finally:
            _send_what_waits()
            os.environ.pop("PREFECT_API_URL", None)


def wait_until_it_answers(address: str) -> None:
    """Wait for a server, for as long as it takes."""
    if answers(address):
        return
    logger.warning("server_awaited address=%s", address)
    while not answers(address):
        time.sleep(POLL_SECONDS)


def answers(address: str) -> bool:
    """Whether a Prefect API is alive at this address."""
    try:
        with urlopen(f"{address.rstrip('/')}/health", timeout=5) as response:  # noqa: S310  # the user's own setting
            return bool(response.status == 200)
    except (URLError, OSError, ValueError):
        return False


def _without_heartbeats() -> AbstractContextManager[object]:
    """Runs give no signs of life meanwhile: nobody looks for them at a short-lived server.

    A run that gives them waits at its end for the second that its next look takes to come.
    """
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    return temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None})


def _send_what_waits() -> None:
    """Let Prefect's clients send logs and events that wait in this process, while there is a server to take them."""
    if "prefect" not in sys.modules:
        return
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    EventsWorker.drain_all(timeout=FLUSH_SECONDS)
    APILogWorker.drain_all(timeout=FLUSH_SECONDS)


class _OwnServer:
    """The process of a server that was started here. A lasting one is started again when it ends by itself.

    The socket is ours: requests wait in it while a server starts, and nobody else gets its port meanwhile.
    """

    def __init__(self, place: socket.socket, output: int, *, is_lasting: bool) -> None:
        self._place = place.fileno()
        self._command = [sys.executable, "-m", "flows.server_process", str(self._place)]
        self._environment = {
            **os.environ,
            "PREFECT_UI_API_URL": f"http://127.0.0.1:{place.getsockname()[1]}/api",
            "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "WARNING",  # into server.log
        }
        if not is_lasting:
            self._environment["PREFECT__SERVER_EPHEMERAL"] = "1"
        self._output = output
        self._is_lasting = is_lasting
        self._is_over = Event()
        self._process = self._start()
        self._keeper = Thread(target=self._keep, daemon=True)

    def __enter__(self) -> Self:
        if self._is_lasting:
            self._keeper.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._close()
        if self._is_lasting:
            self._keeper.join()

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  # our own module, no shell
            self._command,
            stdin=subprocess.PIPE,  # its end tells the server that we are gone, however we went
            stdout=self._output,
            stderr=self._output,
            env=self._environment,
            pass_fds=(self._place,),
            start_new_session=True,  # Ctrl-C in a terminal is for us; the server must outlast what we still tell it
        )

    def _keep(self) -> None:
        while not self._is_over.wait(POLL_SECONDS):
            if self.has_ended:
                logger.warning("server_restarted exit_code=%d", self._process.returncode)
                self._close()
                self._process = self._start()

    def _close(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()


def _wait_for(address: str, own: _OwnServer, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while not answers(address):
        if own.has_ended:
            raise NoServer(f"the Prefect server did not start; {log} says why")
        if time.monotonic() > until:
            raise NoServer(f"the Prefect server did not answer within {START_SECONDS} s; {log} says more")
        time.sleep(0.2)


def _listening(preferred: int, *, patience: float) -> socket.socket:
    """A socket at the preferred port if nobody else has it, else at one that the system gives.

    It listens from now on: of two servers that are started at once, one gets the port. The server of a process that was
    killed is given this patience, in seconds, to come to its end.

    Raises:
        NoServer: no port is free.
    """
    until = time.monotonic() + patience
    while (found := listen(preferred)) is None and time.monotonic() < until:
        time.sleep(0.2)
    found = found or listen(0)
    if found is None:
        raise NoServer("no port is free on 127.0.0.1")
    return found


def listen(port: int) -> socket.socket | None:
    """A socket that listens at this port, or for 0 at one that is free; None where somebody else does."""
    place = socket.socket()
    # As uvicorn does: connections of a former server that linger are no reason to go elsewhere.
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind(("127.0.0.1", port))
        place.listen()
    except OSError:
        place.close()
        return None
    return place
