"""Common Crawl's columnar index to captures: which pages of a source a crawl holds, and where in its WARC files.

A crawl's index is some 300 Parquet files, sorted by `url_surtkey` (host reversed), so that a question about one site
reads a few row groups. Columns: https://commoncrawl.org/blog/index-to-warc-files-and-urls-in-columnar-format. The files
are read where they lie: in a folder, or on Common Crawl's server, in parts.
"""

import gzip
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb

from pipeline.discover.sought import Sought
from pipeline.errors import UsageError
from pipeline.exchanges import CrawlCapture, Span

DATA_URL = "https://data.commoncrawl.org/"
_CRAWL = re.compile(r"CC-MAIN-\d{4}-\d{2}")
_QUERY = """
    SELECT url, fetch_time, content_digest, warc_filename, warc_record_offset, warc_record_length
    FROM read_parquet($files, hive_partitioning = false)
    WHERE url_surtkey >= $surt || ')' AND url_surtkey < $surt || '*'
      AND fetch_status = 200 AND fetch_time >= $first AND fetch_time < $end
    ORDER BY fetch_time, url
"""


def index_paths(crawl: str, get: Callable[[str], bytes]) -> list[str]:
    """URLs of the Parquet files of a crawl's index, as the crawl's own list has them. `get` gives a file's bytes.

    Raises:
        UsageError: this is no name of a crawl, or its list is none.
        FetchFailed: the list was not to be had.
    """
    if not _CRAWL.fullmatch(crawl):
        raise UsageError(f"{crawl!r} is no crawl; they are called CC-MAIN-2026-10, year and week")
    listed = f"{DATA_URL}crawl-data/{crawl}/cc-index-table.paths.gz"
    try:
        names = gzip.decompress(get(listed)).decode("ascii").split()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise UsageError(f"{listed}: not a list of files ({error})") from error
    return [DATA_URL + name for name in names if "/subset=warc/" in name]


def index_files(folder: Path) -> list[str]:
    """The Parquet files of an index that lies in a folder, whatever the folders below it.

    Raises:
        UsageError: there are none.
    """
    found = sorted(str(path) for path in folder.rglob("*.parquet"))
    if not found:
        raise UsageError(f"{folder}: no Parquet files of an index there")
    return found


def captures(files: Iterable[str], sought: Sought, remote: Any | None = None) -> Iterator[CrawlCapture]:
    """The captures of what is sought, host by host, the oldest first.

    `remote`: an fsspec file system that opens `files` where they are URLs.

    Raises:
        UsageError: the files are no index.
    """
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")  # days are UTC's, whether the index has instants or plain times
        if remote is not None:
            connection.register_filesystem(remote)
        for surt in dict.fromkeys(map(surt_host, sought.hosts)):
            asked = {
                "files": list(files),
                "surt": surt,
                "first": datetime.combine(sought.first, time.min),
                "end": datetime.combine(sought.last + timedelta(days=1), time.min),
            }
            try:
                rows = connection.execute(_QUERY, asked).fetchall()
            except duckdb.Error as error:
                raise UsageError(f"the index cannot be read: {' '.join(str(error).split())}") from error
            yield from (_capture(*row) for row in rows if sought.source.page_for(row[0]) is not None)


def surt_host(host: str) -> str:
    """A host as the index sorts by: its labels reversed, `www.` and its like left out.

    >>> surt_host("www.npr.org"), surt_host("text.npr.org")
    ('org,npr', 'org,npr,text')
    """
    return ",".join(reversed(re.sub(r"^www\d*\.", "", host).split(".")))


def _capture(url: str, at: datetime, digest: str | None, warc: str, offset: int, size: int) -> CrawlCapture:  # noqa: PLR0913, PLR0917  # the columns of the index
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    span = Span(offset, offset + size - 1)
    return CrawlCapture(url, at, f"sha1:{digest}" if digest else None, DATA_URL + warc, span)
