"""What went wrong, by name: every exception of requests, urllib3, http.client, ssl and socket becomes one reason."""

import http.client
import socket
import ssl
from collections.abc import Iterator

import requests
from urllib3 import exceptions as u3

from pipeline.errors import FetchFailed
from pipeline.fetch.guard import BlockedAddress

TRANSPORT_ERRORS = (BlockedAddress, requests.RequestException, u3.HTTPError, http.client.HTTPException, OSError)
"""All that a request and the reading of its response may raise; timeouts, TLS and sockets are OSErrors."""

_REASONS: tuple[tuple[str, tuple[type[BaseException], ...]], ...] = (
    ("blocked_address", (BlockedAddress,)),
    ("dns", (socket.gaierror, u3.NameResolutionError)),
    ("timeout", (TimeoutError, u3.ReadTimeoutError)),
    ("tls", (ssl.SSLError, u3.SSLError)),
    ("refused", (ConnectionRefusedError,)),
    ("reset", (http.client.RemoteDisconnected, ConnectionError)),
    ("unreachable", (u3.NewConnectionError,)),
    ("truncated", (http.client.IncompleteRead,)),
    ("bad_encoding", (u3.DecodeError,)),
    ("bad_url", (requests.exceptions.InvalidURL, u3.LocationValueError, http.client.InvalidURL)),
)
"""In order: the first whose types the error, or any error that led to it, is of. ConnectTimeoutError is not among them:
urllib3 derives from it whatever goes wrong while connecting."""


def named(url: str, error: Exception) -> FetchFailed:
    """The failure that this error means; `protocol` where the peer does not speak HTTP as it should."""
    chain = list(_causes(error))
    detail = str(chain[-1]).strip() or type(chain[-1]).__name__
    for reason, types in _REASONS:
        if any(isinstance(cause, types) for cause in chain):
            return FetchFailed(url, reason, f"{reason}: {detail}")
    return FetchFailed(url, "protocol", f"not HTTP as it should be: {detail}")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and all it was made from; urllib3 and requests keep the cause in `reason` or among the arguments."""
    seen: set[int] = set()
    waiting: list[BaseException] = [error]
    while waiting:
        cause = waiting.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        inner = (cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args)
        waiting.extend(item for item in inner if isinstance(item, BaseException))
