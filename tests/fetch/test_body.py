import gzip
import tracemalloc
import zlib
from http.client import HTTPMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FetchFailed
from pipeline.fetch.body import decoded

URL = "https://www.npr.org/"
MEBIBYTE = 1_048_576


def header(coding: str) -> HTTPMessage:
    message = HTTPMessage()
    message["Content-Encoding"] = coding
    message["Content-Length"] = "1"
    return message


@given(st.binary(max_size=5000), st.lists(st.sampled_from(["gzip", "x-gzip", "deflate", "identity"]), max_size=3))
def test_decoding_undoes_coding(data: bytes, codings: list[str]) -> None:
    body = data
    for coding in codings:
        if coding != "identity":
            body = zlib.compress(body) if coding == "deflate" else gzip.compress(body)
    assert decoded(body, header(", ".join(codings)), URL, MEBIBYTE) == data


@given(st.binary(max_size=2000), st.integers(1, 2000))
def test_no_part_of_a_gzip_file_is_taken_for_the_whole(data: bytes, lost: int) -> None:
    body = gzip.compress(data)
    cut = body[: max(len(body) - lost, 1)]
    with pytest.raises(FetchFailed) as caught:
        decoded(cut, header("gzip"), URL, MEBIBYTE)
    assert caught.value.reason == "truncated"


@given(st.binary(max_size=200), st.text("gzipdeflatbrx-, ", max_size=30))
def test_any_bytes_end_in_content_or_a_name(body: bytes, coding: str) -> None:
    try:
        decoded(body, header(coding), URL, MEBIBYTE)
    except FetchFailed as failure:
        assert failure.reason in {"bad_encoding", "truncated"}  # noqa: PT017  # raising is not what is tested


@pytest.mark.parametrize("size", [MEBIBYTE, MEBIBYTE + 1])
def test_the_cap_is_exact(size: int) -> None:
    body = gzip.compress(bytes(size))
    if size <= MEBIBYTE:
        assert len(decoded(body, header("gzip"), URL, MEBIBYTE)) == size
    else:
        with pytest.raises(FetchFailed) as caught:
            decoded(body, header("gzip"), URL, MEBIBYTE)
        assert caught.value.reason == "too_large"


def test_a_bomb_costs_no_more_than_the_cap() -> None:
    bomb = gzip.compress(bytes(50 * MEBIBYTE))
    tracemalloc.start()
    try:
        with pytest.raises(FetchFailed):
            decoded(bomb, header("gzip"), URL, MEBIBYTE)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 6 * MEBIBYTE  # zlib's answer grows by doubling and is copied once
