"""A server that says exactly what it is told to, byte by byte, and remembers who asked for what and when."""

import math
import socket
import ssl
import struct
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self

HOST = "radio.example"
OTHER = "other.example"


@dataclass(frozen=True, slots=True)
class Drip:
    """Bytes sent one at a time."""

    data: bytes
    gap_seconds: float = 0.05


@dataclass(frozen=True, slots=True)
class Pause:
    seconds: float


@dataclass(frozen=True, slots=True)
class Reset:
    """The connection ends with RST instead of FIN."""


@dataclass(frozen=True, slots=True)
class Stall:
    """Nothing more is said until the server is closed."""


Step = bytes | Drip | Pause | Reset | Stall
Reply = tuple[Step, ...]


@dataclass(slots=True)
class Seen:
    host: str
    path: str
    head: str
    began_at: float
    ended_at: float = math.inf
    """When the last piece was begun to be said: nobody can have heard all before. Until all was said, for ever."""


def page(
    body: bytes = b"<p>Good morning.</p>", *headers: str, status: str = "200 OK", length: int | None = None
) -> Reply:
    """A whole response; `length` is what it says its body's length is."""
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", *headers]
    lines.append(f"Content-Length: {len(body) if length is None else length}")
    return ("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body,)


def redirect(location: str, status: str = "302 Found") -> Reply:
    return page(b"", f"Location: {location}", status=status)


NOT_FOUND = page(b"", status="404 Not Found")


class FaultServer:
    """Serves scripts on 127.0.0.1: for each path, the n-th request gets the n-th reply, the last one for ever.

    A script's key is a path, or a host and a path (`radio.example/page`), which is looked for first. What is in no
    script is answered 404, also /robots.txt, so all is allowed. With `tls`, only TLS is spoken.
    """

    def __init__(
        self,
        script: Mapping[str, Sequence[Reply]],
        *,
        hosts: Sequence[str] = (HOST, OTHER),
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._script = script
        self._hosts = hosts
        self._tls = tls
        self._turns: dict[str, int] = {}
        self._lock = Lock()
        self._is_closed = Event()
        self._threads: list[Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.requests: list[Seen] = []

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def host_map(self) -> dict[str, str]:
        return dict.fromkeys(self._hosts, f"127.0.0.1:{self.port}")

    @property
    def pages(self) -> list[Seen]:
        """The requests for anything but robots.txt."""
        return [seen for seen in self.requests if seen.path != "/robots.txt"]

    def forget(self) -> None:
        """Begin the list of requests anew, and let go of connections that are over."""
        with self._lock:
            self.requests.clear()
            self._threads = [thread for thread in self._threads if thread.is_alive()]

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_closed.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def _start(self, target: object, *arguments: object) -> None:
        thread = Thread(target=target, args=arguments)  # type: ignore[arg-type]  # one of the two methods below
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:  # closed
                return
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        began_at = time.monotonic()
        with connection, suppress(OSError):  # the client goes away, as it should from a fault
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with connection:
                head = _read_head(connection)
                if head.startswith("\x16"):  # a TLS handshake: answered as plain servers do
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                elif head:
                    self._answer(connection, head, began_at)

    def _answer(self, connection: socket.socket, head: str, began_at: float) -> None:
        path = path_of(head)
        host = next(line[6:] for line in head.split("\r\n") if line.lower().startswith("host: "))
        key = f"{host}{path}" if f"{host}{path}" in self._script else path
        seen = Seen(host, path, head, began_at)
        with self._lock:
            self.requests.append(seen)
            turn = self._turns.get(key, 0)
            self._turns[key] = turn + 1
        replies = self._script.get(key, (NOT_FOUND,))
        ended_at = began_at
        try:
            for step in replies[min(turn, len(replies) - 1)]:
                ended_at = time.monotonic()
                self._say_step(connection, step)
        finally:
            seen.ended_at = ended_at

    def _say(self, connection: socket.socket, reply: Reply) -> None:
        for step in reply:
            self._say_step(connection, step)

    def _say_step(self, connection: socket.socket, step: Step) -> None:
        match step:
            case bytes():
                connection.sendall(step)
            case Drip(data, gap_seconds):
                for octet in data:
                    connection.sendall(bytes([octet]))
                    if self._is_closed.wait(gap_seconds):
                        return
            case Pause(seconds):
                self._is_closed.wait(seconds)
            case Reset():
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            case Stall():
                self._is_closed.wait()


def path_of(head: str) -> str:
    """The path that a request asks for."""
    return head.split(" ")[1]


def _read_head(connection: socket.socket) -> str:
    received = b""
    while b"\r\n\r\n" not in received and not received.startswith(b"\x16"):
        piece = connection.recv(4096)
        if not piece:
            return ""
        received += piece
    return received.decode("latin-1")
