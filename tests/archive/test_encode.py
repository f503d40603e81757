"""What a page is known to be without reading its records again is what they say."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive import Resource, encode_page
from pipeline.archive.members import read_members
from pipeline.archive.warc import decode_record, describe_record
from pipeline.exchanges import Exchange
from tests.archive.exchanges import AT, exchange

HEADERS = st.sampled_from([
    ("Content-Type", "text/html"), ("content-type", "text/plain; charset=x"), ("ETag", '"x"'), ("Location", "/a:b"),
    ("Content-Encoding", "identity"), ("X", ""), ("X", " "), ("X", "caf\u00e9"), ("X", "\u20ac"), ("X", "a\r\n b"),
])  # fmt: skip
EXCHANGES = st.builds(
    exchange,
    st.integers(0, 9),
    body=st.binary(max_size=200),
    headers=st.lists(HEADERS, max_size=4).map(tuple),
    hops=st.lists(st.builds(exchange, st.integers(10, 19), status=st.just(301), body=st.just(b"")), max_size=2).map(
        tuple
    ),
)
RESOURCES = st.builds(Resource, st.just("file:///a.txt"), st.just(AT), st.just("text/plain"), st.binary(max_size=200))


@given(EXCHANGES | RESOURCES)
def test_the_page_and_what_its_records_say_are_what_will_be_read_back(page: Exchange | Resource) -> None:
    encoded, archived = encode_page(page)

    members = list(read_members(BytesIO(encoded.records)))
    assert encoded.described == tuple(
        describe_record(one.data, "", one.offset, one.end - one.offset) for one in members
    )
    read = {one.offset: decode_record(one.data, "", 0) for one in members}
    assert read[encoded.page_at] == archived


def test_what_is_no_page_is_refused() -> None:
    with pytest.raises(ValueError, match="no page that is archived"):
        encode_page(exchange(1, status=404))
