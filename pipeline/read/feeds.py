"""XML that is no page: feeds, sitemaps and records of NPR's API before 2023. Refused by name.

Feeds of stations on Core Publisher leak the beginnings of transcripts, many to a feed (2014): no page is to be made of
them.
"""

import re

# Atomic and possessive: a comment that may end in many places must not be tried in all of them.
_ROOT = re.compile(
    r"(?:\s*+(?><\?[^>]{0,500}\?>|<!--.{0,2000}?-->|<!DOCTYPE [^>\[]{0,500}>))*+\s*+<(?P<name>[\w:]++)", re.DOTALL
)
_KINDS = {
    "rss": "a feed: it holds beginnings of stories, not a page",
    "feed": "a feed: it holds beginnings of stories, not a page",
    "rdf:rdf": "a feed: it holds beginnings of stories, not a page",
    "urlset": "a sitemap",
    "sitemapindex": "a sitemap",
    "opml": "a list of feeds",
    "nprml": "a record of NPR's former API: its transcript is a record of its own",
    "story": "a record of NPR's former API: its transcript is a record of its own",
}


def kind_of_xml(text: str) -> str | None:
    """What a text is whose root element is that of a feed, a sitemap or an API's record; None for any other."""
    root = _ROOT.match(text, 0, 10_000) if text.lstrip()[:1] == "<" else None
    return _KINDS.get(root["name"].lower()) if root is not None else None
