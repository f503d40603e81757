"""How requests reaches the network: guarded, watched connections; mapped hosts; no redirects, cookies or proxies."""

import http.client
import socket
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy
from typing import Any, cast

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

from pipeline.fetch.guard import global_addresses, mapped_address
from pipeline.fetch.urls import host_of
from pipeline.fetch.watch import current_watch

_SURPLUS_WAIT_SECONDS = 0.2
"""How long a server that announced to close may take to do so, before its body is believed to be over."""


class WatchedResponse(http.client.HTTPResponse):
    """Sees whether bytes follow the declared end of the body: the length is wrong, so the page may be cut."""

    has_surplus = False

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self._socket = sock
        self._is_closed_by_peer = False

    def begin(self) -> None:
        super().begin()
        self._is_closed_by_peer = self.will_close
        # A connection is never used again, even if the server would: the next request's watch must know its own.
        self.will_close = True
        current_watch().answered(self)

    def _close_conn(self) -> None:
        # http.client calls this at the declared end, the last moment at which its buffer can be looked into.
        if self.length == 0 and self.status == HTTPStatus.OK:
            with suppress(OSError):  # nothing came in time
                self._socket.settimeout(_SURPLUS_WAIT_SECONDS if self._is_closed_by_peer else 0)
                self.has_surplus = bool(self.fp.peek(1))
        super()._close_conn()  # type: ignore[misc]  # not in the published types of http.client


class _GuardedConnection(HTTPConnection):
    """Connects to global addresses only and puts the connection under the request's watch."""

    response_class = WatchedResponse

    def _addresses(self) -> list[str]:
        return global_addresses(self._dns_host, self.port)

    def _new_conn(self) -> socket.socket:
        """Connect to the first address that answers; errors as urllib3 names them."""
        try:
            addresses = self._addresses()
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except UnicodeError as error:
            raise NameResolutionError(self.host, self, socket.gaierror(socket.EAI_NONAME, str(error))) from error
        for address in addresses[:-1]:
            with suppress(ConnectTimeoutError, NewConnectionError):
                return self._connect_to(address)
        return self._connect_to(addresses[-1])

    def _connect_to(self, address: str) -> socket.socket:
        watch = current_watch()
        # `timeout` is always the settings' number here; urllib3's other kinds are for callers who set none.
        timeout = min(cast("float", self.timeout), watch.seconds_left)
        try:
            sock = create_connection((address, self.port), timeout, socket_options=self.socket_options)
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"{address} did not answer in {timeout:.1f} s") from error
        except OSError as error:
            raise NewConnectionError(self, f"{address}: {error.strerror or error}") from error
        try:
            watch.connected(sock)
        except OSError as error:  # the peer is gone already
            sock.close()
            raise NewConnectionError(self, f"{address}: {error.strerror or error}") from error
        return sock


class _GuardedTLSConnection(_GuardedConnection, HTTPSConnection):
    pass


class _MappedConnection(_GuardedConnection):
    """Connects to the one address that the settings name for the host."""

    def _addresses(self) -> list[str]:
        return [self._dns_host]


class _GuardedPool(HTTPConnectionPool):
    ConnectionCls = _GuardedConnection


class _GuardedTLSPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedTLSConnection


class _MappedPool(HTTPConnectionPool):
    ConnectionCls = _MappedConnection


class _Adapter(HTTPAdapter):
    """Sends a mapped host's requests to its address over plain HTTP, all others to where their URL says."""

    def __init__(self, host_map: Mapping[str, str]) -> None:
        self._mapped = {host.lower(): _MappedPool(*mapped_address(host, target)) for host, target in host_map.items()}
        super().__init__()

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:  # noqa: FBT001, FBT002  # the signature of requests
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **pool_kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _GuardedPool, "https": _GuardedTLSPool}

    def get_connection_with_tls_context(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> HTTPConnectionPool:
        mapped = self._mapped.get(host_of(str(request.url)))
        if mapped is not None:
            return mapped
        pool: HTTPConnectionPool = super().get_connection_with_tls_context(request, *args, **kwargs)  # type: ignore[assignment]  # the stubs name its base
        return pool

    def close(self) -> None:
        for pool in self._mapped.values():
            pool.close()
        super().close()


class PlainSession(requests.Session):
    """A session that sends what it is told to, once: no redirects, cookies, proxies, or passwords from files.

    Raises:
        UsageError: an entry of `host_map` has not the form `address:port`.
    """

    def __init__(self, user_agent: str, host_map: Mapping[str, str]) -> None:
        super().__init__()
        self.trust_env = False
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.headers.clear()
        self.headers.update({
            "User-Agent": user_agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Encoding": "gzip",
            # The next request to this host is seconds away; a connection that the server has closed meanwhile would
            # look like a fault, and an overlong body can be told from a whole one only where the connection ends.
            "Connection": "close",
        })  # fmt: skip
        adapter = _Adapter(host_map)
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002  # the signature of requests
        """None: even when told not to follow, requests would read a redirect's whole body, decoded and unbounded."""
        return None
