"""Files on servers that are read in parts: a Parquet index or a WARC file of a web crawl, each of them gigabytes.

DuckDB and pyarrow read them through `fsspec`, as they read any remote file; every request is the fetcher's, with its
manners and its guard.
"""

import re
from datetime import UTC, datetime
from typing import Any

from fsspec.spec import AbstractBufferedFile, AbstractFileSystem

from pipeline.errors import FetchFailed
from pipeline.exchanges import Exchange, Span

_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


def check_span(exchange: Exchange, span: Span) -> None:
    """Refuse an answer that is not the bytes that were asked for (RFC 9110, section 14.4).

    Raises:
        FetchFailed: `protocol`.
    """
    found = _CONTENT_RANGE.fullmatch(exchange.header("Content-Range") or "")
    if exchange.status != 206 or not found:
        raise FetchFailed(exchange.url, "protocol", "the server gives no part of a file, only the whole of it")
    first, last, size = map(int, found.groups())
    if (first, last) != (span.first, min(span.last, size - 1)) or len(exchange.body) != last - first + 1:
        raise FetchFailed(exchange.url, "protocol", f"bytes {first}-{last} instead of {span.first}-{span.last}")


def size_of(exchange: Exchange) -> int:
    """The size of the whole file, as an answer with a part of it says."""
    found = _CONTENT_RANGE.fullmatch(exchange.header("Content-Range") or "")
    return int(found[3]) if found else 0


class RemoteFiles(AbstractFileSystem):  # type: ignore[misc]  # fsspec ships no types
    """Files by their http(s) URLs, read in parts, never listed or written. `get_span` is the fetcher's.

    Raises (when a file is read):
        FetchFailed: a part was not to be had. Of what libraries make of it little is left: `failure` is it, whole.
    """

    protocol = ("https", "http")
    cachable = False

    def __init__(self, get_span: Any, *, block_bytes: int = 1_000_000) -> None:
        super().__init__()
        self._get_span = get_span
        self._block_bytes = block_bytes
        self._sizes: dict[str, int] = {}
        self.failure: FetchFailed | None = None

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return path

    def info(self, path: str, **_options: Any) -> dict[str, Any]:
        """Name, size and type of a file; its size costs one request, once."""
        if path not in self._sizes:
            self._sizes[path] = size_of(self._part(path, Span(0, 0)))
        return {"name": path, "size": self._sizes[path], "type": "file"}

    def modified(self, _path: str) -> datetime:
        """The same time always: what is read in parts is never written again."""
        return datetime.fromtimestamp(0, UTC)

    def glob(self, path: str, **_options: Any) -> list[str]:
        """The path itself: a URL is no pattern."""
        return [path]

    def fetch(self, path: str, start: int, end: int) -> bytes:
        """The bytes from `start` up to `end`."""
        return self._part(path, Span(start, end - 1)).body

    def _part(self, path: str, span: Span) -> Exchange:
        try:
            exchange: Exchange = self._get_span(path, span)
        except FetchFailed as failure:
            self.failure = failure
            raise
        return exchange

    def _open(self, path: str, mode: str = "rb", **_options: Any) -> "_RemoteFile":
        return _RemoteFile(self, path, mode, block_size=self._block_bytes, cache_type="readahead")


class _RemoteFile(AbstractBufferedFile):  # type: ignore[misc]  # fsspec ships no types
    def _fetch_range(self, start: int, end: int) -> bytes:
        found: bytes = self.fs.fetch(self.path, start, end)
        return found
