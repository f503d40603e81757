"""Which addresses may be connected to: the public internet, and what the settings name.

Judged on the very address that is connected to, not on an earlier look-up of the name: a name server that answers
differently the second time (DNS rebinding) gains nothing.
"""

import ipaddress
import socket
from ipaddress import IPv4Address, IPv6Address

from pipeline.errors import FetchFailed, UsageError

_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All that was ever given out of IPv6 for the public internet (IANA)."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: the last four bytes are an IPv4 address, which a translator connects to."""
_NOT_GLOBAL = (ipaddress.ip_network("192.88.99.0/24"), ipaddress.ip_network("3fff::/20"))
"""Relays that were given up (RFC 7526) and documentation (RFC 9637), which Python's own lists do not know yet."""


class BlockedAddress(Exception):
    """A host has no address that may be connected to; raised inside urllib3, which lets it pass."""


def is_global(address: str) -> bool:
    """True where this address means the same machine to everyone on the internet."""
    return _is_global(ipaddress.ip_address(address.partition("%")[0]))


def _is_global(ip: IPv4Address | IPv6Address) -> bool:
    if any(ip in network for network in _NOT_GLOBAL) or ip.is_multicast:
        return False
    if isinstance(ip, IPv4Address):
        return ip.is_global
    if ip.ipv4_mapped is not None:
        return _is_global(ip.ipv4_mapped)
    if ip in _NAT64:
        return _is_global(IPv4Address(int(ip) & 0xFFFFFFFF))
    # 6to4 and Teredo reach an IPv4 address too, through relays that hardly exist any more: no site is behind one.
    return ip.is_global and ip in _UNICAST and ip.sixtofour is None and ip.teredo is None


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
