"""Which addresses may be connected to: the public internet, and what the settings name.

Judged on the very address that is connected to, not on an earlier look-up of the name: a name server that answers
differently the second time (DNS rebinding) gains nothing.
"""

import ipaddress
import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address

from pipeline.errors import FetchFailed, UsageError

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: the last four bytes are an IPv4 address, which a translator connects to."""


class BlockedAddress(Exception):
    """A host has no address that may be connected to; raised inside urllib3, which lets it pass."""


def is_global(address: str) -> bool:
    """True where anyone on the internet means the same machine by this address."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    return all(part.is_global and not part.is_multicast for part in _embedded(ip))


def _embedded(ip: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """The address, and those that are reached through it. A mapped IPv4 address stands for itself only."""
    if isinstance(ip, IPv4Address):
        yield ip
    elif ip.ipv4_mapped is not None:
        yield ip.ipv4_mapped
    else:
        yield ip
        if ip.sixtofour is not None:
            yield ip.sixtofour
        if ip.teredo is not None:
            yield from ip.teredo
        if ip in _NAT64:
            yield IPv4Address(int(ip) & 0xFFFFFFFF)


def refuse_blocked_literal(url: str, host: str) -> None:
    """Refuse a host that is written as a non-global address, before anything is asked for.

    Raises:
        FetchFailed: `blocked_address`.
    """
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return
    if not is_global(host):
        raise FetchFailed(url, "blocked_address", f"{host} is no address on the public internet")


def global_addresses(host: str, port: int) -> list[str]:
    """The addresses of a host that may be connected to, in the order the resolver gives.

    Raises:
        BlockedAddress: the name has addresses, and none of them is global.
        OSError: the name cannot be resolved (`socket.gaierror`).
        UnicodeError: the name is none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = [address for address in addresses if is_global(address)]
    if not allowed:
        raise BlockedAddress(f"{host} is {', '.join(addresses)}: not on the public internet")
    return allowed


def mapped_address(host: str, target: str) -> tuple[str, int]:
    """Address and port of an entry of the setting `host_map`.

    Raises:
        UsageError: it has not the form `address:port`; the message names it.
    """
    address, _, port = target.rpartition(":")
    try:
        return ipaddress.ip_address(address.strip("[]")).compressed, int(port)
    except ValueError:
        raise UsageError(
            f"setting 'host_map': {host} = {target!r} is not address:port (127.0.0.1:8080 is); correct ASRUN_HOST_MAP"
        ) from None
