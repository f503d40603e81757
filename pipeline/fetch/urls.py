"""One form for every URL: what is put on the wire, and the shorter one by which a page is known."""

import ipaddress
import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import idna
from requests import PreparedRequest, RequestException
from urllib3.exceptions import HTTPError
from w3lib.url import canonicalize_url, safe_url_string

from pipeline.errors import FetchFailed

TRACKING = re.compile(r"utm_.*|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|ft", re.IGNORECASE)
"""Parameters that say where a reader came from, never which page it is. NPR's feeds add `ft=nprml&f=<feed id>`."""

_BLANKS = "".join(map(chr, range(0x21)))
_LINE_BREAKS = str.maketrans("", "", "\t\r\n")
"""Both are left out of a URL by all browsers (WHATWG URL, section 4.4)."""
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_MAX_HOST = 253
_MAX_URL = 8000
"""RFC 9110, section 4.1: at least 8,000 octets are to be supported; a page's URL is a tenth of that."""
_DEFAULT_PORTS = {"http": 80, "https": 443}
_PLAIN = re.compile(r"https?://([a-z0-9.-]*[a-z])(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+/?")
"""A URL that has its form already, as nearly all have: a path without escapes and dot segments, and no query."""
_HOSTS = 10_000
_OCTETS = "latin-1"
"""A character for each octet: escapes in a query need not be UTF-8, and stay what they are."""


def clean_url(url: str) -> str:
    """The URL as it is requested: absolute, http(s), ASCII, lower-case host, no default port, no fragment.

    Idempotent. The query keeps its parameters and their order.

    Raises:
        FetchFailed: `bad_url`, where this is no http(s) URL of a host, or names a user.
    """
    if _has_its_form(url):
        return url
    text = url.strip(_BLANKS).translate(_LINE_BREAKS)
    if len(text) > _MAX_URL:
        raise FetchFailed(f"{text[:80]}...", "bad_url", f"longer than {_MAX_URL} characters")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise FetchFailed(url, "bad_url", f"no URL ({error})") from error
    if parts.scheme not in _DEFAULT_PORTS:
        raise FetchFailed(url, "bad_url", "only http and https are fetched: an address begins with https://")
    if port == 0 or "@" in parts.netloc or not parts.hostname:
        raise FetchFailed(url, "bad_url", "a URL needs a host, no user name, and no port 0")
    host = _ascii_host(parts.hostname, url)
    netloc = host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    try:
        quoted = safe_url_string(urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, "")))
        request = PreparedRequest()
        request.prepare_url(quoted, None)
    except (RequestException, HTTPError, ValueError) as error:
        raise FetchFailed(url, "bad_url", f"no URL ({error})") from error
    return str(request.url)


def canonical_url(url: str) -> str:
    """The URL by which a page is known: `clean_url` without tracking parameters, the query sorted. Idempotent.

    Raises:
        FetchFailed: `bad_url`, as `clean_url`.
    """
    if _has_its_form(url):
        return url
    parts = urlsplit(clean_url(url))
    given = parse_qsl(parts.query, keep_blank_values=True, encoding=_OCTETS)
    query = [(name, value) for name, value in given if not TRACKING.fullmatch(name)]
    if "ft" in dict(given):
        query = [(name, value) for name, value in query if name != "f"]
    return clean_url(canonicalize_url(urlunsplit(parts._replace(query=urlencode(query, encoding=_OCTETS)))))


def host_of(url: str) -> str:
    """Host of a clean URL, without brackets and port."""
    return urlsplit(url).hostname or ""


def authority_of(url: str) -> str:
    """Scheme, host and port of a clean URL: what a robots.txt speaks for (RFC 9309, section 2.3)."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _has_its_form(url: str) -> bool:
    plain = _PLAIN.fullmatch(url)
    return plain is not None and len(url) <= _MAX_URL and _is_host(plain[1])


@lru_cache(_HOSTS)
def _is_host(host: str) -> bool:
    try:
        return _ascii_host(host, host) == host
    except FetchFailed:
        return False


def _ascii_host(host: str, url: str) -> str:
    """The host as it is looked up, IPv6 in brackets. Numbers in any but the dotted form are refused: no site uses them.

    Raises:
        FetchFailed: `bad_url`.
    """
    try:
        if ":" in host:
            return f"[{_ipv6(host)}]"
        name = host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
        name = name.lower().removesuffix(".")
        labels = name.split(".")
        if len(name) > _MAX_HOST or not all(_LABEL.fullmatch(label) for label in labels):
            raise ValueError("a label is empty, too long or has other characters than letters, digits and hyphens")
        if _NUMBER.fullmatch(labels[-1]):
            ipaddress.IPv4Address(name)
    except ValueError as error:  # IDNAError and UnicodeError are among them
        raise FetchFailed(url, "bad_url", f"{host!r} is no host name ({error})") from error
    return name


def _ipv6(host: str) -> str:
    address = ipaddress.IPv6Address(host)
    if address.scope_id is not None:
        raise ValueError("an address with a zone means another machine on every machine")
    return address.compressed
