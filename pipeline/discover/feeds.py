"""RSS 2.0, RSS 1.0 and Atom, told apart by their elements."""

from bs4 import BeautifulSoup, Tag

from pipeline.discover.documents import expect_element
from pipeline.discover.entries import Entry, attribute, parse_when, text_of

_PUBLISHED = ["pubDate", "published", "atom:published", "dc:date", "issued"]
_MODIFIED = ["updated", "atom:updated", "dcterms:modified"]


def read_feed(soup: BeautifulSoup) -> list[Entry]:
    """The entries of a feed in its order; those without a link are left out.

    Raises:
        PageRejected: `rejected:not_a_feed`; the detail names the element that was found instead.
    """
    expect_element(soup, ["rss", "feed", "rdf:RDF", "RDF", "atom:feed"], "not_a_feed")
    entries = [_entry(item) for item in soup.find_all(["item", "entry", "atom:entry"])]
    return [entry for entry in entries if entry is not None]


def _entry(item: Tag) -> Entry | None:
    url = _link(item)
    if url is None:
        return None
    return Entry(
        url=url,
        title=text_of(_child(item, ["title", "atom:title"])),
        published=parse_when(text_of(_child(item, _PUBLISHED))),
        modified=parse_when(text_of(_child(item, _MODIFIED))),
    )


def _link(item: Tag) -> str | None:
    """RSS writes the address as text, Atom as an attribute; a guid is one too, unless it says that it is none."""
    for link in item.find_all(["link", "atom:link"], recursive=False):
        if attribute(link, "rel") in (None, "alternate"):
            address = attribute(link, "href") or text_of(link)
            if address:
                return address
    guid = _child(item, ["guid"])
    return None if guid is None or attribute(guid, "isPermaLink") == "false" else text_of(guid)


def _child(item: Tag, names: list[str]) -> Tag | None:
    """The first child of the names, in the order of the names."""
    for name in names:
        child = item.find(name, recursive=False)
        if isinstance(child, Tag):
            return child
    return None
