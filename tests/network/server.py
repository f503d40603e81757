"""The simulated network as a web server on this machine, for tests and for `asrun demo`.

One server answers for all hosts and tells them apart by the Host header, so a client that maps the public hosts to its
address (`host_map`) sees the public web: npr.org, its feeds, and member stations.
"""

import gzip
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Event, Lock, Thread
from types import TracebackType
from typing import Any, Self

from tests.network import site
from tests.network.document import TEXT, Document
from tests.network.story import TrueTurn

CLOSING_SECONDS = 5.0
SMALLEST_ZIPPED_BYTES = 200


@dataclass(frozen=True, slots=True)
class RequestSeen:
    """A request that was answered."""

    host: str
    path: str
    """With its query."""
    status: int
    body_bytes: int
    """Bytes of body that were sent, as coded."""
    conditional: bool
    """True where the request carried a validator."""
    at: datetime
    """UTC."""


class _Gate:
    """Lets so many requests pass and holds the others until it is opened."""

    def __init__(self, after: int) -> None:
        self._left = after
        self._lock = Lock()
        self.is_reached = Event()
        self.is_open = Event()

    def pass_through(self) -> None:
        with self._lock:
            self._left -= 1
            must_wait = self._left < 0
        if must_wait:
            self.is_reached.set()
            self.is_open.wait()


class SimulatedNetwork:
    """The simulated network, listening while its context is open.

    `night` may be set at any time; what each night changes is told in `tests.network.nights`.
    """

    def __init__(self, night: int = 1) -> None:
        self.night = night
        self.change: Callable[[str, Document], Document] = lambda _, document: document
        """What a path is answered with instead: a site that was redesigned, or refuses."""
        self._seen: list[RequestSeen] = []
        self._lock = Lock()
        self._gate: _Gate | None = None
        self._server = _Server(self)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join(CLOSING_SECONDS)
        self._server.close_connections()
        self._server.server_close()

    @property
    def address(self) -> str:
        """`127.0.0.1:port`."""
        return f"127.0.0.1:{self._server.server_port}"

    @property
    def host_map(self) -> dict[str, str]:
        """Every simulated host with the address to connect to instead."""
        return dict.fromkeys(site.HOSTS, self.address)

    @property
    def requests(self) -> list[RequestSeen]:
        """All requests so far, in the order in which they were answered; a copy."""
        with self._lock:
            return list(self._seen)

    def forget_requests(self) -> None:
        """Begin the list of requests anew."""
        with self._lock:
            self._seen.clear()

    def advance(self) -> int:
        """Let the next night fall; returns its number."""
        self.night += 1
        return self.night

    @contextmanager
    def holding(self, after: int) -> Iterator[Event]:
        """Answer so many requests, and hold what is asked then until the context ends; the event: one is held."""
        gate = self._gate = _Gate(after)
        try:
            yield gate.is_reached
        finally:
            self._gate = None
            gate.is_open.set()

    def let_pass(self) -> None:
        """Wait where requests are held."""
        gate = self._gate
        if gate:
            gate.pass_through()

    def truth(self) -> dict[str, list[TrueTurn]]:
        """Pages that hold a transcript tonight, with their turns."""
        return site.truth(self.night)

    def without_transcript(self) -> set[str]:
        """Written stories tonight."""
        return site.without_transcript(self.night)

    def note(self, seen: RequestSeen) -> None:
        """Add to `requests`."""
        with self._lock:
            self._seen.append(seen)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, network: SimulatedNetwork) -> None:
        self.network = network
        self._open: set[socket.socket] = set()
        self._changed = Condition()
        super().__init__(("127.0.0.1", 0), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._changed:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        with self._changed:
            self._open.discard(request)
            self._changed.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no error of the network's; anything else is, and is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def close_connections(self) -> None:
        """End the connections that clients keep alive, and wait until their threads have closed them."""
        with self._changed:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            self._changed.wait_for(lambda: not self._open, CLOSING_SECONDS)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "SimulatedNetwork"
    sys_version = ""
    server: _Server
    # Without it a small body waits for the acknowledgement of its headers (Nagle's algorithm): 40 ms a request.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class's name
        """Nothing: `SimulatedNetwork.requests` is the log."""

    def _answer(self, *, with_body: bool) -> None:
        self.server.network.let_pass()
        host = (self.headers.get("Host") or "").partition(":")[0].lower()
        try:
            document = self.server.network.change(self.path, site.answer(host, self.path, self.server.network.night))
        except KeyError:
            document = Document(f"No such host here: {host}\n".encode(), TEXT, site.ERRORS_MADE_AT, status=421)
        if document.status == HTTPStatus.OK and self._is_known(document):
            status, body, coding = HTTPStatus.NOT_MODIFIED, b"", None
        else:
            status, (body, coding) = HTTPStatus(document.status), self._coded(document)
        sent = body if with_body else b""
        # Noted before it is sent, so that whoever has the answer also finds the request in the list.
        is_conditional = "If-None-Match" in self.headers or "If-Modified-Since" in self.headers
        self.server.network.note(
            RequestSeen(host, self.path, int(status), len(sent), is_conditional, datetime.now(UTC))
        )
        self.send_response(status)
        for name, value in self._fields(document, status, body, coding):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(sent)

    def _fields(self, document: Document, status: int, body: bytes, coding: str | None) -> Iterator[tuple[str, str]]:
        yield "ETag", document.etag
        yield "Last-Modified", document.last_modified
        yield "Vary", "Accept-Encoding"
        if status == HTTPStatus.NOT_MODIFIED:
            return
        yield "Content-Type", document.content_type
        yield "Content-Length", str(len(body))
        if coding:
            yield "Content-Encoding", coding

    def _is_known(self, document: Document) -> bool:
        """Whether the client's copy is current; If-None-Match wins (RFC 9110, section 13.2.2)."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            opaque = document.etag.removeprefix("W/")
            return tags.strip() == "*" or opaque in (tag.strip().removeprefix("W/") for tag in tags.split(","))
        since = self.headers.get("If-Modified-Since")
        if since is None:
            return False
        try:
            moment = parsedate_to_datetime(since)
        except ValueError:
            return False
        # A date in -0000 comes without zone; it means UTC (RFC 5322, section 3.3).
        return document.modified_at.replace(microsecond=0) <= (moment if moment.tzinfo else moment.replace(tzinfo=UTC))

    def _coded(self, document: Document) -> tuple[bytes, str | None]:
        accepted = {
            part.split(";")[0].strip().lower() for part in (self.headers.get("Accept-Encoding") or "").split(",")
        }
        if "gzip" in accepted and len(document.body) >= SMALLEST_ZIPPED_BYTES:
            return gzip.compress(document.body, mtime=0), "gzip"
        return document.body, None
