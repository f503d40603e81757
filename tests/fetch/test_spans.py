"""Parts of files: exactly the bytes that were asked for, or a failure with a name."""

import pytest

from pipeline.errors import FetchFailed
from pipeline.exchanges import Span
from pipeline.fetch.spans import RemoteFiles
from tests.fetch.conftest import Serve
from tests.network.fault_server import HOST, Reply, page

FILE = bytes(range(256)) * 8
URL = f"https://{HOST}/file"


def part(first: int, last: int, said: str | None = None, body: bytes | None = None) -> Reply:
    """A part of FILE, and what the server says of it."""
    said = said or f"bytes {first}-{last}/{len(FILE)}"
    return page(
        FILE[first : last + 1] if body is None else body, f"Content-Range: {said}", status="206 Partial Content"
    )


def test_a_part_is_the_bytes_asked_for(serve: Serve) -> None:
    fetcher, server = serve({"/file": [part(10, 19)]})

    exchange = fetcher.get_span(URL, Span(10, 19))

    assert (exchange.status, exchange.body) == (206, FILE[10:20])
    assert "Range: bytes=10-19" in server.pages[-1].head
    assert "Accept-Encoding: identity" in server.pages[-1].head


def test_a_part_beyond_the_end_is_what_there_is(serve: Serve) -> None:
    fetcher, _ = serve({"/file": [part(2000, 2047)]})

    assert fetcher.get_span(URL, Span(2000, 4000)).body == FILE[2000:]


NO_PARTS: dict[str, tuple[Reply, str]] = {
    "the whole file": (page(FILE), "protocol"),
    "other bytes": (part(11, 20), "protocol"),
    "fewer bytes than it says": (part(10, 19, body=FILE[10:15]), "protocol"),
    "no Content-Range": (page(FILE[10:20], status="206 Partial Content"), "protocol"),
    "a Content-Range that is none": (part(10, 19, said="bytes ten to nineteen"), "protocol"),
    "not there": (page(b"", status="404 Not Found"), "http_404"),
    "out of range": (page(b"", "Content-Range: bytes */2048", status="416 Range Not Satisfiable"), "http_416"),
}


@pytest.mark.parametrize(("reply", "reason"), NO_PARTS.values(), ids=NO_PARTS)
def test_anything_else_is_a_named_failure(serve: Serve, reply: Reply, reason: str) -> None:
    fetcher, _ = serve({"/file": [reply]})

    with pytest.raises(FetchFailed) as failure:
        fetcher.get_span(URL, Span(10, 19))

    assert failure.value.reason == reason


def test_a_page_that_is_not_asked_for_in_parts_must_be_whole(serve: Serve) -> None:
    fetcher, _ = serve({"/file": [part(0, 2047)]})

    with pytest.raises(FetchFailed) as failure:
        fetcher.get(URL)

    assert failure.value.reason == "http_206"


def test_a_remote_file_is_read_like_a_local_one(serve: Serve) -> None:
    fetcher, server = serve({"/file": [part(0, 0), part(2040, 2047), part(0, 107)]})
    files = RemoteFiles(fetcher.get_span, block_bytes=8)

    with files.open(URL) as file:
        file.seek(-8, 2)
        tail = file.read()
        file.seek(0)
        head = file.read(100)

    assert (head, tail) == (FILE[:100], FILE[-8:])
    assert files.info(URL) == {"name": URL, "size": len(FILE), "type": "file"}
    assert len(server.pages) == 3
