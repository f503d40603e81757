"""Records as other crawlers write them, and as no crawler should: what is wrong with one costs that one at most."""

import base64
import gzip
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.archive import Resource, encode_page, read_foreign
from pipeline.errors import ArchiveError
from pipeline.exchanges import Exchange
from pipeline.ingest.saved import pages_of

URL = "https://www.npr.org/a"
BEFORE, NEXT = "https://www.npr.org/before", "https://www.npr.org/next"
BODY = b"<p>HOST: Good morning.</p>"
DATE = "2026-01-04T23:30:00Z"
SHA1 = "sha1:" + base64.b32encode(hashlib.sha1(BODY, usedforsecurity=False).digest()).decode()
OTHER = "sha1:" + "A" * 32


def response(
    body: bytes = BODY, *http: str, url: str | None = URL, date: str = DATE, fields: Sequence[str] = (), length: int = 0
) -> bytes:
    """A record with an HTTP response; `length` is what it says too much, or too little, of its own length."""
    head = ["HTTP/1.1 200 OK", "Content-Type: text/html", *http, "", ""]
    block = "\r\n".join(head).encode() + body
    named = () if url is None else (f"WARC-Target-URI: {url}",)
    lines = ("WARC/1.0", "WARC-Type: response", *named, f"WARC-Date: {date}", *fields)
    said = f"Content-Length: {len(block) + length}"
    return "\r\n".join([*lines, said, "", ""]).encode() + block + b"\r\n\r\n"


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)


CHUNKED = chunked(BODY)
GZIPPED = gzip.compress(BODY, mtime=0)
BLOCK = "sha256:" + hashlib.sha256(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + BODY).hexdigest()
GIVEN: Mapping[str, bytes] = {
    "a coding that was taken off and is still named": response(BODY, "Content-Encoding: gzip"),
    "a coding that we cannot take off and that is not there": response(BODY, "Content-Encoding: br"),
    "a coding named twice, in two headers": response(
        gzip.compress(GZIPPED, mtime=0), "Content-Encoding: gzip", "Content-Encoding: gzip"
    ),
    "chunks": response(CHUNKED, "Transfer-Encoding: chunked"),
    "chunks of gzip": response(chunked(GZIPPED), "Transfer-Encoding: chunked", "Content-Encoding: gzip"),
    "a payload digest": response(fields=[f"WARC-Payload-Digest: {SHA1}"]),
    "a payload digest without the chunks": response(
        CHUNKED, "Transfer-Encoding: chunked", fields=[f"WARC-Payload-Digest: {SHA1}"]
    ),
    "a payload digest of something else, in a block that is whole": response(
        fields=[f"WARC-Payload-Digest: {OTHER}", f"WARC-Block-Digest: {BLOCK}"]
    ),
    "a digest of an unknown algorithm": response(fields=["WARC-Payload-Digest: blake3:abc"]),
    "a digest that is none": response(fields=["WARC-Payload-Digest: md5:abc", "WARC-Block-Digest: abc"]),
}
LEFT_OUT: Mapping[str, bytes] = {
    "no URL": response(url=None),
    "before the web": response(date="0001-01-01T00:00:00+05:00"),
    "after the end of calendars": response(date="9999-12-31T23:59:59Z"),
    "in the future": response(date=f"{datetime.now(UTC) + timedelta(days=400):%Y-%m-%dT%H:%M:%SZ}"),
}
DAMAGED: Mapping[str, bytes] = {
    "payload": response(fields=[f"WARC-Payload-Digest: {OTHER}"]),
    "block": response(fields=[f"WARC-Block-Digest: {OTHER}"]),
}
TORN: Mapping[str, bytes] = {
    "says that it is longer": response(length=100_000),
    "says that it is shorter": response(length=-20),
    "says that it is shorter by lines": response(BODY * 9 + b"\n<p>" * 9, length=-40),
    "says less than nothing": response(length=-1_000),
}


def contents(data: bytes) -> dict[str, bytes]:
    """What is read of this and of a record behind it."""
    pages = read_foreign(io.BytesIO(data + response(url=NEXT)), "theirs")
    return {page.url: page.content for page in pages}


def until_damage(pages: Iterator[Exchange | Resource]) -> tuple[list[str], str]:
    """The URLs of what is given, and what is said at the end."""
    found: list[str] = []
    try:
        found.extend(page.url for page in pages)
    except ArchiveError as error:
        return found, str(error)
    return found, ""


@pytest.mark.parametrize("data", GIVEN.values(), ids=GIVEN.keys())
def test_a_page_is_given_as_it_was_and_read_back_as_it_was_given(data: bytes) -> None:
    assert contents(data) == {URL: BODY, NEXT: BODY}

    (page,) = read_foreign(io.BytesIO(data), "theirs")
    assert encode_page(page)[1].content == BODY


@pytest.mark.parametrize("data", LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_what_cannot_be_placed_is_left_out(data: bytes) -> None:
    assert contents(data) == {NEXT: BODY}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_record_that_does_not_fit_its_digest_is_told_and_others_are_given(data: bytes) -> None:
    found, damage = until_damage(read_foreign(io.BytesIO(data + response(url=NEXT)), "theirs"))

    assert found == [NEXT]
    assert damage == f"theirs: not what was written: {URL} does not fit its digest"


@pytest.mark.parametrize("data", TORN.values(), ids=TORN.keys())
def test_behind_a_record_of_the_wrong_length_the_next_is_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], data: bytes
) -> None:
    file = tmp_path / "theirs.warc.gz"
    file.write_bytes(b"".join(map(gzip.compress, (response(url=BEFORE), data, response(url=NEXT)))))

    found, damage = until_damage(pages_of(file, None, 1_000_000))

    assert [url for url in found if url != URL] == [BEFORE, NEXT]
    assert damage.startswith(f"{file}: not ")
    assert capfd.readouterr().err == ""
