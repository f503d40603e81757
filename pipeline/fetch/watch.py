"""A wall deadline over one request, which also ends the drip of one byte a second.

A socket's timeout only bounds the silence between two bytes. So a timer shuts the connection down when its time is
over, whatever stage it is in: handshake, header or body.
"""

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import Lock, Timer


class Watch:
    """Sees to one request's connection: who the peer is, that it ends in time, and that it is closed."""

    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds
        self._timer = Timer(max(seconds, 0), self._expire)
        self._timer.daemon = True
        self._lock = Lock()
        self._handle: socket.socket | None = None
        self.is_expired = False
        self.peer: str | None = None
        """Address of the peer, once connected."""
        self._response: http.client.HTTPResponse | None = None

    def start(self) -> None:
        self._timer.start()

    @property
    def seconds_left(self) -> float:
        """Time for what a timer cannot cut short, such as connecting; never zero, which sockets take for no waiting."""
        return max(self._ends_at - time.monotonic(), 0.001)

    def connected(self, sock: socket.socket) -> None:
        """Take note of a fresh connection.

        A handle of our own is kept, since TLS takes the socket's descriptor over.
        """
        with self._lock:
            self._drop()
            self._handle = sock.dup()
            self.peer = str(sock.getpeername()[0])
            if self.is_expired:
                _shut_down(self._handle)

    def answered(self, response: http.client.HTTPResponse) -> None:
        """Take note of a response whose header has come."""
        self._response = response

    @property
    def response(self) -> http.client.HTTPResponse:
        """The response of which urllib3 makes its own. LookupError where none has come."""
        if self._response is None:
            raise LookupError("no response yet")
        return self._response

    def stop(self) -> None:
        self._timer.cancel()
        with self._lock:
            self._drop()
        if self._response is not None:  # urllib3 forgets it where it refuses the header
            self._response.close()

    def _expire(self) -> None:
        with self._lock:
            self.is_expired = True
            if self._handle is not None:
                _shut_down(self._handle)

    def _drop(self) -> None:
        if self._handle is not None:
            self._handle.close()
            self._handle = None


_current: ContextVar[Watch] = ContextVar("watch")


@contextmanager
def watched(seconds: float) -> Iterator[Watch]:
    """A watch over the request that is made inside; its connection is shut down after `seconds`."""
    watch = Watch(seconds)
    token = _current.set(watch)
    watch.start()
    try:
        yield watch
    finally:
        _current.reset(token)
        watch.stop()


def current_watch() -> Watch:
    """The watch of the request being made. LookupError where there is none: no request goes unwatched."""
    return _current.get()


def _shut_down(sock: socket.socket) -> None:
    with suppress(OSError):  # the peer was faster
        sock.shutdown(socket.SHUT_RDWR)
