"""One request and its whole response, or a failure with a name."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import Message
from urllib.parse import urlsplit

import requests

from pipeline.errors import FetchFailed
from pipeline.exchanges import Exchange, Headers, Span, Validators
from pipeline.fetch.body import decoded, read_entity
from pipeline.fetch.failures import TRANSPORT_ERRORS, named
from pipeline.fetch.transport import PlainSession
from pipeline.fetch.watch import Watch, watched
from pipeline.settings import Settings

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK, _PARTIAL = 200, 206
_FOLD = re.compile(r"\r?\n[ \t]*")


class Wire:
    """Makes single requests: no redirects, no retries, no waiting.

    Raises:
        UsageError: an entry of the setting `host_map` has not the form `address:port`.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._session = PlainSession(settings.user_agent, settings.host_map)

    def close(self) -> None:
        self._session.close()

    def exchange(self, url: str, validators: Validators, deadline_seconds: float, span: Span | None = None) -> Exchange:
        """Ask for a clean URL once. `deadline_seconds` is wall time for everything, from connecting to the last byte.

        The body is read where it is of use: of 200, 206 and redirects; only that of 200 is decoded. With a `span`,
        those bytes of the file as it is stored are asked for.

        Raises:
            FetchFailed: no complete HTTP response came. Any status counts as a response.
        """
        requested_at = datetime.now(UTC)
        started = time.monotonic()
        with watched(deadline_seconds) as watch, _failures_named(url, watch, deadline_seconds):
            request = self._session.prepare_request(
                requests.Request("GET", url, headers=_own_headers(url, validators, span))
            )
            with self._session.send(request, stream=True, allow_redirects=False, timeout=self._timeouts()) as response:
                received = watch.response
                body = b""
                if received.status in {_OK, _PARTIAL, *REDIRECTS}:
                    body = read_entity(response.raw, received, url, self._settings.max_wire_bytes)
        elapsed = time.monotonic() - started
        content = b""
        if received.status == _OK:
            content = decoded(body, received.msg, url, self._settings.max_decoded_bytes)
        return Exchange(
            url=url,
            requested_at=requested_at,
            elapsed_seconds=elapsed,
            request_headers=tuple((name, str(value)) for name, value in request.headers.items()),
            status=received.status,
            reason=received.reason,
            headers=_as_received(received.msg),
            body=body,
            content=content,
            ip_address=watch.peer,
        )

    def _timeouts(self) -> tuple[float, float]:
        return self._settings.connect_timeout_seconds, self._settings.read_timeout_seconds


@contextmanager
def _failures_named(url: str, watch: Watch, deadline_seconds: float) -> Iterator[None]:
    """FetchFailed and nothing else leaves the block; `deadline` where the watch ended it, whatever that looked like."""
    late = FetchFailed(url, "deadline", f"not complete after {deadline_seconds:.1f} s")
    try:
        yield
    except FetchFailed as failure:
        raise (late if watch.is_expired else failure) from failure.__cause__
    except TRANSPORT_ERRORS as error:
        raise (late if watch.is_expired else named(url, error)) from error
    if watch.is_expired:  # a body without a declared length looks whole when its connection is shut down
        raise late


def _own_headers(url: str, validators: Validators, span: Span | None) -> dict[str, str]:
    # A mapped host is connected to by address, but asked for by its public name.
    headers = {"Host": urlsplit(url).netloc}
    if validators.etag is not None:
        headers["If-None-Match"] = validators.etag
    if validators.last_modified is not None:
        headers["If-Modified-Since"] = validators.last_modified
    if span is not None:
        headers |= {"Range": f"bytes={span.first}-{span.last}", "Accept-Encoding": "identity"}
    return headers


def _as_received(message: Message) -> Headers:
    """Header lines in order; a folded line is one value (RFC 9112, section 5.2)."""
    return tuple((name, _FOLD.sub(" ", str(value)).strip()) for name, value in message.items())
