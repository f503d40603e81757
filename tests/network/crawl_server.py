"""Web crawls on this machine: Common Crawl's index and WARC files, the Internet Archive's CDX server and replays."""

import base64
import gzip
import hashlib
import json
import re
import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq

CRAWL = "CC-MAIN-2026-10"
HOSTS = ("data.commoncrawl.org", "web.archive.org")
_RANGE = re.compile(r"bytes=(\d+)-(\d+)")
INDEX = pa.schema(
    [
        ("url_surtkey", pa.string()),
        ("url", pa.string()),
        ("url_host_name", pa.string()),
        ("fetch_time", pa.timestamp("us")),
        ("fetch_status", pa.int16()),
        ("content_digest", pa.string()),
        ("warc_filename", pa.string()),
        ("warc_record_offset", pa.int32()),
        ("warc_record_length", pa.int32()),
    ]
)
"""The columns of Common Crawl's table that asrun asks for; the real one has some more."""


@dataclass(frozen=True)
class Crawled:
    """A page as a crawl met it."""

    url: str
    at: datetime
    body: bytes
    status: int = 200


def write_crawl(folder: Path, pages: Sequence[Crawled]) -> None:
    """A WARC file of these pages, the Parquet index over it and the list that names the index, as Common Crawl has them."""
    warc = f"crawl-data/{CRAWL}/segments/1/warc/CC-MAIN-1.warc.gz"
    index = f"cc-index/table/cc-main/warc/crawl={CRAWL}/subset=warc/part-00000.c000.gz.parquet"
    for name in (warc, index):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    rows = []
    with (folder / warc).open("wb") as file:
        for page in pages:
            start = file.tell()
            digest = _sha1(page.body)
            file.write(gzip.compress(record(page)))
            rows.append((page, digest, start, file.tell() - start))
    table = [
        {
            "url_surtkey": _surt(page.url),
            "url": page.url,
            "url_host_name": urlsplit(page.url).hostname,
            "fetch_time": page.at.replace(tzinfo=None),
            "fetch_status": page.status,
            "content_digest": digest,
            "warc_filename": warc,
            "warc_record_offset": start,
            "warc_record_length": size,
        }
        for page, digest, start, size in rows
    ]
    ordered = sorted(table, key=lambda row: str(row["url_surtkey"]))
    pq.write_table(pa.Table.from_pylist(ordered, schema=INDEX), folder / index, row_group_size=2)
    names = f"{index}\n{index.replace('subset=warc', 'subset=robotstxt')}\n"
    (folder / f"crawl-data/{CRAWL}/cc-index-table.paths.gz").write_bytes(gzip.compress(names.encode()))


def record(page: Crawled) -> bytes:
    """A response as Common Crawl writes it: WARC 1.0, SHA-1, the coding of the wire taken off."""
    digest = _sha1(page.body)
    block = f"HTTP/1.1 {page.status} OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode() + page.body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Date: {page.at:%Y-%m-%dT%H:%M:%SZ}\r\nWARC-Record-ID: <urn:uuid:{uuid.uuid4()}>\r\n"
        f"Content-Length: {len(block)}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Target-URI: {page.url}\r\nWARC-Payload-Digest: sha1:{digest}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _sha1(body: bytes) -> str:
    return base64.b32encode(hashlib.sha1(body).digest()).decode()


def _surt(url: str) -> str:
    parts = urlsplit(url)
    labels = (parts.hostname or "").removeprefix("www.").split(".")
    return f"{','.join(reversed(labels))}){parts.path.lower()}"


class CrawlServer:
    """Serves a folder in parts, and replays of `pages`; a context manager. `asked` lists what was asked for."""

    rows_at_once = 2

    def __init__(self, folder: Path, pages: Sequence[Crawled]) -> None:
        self.folder = folder
        self.pages = {(page.url, page.at.strftime("%Y%m%d%H%M%S")): page for page in pages}
        self.asked: list[str] = []
        self.refused: set[str] = set()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"crawl": self}))
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05})

    @property
    def host_map(self) -> dict[str, str]:
        return dict.fromkeys(HOSTS, f"127.0.0.1:{self._http.server_port}")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


class _Handler(BaseHTTPRequestHandler):
    crawl: CrawlServer

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path != "/robots.txt":
            self.crawl.asked.append(path)
        if any(word in path for word in self.crawl.refused):
            self._answer(503, b"")
        elif path == "/cdx/search/cdx":
            self._answer(200, self._cdx(parse_qs(query)), {"Content-Type": "application/json"})
        elif path.startswith("/web/"):
            self._replay()
        elif (self.crawl.folder / path.lstrip("/")).is_file():
            self._file(self.crawl.folder / path.lstrip("/"))
        else:
            self._answer(404, b"")

    def _cdx(self, asked: dict[str, list[str]]) -> bytes:
        keys = sorted(
            key
            for key, page in self.crawl.pages.items()
            if urlsplit(page.url).hostname == asked["url"][0]
            and asked["from"][0] <= key[1][:8] <= asked["to"][0]
            and page.status == 200
        )
        start = int(asked.get("resumeKey", ["0"])[0])
        some = keys[start : start + self.crawl.rows_at_once]
        rows = [["timestamp", "original", "digest"]] if some else []
        rows += [[at, url.replace("http://www.npr.org/", "http://www.npr.org:80/"), "A" * 32] for url, at in some]
        if start + len(some) < len(keys):
            rows += [[], [str(start + len(some))]]
        return json.dumps(rows).encode() + b"\n"

    def _replay(self) -> None:
        at, _, url = self.path.removeprefix("/web/").partition("id_/")
        page = self.crawl.pages.get((url.replace(":80/", "/"), at))
        if page is None:
            self._answer(404, b"")
            return
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "x-archive-orig-content-type": "text/html; charset=utf-8",
            "x-archive-orig-content-length": "7",
            "x-archive-orig-last-modified": "Fri, 20 Mar 2026 21:00:00 GMT",
            "Content-Encoding": "gzip",
        }
        self._answer(200, gzip.compress(page.body), headers)

    def _file(self, path: Path) -> None:
        content = path.read_bytes()
        asked = _RANGE.fullmatch(self.headers.get("Range", ""))
        if not asked:
            self._answer(200, content)
            return
        first, last = int(asked[1]), min(int(asked[2]), len(content) - 1)
        part = content[first : last + 1]
        self._answer(206, part, {"Content-Range": f"bytes {first}-{last}/{len(content)}"})

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the signature of http.server
        pass
