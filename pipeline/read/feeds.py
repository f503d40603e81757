"""XML that is no page: feeds, sitemaps and records of NPR's API before 2023. Refused by name.

Feeds of stations on Core Publisher leak the beginnings of transcripts, many to a feed (2014): no page is to be made of
them.
"""

import re
from itertools import islice
from urllib.parse import urlsplit

from pipeline.transcribe.sought import Sought

# Atomic and possessive: a comment that may end in many places must not be tried in all of them.
_ROOT = re.compile(
    r"(?:\s*+(?><\?[^>]{0,500}\?>|<!--.{0,2000}?-->|<!DOCTYPE [^>\[]{0,500}>))*+\s*+<(?P<name>[\w:]++)", re.DOTALL
)
FEED = "a feed: it holds beginnings of stories, not a page"
_KINDS = {
    "rss": FEED,
    "feed": FEED,
    "rdf:rdf": FEED,
    "urlset": "a sitemap",
    "sitemapindex": "a sitemap",
    "opml": "a list of feeds",
    "nprml": "a record of NPR's former API: its transcript is a record of its own",
    "story": "a record of NPR's former API: its transcript is a record of its own",
}

_ADDRESS = re.compile(r"/(?:rss|feed|atom)(?:\.xml)?/?$|\.(?:rss|atom)$|/feeds/", re.IGNORECASE)
_WHOLE_PAGE = Sought(r"(?i)<(?:html|head|body)\b", "<")
_WITHIN = 5000
# RFC 822, as feeds date each item: `Mon, 16 Dec 2013 19:58:00 +0000`. It begins with what `re` finds the fastest: signs
# that are no choice.
_ITEM_DATE = re.compile(
    r", (?=\d)(?<=\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )\d{1,2} [A-Z][a-z]{2} (?:19|20)\d{2} \d\d:\d\d:\d\d"
    r" (?:[+-]\d{4}|GMT|[ECMP][SD]T)"
)
_DATED_WITHIN = 100_000


def is_feed_as_text(text: str, url: str | None) -> bool:
    """Whether a text is what a crawler kept of a feed: by its address, or by two items' dates."""
    if _WHOLE_PAGE.search(text[:_WITHIN]) is not None:
        return False
    if _ADDRESS.search(urlsplit(url or "").path) is not None:
        return True
    return len(list(islice(_ITEM_DATE.finditer(text[:_DATED_WITHIN]), 2))) > 1


def kind_of_xml(text: str) -> str | None:
    """What a text is whose root element is that of a feed, a sitemap or an API's record; None for any other."""
    root = _ROOT.match(text, 0, 10_000) if text.lstrip()[:1] == "<" else None
    return _KINDS.get(root["name"].lower()) if root is not None else None
