"""Addresses that pages name: their own, and those of others."""

import re
from urllib.parse import urljoin, urlsplit

_PLAIN = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(?:/[a-zA-Z0-9_.~/-]*)?")
"""An address that is whole and says nothing twice, as most links do: nothing is to be joined."""


def address_of(href: str | None, base: str | None = None) -> str | None:
    """The address that a link on the page `base` leads to; None where it is none of the web, or malformed.

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
    return address if parts.scheme in {"http", "https"} and parts.hostname else None
