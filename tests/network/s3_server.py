"""The process of an S3 server that fails on demand: `python -m tests.network.s3_server` prints its address.

It ends with its standard input. A `PUT /-/faults` with JSON sets what befalls requests from then on: `kind` is

- `overloaded`: 503 SlowDown,
- `cut`: the connection is closed when half of what is sent has been read,

and befalls those whose method is in `methods` and whose path has `path` in it, after `spared` of them, `count` times.
Whoever does not come with the tests' key is refused.
"""

import json
import logging
import socket
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

from tests.network.s3 import CREDENTIALS, Faults

_SLOW_DOWN = b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
_UNKNOWN_KEY = b"<Error><Code>InvalidAccessKeyId</Code><Message>There is no such key.</Message></Error>"
Start = Callable[[str, list[tuple[str, str]]], object]


@dataclass
class Failing:
    """The server, and before it what befalls requests."""

    server: Any
    faults: Faults | None = None
    met: int = 0

    def __post_init__(self) -> None:
        self._guard = Lock()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/-/faults":
            told = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
            self.faults, self.met = (Faults(**told) if told else None), 0
            return _answer(start, "200 OK", b"")
        key = CREDENTIALS["AWS_ACCESS_KEY_ID"]
        if "HTTP_AUTHORIZATION" in environ and f"Credential={key}/" not in environ["HTTP_AUTHORIZATION"]:
            return _answer(start, "403 Forbidden", _UNKNOWN_KEY)
        kind = self._befalls(environ)
        if kind == "overloaded":
            return _answer(start, "503 Service Unavailable", _SLOW_DOWN)
        if kind == "cut":
            environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0) // 2)
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            return _answer(start, "200 OK", b"")
        answer: Iterable[bytes] = self.server(environ, start)
        return answer

    def _befalls(self, environ: dict[str, Any]) -> str | None:
        with self._guard:
            faults = self.faults
            if faults is None or environ["REQUEST_METHOD"] not in faults.methods:
                return None
            if faults.path not in environ["PATH_INFO"]:
                return None
            self.met += 1
            is_befallen = faults.spared < self.met <= faults.spared + faults.count
            return faults.kind if is_befallen else None


def _answer(start: Start, status: str, body: bytes) -> Iterable[bytes]:
    start(status, [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))])
    return [body]


def main() -> None:
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server = make_server("127.0.0.1", 0, Failing(DomainDispatcherApplication(create_backend_app)), threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
