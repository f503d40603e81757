"""Where a Grove station lists its pages: sitemaps, news sitemap, feed, robots.txt."""

import gzip
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime

from tests.network.document import ATOM, GZIP, RSS, TEXT, XML, Document, attribute, text
from tests.network.stations import Station, StationPage

BUILT_AT = datetime(2026, 1, 12, 16, 0, tzinfo=UTC)
"""When the parts that do not depend on stories were made."""
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
STANDING = ("/about", "/donate", "/people/newsroom", "/programs/local-newscast")
"""Pages of every station that are no stories and stand in its sitemaps."""


def _newest(pages: Sequence[StationPage]) -> datetime:
    return max((page.modified_at for page in pages), default=BUILT_AT)


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def sitemap_index(station: Station, pages: Sequence[StationPage]) -> Document:
    """/sitemap.xml: the monthly archives."""
    names = ["sitemap-202603.xml.gz" if station.has_gzip_sitemap else "sitemap-202603.xml", "sitemap-202602.xml"]
    entries = "\n".join(
        f"  <sitemap>\n    <loc>https://{station.host}/{name}</loc>\n    <lastmod>{_stamp(_newest(pages))}</lastmod>\n  </sitemap>"
        for name in names
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex {NAMESPACE}>\n{entries}\n</sitemapindex>\n'
    return Document(xml.encode(), XML, _newest(pages))


def sitemap(station: Station, pages: Sequence[StationPage], *, standing: bool = True) -> Document:
    """A list of pages, oldest first, after the station's standing pages."""
    addresses = [(f"https://{station.host}{path}", BUILT_AT) for path in STANDING if standing]
    addresses += [(page.url, page.modified_at) for page in pages]
    entries = "\n".join(
        f"  <url>\n    <loc>{text(url)}</loc>\n    <lastmod>{_stamp(moment)}</lastmod>\n  </url>"
        for url, moment in addresses
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NAMESPACE}>\n{entries}\n</urlset>\n'
    return Document(xml.encode(), XML, _newest(pages))


def zipped(plain: Document) -> Document:
    """The same sitemap as a file: gzip is its type here, not its content coding."""
    return Document(gzip.compress(plain.body, mtime=0), GZIP, plain.modified_at)


def news_sitemap(station: Station, pages: Sequence[StationPage]) -> Document:
    """/news-sitemap.xml, with titles and times of publication."""
    entries = "\n".join(
        f"""  <url>
    <loc>{text(page.url)}</loc>
    <news:news>
      <news:publication><news:name>{text(station.name)}</news:name><news:language>en</news:language></news:publication>
      <news:publication_date>{page.published_at.isoformat()}</news:publication_date>
      <news:title>{text(page.headline)}</news:title>
    </news:news>
  </url>"""
        for page in reversed(pages)
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NAMESPACE} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{entries}\n</urlset>\n'
    return Document(xml.encode(), XML, _newest(pages))


def feed(station: Station, pages: Sequence[StationPage]) -> Document:
    """/news.rss: the ten newest stories as RSS or Atom, or a stub without any."""
    newest_first = list(reversed(pages))[:10]
    if station.feed == "atom":
        return _atom(station, newest_first)
    return _rss(station, [] if station.feed == "stub" else newest_first)


def _rss(station: Station, pages: Sequence[StationPage]) -> Document:
    items = "\n".join(
        f"""    <item>
      <title>{text(page.headline)}</title>
      <link>{text(page.url)}</link>
      <description>{text(page.teaser)}</description>
      <pubDate>{format_datetime(page.modified_at, usegmt=True)}</pubDate>
      <guid isPermaLink="false">{text(page.url)}#guid</guid>
{"".join(f"      <author>{text(author.name)}</author>" for author in page.authors)}
    </item>"""
        for page in pages
    )
    xml = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
  <channel>
    <title>News</title>
    <link>https://{station.host}/news</link>
    <description>News from {text(station.name)}</description>
    <language>en-US</language>
{items}
  </channel>
</rss>
"""
    return Document(xml.encode(), RSS, _newest(pages))


def _atom(station: Station, pages: Sequence[StationPage]) -> Document:
    entries = "\n".join(
        f"""  <entry>
    <title>{text(page.headline)}</title>
    <link rel="alternate" type="text/html" href="{attribute(page.url)}"/>
    <id>{text(page.url)}</id>
    <updated>{_stamp(page.modified_at)}</updated>
    <summary>{text(page.teaser)}</summary>
  </entry>"""
        for page in pages
    )
    xml = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>{text(station.name)}: News</title>
  <link rel="self" href="https://{station.host}/news.rss"/>
  <id>https://{station.host}/news</id>
  <updated>{_stamp(_newest(pages))}</updated>
{entries}
</feed>
"""
    return Document(xml.encode(), ATOM, _newest(pages))


def robots(station: Station) -> Document | None:
    """/robots.txt, where the station has one."""
    if station.robots is None:
        return None
    return Document(f"{station.robots}\nSitemap: https://{station.host}/sitemap.xml\n".encode(), TEXT, BUILT_AT)
