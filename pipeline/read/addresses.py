"""Addresses that pages name: their own, and those of others."""

import re
from urllib.parse import urljoin, urlsplit

_PLAIN = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(?:/[a-zA-Z0-9_.~/-]*)?")
"""An address that is whole and says nothing twice, as most links do: nothing is to be joined."""


# The Internet Archive, Archive-It, the Library of Congress: `/web/20250120123456/`, with `id_`, `if_` ... at its end.
_CAPTURE = re.compile(
    r"https?://(?:web\.archive\.org|wayback\.archive-it\.org|webarchive\.loc\.gov)/(?:[\w-]{1,20}/)?\d{4,14}(?:[a-z]{2}_)?/"
    r"(?P<scheme>https?):/{1,2}(?P<rest>.+)"
)


def original_of(address: str) -> str:
    """The address of the page of which this is a web archive's capture; any other address as it is.

    >>> original_of("https://web.archive.org/web/20250120123456/https://www.npr.org/about")
    'https://www.npr.org/about'
    """
    found = _CAPTURE.match(address)
    if found is None:
        return address
    original = f"{found['scheme']}://{found['rest']}"
    return original if _host_of(original) else address


def usable(address: str | None) -> str | None:
    """An address that we are given, of a web archive's capture the page's own; None where it is malformed.

    >>> usable("file:///a.html"), usable("http://[oil"), usable("")
    ('file:///a.html', None, None)
    """
    return original_of(address) if address and _host_of(address) is not None else None


def _host_of(address: str) -> str | None:
    """The host that an address names, empty where it names none; None where it is malformed."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return None


def address_of(href: str | None, base: str | None = None) -> str | None:
    """The address that a link on the page `base` leads to; None where it is none of the web, or malformed.

    An archive's captures link to its captures of other pages: those are links to these pages.

    >>> address_of("/post/oil", "https://www.kunc.org/news"), address_of("http://[oil"), address_of("mailto:a@b.org")
    ('https://www.kunc.org/post/oil', None, None)
    """
    link = (href or "").strip()
    if not link:
        return None
    if _PLAIN.fullmatch(link):
        return link
    try:
        address = urljoin(base or "", link)
        parts = urlsplit(address)
    except ValueError:
        return None
    return original_of(address) if parts.scheme in {"http", "https"} and parts.hostname else None
