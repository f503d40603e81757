"""A Prefect server to run flows with: the one PREFECT_API_URL names, or one of our own for as long as it is needed."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from pipeline.errors import AsrunError

START_SECONDS = 180
"""A first start migrates a database: 17 s on an idle machine, minutes on a busy one."""
STOP_SECONDS = 15
FLUSH_SECONDS = 10
_UI_PORT = 4200
"""Prefect's own default, where its command line looks for a server."""


class NoServer(AsrunError):
    """There is no Prefect server to run with."""


@contextmanager
def server(*, is_lasting: bool = False) -> Iterator[str]:
    """The API's address, which is also put into PREFECT_API_URL; a server that was started here is stopped at the end.

    A short-lived server has neither user interface nor scheduler; its runs are kept in PREFECT_HOME and seen later.
    A lasting one has both, at Prefect's usual port if that is free.

    Raises:
        NoServer: PREFECT_API_URL names a server that does not answer, or ours did not start.
    """
    given = os.environ.get("PREFECT_API_URL")
    if given:
        if not answers(given):
            raise NoServer(f"no Prefect server answers at {given}: start it, or unset PREFECT_API_URL to do without")
        yield given
        return
    port = _free_port(preferred=_UI_PORT if is_lasting else 0)
    address = f"http://127.0.0.1:{port}/api"
    log = Path(os.environ["PREFECT_HOME"]) / "server.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output, _started(port, output.fileno(), is_lasting=is_lasting) as process:
        _wait_for(address, process, log)
        os.environ["PREFECT_API_URL"] = address
        try:
            yield address
        finally:
            _send_what_waits()
            del os.environ["PREFECT_API_URL"]


def answers(address: str) -> bool:
    """Whether a Prefect API is alive at this address."""
    try:
        with urlopen(f"{address.rstrip('/')}/health", timeout=5) as response:  # noqa: S310  # the user's own setting
            return bool(response.status == 200)
    except (URLError, OSError, ValueError):
        return False


def _send_what_waits() -> None:
    """Let Prefect's clients send logs and events that wait in this process, while there is a server to take them."""
    if "prefect" not in sys.modules:
        return
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    EventsWorker.drain_all(timeout=FLUSH_SECONDS)
    APILogWorker.drain_all(timeout=FLUSH_SECONDS)


@contextmanager
def _started(port: int, output: int, *, is_lasting: bool) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "PREFECT_UI_API_URL": f"http://127.0.0.1:{port}/api"}
    if not is_lasting:
        environment["PREFECT__SERVER_EPHEMERAL"] = "1"
    process = subprocess.Popen(  # noqa: S603  # our own module, no shell
        [sys.executable, "-m", "flows.server_process", str(port)],
        stdin=subprocess.PIPE,  # its end tells the server that we are gone, however we went
        stdout=output,
        stderr=output,
        env=environment,
        start_new_session=True,  # Ctrl-C in a terminal is for us; the server must outlast what we still tell it
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin:
            process.stdin.close()


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while not answers(address):
        if process.poll() is not None:
            raise NoServer(f"the Prefect server did not start; {log} says why")
        if time.monotonic() > until:
            raise NoServer(f"the Prefect server did not answer within {START_SECONDS} s; {log} says more")
        time.sleep(0.2)


def _free_port(*, preferred: int) -> int:
    """The preferred port if nobody listens there, else one that the system gives."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise NoServer("no port is free on 127.0.0.1")
