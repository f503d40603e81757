"""What a site and its programme call themselves, by their address: a line above the headline, or what ends it."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

_NO_LETTERS = re.compile(r"[^a-z0-9]+")
_BEHIND = re.compile(r"(?:/(?:\d+|transcript))?/?$")
"""`/the-last-abalone/3571234`, `/ada-wren/transcript`: the page's own words stand before these."""
PARTINGS = (" | ", " - ", " – ", " — ", " : ")


def is_site_name(line: str, url: str | None) -> bool:
    """Whether a line is the name of the site, or of a programme that has a folder of its own there.

    >>> is_site_name("This Fernley Life", "https://www.thisfernleylife.org/612/transcript")
    True
    >>> [is_site_name(line, "http://abc.net.au/pm/2011/s32.htm") for line in ("PM", "ABC", "ABC PM", "Rain")]
    [True, True, True, False]
    """
    names = _names(url) if url is not None else ()
    letters = _letters(line) if names else ""
    return letters in names or any(letters.removeprefix(name) in names for name in names if letters.startswith(name))


def without_site_name(title: str, url: str | None) -> str:
    """A headline as the head of a page has it, without the site's name behind it.

    >>> without_site_name("Rain | WXYZ", "https://www.wxyz.org/rain"), without_site_name("Rain - A Note", "https://a.org")
    ('Rain', 'Rain - A Note')
    """
    for mark in PARTINGS:
        headline, parting, site = title.rpartition(mark)
        if parting and headline and is_site_name(site, url):
            return headline.rstrip()
    return title


@lru_cache(maxsize=8)  # line after line of a page asks it
def _names(url: str) -> frozenset[str]:
    """The words of an address that may be names, without what stands between their letters."""
    parts = urlsplit(url)
    folders = _BEHIND.sub("", parts.path).split("/")[1:-1]
    hosts = (parts.hostname or "").removeprefix("www.").split(".")[:-1]
    words = [_letters(word) for word in (*hosts, *folders)]
    return frozenset(word.removeprefix(the) for word in words for the in ("", "the") if not word.isdigit()) - {""}


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.casefold())
