"""Which of a page's articles in JSON-LD is its own, and which of its headlines: others' and the site's stand beside."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from pipeline.read.html import Html
from pipeline.read.npr_facts import text_of
from pipeline.read.paragraphs import squeeze
from pipeline.read.site_names import PARTINGS, is_site_name, without_site_name

_MOST_HEADINGS = 10
_ADDRESSES = ("url", "mainEntityOfPage", "@id")


def own_article(page: Html, *types: str) -> Mapping[str, Any]:
    """The article whose address is the page's, or whose headline the page prints, or that names no address.

    One with another address and another headline is another story's: pages declare those that they point to as well.
    """
    found = page.all_linked_data(*types)
    if not found or page.url is None:
        return found[0] if found else {}
    own = {_path(url) for url in (page.url, page.canonical_url) if url is not None}
    printed = [squeeze(text) for text in (page.meta.get("og:title"), page.text_of("h1"), page.text_of("title")) if text]
    paths = [(item, _paths(page, item)) for item in found]
    by_address = (item for item, its in paths if its & own)
    headlines = [(item, squeeze(headline)) for item in found if (headline := text_of(item.get("headline")))]
    by_headline = (item for item, headline in headlines if any(text.startswith(headline) for text in printed))
    bare = (item for item, its in paths if not its)
    return next((item for items in (by_address, by_headline, bare) for item in items), {})


def own_headline(page: Html, article: Mapping[str, Any]) -> str | None:
    """The page's headline, without the site's name; the site's name itself is none.

    What the page declares comes first, but in the form in which a heading prints it. Where the first heading is
    something else (a programme), the headline is a second one that the page's title repeats.
    """
    headings = [text for node in page.tree.css("h1")[:_MOST_HEADINGS] if (text := squeeze(node.text()))]
    title = page.text_of("title")
    declared = next(_not_the_site(page, (page.meta.get("og:title"), text_of(article.get("headline")))), None)
    if declared is not None:
        return next((heading for heading in headings if _is_begin(heading, declared)), declared)
    of_title = next(_not_the_site(page, (title,)), None)
    first = next(_not_the_site(page, headings), None)
    if first is not None and of_title is not None and first not in of_title:
        second = (squeeze(node.text()) for node in islice(page.tree.css("h2"), _MOST_HEADINGS))
        return next((text for text in second if text and _is_begin(text, of_title)), first)
    return first or of_title


def _is_begin(heading: str, declared: str) -> bool:
    """Whether a declared headline is a heading, and perhaps a site's name behind it."""
    return declared == heading or declared.startswith(tuple(f"{heading}{mark}" for mark in PARTINGS))


def _not_the_site(page: Html, texts: Iterable[str | None]) -> Iterator[str]:
    """The texts without the site's name behind them, but for those that are no more than that name."""
    site = page.meta.get("og:site_name")
    for text in texts:
        headline = without_site_name(squeeze(text), page.url) if text else ""
        if headline and headline != site and not is_site_name(headline, page.url):
            yield headline


def _paths(page: Html, item: Mapping[str, Any]) -> frozenset[str]:
    """The paths of the addresses by which an object names its page."""
    values = [item.get(key) for key in _ADDRESSES]
    named = [value.get("@id") if isinstance(value, dict) else value for value in values]
    addresses = (page.absolute(text) for value in named if (text := text_of(value)))
    return frozenset(_path(address) for address in addresses if address)


def _path(address: str) -> str:
    """An address's path without what differs between copies of one page: the host, a query, the last slash."""
    return urlsplit(address).path.rstrip("/").casefold()
