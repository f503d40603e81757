"""Sitemaps by the protocol of sitemaps.org, and the news extension's title and time of publication."""

from bs4 import BeautifulSoup

from pipeline.discover.documents import expect_element
from pipeline.discover.entries import Entry, parse_when, text_of


def read_sitemap(soup: BeautifulSoup) -> tuple[list[Entry], list[str]]:
    """The pages a sitemap lists, and the sitemaps an index lists, each in its order.

    Raises:
        PageRejected: `rejected:not_a_sitemap`; the detail names the element that was found instead.
    """
    expect_element(soup, ["urlset", "sitemapindex"], "not_a_sitemap")
    entries = [
        Entry(
            url=address,
            title=text_of(url.find("news:title")),
            published=parse_when(text_of(url.find("news:publication_date"))),
            modified=parse_when(text_of(url.find("lastmod"))),
        )
        for url in soup.find_all("url")
        if (address := text_of(url.find("loc", recursive=False)))
    ]
    children = [address for child in soup.find_all("sitemap") if (address := text_of(child.find("loc")))]
    return entries, children
