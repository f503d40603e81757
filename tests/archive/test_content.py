import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive import Archive
from pipeline.archive.content import decode_content
from tests.archive.exchanges import HTML, exchange


def _deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return compressor.compress(data) + compressor.flush()


CODINGS = {
    "gzip": (gzip.compress(HTML), "gzip"),
    "gzip of two members": (gzip.compress(HTML[:9]) + gzip.compress(HTML[9:]), "x-gzip"),
    "zlib": (zlib.compress(HTML), "deflate"),
    "bare deflate": (_deflate(HTML), "deflate"),
    "two codings": (gzip.compress(zlib.compress(HTML)), "deflate, gzip"),
    "identity": (HTML, "identity"),
    "padded": (gzip.compress(HTML) + b"\0\0", "GZIP"),
}


@pytest.mark.parametrize(("body", "coding"), CODINGS.values(), ids=CODINGS)
def test_the_content_coding_is_kept_in_the_file_and_taken_off_on_reading(
    archive: Archive, body: bytes, coding: str
) -> None:
    page = archive.append(exchange(body=body, headers=(("Content-Encoding", coding),)))

    assert page.content == HTML
    assert page.body_bytes == len(body)


MISFITS = {
    "not in it": (HTML, "gzip"),
    "cut": (gzip.compress(HTML)[:-9], "gzip"),
    "unknown": (HTML, "br"),
}


@pytest.mark.parametrize(("body", "coding"), MISFITS.values(), ids=MISFITS)
def test_a_coding_that_does_not_fit_is_an_error(body: bytes, coding: str) -> None:
    with pytest.raises(ValueError, match="Content-Encoding"):
        decode_content(body, coding)


@pytest.mark.parametrize("times", [1, 3])
def test_of_a_bomb_no_more_is_decoded_than_shows_that_it_is_one(times: int) -> None:
    body = bytes(3_000_000)
    for _ in range(times):
        body = gzip.compress(body)
    coding = ", ".join(["gzip"] * times)

    tracemalloc.start()
    assert decode_content(body, coding, 20_000) == bytes(20_001)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 200_000


@given(st.binary(max_size=900), st.integers(0, 999), st.integers(0, 1_000))
def test_a_content_is_cut_only_where_it_is_too_large(body: bytes, cut: int, most_bytes: int) -> None:
    encoded = gzip.compress(body[:cut]) + gzip.compress(body[cut:])

    assert decode_content(encoded, "gzip", most_bytes) == body[: most_bytes + 1]


@given(st.binary(max_size=5_000), st.lists(st.sampled_from(["gzip", "deflate"]), max_size=3))
def test_decoding_undoes_encoding(body: bytes, codings: list[str]) -> None:
    encoded = body
    for coding in codings:
        encoded = gzip.compress(encoded) if coding == "gzip" else zlib.compress(encoded)

    assert decode_content(encoded, ", ".join(codings)) == body
