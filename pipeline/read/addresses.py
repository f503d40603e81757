"""Addresses that pages name: their own, and those of others."""

from urllib.parse import urljoin, urlsplit


def address_of(href: str | None, base: str | None = None) -> str | None:
    """The address that a link on the page `base` leads to; None where it is none of the web, or malformed.

    >>> address_of("/post/oil", "https://www.kunc.org/news"), address_of("http://[oil"), address_of("mailto:a@b.org")
    ('https://www.kunc.org/post/oil', None, None)
    """
    link = (href or "").strip()
    if not link:
        return None
    try:
        address = urljoin(base or "", link)
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.hostname else None
